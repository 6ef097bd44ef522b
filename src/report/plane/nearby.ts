/**
 * Doubles near exact values, with bounds of their error: most signs are known without big integers.
 *
 * Main definitions: `nearby`, `enclosedValue`. Overflow gives an infinity or NaN, on which every comparison that would
 * decide something is false.
 */
import { toNumber } from '../../exact/index.js';

/** A double v with |v − n/d| ≤ |v|·2⁻⁴⁸ + 2⁻¹⁰⁰⁰, or not finite; d > 0. */
export const nearby = (n: bigint, d: bigint): number => toNumber({ n, d });

/** a·x + b·y + c as [low, high], for coefficients and coordinates near their exact values as `nearby` says. */
export function enclosedValue(near: readonly [number, number, number], x: number, y: number): [number, number] {
  const [a, b, c] = near;
  const ax = a * x;
  const by = b * y;
  const value = ax + by + c;
  // Each product errs by less than 2⁻⁴⁶ of its size, the sums by less than 2⁻⁵⁰; the last term covers the ends of the range.
  const error =
    (Math.abs(ax) + Math.abs(by) + Math.abs(c)) * 2 ** -45 +
    (Math.abs(a) + Math.abs(b) + Math.abs(x) + Math.abs(y) + 1) * 2 ** -900;
  return [value - error, value + error];
}
