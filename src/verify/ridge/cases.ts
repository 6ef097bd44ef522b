/**
 * Case distinctions: the upper bound of one neuron, by splitting a ball at breakpoints of its ridges.
 *
 * Main definitions: `boundByCases`, `CaseTree`.
 *
 * Main statement. Every point of the ball lies in one of the cases z ≤ a or z ≥ a of a neuron z of the first layer. What propagation shows of the target in each leaf holds in that part of the ball; the largest bound holds on
 * all of it.
 *
 * Notes. Lattice networks need this: a key that jumps inside the ball makes all that is looked up with it undecided, but
 * is constant on either side of the jump; between, a gate closes.
 */
import {
  add,
  compare,
  inverse,
  max,
  mul,
  neg,
  type Rational,
  scaleVector,
  sign,
  sub,
  type Vector,
} from '../../exact/index.js';
import type { Ball } from '../../geometry/index.js';
import type { Layer } from '../../network/index.js';
import { bestAbove } from './choose-way.js';
import { emptiness, type Limit } from './empty-case.js';
import { type Expression, type Neuron, type State, stateOn } from './expression.js';
import { isLinear, maximum, opposite, type Piecewise, slopeOf } from './piecewise.js';
import { type Hint, type PropagateOptions, preActivation, propagate } from './propagate.js';
import { directionName, type Restrictions, scalarsOn } from './scalars.js';
import type { Way } from './way.js';

export type CaseTree =
  | { readonly split: number; readonly at: Rational; readonly below: CaseTree; readonly above: CaseTree }
  | { readonly state: State; readonly hints: readonly Hint[]; readonly way: Way }
  /** No point of the ball is in the case: multipliers of rows of the first layer. */
  | { readonly empty: readonly (readonly [row: number, multiplier: Rational])[] };

export interface CaseBound {
  readonly bound: Rational;
  readonly tree: CaseTree;
}

/** Leaves of one tree. */
const mostLeaves = 128;

/** What a bound is for: at or below `enough` no case is split further, at or above `useless` all is given up. */
export interface CaseGoal {
  readonly enough: Rational;
  readonly useless: Rational;
  readonly spend: State['spend'];
}

/** An upper bound of a neuron's pre-activation; cases are split until nothing is undecided, or the goal is reached. */
export function boundByCases(
  layers: readonly Layer[],
  ball: Ball,
  target: Neuron,
  { enough, useless, spend }: CaseGoal,
  options: PropagateOptions = {},
): CaseBound | undefined {
  let leaves = 0;
  const definers = new Map<string, SplitRow>();
  const bounded = (restrictions: Restrictions): CaseBound | undefined => {
    const empty = emptyTree(ball, restrictions, definers);
    if (empty !== undefined) return { bound: enough, tree: empty };
    const state = stateOn(scalarsOn(ball, restrictions), spend);
    const hints: Hint[] = [];
    const own = { ...options, onHint: (hint: Hint): number => hints.push(hint) };
    const before = propagate(layers.slice(0, target[0]), state, own);
    const z = preActivation(layers, target, before, state, options);
    const { bound, way } = bestAbove(state, z, enough);
    const cut = z.atoms.size === 0 || compare(bound, enough) <= 0 ? undefined : bestCut(state);
    if (cut === undefined || leaves >= mostLeaves) {
      leaves++;
      return leaves > mostLeaves || compare(bound, useless) >= 0 ? undefined : { bound, tree: { state, hints, way } };
    }
    const { scalar, at } = cut;
    const definer = state.definers.get(scalar)!;
    const name = directionName(state.scalars.direction(scalar));
    definers.set(name, { ...definer, direction: state.scalars.direction(scalar) });
    const left = bounded(restricted(restrictions, name, { high: at }));
    const right = left && bounded(restricted(restrictions, name, { low: at }));
    if (left === undefined || right === undefined) return undefined;
    const [below, above] = sign(definer.factor) > 0 ? [left.tree, right.tree] : [right.tree, left.tree];
    const z0 = add(mul(definer.factor, at), definer.constant);
    return { bound: max(left.bound, right.bound), tree: { split: definer.row, at: z0, below, above } };
  };
  return bounded(new Map());
}

/** A row of the first layer that was split on: factor·(direction·(x − c)) + constant. */
interface SplitRow {
  readonly row: number;
  readonly factor: Rational;
  readonly direction: Vector;
}

/** The proof that a case is empty, if it is found. */
function emptyTree(ball: Ball, restrictions: Restrictions, rows: ReadonlyMap<string, SplitRow>): CaseTree | undefined {
  const limits: (Limit & { readonly row: number; readonly perUnit: Rational })[] = [];
  for (const [name, { low, high }] of restrictions) {
    const { row, factor, direction } = rows.get(name)!;
    const perUnit = inverse(factor);
    if (low !== undefined) limits.push({ direction, bound: low, row, perUnit });
    if (high !== undefined) {
      limits.push({ direction: scaleVector(direction, minusOne), bound: neg(high), row, perUnit: neg(perUnit) });
    }
  }
  const multipliers = emptiness(ball, limits);
  const used = limits.flatMap(({ row, perUnit }, k): [number, Rational][] => {
    const multiplier = multipliers?.[k];
    return multiplier === undefined || multiplier.n === 0n ? [] : [[row, mul(multiplier, perUnit)]];
  });
  return multipliers === undefined ? undefined : { empty: used };
}

const minusOne: Rational = { n: -1n, d: 1n };

function restricted(
  all: Restrictions,
  name: string,
  more: { readonly low?: Rational; readonly high?: Rational },
): Restrictions {
  return new Map([...all, [name, { ...all.get(name), ...more }]]);
}

/** A breakpoint at the end of the steepest piece of a ridge of the first undecided ReLU that has one. */
function bestCut({ atoms, definers }: State): { readonly scalar: number; readonly at: Rational } | undefined {
  for (const { argument } of atoms) {
    const found = argument === undefined ? undefined : cutOf(argument, definers);
    if (found !== undefined) return found;
  }
  return undefined;
}

function cutOf({ ridges }: Expression, definers: State['definers']) {
  const bent = [...ridges]
    .filter(([scalar, f]) => !isLinear(f) && definers.has(scalar))
    .map(([scalar, f]) => ({ scalar, f, range: add(maximum(f), maximum(opposite(f))) }))
    .sort((a, b) => compare(b.range, a.range));
  const [widest] = bent;
  return widest === undefined ? undefined : { scalar: widest.scalar, at: endOfSteepest(widest.f) };
}

/** The end of the steepest piece that is no end of the interval; of two, the one further from it. */
function endOfSteepest(f: Piecewise): Rational {
  const pieces = f.at.length - 1;
  let best = 0;
  for (let k = 1; k < pieces; k++) {
    const [a, b] = [slopeOf(f, k), slopeOf(f, best)];
    if (compare(mul(a, a), mul(b, b)) > 0) best = k;
  }
  const [left, right] = [f.at[best]!, f.at[best + 1]!];
  if (best === 0) return right;
  if (best === pieces - 1) return left;
  const [before, after] = [sub(left, f.at[0]!), sub(f.at.at(-1)!, right)];
  return compare(before, after) >= 0 ? left : right;
}
