/**
 * The least and greatest values of affine functions over a region of the input space.
 *
 * Main definitions: `InputRegion`, `inputRegion`, `regionImage`, `staysPositive`.
 *
 * Main statement. Over the ball { ‖x - c‖ ≤ r } the ends of w·x + b are w·c + b ± r·‖w‖\* with the dual norm: ℓ1 for ℓ∞,
 * ℓ∞ for ℓ1, ℓ2 for itself; both are reached. Over the open ball they are not, unless the function is constant. Over a
 * box interval arithmetic gives the exact ends, and they are reached.
 *
 * Notes. Both regions are the sum of a box and a ball around 0, one of which is a single point. A region is never empty,
 * which is checked here, so that no proof is vacuous. In intervals an ℓ2 norm that is not rational is rounded up
 * (root.ts), and is then not reached; a leaf compares its square.
 *
 * References. S. Boyd, L. Vandenberghe, Convex Optimization, Cambridge 2004, Appendix A.1.6.
 */
import type { Norm } from '../format/norm.js';
import type { RegionFile } from '../format/query-file.js';
import { affineEnd, affineImage, type Bound, bitsOf, closedAt, type Interval, type Intervals } from './intervals.js';
import { bitsAbove, limitBits, overOneDenominator } from './rational.js';
import { mismatch, same } from './read.js';
import { rootAbove, significantBits } from './root.js';
import { carryBits, type Rows } from './rows.js';

/** { x + t : x in the box, ‖t‖ ≤ radius }, with < if open; the radius is over the denominator of the box. */
export type InputRegion = Readonly<{ box: Intervals; norm: Norm; radius: bigint; open: boolean }>;

/** The region of a space with so many dimensions, over one denominator. */
export function inputRegion(region: RegionFile, dimensions: number, where: string): InputRegion {
  const isBall = region.kind === 'ball';
  const [lower, upper] = isBall ? [region.centre, region.centre] : [region.lower, region.upper];
  const { norm, radius: size, open = false } = isBall ? region : { norm: 'linf' as const, radius: '0' };
  same(lower.length, dimensions, `${where}.${isBall ? 'centre' : 'lower'}`);
  same(upper.length, dimensions, `${where}.upper`);
  if (size.startsWith('-') || (open && size === '0'))
    mismatch(size, `${where}.radius`, `a radius ${open ? '>' : '≥'} 0`);
  const { denominator, over } = overOneDenominator([size, ...lower, ...upper], where);
  const ends = upper.map((end, j): Interval => {
    const [low, high] = [over(lower[j]!), over(end)];
    if (low > high) mismatch(end, `${where}.upper[${j}]`, 'an upper end at or above the lower one');
    return [closedAt(low), closedAt(high)];
  });
  return { box: { denominator, ends }, norm, radius: over(size), open };
}

/** The norm dual to `norm` of the weights; for l2 its square. */
function dualSize(norm: Norm, weights: readonly bigint[]): bigint {
  let total = 0n;
  for (const weight of weights) {
    const size = weight < 0n ? -weight : weight;
    if (norm !== 'l1') total += norm === 'l2' ? size * size : size;
    else if (size > total) total = size;
  }
  return total;
}

/** The intervals of the rows over the region. */
export function regionImage(rows: Rows, { box, norm, radius, open }: InputRegion, where: string): Intervals {
  const { denominator, ends } = affineImage(rows, box, where);
  const shift = norm === 'l2' ? BigInt(significantBits + bitsAbove([rows.denominator])) : 0n;
  const sizes = rows.rows.map(({ weights }): Bound => {
    const size = dualSize(norm, weights);
    return norm === 'l2' ? rootAbove(size, rows.denominator, shift) : closedAt(size);
  });
  limitBits(2 * sizes.length, bitsOf(box) + bitsAbove([1n << shift, ...sizes.map(({ at }) => at)]) + carryBits, where);
  const moved = ({ at, closed }: Bound, { at: size, closed: isExact }: Bound, distance: bigint): Bound => {
    // A function that is constant has one value, which even an open ball reaches.
    const isConstant = radius === 0n || size === 0n;
    return { at: (at << shift) + distance * size, closed: closed && (isConstant || (isExact && !open)) };
  };
  const image = ends.map(([a, b], r): Interval => [moved(a, sizes[r]!, -radius), moved(b, sizes[r]!, radius)]);
  return { denominator: denominator << shift, ends: image };
}

/**
 * Whether Σ g[j]·x[j] + constant / common is > 0 on the whole region; or ≥ 0 if that is `enough`. All of it is over one
 * more denominator. Decided exactly: l2 norms are compared squared.
 */
export function staysPositive(g: bigint[], constant: bigint, common: bigint, region: InputRegion, enough: boolean) {
  const { box, norm, radius, open } = region;
  // The least value is least - reach, over common and the denominator of the box.
  const least =
    affineEnd({ columns: [...g.keys()], weights: g, bias: 0n }, box, 0).at * common + constant * box.denominator;
  const size = dualSize(norm, g);
  const excess = least ** 2n - (radius * common) ** 2n * (norm === 'l2' ? size : size * size);
  // An open ball does not reach its least value, unless the function is constant there.
  return least >= 0n && (excess > 0n || (excess === 0n && (enough || (open && size > 0n))));
}
