/**
 * What the tests of interval propagation share: layers forced into BigInt, ends as rationals, points of a region.
 */
import {
  add,
  bigNumerators,
  mul,
  type RandomSource,
  type Rational,
  rational,
  sub,
  type Vector,
} from '../../../src/exact/index.js';
import type { Norm } from '../../../src/format/index.js';
import { contains, type Region } from '../../../src/geometry/index.js';
import type { Layer, Network } from '../../../src/network/index.js';
import type { Intervals } from '../../../src/verify/bounds/intervals.js';

/** The same layer with weights that tier 1 does not take. */
export const inBigIntOnly = (layer: Layer): Layer => ({ ...layer, weights: bigNumerators(layer.weights) });

/** The same network with weights that tier 1 does not take. */
export const networkInBigIntOnly = (network: Network): Network => ({
  ...network,
  layers: network.layers.map(inBigIntOnly),
});

/** Intervals as rationals with their flags, comparable whatever their denominator. */
export function ends(x: Intervals): {
  lower: Rational[];
  upper: Rational[];
  lowerAttained: number[];
  upperAttained: number[];
} {
  const values = (list: Intervals['lower']) =>
    Array.from(list as ArrayLike<number | bigint>, (n) => rational(n, x.denominator));
  const flags = (list: Uint8Array | undefined) => Array.from(list ?? new Uint8Array(x.lower.length).fill(1));
  return {
    lower: values(x.lower),
    upper: values(x.upper),
    lowerAttained: flags(x.lowerAttained),
    upperAttained: flags(x.upperAttained),
  };
}

/** A box of intervals with small rational ends, from `least` up; some ends open when asked for. */
export function randomBox(random: RandomSource, size: number, least: number, open: boolean): Intervals {
  const lower = Float64Array.from({ length: size }, () => random.between(least, 9));
  const flags = () => Uint8Array.from({ length: size }, () => (random.below(3) === 0 ? 0 : 1));
  return {
    lower,
    upper: lower.map((v) => v + random.between(open ? 1 : 0, 5)),
    denominator: BigInt(random.between(1, 6)),
    ...(open ? { lowerAttained: flags(), upperAttained: flags() } : {}),
  };
}

/** Points of the region on a fine grid around its centre, corners first where they belong to it. */
export function pointsOf(random: RandomSource, region: Region, count: number): Vector[] {
  const [low, high] =
    region.kind === 'box'
      ? [region.lower, region.upper]
      : [region.centre.map((c) => sub(c, region.radius)), region.centre.map((c) => add(c, region.radius))];
  const found: Vector[] = [];
  for (let tries = 0; found.length < count && tries < 50 * count; tries++) {
    const x = low.map((l, j) => {
      const t = random.coin() ? rational(random.below(2)) : rational(random.between(0, 16), 16);
      return add(l, mul(t, sub(high[j]!, l)));
    });
    if (contains(region, x)) found.push(x);
  }
  return found;
}

export const norms: readonly Norm[] = ['l1', 'l2', 'linf'];
