/**
 * Values as people write them in tests: rationals, text such as '1/3', and numbers, which mean their exact binary value.
 */
import { fromDouble, parseRational, type Rational } from '../exact/index.js';
import { InputError } from '../format/index.js';

export type ExactInput = Rational | number | string;

/** The exact value. @throws InputError naming `where` for text that is no rational, and for NaN and infinities. */
export function exactly(value: ExactInput, where: string): Rational {
  if (typeof value === 'string') return parseRational(value, where);
  if (typeof value !== 'number') return value;
  if (!Number.isFinite(value)) throw new InputError(`${where}: expected a finite number, got ${value}`);
  return fromDouble(value);
}
