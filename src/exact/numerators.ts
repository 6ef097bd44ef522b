/**
 * Many rationals over one denominator.
 *
 * Integer numerators live in a Float64Array while every one is below 2⁵³ in size, where doubles are exact, and in a
 * BigInt array otherwise.
 */
import { absInt, gcd, gcdNumber, lcm } from './integer.js';
import { type Rational, rational } from './rational.js';

export type Numerators = Float64Array | readonly bigint[];

/** The values numerators[k] / denominator, denominator > 0. */
export interface ScaledVector {
  readonly numerators: Numerators;
  readonly denominator: bigint;
}

/** Integers up to this size are exact in doubles. */
export const largestExactDouble = 2 ** 53;
const largestExactBig = 1n << 53n;

/** The integers in the tightest form: doubles when all are at most 2⁵³ in size. */
export function numerators(values: readonly bigint[]): Numerators {
  for (const v of values) if (v > largestExactBig || v < -largestExactBig) return values;
  return Float64Array.from(values, Number);
}

/** The rationals over their least common denominator. */
export function scaled(values: readonly Rational[]): ScaledVector {
  const denominator = commonDenominator(values);
  return { numerators: numerators(values.map((v) => v.n * (denominator / v.d))), denominator };
}

/** Least common denominator; 1 for no values. */
export function commonDenominator(values: Iterable<Rational>): bigint {
  let d = 1n;
  for (const v of values) if (d % v.d !== 0n) d = lcm(d, v.d);
  return d;
}

/** numerators[k] / denominator in lowest terms. */
export function entry(vector: ScaledVector, k: number): Rational {
  return rational(vector.numerators[k]!, vector.denominator);
}

/** The integers as BigInt, whatever their form. */
export function bigNumerators(values: Numerators): readonly bigint[] {
  return values instanceof Float64Array ? Array.from(values, BigInt) : values;
}

/** Largest |numerators[k]|, 0 for none. */
export function largestSize(values: Numerators): bigint {
  if (values instanceof Float64Array) {
    let most = 0;
    for (let k = 0; k < values.length; k++) most = Math.max(most, Math.abs(values[k]!));
    return BigInt(most);
  }
  let most = 0n;
  for (const v of values) if (absInt(v) > most) most = absInt(v);
  return most;
}

/** The same values with the common factor of all numerators and the denominator removed: one pass, not one per operation. */
export function reduced(vector: ScaledVector): ScaledVector {
  const { numerators: values, denominator } = vector;
  let g = denominator;
  if (g === 1n) return vector;
  if (values instanceof Float64Array && g <= largestExactBig) {
    let h = Number(g);
    for (let k = 0; k < values.length && h !== 1; k++) h = gcdNumber(h, values[k]!);
    if (h === 1) return vector;
    return { numerators: values.map((v) => v / h), denominator: denominator / BigInt(h) };
  }
  for (let k = 0; k < values.length && g !== 1n; k++) g = gcd(g, BigInt(values[k]!));
  if (g === 1n) return vector;
  return {
    numerators: numerators(Array.from(values as ArrayLike<number | bigint>, (v) => BigInt(v) / g)),
    denominator: denominator / g,
  };
}
