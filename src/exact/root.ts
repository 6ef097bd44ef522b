/**
 * One-sided rational square roots.
 *
 * Main definitions: `rootAbove`, `rootBelow`. The rule, which the checker repeats: the root itself when it is
 * rational, else the nearest number m·2ᵉ on the asked side with 2^(bits−1) ≤ m ≤ 2^bits. Two consequences are used:
 * a root with more bits is never the worse bound, and scaling q by 4ᵏ scales the result by exactly 2ᵏ.
 */
import { bitLength, isqrt } from './integer.js';
import { powerOfTwo, type Rational, rational, zero } from './rational.js';

/** Significant bits of a root used inside a construction. */
export const constructionRootBits = 64;

/** Significant bits of a root used by interval bounds; more than constructions use, so these stay provable. */
export const boundRootBits = 96;

export interface Root {
  readonly value: Rational;
  /** Whether value² = q. */
  readonly exact: boolean;
}

/** A rational ≥ √q, exact or rounded up to `bits` significant bits. @throws RangeError when q < 0. */
export function rootAbove(q: Rational, bits = boundRootBits): Root {
  return root(q, bits, true);
}

/** A rational ≤ √q, exact or rounded down to `bits` significant bits. @throws RangeError when q < 0. */
export function rootBelow(q: Rational, bits = boundRootBits): Root {
  return root(q, bits, false);
}

function root(q: Rational, bits: number, up: boolean): Root {
  if (q.n < 0n) throw new RangeError(`root: expected q ≥ 0, got ${q.n}/${q.d}`);
  if (q.n === 0n) return { value: zero, exact: true };
  const n = isqrt(q.n);
  const d = isqrt(q.d);
  if (n * n === q.n && d * d === q.d) return { value: { n, d }, exact: true };
  // Choose e so that 2^(bits−1) ≤ √q / 2ᵉ < 2^bits, i.e. q / 4ᵉ lies in [4^(bits−1), 4^bits).
  let e = ((bitLength(q.n) - bitLength(q.d)) >> 1) - bits;
  let m = isqrt(scaledFloor(q, e));
  while (bitLength(m) > bits) m = isqrt(scaledFloor(q, ++e));
  const scale = powerOfTwo(e);
  return { value: rational((up ? m + 1n : m) * scale.n, scale.d), exact: false };
}

/** ⌊q / 4ᵉ⌋; its integer root is ⌊√q / 2ᵉ⌋. */
function scaledFloor(q: Rational, e: number): bigint {
  return e >= 0 ? q.n / (q.d << BigInt(2 * e)) : (q.n << BigInt(-2 * e)) / q.d;
}
