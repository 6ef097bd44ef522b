/**
 * ℚ on BigInt.
 *
 * A rational is `{ n, d }` with d > 0 and gcd(n, d) = 1, so equal values are equal field by field. For single values
 * only: bulk data is integer numerators over a common denominator (numerators.ts), because a gcd per operation costs
 * two orders of magnitude.
 */
import { absInt, bitLength, floorDiv, gcd } from './integer.js';

export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

/** n/d in lowest terms. @throws RangeError when d = 0. */
export function rational(n: bigint | number, d: bigint | number = 1n): Rational {
  let p = BigInt(n);
  let q = BigInt(d);
  if (q === 0n) throw new RangeError(`rational: expected a denominator other than 0, got ${p}/0`);
  if (q < 0n) {
    p = -p;
    q = -q;
  }
  if (q === 1n) return { n: p, d: q };
  const g = gcd(p, q);
  return g === 1n ? { n: p, d: q } : { n: p / g, d: q / g };
}

export const zero: Rational = Object.freeze({ n: 0n, d: 1n });
export const one: Rational = Object.freeze({ n: 1n, d: 1n });
export const half: Rational = Object.freeze({ n: 1n, d: 2n });

/** a + b. */
export function add(a: Rational, b: Rational): Rational {
  // Adding a whole number leaves a fraction reduced.
  if (b.d === 1n) return { n: a.n + b.n * a.d, d: a.d };
  if (a.d === 1n) return { n: a.n * b.d + b.n, d: b.d };
  return a.d === b.d ? rational(a.n + b.n, a.d) : rational(a.n * b.d + b.n * a.d, a.d * b.d);
}

/** a − b. */
export function sub(a: Rational, b: Rational): Rational {
  if (b.d === 1n) return { n: a.n - b.n * a.d, d: a.d };
  if (a.d === 1n) return { n: a.n * b.d - b.n, d: b.d };
  return a.d === b.d ? rational(a.n - b.n, a.d) : rational(a.n * b.d - b.n * a.d, a.d * b.d);
}

/** a · b. */
export const mul = (a: Rational, b: Rational): Rational => rational(a.n * b.n, a.d * b.d);

/** a / b. @throws RangeError when b = 0. */
export const div = (a: Rational, b: Rational): Rational => rational(a.n * b.d, a.d * b.n);

/** −a. */
export const neg = (a: Rational): Rational => ({ n: -a.n, d: a.d });

/** |a|. */
export const abs = (a: Rational): Rational => (a.n < 0n ? neg(a) : a);

/** a². */
export const square = (a: Rational): Rational => ({ n: a.n * a.n, d: a.d * a.d });

/** 1/a. @throws RangeError when a = 0. */
export const inverse = (a: Rational): Rational => rational(a.d, a.n);

/** −1, 0 or 1. */
export const sign = (a: Rational): -1 | 0 | 1 => (a.n > 0n ? 1 : a.n < 0n ? -1 : 0);

/** −1 when a < b, 0 when a = b, 1 when a > b. */
export function compare(a: Rational, b: Rational): -1 | 0 | 1 {
  const left = a.n * b.d;
  const right = b.n * a.d;
  return left < right ? -1 : left > right ? 1 : 0;
}

export const equal = (a: Rational, b: Rational): boolean => a.n === b.n && a.d === b.d;
export const less = (a: Rational, b: Rational): boolean => compare(a, b) < 0;
export const lessEqual = (a: Rational, b: Rational): boolean => compare(a, b) <= 0;
export const min = (a: Rational, b: Rational): Rational => (compare(a, b) <= 0 ? a : b);
export const max = (a: Rational, b: Rational): Rational => (compare(a, b) >= 0 ? a : b);
export const isInteger = (a: Rational): boolean => a.d === 1n;

/** ⌊a⌋. */
export const floor = (a: Rational): bigint => floorDiv(a.n, a.d);

/** ⌈a⌉. */
export const ceil = (a: Rational): bigint => -floorDiv(-a.n, a.d);

/** aᵏ for a whole k; a ≠ 0 when k < 0. @throws RangeError otherwise. */
export function power(a: Rational, k: number): Rational {
  if (!Number.isSafeInteger(k)) throw new RangeError(`power: expected a whole exponent, got ${k}`);
  if (k < 0) return power(inverse(a), -k);
  return { n: a.n ** BigInt(k), d: a.d ** BigInt(k) };
}

/** 2ᵏ for a whole k of either sign. */
export const powerOfTwo = (k: number): Rational =>
  k >= 0 ? { n: 1n << BigInt(k), d: 1n } : { n: 1n, d: 1n << BigInt(-k) };

/** ⌊log₂ a⌋, exactly. @throws RangeError when a ≤ 0. */
export function floorLog2(a: Rational): number {
  if (a.n <= 0n) throw new RangeError(`floorLog2: expected a > 0, got ${a.n}/${a.d}`);
  const k = bitLength(a.n) - bitLength(a.d);
  return compare(powerOfTwo(k), a) <= 0 ? k : k - 1;
}

/** Bits of a: binary digits of the numerator plus those of the denominator, less one [Theory: bit complexity]. */
export const bits = (a: Rational): number => bitLength(absInt(a.n)) + bitLength(a.d) - 1;

/** A double near a, for pictures and progress only: no verdict may depend on it. */
export function toNumber(a: Rational): number {
  const excess = Math.max(bitLength(a.n), bitLength(a.d)) - 1000;
  if (excess <= 0) return Number(a.n) / Number(a.d);
  // Beyond the range of doubles, numerator and denominator are shortened to 64 digits each first.
  const p = Math.max(0, bitLength(a.n) - 64);
  const q = Math.max(0, bitLength(a.d) - 64);
  return (Number(a.n >> BigInt(p)) / Number(a.d >> BigInt(q))) * 2 ** (p - q);
}
