/**
 * Minima of affine functions over a region: nearly, to guide, and exactly, to decide.
 *
 * Main definitions: `RegionNear`, `nearMinimum`, `exactMinimum`, `closes`.
 *
 * Over a ball the infimum of G·x + H is G·c + H − r‖G‖*, over a box it is taken coordinate by coordinate. In ℓ2 the
 * sign is decided by squares; a bound that has to be a rational takes the root rounded up.
 */
import {
  add,
  commonDenominator,
  compare,
  mul,
  type Rational,
  rational,
  rootAbove,
  square,
  sub,
  toNumber,
} from '../../exact/index.js';
import type { Region } from '../../geometry/index.js';

/** A region in doubles. */
export interface RegionNear {
  readonly kind: 'l1' | 'l2' | 'linf' | 'box';
  /** The centre of a ball; the midpoint of a box. */
  readonly centre: Float64Array;
  /** The radius of a ball in each coordinate; half the widths of a box. */
  readonly reach: Float64Array;
}

export function regionNear(region: Region): RegionNear {
  if (region.kind === 'ball') {
    const r = toNumber(region.radius);
    return {
      kind: region.norm,
      centre: Float64Array.from(region.centre, toNumber),
      reach: new Float64Array(region.centre.length).fill(r),
    };
  }
  const two = rational(2);
  const centre = region.lower.map((low, j) =>
    rational(add(low, region.upper[j]!).n, add(low, region.upper[j]!).d * two.n),
  );
  return {
    kind: 'box',
    centre: Float64Array.from(centre, toNumber),
    reach: Float64Array.from(region.upper, (up, j) => toNumber(sub(up, centre[j]!))),
  };
}

/** Nearly the minimum of g·x over the region; a minimiser is written to `x`. */
export function nearMinimum(region: RegionNear, g: Float64Array, x: Float64Array): number {
  const { kind, centre, reach } = region;
  let value = 0;
  for (let j = 0; j < g.length; j++) value += g[j]! * centre[j]!;
  x.set(centre);
  if (kind === 'linf' || kind === 'box') {
    for (let j = 0; j < g.length; j++) {
      value -= Math.abs(g[j]!) * reach[j]!;
      if (g[j]! > 0) x[j]! -= reach[j]!;
      else if (g[j]! < 0) x[j]! += reach[j]!;
    }
    return value;
  }
  if (kind === 'l1') {
    let top = 0;
    for (let j = 1; j < g.length; j++) if (Math.abs(g[j]!) > Math.abs(g[top]!)) top = j;
    if (g.length > 0) x[top]! -= Math.sign(g[top]!) * reach[top]!;
    return value - Math.abs(g[top]!) * reach[top]!;
  }
  let size = 0;
  for (let j = 0; j < g.length; j++) size += g[j]! * g[j]!;
  size = Math.sqrt(size);
  if (size > 0) for (let j = 0; j < g.length; j++) x[j]! -= (g[j]! / size) * reach[j]!;
  return value - size * (reach[0] ?? 0);
}

/** G / denominator: one gradient over one denominator. */
export interface Gradient {
  readonly values: readonly bigint[];
  readonly denominator: bigint;
}

const absolute = (v: bigint): bigint => (v < 0n ? -v : v);

/** Points of a region over one denominator, made once for a region. */
interface ScaledRegion {
  readonly denominator: bigint;
  /** The centre; of a box its lower ends. */
  readonly first: readonly bigint[];
  /** Upper ends of a box. */
  readonly second: readonly bigint[];
}

const scaledRegions = new WeakMap<Region, ScaledRegion>();

function scaledRegion(region: Region): ScaledRegion {
  const known = scaledRegions.get(region);
  if (known !== undefined) return known;
  const first = region.kind === 'ball' ? region.centre : region.lower;
  const second = region.kind === 'ball' ? [] : region.upper;
  const denominator = commonDenominator([...first, ...second]);
  const whole = (v: Rational): bigint => v.n * (denominator / v.d);
  const made = { denominator, first: first.map(whole), second: second.map(whole) };
  scaledRegions.set(region, made);
  return made;
}

/** G·c for a ball; the minimum over a box. */
function middle(region: Region, { values, denominator }: Gradient): Rational {
  const { first, second, denominator: d } = scaledRegion(region);
  let sum = 0n;
  for (let j = 0; j < values.length; j++) {
    const g = values[j]!;
    if (g !== 0n) sum += g * (region.kind === 'box' && g < 0n ? second[j]! : first[j]!);
  }
  return rational(sum, denominator * d);
}

/** ‖G‖* over the gradient's denominator, squared for ℓ2. */
function dualSize(region: Region & { kind: 'ball' }, values: readonly bigint[]): bigint {
  let size = 0n;
  for (const g of values) {
    if (region.norm === 'linf') size += absolute(g);
    else if (region.norm === 'l2') size += g * g;
    else if (absolute(g) > size) size = absolute(g);
  }
  return size;
}

/** The infimum of G·x + H over the region; in ℓ2 a rational at most as large, with 96 significant bits of the root. */
export function exactMinimum(region: Region, g: Gradient, h: Rational): Rational {
  const centre = add(middle(region, g), h);
  if (region.kind === 'box') return centre;
  const size = dualSize(region, g.values);
  const reach =
    region.norm === 'l2'
      ? rootAbove(rational(size, g.denominator * g.denominator)).value
      : rational(size, g.denominator);
  return sub(centre, mul(region.radius, reach));
}

/** −1, 0 or 1 as the infimum of G·x + H over the region is below, at or above 0, decided exactly for every norm. */
export function minimumSign(region: Region, g: Gradient, h: Rational): -1 | 0 | 1 {
  const centre = add(middle(region, g), h);
  const zero = rational(0);
  if (region.kind === 'box') return compare(centre, zero);
  const size = dualSize(region, g.values);
  if (region.norm !== 'l2') return compare(centre, mul(region.radius, rational(size, g.denominator)));
  if (compare(centre, zero) < 0) return -1;
  return compare(square(centre), mul(square(region.radius), rational(size, g.denominator * g.denominator)));
}

/**
 * Whether P ≥ G·x + H refutes P ≤ 0 over the region: the infimum is above 0, or at 0 and something is strict, which an
 * open ball is where G ≠ 0.
 */
export function closes(region: Region, g: Gradient, h: Rational, strict: boolean): boolean {
  const side = minimumSign(region, g, h);
  if (side !== 0) return side > 0;
  return strict || (region.kind === 'ball' && region.open && g.values.some((v) => v !== 0n));
}
