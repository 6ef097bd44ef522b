/**
 * Short dyadic numbers: where any number of an interval will do, the one with the fewest binary places is taken.
 */
import { ceil, compare, mul, powerOfTwo, type Rational, rational } from './rational.js';

/**
 * The number m/2ˢ in [low, high] with the least s ≥ 0, and the least such m.
 * @throws RangeError when low > high, or when low = high is not dyadic.
 */
export function simplestDyadic(low: Rational, high: Rational): Rational {
  if (compare(low, high) > 0) throw new RangeError('simplestDyadic: expected low ≤ high');
  if (compare(low, high) === 0 && (low.d & (low.d - 1n)) !== 0n) {
    throw new RangeError(`simplestDyadic: expected a dyadic number, got ${low.n}/${low.d}`);
  }
  for (let s = 0; ; s++) {
    const candidate = rational(ceil(mul(low, powerOfTwo(s))), 1n << BigInt(s));
    if (compare(candidate, high) <= 0) return candidate;
  }
}
