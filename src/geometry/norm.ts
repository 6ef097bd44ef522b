/**
 * ℓ1, ℓ2 and ℓ∞ on ℚᵈ, exactly: ℓ2 is compared through squares.
 *
 * Main definitions: `magnitude` (‖v‖, squared for ℓ2), `withinRadius`, `dualNormAbove`.
 */

import {
  boundRootBits,
  compare,
  maxOfAbs,
  type Rational,
  type Root,
  rootAbove,
  square,
  sumOfAbs,
  sumOfSquares,
  type Vector,
} from '../exact/index.js';
import type { Norm } from '../format/index.js';

/** The norm dual to the given one: ℓ1 ↔ ℓ∞, ℓ2 ↔ ℓ2. */
export const dualNorm: Readonly<Record<Norm, Norm>> = { l1: 'linf', l2: 'l2', linf: 'l1' };

/** ‖v‖ for ℓ1 and ℓ∞, ‖v‖² for ℓ2. */
export function magnitude(norm: Norm, v: Vector): Rational {
  switch (norm) {
    case 'l1':
      return sumOfAbs(v);
    case 'linf':
      return maxOfAbs(v);
    case 'l2':
      return sumOfSquares(v);
  }
}

/** The magnitude that a vector of norm r has: r, or r² for ℓ2. */
export const radiusMagnitude = (norm: Norm, r: Rational): Rational => (norm === 'l2' ? square(r) : r);

/** −1, 0 or 1 as ‖v‖ is below, at or above r ≥ 0. */
export const compareToRadius = (norm: Norm, v: Vector, r: Rational): -1 | 0 | 1 =>
  compare(magnitude(norm, v), radiusMagnitude(norm, r));

/**
 * An upper bound of ‖w‖ in the norm *dual* to the given one, exact for ℓ1 and ℓ∞ and for rational ℓ2 values, else
 * rounded up to `bits` significant bits. On a closed ball, max w·x = w·c + r‖w‖*.
 */
export function dualNormAbove(norm: Norm, w: Vector, bits = boundRootBits): Root {
  const size = magnitude(dualNorm[norm], w);
  return norm === 'l2' ? rootAbove(size, bits) : { value: size, exact: true };
}
