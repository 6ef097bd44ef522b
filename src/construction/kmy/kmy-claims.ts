/**
 * What the bounds of the lattice networks have in common, as formulas.
 *
 * R = 1 + ⌊(widest range of a coordinate)/δ∞⌋ measures how spread out the data is; Õ of [KMY] hides its logarithm.
 */
import { div, type Rational, rootAbove } from '../../exact/index.js';
import type { Norm } from '../../format/index.js';
import { type Dataset, separation } from '../../geometry/index.js';
import type { BitExtraction } from '../../network/index.js';
import { coordinateSeparation } from './small-lattice.js';

/** Bits of a lattice coordinate are at most this (`mostLatticeBits`). */
export const latticeBitsFormula = 'ceil(log2(4*R*N*d))';

/** Bits of a value: those of C − 1. */
const valueBitsFormula = '(floor(log2(max(C - 1, 1))) + 1)';

/** Bits of a hashed key, and so of the shorter of hashed and injective ones. */
export const keyBitsFormula = `(2*floor(log2(N)) + 6 + ${latticeBitsFormula} + ceil(log2(d)))`;

/** Neurons in a layer of a lookup. */
export const lookupWidth: Readonly<Record<BitExtraction, number>> = { peeling: 8, triangle: 11 };

/** Layers of a lookup of at most N records with keys of so many bits. */
export const lookupLayersFormula = (keyBits: string, records = 'N'): string =>
  `min(ceil(${records}/2), 3*isqrt(${records}*(${keyBits} + ${valueBitsFormula} + 2)) + 2*(${keyBits} + ${valueBitsFormula}) + 6)`;

/** δ∞/δ, rounded down: what ρ is at 2μ = δ∞. At least 1/√d in ℓ2 and 1/d in ℓ1. */
export function coordinateRatio(data: Dataset, norm: Norm): Rational {
  const { magnitude } = separation(data, norm)!;
  return div(coordinateSeparation(data), norm === 'l2' ? rootAbove(magnitude).value : magnitude);
}
