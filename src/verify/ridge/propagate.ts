/**
 * Ridge propagation: what is known of every neuron of a network on a ball.
 *
 * Main definitions: `propagate`, `propagateLayer`, `preActivation`, `Hint`, `Lemmas`.
 *
 * Notes. A ReLU of one scalar stays exact; one whose argument has a sign is the argument, or 0; any other becomes an atom
 * in [0, sup]. Ways to those signs and suprema are looked for, or, when hints are given, taken from them: what a prover
 * found, a checker repeats. A neuron with many atoms is kept as its interval alone.
 */
import { add, compare, max, neg, type Rational, zero } from '../../exact/index.js';
import { type Layer, type Row, rowCount, rowOf } from '../../network/index.js';
import { bestAbove } from './choose-way.js';
import {
  affineExpression,
  atomExpression,
  constantExpression,
  type Expression,
  inputExpression,
  isConstant,
  type Neuron,
  negated,
  ridgeExpression,
  type State,
  within,
} from './expression.js';
import { lineAt0, positivePart, shifted, slopeOf } from './piecewise.js';
import type { Way } from './way.js';

/** Ways to bounds of one neuron's pre-activation. */
export interface Hint {
  readonly neuron: Neuron;
  readonly above?: Way;
  readonly below?: Way;
}

/** Neurons with more atoms than this keep their interval only. */
export const mostAtoms = 4;

/** Pre-activations of which a bound is known by cases; where undecided, they are kept as intervals. By `neuronName`. */
export type Lemmas = ReadonlyMap<string, Rational>;

export const neuronName = ([layer, row]: Neuron): string => `${layer},${row}`;

export interface PropagateOptions {
  /** Told each way that a checker needs. */
  readonly onHint?: (hint: Hint) => void;
  /** Upper bounds known by cases. */
  readonly lemmas?: Lemmas;
}

/** The expressions of the outputs of the last of the given layers. */
export function propagate(layers: readonly Layer[], state: State, options: PropagateOptions = {}): Expression[] {
  let values: Expression[] = [];
  for (const i of layers.keys()) values = propagateLayer(layers, i, values, state, options);
  return values;
}

/** The expressions of the outputs of layer i, from those of the layer before. */
export function propagateLayer(
  layers: readonly Layer[],
  i: number,
  before: readonly Expression[],
  state: State,
  options: PropagateOptions = {},
): Expression[] {
  const { activation } = layers[i]!;
  return rowsOf(layers[i]!).map((_, r) => {
    const z = preActivation(layers, [i, r], before, state, options);
    return activated(activation, z, { state, neuron: [i, r], onHint: options.onHint ?? (() => undefined) });
  });
}

/** The expression of a neuron before its activation. */
export function preActivation(
  layers: readonly Layer[],
  [i, r]: Neuron,
  before: readonly Expression[],
  state: State,
  { lemmas }: PropagateOptions = {},
): Expression {
  const row = rowsOf(layers[i]!)[r]!;
  const z = i === 0 ? inputExpression(state, row) : affineExpression(state, row, before);
  if (i === 0) define(state, r, z);
  const known = lemmas?.get(neuronName([i, r]));
  if (known === undefined) return z;
  const bounded = within(z, undefined, known);
  const { low, high } = bounded;
  if (z.atoms.size === 0) return bounded;
  return compare(low, high) >= 0 ? constantExpression(low) : atomExpression(state, { low, high, neuron: [i, r] });
}

/** Remembers a neuron of the first layer for its scalar. */
function define({ definers }: State, row: number, { ridges, constant }: Expression): void {
  for (const [scalar, f] of ridges) {
    if (!definers.has(scalar))
      definers.set(scalar, { row, factor: slopeOf(f, 0), constant: add(constant, lineAt0(f)) });
  }
}

const known = new WeakMap<Layer, readonly Row[]>();

/** The rows of a layer as rationals, converted once. */
function rowsOf(layer: Layer): readonly Row[] {
  const rows = known.get(layer) ?? Array.from({ length: rowCount(layer) }, (_, r) => rowOf(layer, r));
  known.set(layer, rows);
  return rows;
}

/** The neuron at work. */
interface Context {
  readonly state: State;
  readonly neuron: Neuron;
  readonly onHint: (hint: Hint) => void;
}

function activated(activation: Layer['activation'], z: Expression, context: Context): Expression {
  if (isConstant(z)) return constantExpression(ofConstant(activation, z.constant));
  switch (activation) {
    case 'identity':
      return settled(sharpened(z, context), context);
    case 'relu':
      return relu(z, context);
    case 'step':
      return step(z, context);
  }
}

function relu(z: Expression, context: Context): Expression {
  const { state, neuron } = context;
  if (z.low.n >= 0n) return settled(z, context);
  if (z.high.n <= 0n) return constantExpression(zero);
  if (z.ridges.size === 1 && z.atoms.size === 0) {
    const [[scalar, f]] = z.ridges as unknown as [[number, Parameters<typeof shifted>[0]]];
    return within(ridgeExpression(scalar, positivePart(shifted(f, z.constant))), undefined, max(z.high, zero));
  }
  const above = bestAbove(state, z, zero);
  if (above.bound.n <= 0n) {
    hint(context, { above: above.way });
    return constantExpression(zero);
  }
  const below = bestAbove(state, negated(z), zero);
  if (below.bound.n <= 0n) {
    hint(context, { below: below.way });
    return settled(within(z, neg(below.bound)), context);
  }
  const best = bestAbove(state, z);
  hint(context, { above: best.way });
  const argument = within(z, undefined, best.bound);
  return atomExpression(state, { low: zero, high: best.bound, argument, neuron });
}

function step(z: Expression, context: Context): Expression {
  const { state, neuron } = context;
  const above = bestAbove(state, z, zero);
  if (above.bound.n <= 0n) {
    hint(context, { above: above.way });
    return constantExpression(zero);
  }
  const below = bestAbove(state, negated(z));
  if (below.bound.n < 0n) {
    hint(context, { below: below.way });
    return constantExpression(one);
  }
  return atomExpression(state, { low: zero, high: one, neuron });
}

const one: Rational = { n: 1n, d: 1n };
const isPlain = (way: Way): boolean => Object.keys(way).length === 0;

/** Tells which ways were used, but for those that every propagation tries anyway. */
function hint({ neuron, onHint }: Context, ways: Omit<Hint, 'neuron'>): void {
  const used = Object.entries(ways).filter(([, way]) => !isPlain(way as Way));
  if (used.length > 0) onHint({ neuron, ...Object.fromEntries(used) });
}

/** The expression with the best interval that can be found, where atoms hide one. */
function sharpened(z: Expression, context: Context): Expression {
  if (z.atoms.size === 0 || compare(z.low, z.high) === 0) return z;
  const above = bestAbove(context.state, z);
  const below = bestAbove(context.state, negated(z));
  hint(context, { above: above.way, below: below.way });
  return within(z, neg(below.bound), above.bound);
}

/** An expression that later layers can afford. */
function settled(z: Expression, { state, neuron }: Context): Expression {
  if (z.atoms.size <= mostAtoms) return z;
  return atomExpression(state, { low: z.low, high: z.high, neuron });
}

function ofConstant(activation: Layer['activation'], z: Rational): Rational {
  if (activation === 'identity') return z;
  if (z.n <= 0n) return zero;
  return activation === 'relu' ? z : one;
}
