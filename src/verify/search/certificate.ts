/**
 * The certificate of a finished search: lemmas that are used, trees, and only what differs from the defaults.
 *
 * Main definition: `certificateOfSearch`.
 *
 * A sweep from the end keeps the lemmas that later proofs need. Everything is then evaluated once more as a checker does it:
 * from interval propagation, lemma by lemma, on copies that no search has touched. A leaf that does not close here is an
 * error of the search, never a wrong certificate.
 */
import { formatRational, neg, type Rational, zero } from '../../exact/index.js';
import {
  type CertificateFile,
  InternalError,
  type LeafProof,
  type Lemma,
  type Proof,
  type ProofTree,
  type SlopeFile,
} from '../../format/index.js';
import type { Constraint } from '../query.js';
import { queryHash } from '../query.js';
import { type BoundsTable, baseTable, improve } from './bounds-table.js';
import { type Cone, coneOf, coneOfMarked, relevantNeurons } from './cone.js';
import { type Cut, leafBound, leafRecord, type PlainSlope } from './exact-leaf.js';
import type { FoundLeaf, FoundLemma, FoundTree } from './lemma-store.js';
import { conjunctionFunctional, type Functional, type Problem } from './problem.js';
import { closes } from './region-minimum.js';

/** What a search has proved of one conjunction. */
export type FoundProof = FoundTree | { readonly rule: 'interval' };

interface Goal {
  readonly of: (weights: readonly Rational[]) => Functional;
  readonly strict: (weights: readonly Rational[]) => boolean;
  readonly constraints: number;
  readonly cone: Cone;
  readonly where: string;
}

/** The certificate for these proofs. @throws InternalError when a leaf does not close. */
export function certificateOfSearch(
  problem: Problem,
  table: BoundsTable,
  lemmas: readonly FoundLemma[],
  proofs: readonly FoundProof[],
): CertificateFile {
  const needed = neededLemmas(lemmas, proofs);
  const numbers = new Map<number, number>();
  const inForce = baseTable(table);
  const writer = treeWriter(problem, inForce, lemmas, numbers);
  const all = coneOfMarked(problem, relevantNeurons(problem));
  const files: Lemma[] = [];
  lemmas.forEach((lemma, k) => {
    if (!needed.has(k)) return;
    const { goal, neuron, side, bound } = lemma;
    const shifted = aboveBound(lemma);
    const proof = writer(lemma.proof, {
      of: () => shifted,
      strict: () => true,
      constraints: 0,
      cone: coneOf(problem, shifted),
      where: `lemma ${files.length}`,
    });
    const claim = { side, bound: formatRational(bound), proof };
    numbers.set(k, files.length);
    if (neuron !== undefined) {
      files.push({ neuron: place(problem, neuron), ...claim });
      improve(inForce, neuron, side, bound, k);
    } else {
      const sign = side === 'lower' ? 1n : -1n;
      const weights = goal.weights.map((n) => formatRational(reducedOver(sign * n, goal.denominator)));
      files.push({ layer: goal.level, columns: goal.columns, weights, ...claim });
    }
  });
  const written = proofs.map((proof, i): Proof => {
    if (proof.rule === 'interval') return proof;
    const conjunction = problem.query.unsafe[i]!;
    return writer(proof, {
      of: (weights) => conjunctionFunctional(problem, conjunction, weights),
      strict: (weights) => conjunction.some((c: Constraint, k) => c.strict && weights[k]!.n > 0n),
      constraints: conjunction.length,
      cone: all,
      where: `proof ${i}`,
    });
  });
  return {
    format: 'muball-certificate',
    version: 1,
    query: queryHash(problem.query),
    ...(files.length > 0 ? { lemmas: files } : {}),
    proofs: written,
  };
}

/** The lemma's functional minus its bound: ≥ 0 on the region. */
export function aboveBound({ goal, side, bound }: Pick<FoundLemma, 'goal' | 'side' | 'bound'>): Functional {
  const least = side === 'lower' ? bound : neg(bound);
  const n = goal.constant.n * least.d - least.n * goal.constant.d;
  const constant = reducedOver(n, goal.constant.d * least.d);
  return { ...goal, constant, nearConstant: Number(constant.n) / Number(constant.d) };
}

