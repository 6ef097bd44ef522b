/**
 * Decimal text of rationals, for people and for CSV files; the files of muball hold reduced fractions (text.ts).
 *
 * Main definitions: `exactDecimal`, `decimalBelow` (rounding down to significant digits), `decimalText`.
 */
import { compare, floor, mul, neg, power, type Rational, rational, sign } from './rational.js';

const ten = rational(10);

/** ⌊log₁₀ a⌋, exactly. @throws RangeError when a ≤ 0. */
export function floorLog10(a: Rational): number {
  if (sign(a) <= 0) throw new RangeError(`floorLog10: expected a > 0, got ${a.n}/${a.d}`);
  const k = a.n.toString().length - a.d.toString().length;
  return compare(power(ten, k), a) <= 0 ? k : k - 1;
}

/** The value numerator · 10^−places. */
export interface Decimal {
  readonly numerator: bigint;
  readonly places: number;
}

/** The value of a decimal. */
export const decimalValue = (a: Decimal): Rational => mul(rational(a.numerator), power(ten, -a.places));

/** The largest decimal ≤ a with `digits` significant digits, for a > 0; places may be negative. @throws RangeError when a ≤ 0. */
export function decimalBelow(a: Rational, digits: number): Decimal {
  const places = digits - 1 - floorLog10(a);
  return { numerator: floor(mul(a, power(ten, places))), places };
}

/** The digits of a when its decimal expansion ends, as `-0.125`; undefined when it does not. */
export function exactDecimal(a: Rational): string | undefined {
  let rest = a.d;
  let places = 0;
  for (; rest % 10n === 0n; places++) rest /= 10n;
  // What is left has factors 2 only, or 5 only, or the expansion does not end.
  for (const p of [2n, 5n]) for (; rest % p === 0n; places++) rest /= p;
  if (rest !== 1n) return undefined;
  return plainText({ numerator: (a.n * 10n ** BigInt(places)) / a.d, places });
}

/**
 * A decimal text near a, rounded towards 0 to `digits` significant digits: exact when that many digits suffice. Values
 * below 10⁻⁶ or from 10²¹ on are written with an exponent, `1.5e-9`.
 */
export function decimalText(a: Rational, digits = 10): string {
  if (sign(a) === 0) return '0';
  if (sign(a) < 0) return `-${decimalText(neg(a), digits)}`;
  const { numerator, places } = decimalBelow(a, digits);
  const exponent = digits - 1 - places;
  if (exponent >= -6 && exponent < 21) return plainText({ numerator, places });
  return `${plainText({ numerator, places: digits - 1 })}e${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
}

/** The digits, without exponent and without zeros after the last digit of the fraction. */
function plainText({ numerator, places }: Decimal): string {
  if (places <= 0) return (numerator * 10n ** BigInt(-places)).toString();
  const digits = (numerator < 0n ? -numerator : numerator).toString().padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  return `${numerator < 0n ? '-' : ''}${digits.slice(0, -places)}${fraction === '' ? '' : `.${fraction}`}`;
}
