/**
 * Counterexamples among points that a relaxation suggests.
 *
 * Main definition: `candidateNear`.
 *
 * A point in doubles is first looked at in doubles; what is unsafe there, or nearly, is put into the region exactly, in
 * simple fractions and as it is, and replayed. Only the replay decides.
 */
import { fromDouble, type Rational, rational, subVectors, toNumber, type Vector } from '../../exact/index.js';
import { contains } from '../../geometry/index.js';
import type { Constraint } from '../query.js';
import { centreOf, extremePoint, rayPoint } from '../region-points.js';
import { replay } from '../verdict.js';
import { forwardValues } from './backward.js';
import { simplestNear } from './rounding.js';
import type { SearchState } from './search-state.js';

/** Shortfall, relative to the terms, up to which a point in doubles is tried exactly. */
const nearlyUnsafe = 1e-7;
const fineBits = 60;

/** An unsafe point of the region near the given one, replayed, or undefined. */
export function candidateNear(
  state: SearchState,
  x: Float64Array,
  conjunction: readonly Constraint[],
): Vector | undefined {
  if (!x.every(Number.isFinite) || !looksUnsafe(state, x, conjunction)) return undefined;
  const { query, region } = state.problem;
  const tried = [inside(region, Array.from(x, simple)), inside(region, Array.from(x, fromDouble))];
  return tried.find((point) => replay(query, point).unsafe);
}

/** The point of the region where a gradient in doubles is least: a vertex, exactly. */
export function leastVertex(state: SearchState, gradient: Float64Array): Vector {
  return extremePoint(
    state.problem.region,
    gradient.map((g) => -g),
  );
}

/** Whether a vertex is unsafe. */
export function isUnsafePoint(state: SearchState, x: Vector, conjunction: readonly Constraint[]): boolean {
  return looksUnsafe(state, Float64Array.from(x, toNumber), conjunction) && replay(state.problem.query, x).unsafe;
}

function looksUnsafe(state: SearchState, x: Float64Array, conjunction: readonly Constraint[]): boolean {
  const { passes, problem } = state;
  const last = problem.layers.length - 1;
  forwardValues(passes, x, last);
  const top = problem.offsets[last]!;
  return conjunction.every((c) => {
    let value = toNumber(c.bias);
    let size = Math.abs(value);
    c.columns.forEach((column, k) => {
      const t = toNumber(c.weights[k]!) * passes.h[top + column]!;
      value += t;
      size += Math.abs(t);
    });
    // Not a number says nothing, and is tried.
    return !(value < -nearlyUnsafe * size);
  });
}

const simple = (v: number): Rational => simplestNear(v, 1e-9 * Math.max(1e-3, Math.abs(v))) ?? fromDouble(v);

/** The point itself when it lies in the region, else one nearby that does. */
function inside(region: SearchState['problem']['region'], x: Vector): Vector {
  if (contains(region, x)) return x;
  if (region.kind === 'ball' && region.norm === 'linf' && !region.open) {
    const { centre, radius } = region;
    return x.map((v, j) => clamp(v, centre[j]!, radius));
  }
  return rayPoint(region, subVectors(x, centreOf(region)), fineBits);
}

function clamp(v: Rational, c: Rational, r: Rational): Rational {
  const low = rational(c.n * r.d - r.n * c.d, c.d * r.d);
  const high = rational(c.n * r.d + r.n * c.d, c.d * r.d);
  if (v.n * low.d < low.n * v.d) return low;
  return v.n * high.d > high.n * v.d ? high : v;
}