const reducedOver = (n: bigint, d: bigint): Rational => {
  let [x, y] = [n < 0n ? -n : n, d];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? zero : { n: n / x, d: d / x };
};

const place = (problem: Problem, neuron: number): readonly [number, number] => {
  const i = problem.layerOf[neuron]!;
  return [i, neuron - problem.offsets[i]!];
};

/** The lemmas that the proofs use, and those that they use in turn. */
function neededLemmas(lemmas: readonly FoundLemma[], proofs: readonly FoundProof[]): Set<number> {
  const needed = new Set<number>();
  const collect = (root: FoundProof): void => {
    const todo: FoundProof[] = [root];
    for (let tree = todo.pop(); tree !== undefined; tree = todo.pop()) {
      if (tree.rule === 'split') todo.push(tree.below, tree.above);
      else if (tree.rule === 'leaf') for (const k of tree.needs) needed.add(k);
    }
  };
  for (const proof of proofs) collect(proof);
  for (let k = lemmas.length - 1; k >= 0; k--) if (needed.has(k)) collect(lemmas[k]!.proof);
  return needed;
}

/** Writes trees, each leaf evaluated with the bounds in force at the time. */
function treeWriter(
  problem: Problem,
  table: BoundsTable,
  lemmas: readonly FoundLemma[],
  numbers: ReadonlyMap<number, number>,
): (tree: FoundTree, goal: Goal) => ProofTree {
  const phase = new Int8Array(table.l.length);
  /** Below first, then above, without recursion: trees may be deep. */
  const write = (root: FoundTree, goal: Goal): ProofTree => {
    const path: { split: FoundTree & { readonly rule: 'split' }; below?: ProofTree }[] = [];
    let tree = root;
    for (;;) {
      if (tree.rule === 'split') {
        phase[tree.neuron] = -1;
        path.push({ split: tree });
        tree = tree.below;
        continue;
      }
      let done: ProofTree = tree.rule === 'hole' ? tree : leaf(tree, goal);
      for (let top = path.at(-1); top?.below !== undefined; top = path.at(-1)) {
        const { neuron } = top.split;
        done = { rule: 'split', neuron: place(problem, neuron), below: top.below, above: done };
        phase[neuron] = 0;
        path.pop();
      }
      const open = path.at(-1);
      if (open === undefined) return done;
      open.below = done;
      phase[open.split.neuron] = 1;
      tree = open.split.above;
    }
  };
  const leaf = (found: FoundLeaf, goal: Goal): LeafProof => {
    const functional = goal.of(found.weights);
    const cuts: Cut[] = [...found.cuts].map(([lemma, multiple]) => ({
      lemma,
      multiple,
      functional: aboveBound(lemmas[lemma]!),
    }));
    const record = leafRecord();
    const { gradient, constant, strictly } = leafBound(
      problem,
      functional,
      goal.cone,
      { table, phase },
      found.slopes,
      cuts,
      record,
    );
    if (!closes(problem.region, gradient, constant, strictly || goal.strict(found.weights))) {
      throw new InternalError(`search: ${goal.where}: expected a leaf to close when it is written down`);
    }
    const slopes = [...record.listed]
      .sort(([m], [n]) => m - n)
      .map(([neuron, slope]) => [...place(problem, neuron), slopeText(slope)] as const);
    const multiples = [...found.cuts].sort(([m], [n]) => m - n);
    return {
      rule: 'leaf',
      ...(goal.constraints === 0 || isOne(found.weights) ? {} : { weights: found.weights.map(formatRational) }),
      ...(slopes.length > 0 ? { slopes } : {}),
      ...(multiples.length > 0
        ? { cuts: multiples.map(([k, multiple]) => [numbers.get(k)!, formatRational(multiple)] as const) }
        : {}),
    };
  };
  return write;
}

const isOne = (weights: readonly Rational[]): boolean =>
  weights.length === 1 && weights[0]!.n === 1n && weights[0]!.d === 1n;

const slopeText = (slope: PlainSlope): SlopeFile => (slope === 'a' || slope === 'u' ? slope : formatRational(slope));
