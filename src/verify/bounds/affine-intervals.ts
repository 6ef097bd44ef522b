/**
 * Exact intervals of W·x + b over a box of intervals, in the cheapest exact arithmetic.
 *
 * Tier 1: integer numerators in doubles, whenever sizes bound every sum below 2⁵³. Tier 3: the same in BigInt. No gcd
 * in either; a common factor is removed from the whole box only when tier 1 would otherwise be lost.
 */
import { bigNumerators, numerators } from '../../exact/index.js';
import {
  bigWeights,
  type CommonScale,
  commonScale,
  exactInDoubles,
  type Layer,
  rowCount,
} from '../../network/index.js';
import { activationIntervals } from './activation-intervals.js';
import { type AffineOptions, affineInDoubles, doubleBox } from './affine-doubles.js';
import { type Intervals, reducedIntervals } from './intervals.js';

export type { AffineOptions, IntervalWork } from './affine-doubles.js';

/** Intervals of W·x + b for x in a box of intervals, ends attained exactly where all ends that they use are. */
export function affineIntervals(layer: Layer, x: Intervals, options: AffineOptions = {}): Intervals {
  const fast = affineIntervalsInDoubles(layer, x, options);
  if (fast !== undefined) return fast;
  const short = reducedIntervals(x);
  return clipped(inBigInt(layer, short, commonScale(layer, short.denominator), options), options);
}

/** The same in tier 1, or undefined when some sum could leave the integers that doubles hold. */
export function affineIntervalsInDoubles(
  layer: Layer,
  x: Intervals,
  options: AffineOptions = {},
): Intervals | undefined {
  if (!(x.lower instanceof Float64Array && x.upper instanceof Float64Array)) return undefined;
  for (const given of [x, undefined]) {
    // Only when the ends do not fit as they are is it worth a pass to remove their common factor.
    const y = given ?? reducedIntervals(x);
    if (!(y.lower instanceof Float64Array && y.upper instanceof Float64Array)) return undefined;
    const scale = commonScale(layer, y.denominator);
    const box = doubleBox(y.lower, y.upper);
    if (exactInDoubles(layer, scale, Math.max(-box.least, box.most))) {
      // Whether a raised end is attained depends on what it was, so with such flags it is raised afterwards.
      const attained = attainedEnds(layer, y);
      const raise = options.clip === true && attained.lowerAttained === undefined;
      const z = { ...affineInDoubles(layer, box, scale, raise, options), denominator: scale.denominator, ...attained };
      return raise ? z : clipped(z, options);
    }
  }
  return undefined;
}

const clipped = (z: Intervals, options: AffineOptions): Intervals =>
  options.clip === true ? activationIntervals('relu', z) : z;

function inBigInt(layer: Layer, x: Intervals, scale: CommonScale, options: AffineOptions): Intervals {
  const weights = bigWeights(layer);
  const xl = bigNumerators(x.lower);
  const xu = bigNumerators(x.upper);
  const rows = rowCount(layer);
  const lower: bigint[] = new Array(rows);
  const upper: bigint[] = new Array(rows);
  for (let r = 0; r < rows; r++) {
    let low = 0n;
    let high = 0n;
    for (let k = layer.rowStart[r]!; k < layer.rowStart[r + 1]!; k++) {
      const w = weights[k]!;
      const l = xl[layer.columns[k]!]!;
      const u = xu[layer.columns[k]!]!;
      if (w > 0n) {
        if (l !== 0n) low += w * l;
        if (u !== 0n) high += w * u;
      } else {
        if (u !== 0n) low += w * u;
        if (l !== 0n) high += w * l;
      }
    }
    const bias = BigInt(layer.biases[r]!) * scale.biases;
    lower[r] = low * scale.sums + bias;
    upper[r] = high * scale.sums + bias;
  }
  if (options.work !== undefined) options.work.bigints += 2 * layer.columns.length;
  return {
    lower: numerators(lower),
    upper: numerators(upper),
    denominator: scale.denominator,
    ...attainedEnds(layer, x),
  };
}

/** An end of a row is attained when every end that it uses is. */
function attainedEnds(layer: Layer, x: Intervals): Pick<Intervals, 'lowerAttained' | 'upperAttained'> {
  if (x.lowerAttained === undefined || x.upperAttained === undefined) return {};
  const rows = rowCount(layer);
  const lowerAttained = new Uint8Array(rows).fill(1);
  const upperAttained = new Uint8Array(rows).fill(1);
  for (let r = 0; r < rows; r++) {
    for (let k = layer.rowStart[r]!; k < layer.rowStart[r + 1]!; k++) {
      const c = layer.columns[k]!;
      const positive = layer.weights[k]! > 0;
      if ((positive ? x.lowerAttained[c] : x.upperAttained[c]) === 0) lowerAttained[r] = 0;
      if ((positive ? x.upperAttained[c] : x.lowerAttained[c]) === 0) upperAttained[r] = 0;
    }
  }
  return { lowerAttained, upperAttained };
}
