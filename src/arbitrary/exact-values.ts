/** Whether values of any kind are exact numbers and vectors in their one reduced form. */
import { type Rational, rational, type Vector } from '../exact/index.js';

/** Whether a value is a rational in lowest terms. */
export function isRational(value: unknown): value is Rational {
  if (typeof value !== 'object' || value === null) return false;
  const { n, d } = value as Partial<Rational>;
  return typeof n === 'bigint' && typeof d === 'bigint' && d > 0n && rational(n, d).d === d;
}

/** Whether a value is a vector of n rationals. */
export const isVector = (value: unknown, n: number): value is Vector =>
  Array.isArray(value) && value.length === n && value.every(isRational);
