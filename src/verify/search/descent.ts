/**
 * Counterexamples by descent: from a few points of the region, in doubles, towards the unsafe set.
 *
 * Main definition: `descent`.
 *
 * At a point the network is nearly affine; the region's least point of that affine function is a direction, and the best
 * of some fractions of the way is taken until none improves. A relu that is off keeps a small slope, so that networks
 * that are constant around a point do not end the way there. What is found is replayed exactly by the caller's means.
 */
import { randomSource, toNumber, type Vector } from '../../exact/index.js';
import type { Constraint } from '../query.js';
import { forwardCone } from './backward.js';
import { candidateNear } from './candidates.js';
import { nearMinimum } from './region-minimum.js';
import type { SearchState } from './search-state.js';

export interface DescentOptions {
  /** Ways begun: at the middle of the region, then at random extreme points. @defaultValue 4 */
  readonly starts?: number;
  /** Most steps of each. @defaultValue 20 */
  readonly steps?: number;
}

const fractions = [1, 0.5, 0.2, 0.05, 0.01];
const offSlope = 1 / 64;

/** A point of the region in the conjunction, replayed, or undefined. */
export function descent(
  state: SearchState,
  conjunction: readonly Constraint[],
  { starts = 4, steps = 20 }: DescentOptions = {},
): Vector | undefined {
  if (conjunction.length === 0) return undefined;
  const { passes, problem } = state;
  const { x, gradient } = passes;
  const goals = conjunction.map(nearConstraint);
  const top = problem.offsets[problem.layers.length - 1]!;
  const random = randomSource(1);
  /** The least satisfied constraint at the point in the work space, and its value: ≥ 0 when all hold. */
  const least = (): { readonly goal: NearConstraint; readonly value: number } => {
    forwardCone(passes, state.cone);
    let best = { goal: goals[0]!, value: Number.POSITIVE_INFINITY };
    for (const goal of goals) {
      const value = goal.columns.reduce((sum, c, k) => sum + goal.weights[k]! * passes.h[top + c]!, goal.bias);
      if (value < best.value) best = { goal, value };
    }
    return best;
  };
  for (let start = 0; start < starts; start++) {
    for (let j = 0; j < gradient.length; j++) gradient[j] = start === 0 ? 0 : random.between(-64, 64);
    nearMinimum(passes.region, gradient, x);
    let here = least();
    let at: Float64Array = x.slice();
    for (let step = 0; step < steps && here.value < 0; step++) {
      x.set(at);
      forwardCone(passes, state.cone);
      fillGradient(state, here.goal);
      nearMinimum(passes.region, gradient, x);
      const target = x.slice();
      let moved: Float64Array | undefined;
      for (const t of fractions) {
        for (let j = 0; j < x.length; j++) x[j] = at[j]! + t * (target[j]! - at[j]!);
        const there = least();
        if (!(there.value > here.value)) continue;
        here = there;
        moved = x.slice();
      }
      if (moved === undefined) break;
      at = moved;
    }
    const found = candidateNear(state, at, conjunction);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface NearConstraint {
  readonly columns: readonly number[];
  readonly weights: readonly number[];
  readonly bias: number;
}

const nearConstraint = ({ columns, weights, bias }: Constraint): NearConstraint => ({
  columns,
  weights: weights.map(toNumber),
  bias: toNumber(bias),
});

/** The gradient of minus the constraint where the network's values in the work space were taken, roughly. */
function fillGradient(state: SearchState, goal: NearConstraint): void {
  const { passes, problem, cone, l, u } = state;
  const { a, z, gradient } = passes;
  const { layers, offsets } = problem;
  gradient.fill(0);
  for (const n of cone.neurons) a[n] = 0;
  goal.columns.forEach((c, k) => {
    a[offsets[cone.level]! + c] = -goal.weights[k]!;
  });
  for (let i = cone.level; i >= 0; i--) {
    const { activation, rowStart, columns, weights } = layers[i]!;
    const below = i === 0 ? gradient : a;
    const shift = i === 0 ? 0 : offsets[i - 1]!;
    for (let k = cone.starts[i]!; k < cone.starts[i + 1]!; k++) {
      const n = cone.neurons[k]!;
      let pass = a[n]!;
      if (activation === 'relu' && z[n]! <= 0) pass *= u[n]! > 0 ? offSlope : 0;
      else if (activation === 'step') pass = l[n]! <= 0 && u[n]! > 0 ? pass / (u[n]! - l[n]!) : 0;
      if (pass === 0) continue;
      const r = n - offsets[i]!;
      for (let m = rowStart[r]!; m < rowStart[r + 1]!; m++) below[shift + columns[m]!]! += pass * weights[m]!;
    }
  }
}
