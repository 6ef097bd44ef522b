/**
 * Tier 2: sound enclosures in doubles, rounded outwards, where exact integers do not fit into doubles.
 *
 * Each weight, bias and end is bracketed by doubles. A row's sum is computed once for each end, and its rounding error
 * is bounded by (n + 4)·2⁻⁵³ times the sum of the absolute products, the standard bound for n products and additions.
 * Integers stay exact: an end whose terms are all integers, with absolute sum below 2⁵³, has no error. A relu that is
 * off is the integer 0, so the exact labels of memorizers come out exactly although the neurons before them do not.
 * What enclosures do not decide, BigInt does.
 */
import { type Numerators, rational, scaled, toNumber } from '../../exact/index.js';
import type { Activation } from '../../format/index.js';
import type { Ball } from '../../geometry/index.js';
import { type Layer, rowCount } from '../../network/index.js';
import { type RowNorms, rowNorms } from './first-layer.js';
import type { Intervals } from './intervals.js';

/** Doubles lower[k] ≤ value k ≤ upper[k]. */
export interface Enclosures {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Half a unit in the last place of 1. */
const unitRoundoff = 2 ** -53;
/** More than the rounding error of `toNumber`, relatively. */
const conversion = 2 ** -50;
/** More than the error of any operation near underflow. */
const smallest = 2 ** -1060;

const below = (x: number): number => x - Math.abs(x) * conversion - smallest;
const above = (x: number): number => x + Math.abs(x) * conversion + smallest;

/** Doubles around numerators / denominator; integers are themselves. */
function bracket(lower: Numerators, upper: Numerators, denominator: bigint): Enclosures {
  const d = Number(denominator);
  const end = (n: number | bigint, outwards: (x: number) => number): number => {
    if (typeof n === 'number' && Number.isSafeInteger(d)) return n % d === 0 ? n / d : outwards(n / d);
    const value = rational(n, denominator);
    const near = toNumber(value);
    return value.d === 1n && Number.isSafeInteger(near) ? near : outwards(near);
  };
  return {
    lower: Float64Array.from(lower as ArrayLike<number | bigint>, (n) => end(n, below)),
    upper: Float64Array.from(upper as ArrayLike<number | bigint>, (n) => end(n, above)),
  };
}

/** Doubles around the ends of exact intervals. */
export const enclosuresOf = (x: Intervals): Enclosures => bracket(x.lower, x.upper, x.denominator);

interface LayerEnclosures {
  readonly weights: Enclosures;
  readonly biases: Enclosures;
}
const layersKnown = new WeakMap<Layer, LayerEnclosures>();

function layerEnclosures(layer: Layer): LayerEnclosures {
  const known = layersKnown.get(layer);
  if (known !== undefined) return known;
  const made = {
    weights: bracket(layer.weights, layer.weights, layer.weightDenominator),
    biases: bracket(layer.biases, layer.biases, layer.biasDenominator),
  };
  layersKnown.set(layer, made);
  return made;
}

/** Whether the end of a product is whole: of a whole weight with a whole end, or 0, as the end of the input is. */
const isWhole = (wl: number, wu: number, end: number, xl: number, xu: number): boolean =>
  wl > 0 || wu < 0 ? end === 0 || (wl === wu && Number.isInteger(wl) && Number.isInteger(end)) : xl === 0 && xu === 0;

/** Enclosures of W·x + b for x in a box of enclosures. */
export function affineEnclosures(layer: Layer, x: Enclosures): Enclosures {
  const { weights, biases } = layerEnclosures(layer);
  const rows = rowCount(layer);
  const lower = new Float64Array(rows);
  const upper = new Float64Array(rows);
  for (let r = 0; r < rows; r++) {
    const from = layer.rowStart[r]!;
    const to = layer.rowStart[r + 1]!;
    let low = biases.lower[r]!;
    let high = biases.upper[r]!;
    let lowSize = Math.abs(low);
    let highSize = Math.abs(high);
    let lowWhole = Number.isInteger(low);
    let highWhole = Number.isInteger(high);
    for (let k = from; k < to; k++) {
      const c = layer.columns[k]!;
      const wl = weights.lower[k]!;
      const wu = weights.upper[k]!;
      const xl = x.lower[c]!;
      const xu = x.upper[c]!;
      // The bracket of a weight never contains 0 unless the weight underflows; its sign then decides nothing.
      const least =
        wl >= 0 ? (xl >= 0 ? wl * xl : wu * xl) : wu <= 0 ? (xu >= 0 ? wl * xu : wu * xu) : Math.min(wl * xu, wu * xl);
      const most =
        wl >= 0 ? (xu >= 0 ? wu * xu : wl * xu) : wu <= 0 ? (xl >= 0 ? wu * xl : wl * xl) : Math.max(wl * xl, wu * xu);
      low += least;
      high += most;
      lowSize += Math.abs(least);
      highSize += Math.abs(most);
      // Products of doubles are whole, and also 0, up to rounding only, so the factors are asked.
      if (lowWhole) lowWhole = isWhole(wl, wu, wl > 0 ? xl : xu, xl, xu);
      if (highWhole) highWhole = isWhole(wl, wu, wl > 0 ? xu : xl, xl, xu);
    }
    const unit = (to - from + 4) * unitRoundoff * 1.01;
    lower[r] = lowWhole && lowSize < 2 ** 53 ? low : below(low - lowSize * unit - smallest * (to - from + 1));
    upper[r] = highWhole && highSize < 2 ** 53 ? high : above(high + highSize * unit + smallest * (to - from + 1));
  }
  return { lower, upper };
}

const normsKnown = new WeakMap<RowNorms, Enclosures>();

/** Enclosures of the first layer's pre-activations over an ℓ1 or ℓ2 ball, by the dual norm. */
export function firstLayerEnclosures(layer: Layer, ball: Ball): Enclosures {
  const norms = rowNorms(layer, ball.norm);
  const reach = normsKnown.get(norms) ?? bracket(norms.values, norms.values, norms.denominator);
  normsKnown.set(norms, reach);
  const at = scaled(ball.centre);
  const centre = bracket(at.numerators, at.numerators, at.denominator);
  const radius = above(toNumber(ball.radius));
  const middle = affineEnclosures(layer, centre);
  return {
    lower: middle.lower.map((v, r) => below(v - above(radius * reach.upper[r]!))),
    upper: middle.upper.map((v, r) => above(v + above(radius * reach.upper[r]!))),
  };
}

/** Enclosures through an activation. */
export function activationEnclosures(activation: Activation, z: Enclosures): Enclosures {
  if (activation === 'identity') return z;
  if (activation === 'relu') {
    return { lower: z.lower.map((v) => Math.max(v, 0)), upper: z.upper.map((v) => Math.max(v, 0)) };
  }
  // What is beyond the range of doubles is no number, and may be anything.
  return { lower: z.lower.map((v) => (v > 0 ? 1 : 0)), upper: z.upper.map((v) => (v <= 0 ? 0 : 1)) };
}
