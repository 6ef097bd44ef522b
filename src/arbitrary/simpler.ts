/**
 * Simpler numbers: towards 0, towards whole numbers, towards small denominators.
 *
 * Main definitions: `simplerIntegers`, `simplerRationals`, `simplestBetween`, `cost`.
 */
import { absInt, add, ceil, compare, floor, inverse, isInteger, type Rational, rational, sub } from '../exact/index.js';

/** Size of a rational: its denominator, and then the size of its numerator, with the negative after the positive. */
export const cost = (a: Rational): readonly [bigint, bigint] => [a.d, 2n * absInt(a.n) + (a.n < 0n ? 1n : 0n)];

/** Size of several rationals: places of `cost`, added up. */
export function totalCost(values: Iterable<Rational>): readonly [bigint, bigint] {
  let denominators = 0n;
  let numerators = 0n;
  for (const v of values) {
    const [d, n] = cost(v);
    denominators += d;
    numerators += n;
  }
  return [denominators, numerators];
}

/** Whole numbers nearer to 0 than n: 0, |n| for a negative n, then by halves of the way back to n. */
export function* simplerIntegers(n: bigint): Generator<bigint> {
  if (n === 0n) return;
  yield 0n;
  if (n < 0n) yield -n;
  for (let gap = n / 2n; gap !== 0n; gap /= 2n) yield n - gap;
}

/**
 * Simpler values than a: 0, the nearest whole numbers, |a|, for a whole number those nearer to 0, else nearby values
 * of smaller denominator (a's continued fraction cut short) and of smaller numerator.
 */
export function* simplerRationals(a: Rational): Generator<Rational> {
  if (isInteger(a)) {
    for (const n of simplerIntegers(a.n)) yield rational(n);
    return;
  }
  yield rational(0);
  yield rational(a.n / a.d);
  yield rational(floor(a));
  yield rational(ceil(a));
  if (a.n < 0n) yield rational(-a.n, a.d);
  yield* convergents(a);
  for (const n of simplerIntegers(a.n)) yield rational(n, a.d);
}

/** The convergents of a's continued fraction, a itself left out. */
function* convergents(a: Rational): Generator<Rational> {
  let [p, q] = [a.n, a.d];
  let [h0, h1] = [0n, 1n];
  let [k0, k1] = [1n, 0n];
  while (q !== 0n) {
    const whole = floor(rational(p, q));
    [h0, h1] = [h1, whole * h1 + h0];
    [k0, k1] = [k1, whole * k1 + k0];
    [p, q] = [q, p - whole * q];
    if (q !== 0n) yield rational(h1, k1);
  }
}

/** The rational of least denominator, and then nearest to 0, in [low, high]. @throws RangeError when low > high. */
export function simplestBetween(low: Rational, high: Rational): Rational {
  if (compare(low, high) > 0) throw new RangeError('simplestBetween: expected low ≤ high');
  if (low.n <= 0n && high.n >= 0n) return rational(0);
  if (high.n < 0n) {
    const mirrored = simplestBetween(rational(-high.n, high.d), rational(-low.n, low.d));
    return rational(-mirrored.n, mirrored.d);
  }
  const up = rational(ceil(low));
  if (compare(up, high) <= 0) return up;
  // No whole number between: both share their whole part, and the rest is inverted.
  const base = rational(floor(low));
  return add(base, inverse(simplestBetween(inverse(sub(high, base)), inverse(sub(low, base)))));
}
