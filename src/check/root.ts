/**
 * Square roots, exact or rounded up.
 *
 * Main definitions: `rootAbove`, `significantBits`.
 *
 * Notes. The rounding rule belongs to the certificate format, since it decides which interval proofs are valid: a root
 * that is no rational number is replaced by the smallest m·2^e above it with integers 2^95 ≤ m ≤ 2^96.
 */
import { type Bound, closedAt } from './intervals.js';
import { bitsAbove } from './rational.js';

/** Significant bits of a root that is rounded up. */
export const significantBits = 96;

/** √square / scale as numerator over scale·2^shift, for square ≥ 0, scale > 0 and 2^shift ≥ 2^significantBits · scale. */
export function rootAbove(square: bigint, scale: bigint, shift: bigint): Bound {
  const floor = floorRoot(square);
  if (floor * floor === square) return closedAt(floor << shift);
  // √square / scale · 2^shift is irrational and lies between `digits` and `digits` + 1, where digits ≥ 2^96.
  const digits = floorRoot((square << (2n * shift)) / scale ** 2n);
  const dropped = BigInt(digits.toString(2).length - significantBits);
  return { at: (((digits >> dropped) + 1n) << dropped) * scale, closed: false };
}

/** Largest integer ≤ √value, for value ≥ 0, by Newton's method from above. */
function floorRoot(value: bigint): bigint {
  if (value === 0n) return 0n;
  let root = 1n << BigInt(bitsAbove([value]) / 2);
  while (true) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
