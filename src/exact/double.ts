/**
 * Doubles as the rationals that they are, bit by bit.
 */
import { powerOfTwo, type Rational, rational } from './rational.js';

/**
 * The exact value of a finite double: 0.1 is 3602879701896397/36028797018963968.
 * @throws RangeError for NaN and infinities.
 */
export function fromDouble(x: number): Rational {
  if (!Number.isFinite(x)) throw new RangeError(`fromDouble: expected a finite number, got ${x}`);
  if (Number.isSafeInteger(x)) return rational(x);
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const word = view.getBigUint64(0);
  const exponent = Number((word >> 52n) & 0x7ffn);
  const fraction = word & 0xfffffffffffffn;
  // Subnormals (exponent field 0) have no hidden leading bit and share the least exponent.
  const significand = exponent === 0 ? fraction : fraction | 0x10000000000000n;
  const scale = powerOfTwo((exponent === 0 ? 1 : exponent) - 1075);
  return rational((word >> 63n === 1n ? -significand : significand) * scale.n, scale.d);
}
