/**
 * The ridge engine: proofs for balls on which a sum of distances or squares is bounded, though on no box around them.
 *
 * Main definition: `ridgeCertificate`.
 *
 * It looks at the layers and the ball alone, with no trust in who built them, and never finds counterexamples. First the
 * layers are propagated once. If that does not do, they are propagated again, and wherever what is undecided runs
 * together in one or two neurons, as at the end of each stage of a lattice network, these are bounded by cases.
 */
import { formatRational, type Rational, zero } from '../../exact/index.js';
import type { CertificateFile, RidgeProof } from '../../format/index.js';
import type { Ball } from '../../geometry/index.js';
import { type Layer, type Row, rowOf } from '../../network/index.js';
import { type Constraint, type Query, queryHash } from '../query.js';
import { boundByCases, type CaseTree } from './cases.js';
import { bestAbove } from './choose-way.js';
import { affineExpression, type Expression, isConstant, type Neuron, type State, stateOn } from './expression.js';
import { casesToFile, hintToFile, unlessPlain } from './file.js';
import { type Hint, neuronName, propagateLayer } from './propagate.js';
import { scalarsOn } from './scalars.js';

/** What is known of the outputs on a ball, and how. */
interface Outputs {
  readonly state: State;
  readonly outputs: readonly Expression[];
  readonly hints: readonly Hint[];
  readonly lemmas: readonly { readonly neuron: Neuron; readonly bound: Rational; readonly tree: CaseTree }[];
}

export interface RidgeOptions {
  /** Whether neurons are bounded by cases where plain propagation does not do. @defaultValue true */
  readonly cases?: boolean;
  /** Pieces of functions to work on, each a few exact operations; then nothing is found. @defaultValue no limit */
  readonly effort?: number;
  /** Milliseconds. @defaultValue no limit */
  readonly timeoutMs?: number;
}

/** What is thrown, in here, when there has been enough work. */
const enoughWork = Symbol('enough work');

/**
 * The certificate that no point of the ball has an unsafe output; undefined when none is found, and for boxes, and
 * `timed-out` when time or effort ran out before.
 */
export function ridgeCertificate(query: Query, options: RidgeOptions = {}): CertificateFile | undefined | 'timed-out' {
  const { cases = true, effort = Number.POSITIVE_INFINITY, timeoutMs = Number.POSITIVE_INFINITY } = options;
  const { network, region } = query;
  if (region.kind !== 'ball') return undefined;
  const start = performance.now();
  let spent = 0;
  const spend = (pieces: number): void => {
    spent += pieces;
    if (spent > effort || performance.now() - start > timeoutMs) throw enoughWork;
  };
  try {
    const plain = outputsOn(network.layers, region, { byCases: false, spend });
    const found = certificate(query, plain);
    if (found !== undefined || plain.state.atoms.length === 0 || !cases) return found;
    const byCases = outputsOn(network.layers, region, { byCases: true, spend });
    return byCases.lemmas.length === 0 ? undefined : certificate(query, byCases);
  } catch (thrown) {
    if (thrown === enoughWork) return 'timed-out';
    throw thrown;
  }
}

/** Neurons that still depend on atoms, up to which a layer is where what is undecided runs together: those with several inputs. */
const bottleneck = 2;

interface Work {
  readonly byCases: boolean;
  readonly spend: State['spend'];
}

function outputsOn(layers: readonly Layer[], ball: Ball, { byCases, spend }: Work): Outputs {
  const state = stateOn(scalarsOn(ball), spend);
  const hints: Hint[] = [];
  const found: { neuron: Neuron; bound: Rational; tree: CaseTree }[] = [];
  const lemmas = new Map<string, Rational>();
  let values: readonly Expression[] = [];
  for (const i of layers.keys()) {
    const own: Hint[] = [];
    let next = propagateLayer(layers, i, values, state, { lemmas, onHint: (hint) => own.push(hint) });
    const undecided = [...next.keys()].filter((r) => next[r]!.atoms.size > 0);
    // A neuron of the first layer has its exact bounds already.
    if (byCases && i > 0 && undecided.length <= bottleneck) {
      const before = found.length;
      for (const r of undecided) {
        if (rowOf(layers[i]!, r).columns.filter((c) => !isConstant(values[c]!)).length < 2) continue;
        const { low, high } = next[r]!;
        const cases = boundByCases(layers, ball, [i, r], { enough: low, useless: high, spend }, { lemmas });
        if (cases === undefined) continue;
        found.push({ neuron: [i, r], ...cases });
        lemmas.set(neuronName([i, r]), cases.bound);
      }
      if (found.length > before) {
        own.length = 0;
        next = propagateLayer(layers, i, values, state, { lemmas, onHint: (hint) => own.push(hint) });
      }
    }
    hints.push(...own);
    values = next;
  }
  return { state, outputs: values, hints, lemmas: found };
}

function certificate(query: Query, { state, outputs, hints, lemmas }: Outputs): CertificateFile | undefined {
  const proofs: RidgeProof[] = [];
  for (const conjunction of query.unsafe) {
    const proof = refutation(conjunction, state, outputs);
    if (proof === undefined) return undefined;
    proofs.push(proof);
  }
  const part = {
    ...(hints.length > 0 ? { hints: hints.map((hint) => hintToFile(state, hint)) } : {}),
    ...(lemmas.length > 0
      ? {
          lemmas: lemmas.map(({ neuron, bound, tree }) => ({
            neuron,
            bound: formatRational(bound),
            cases: casesToFile(tree),
          })),
        }
      : {}),
  };
  return {
    format: 'muball-certificate',
    version: 1,
    query: queryHash(query),
    ...(Object.keys(part).length > 0 ? { ridges: part } : {}),
    proofs,
  };
}

/** A constraint of the conjunction that no point satisfies. */
function refutation(
  conjunction: readonly Constraint[],
  state: State,
  outputs: readonly Expression[],
): RidgeProof | undefined {
  for (const [constraint, { columns, weights, bias, strict }] of conjunction.entries()) {
    const row: Row = { columns, weights, bias };
    const { bound, way } = bestAbove(state, affineExpression(state, row, outputs), zero);
    if (bound.n < 0n || (bound.n === 0n && strict)) {
      return { rule: 'ridge', constraint, ...unlessPlain('way', state, way) };
    }
  }
  return undefined;
}
