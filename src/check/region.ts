/**
 * The intervals of affine functions over a region of the input space.
 *
 * Main definitions: `InputRegion`, `inputRegion`, `regionImage`.
 *
 * Main statement. Over the ball { ‖x - c‖ ≤ r } the ends of w·x + b are w·c + b ± r·‖w‖\* with the dual norm: ℓ1 for ℓ∞,
 * ℓ∞ for ℓ1, ℓ2 for itself; both are reached. Over the open ball they are not, unless the function is constant. Over a
 * box interval arithmetic gives the exact ends, and they are reached.
 *
 * Notes. Both regions are the sum of a box and a ball around 0, one of which is a single point. An ℓ2 norm that is not
 * rational is rounded up (root.ts), and is then not reached.
 *
 * References. S. Boyd, L. Vandenberghe, Convex Optimization, Cambridge 2004, Appendix A.1.6.
 */
import type { Norm } from '../format/norm.js';
import type { RegionFile } from '../format/query-file.js';
import { affineImage, type Bound, type Intervals, shortBits } from './intervals.js';
import { bitsAbove, limitBits, overOneDenominator } from './rational.js';
import { rootAbove, significantBits } from './root.js';
import type { Rows } from './rows.js';

/** { x + t : x in the box, ‖t‖ ≤ radius }, with < if open; the radius is over the denominator of the box. */
export interface InputRegion {
  readonly box: Intervals;
  readonly norm: Norm;
  readonly radius: bigint;
  readonly open: boolean;
}

/** The region over one denominator. */
export function inputRegion(region: RegionFile, where: string): InputRegion {
  const isBall = region.kind === 'ball';
  const [lower, upper] = isBall ? [region.centre, region.centre] : [region.lower, region.upper];
  const texts = [...lower, ...upper, isBall ? region.radius : '0'];
  const { denominator, numerators, bits } = overOneDenominator(texts, where);
  const ends = numerators.map((at): Bound => ({ at, closed: true }));
  const [lows, highs] = [ends.slice(0, lower.length), ends.slice(lower.length, -1)];
  const box = { denominator, lows, highs, bits, due: Math.max(shortBits, 2 * bits) };
  return { box, norm: isBall ? region.norm : 'linf', radius: numerators.at(-1)!, open: isBall && region.open === true };
}

/** The norm of row r is sizes[r] over the denominator of the rows times 2^shift; sizes and 2^shift are below 2^bits. */
type DualNorms = { readonly sizes: readonly Bound[]; readonly shift: bigint; readonly bits: number };

/** The norms dual to `norm` of the weights of the rows. */
function dualNorms(norm: Norm, { rows, denominator }: Rows): DualNorms {
  const shift = norm === 'l2' ? BigInt(significantBits + bitsAbove([denominator])) : 0n;
  const sizes = rows.map(({ weights }): Bound => {
    let [sum, most, squares] = [0n, 0n, 0n];
    for (const weight of weights) {
      const size = weight < 0n ? -weight : weight;
      sum += size;
      if (size > most) most = size;
      squares += size * size;
    }
    if (norm === 'l2') return rootAbove(squares, denominator, shift);
    return { at: norm === 'linf' ? sum : most, closed: true };
  });
  return { sizes, shift, bits: bitsAbove([1n << shift, ...sizes.map(({ at }) => at)]) };
}

/** Dual norms already computed: they do not depend on the ball, and there are many balls. */
const known: Readonly<Record<Norm, WeakMap<Rows, DualNorms>>> = {
  l1: new WeakMap(),
  l2: new WeakMap(),
  linf: new WeakMap(),
};

/** The intervals of the rows over the region. */
export function regionImage(rows: Rows, { box, norm, radius, open }: InputRegion, where: string): Intervals {
  const z = affineImage(rows, box, where);
  if (radius === 0n) return z;
  const norms = known[norm].get(rows) ?? dualNorms(norm, rows);
  known[norm].set(rows, norms);
  const { sizes, shift } = norms;
  const bits = z.bits + norms.bits + 1;
  limitBits(2 * sizes.length, bits, where);
  const moved = ({ at, closed }: Bound, { at: size, closed: isExact }: Bound, distance: bigint): Bound => {
    // A constant function has one value, which even an open ball reaches.
    return { at: (at << shift) + distance * size, closed: closed && (size === 0n || (isExact && !open)) };
  };
  const lows = z.lows.map((low, r) => moved(low, sizes[r]!, -radius));
  const highs = z.highs.map((high, r) => moved(high, sizes[r]!, radius));
  return { denominator: z.denominator << shift, lows, highs, bits, due: z.due };
}
