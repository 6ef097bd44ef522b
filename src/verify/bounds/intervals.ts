/**
 * Boxes of exact intervals with ends that know whether they are attained.
 *
 * All ends share one denominator. An end that is not attained comes from an open ball or from an irrational ℓ2 norm
 * that was rounded outwards; sup = 0 refutes `≥ 0` only when it is not attained.
 */
import {
  bigNumerators,
  lcm,
  type Numerators,
  numerators,
  reduced,
  type ScaledVector,
  scaled,
} from '../../exact/index.js';
import { type Box, type Region, regionDimension } from '../../geometry/index.js';

export interface Intervals {
  readonly lower: Numerators;
  readonly upper: Numerators;
  readonly denominator: bigint;
  /** 1 where the lower end is attained; absent when all are. */
  readonly lowerAttained?: Uint8Array;
  /** 1 where the upper end is attained; absent when all are. */
  readonly upperAttained?: Uint8Array;
}

/** The smallest box around a region; exact, and equal to the region for boxes and ℓ∞ balls. */
export function boxAround(region: Region): Intervals {
  if (region.kind === 'box') return fromBox(region);
  const centre = scaled(region.centre);
  const denominator = lcm(centre.denominator, region.radius.d);
  const c = denominator / centre.denominator;
  const r = region.radius.n * (denominator / region.radius.d);
  const values = bigNumerators(centre.numerators);
  const attained = region.open ? new Uint8Array(regionDimension(region)) : undefined;
  return {
    lower: numerators(values.map((v) => v * c - r)),
    upper: numerators(values.map((v) => v * c + r)),
    denominator,
    ...(attained === undefined ? {} : { lowerAttained: attained, upperAttained: attained }),
  };
}

function fromBox(box: Box): Intervals {
  const ends = scaled([...box.lower, ...box.upper]);
  const d = box.lower.length;
  return { lower: ends.numerators.slice(0, d), upper: ends.numerators.slice(d), denominator: ends.denominator };
}

/** The same intervals with the common factor of all ends and the denominator removed. */
export function reducedIntervals(x: Intervals): Intervals {
  const size = x.lower.length;
  const ends: ScaledVector = reduced({
    numerators:
      x.lower instanceof Float64Array && x.upper instanceof Float64Array
        ? Float64Array.from({ length: 2 * size }, (_, k) => Number(k < size ? x.lower[k] : x.upper[k - size]))
        : numerators([...bigNumerators(x.lower), ...bigNumerators(x.upper)]),
    denominator: x.denominator,
  });
  return {
    ...x,
    lower: ends.numerators.slice(0, size),
    upper: ends.numerators.slice(size),
    denominator: ends.denominator,
  };
}
