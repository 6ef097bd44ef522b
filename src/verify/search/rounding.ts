/**
 * From multipliers in doubles to slopes that a certificate can state.
 *
 * Main definitions: `roundedSlopes`, `nearbyRational`, `Rounding`.
 *
 * A value within the tolerance of the default costs nothing, then come the codes, then numbers: in `short` form with 20
 * significant binary digits, in `fine` form with 40, in `exact` form the simplest fraction nearby, which is what a
 * vertex of a linear program mostly is, and the code `u` instead of a rounded triangle slope.
 */
import { fromDouble, type Rational, rational, zero } from '../../exact/index.js';
import type { Passes } from './backward.js';
import type { Cone } from './cone.js';
import type { Slope } from './exact-leaf.js';

export type Rounding = 'short' | 'fine' | 'exact';

const digits: Readonly<Record<Rounding, number>> = { short: 20, fine: 40, exact: 44 };
const tolerance: Readonly<Record<Rounding, number>> = { short: 1e-7, fine: 1e-11, exact: 1e-9 };
/** A multiplier whose term is smaller than this share of the largest one is noise. */
const noise = 1e-11;
const largestDenominator = 1 << 20;

/** Slopes near the multipliers in the work space, on a cone; those near their default are left out. */
export function roundedSlopes(
  w: Passes,
  cone: Cone,
  l: Float64Array,
  u: Float64Array,
  rounding: Rounding,
): Map<number, Slope> {
  const { a, lambda, problem } = w;
  const { neurons, starts } = cone;
  const slopes = new Map<number, Slope>();
  let scale = 0;
  const reach = (n: number): number => Math.max(Math.abs(l[n]!), Math.abs(u[n]!));
  for (const n of neurons) if (lambda[n] !== 0) scale = Math.max(scale, Math.abs(lambda[n]!) * reach(n));
  for (let i = 0; i <= cone.level; i++) {
    const { activation } = problem.layers[i]!;
    if (activation === 'identity') continue;
    for (let k = starts[i]!; k < starts[i + 1]!; k++) {
      const n = neurons[k]!;
      const c = a[n]!;
      let p = lambda[n]!;
      if (c === 0 && p === 0) continue;
      if (Math.abs(p) * reach(n) <= noise * scale) p = 0;
      const slack = tolerance[rounding] * (Math.abs(c) + Math.abs(p));
      const isNear = (q: number): boolean => Math.abs(p - q) <= slack;
      const low = l[n]!;
      const high = u[n]!;
      const unstable = activation === 'relu' && low < 0 && high > 0;
      if (rounding === 'exact' && unstable && c < 0 && isNear((c * high) / (high - low))) slopes.set(n, 'u');
      else if (isNear(defaultSlope(activation, c, low, high))) continue;
      else if (isNear(c)) slopes.set(n, 'a');
      else if (isNear(0)) slopes.set(n, zero);
      else if (Number.isFinite(p)) slopes.set(n, nearbyRational(p, rounding));
    }
  }
  return slopes;
}

function defaultSlope(activation: 'relu' | 'step', c: number, low: number, high: number): number {
  if (activation === 'step') return 0;
  if (low >= 0) return c;
  if (high <= 0) return 0;
  if (c > 0) return high >= -low ? c : 0;
  return (c * high) / (high - low);
}

/** A rational near a finite double. */
export function nearbyRational(value: number, rounding: Rounding): Rational {
  if (value === 0) return zero;
  if (rounding === 'exact') {
    const simple = simplestNear(value, 1e-10 * Math.abs(value));
    if (simple !== undefined) return simple;
  }
  const step = 2 ** (Math.floor(Math.log2(Math.abs(value))) - digits[rounding]);
  return fromDouble(step > 0 ? Math.round(value / step) * step : value);
}

/** The convergent of the continued fraction within the slack, with a denominator up to 2²⁰; undefined when there is none. */
export function simplestNear(value: number, slack: number): Rational | undefined {
  let [p0, q0, p1, q1] = [0, 1, 1, 0];
  let rest = value;
  for (let k = 0; k < 40; k++) {
    const whole = Math.floor(rest);
    [p0, p1] = [p1, whole * p1 + p0];
    [q0, q1] = [q1, whole * q1 + q0];
    if (!Number.isSafeInteger(p1) || q1 > largestDenominator) return undefined;
    if (Math.abs(value - p1 / q1) <= slack) return rational(p1, q1);
    if (rest === whole) return undefined;
    rest = 1 / (rest - whole);
  }
  return undefined;
}
