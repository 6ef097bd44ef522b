/**
 * Exact intervals of W·x + b over a box of intervals, in the cheapest exact arithmetic.
 *
 * Tier 1: integer numerators in doubles, whenever sizes bound every sum below 2⁵³. Tier 3: the same in BigInt. No gcd
 * in either; a common factor is removed from the whole box only when tier 1 would otherwise be lost.
 *
 * A relu or step row stops as soon as the rest of its entries cannot lift its upper end above 0: it is then 0 on the
 * whole box, whatever its lower end. The rest is bounded by the suffix sums of its positive weights, times the largest
 * upper end of the inputs.
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
import { type Intervals, reducedIntervals } from './intervals.js';

/** Entries between two looks at the suffix bound. */
const stride = 16;

/** Counts of the work done, for benchmarks. */
export interface IntervalWork {
  doubles: number;
  bigints: number;
}

export interface AffineOptions {
  /**
   * Whether a row may stop once its upper end is known to be ≤ 0; its interval is then [0, 0] instead of its
   * pre-activation's. @defaultValue false
   */
  readonly clip?: boolean;
  readonly work?: IntervalWork;
}

/** Intervals of W·x + b for x in a box of intervals, ends attained exactly where all ends that they use are. */
export function affineIntervals(layer: Layer, x: Intervals, options: AffineOptions = {}): Intervals {
  const fast = affineIntervalsInDoubles(layer, x, options);
  if (fast !== undefined) return fast;
  const short = reducedIntervals(x);
  return inBigInt(layer, short, commonScale(layer, short.denominator), options);
}

/** The same in tier 1, or undefined when some sum could leave the integers that doubles hold. */
export function affineIntervalsInDoubles(
  layer: Layer,
  x: Intervals,
  options: AffineOptions = {},
): Intervals | undefined {
  if (!(x.lower instanceof Float64Array && x.upper instanceof Float64Array)) return undefined;
  for (const y of [x, undefined]) {
    // Only when the ends do not fit as they are is it worth a pass to remove their common factor.
    const { lower, upper, denominator, ...attained } = y ?? reducedIntervals(x);
    const scale = commonScale(layer, denominator);
    if (
      lower instanceof Float64Array &&
      upper instanceof Float64Array &&
      exactInDoubles(layer, scale, largestEnd(lower, upper))
    ) {
      return inDoubles(layer, { lower, upper, denominator, ...attained }, lower, upper, scale, options);
    }
  }
  return undefined;
}

function largestEnd(lower: Float64Array, upper: Float64Array): number {
  let most = 0;
  for (let k = 0; k < lower.length; k++) {
    const a = Math.abs(lower[k]!);
    const b = Math.abs(upper[k]!);
    if (a > most) most = a;
    if (b > most) most = b;
  }
  return most;
}

const suffixesOf = new WeakMap<Layer, Float64Array | 'none'>();

/** Sums of the positive weights from entry stride·m on to the end of its row; 'none' when no weight is positive. */
function positiveSuffixes(layer: Layer): Float64Array | 'none' {
  const knownSuffixes = suffixesOf.get(layer);
  if (knownSuffixes !== undefined) return knownSuffixes;
  const weights = layer.weights as Float64Array;
  let result: Float64Array | 'none' = 'none';
  if (weights.some((w) => w > 0)) {
    result = new Float64Array(Math.ceil(weights.length / stride) + 1);
    for (let r = 0; r < rowCount(layer); r++) {
      let sum = 0;
      for (let k = layer.rowStart[r + 1]! - 1; k >= layer.rowStart[r]!; k--) {
        if (weights[k]! > 0) sum += weights[k]!;
        if (k % stride === 0) result[k / stride] = sum;
      }
    }
  }
  suffixesOf.set(layer, result);
  return result;
}

function inDoubles(
  layer: Layer,
  x: Intervals,
  xl: Float64Array,
  xu: Float64Array,
  scale: CommonScale,
  options: AffineOptions,
): Intervals {
  const weights = layer.weights as Float64Array;
  const biases = layer.biases as Float64Array;
  const { rowStart, columns } = layer;
  const factor = Number(scale.sums);
  const biasFactor = Number(scale.biases);
  const rows = rowCount(layer);
  const lower = new Float64Array(rows);
  const upper = new Float64Array(rows);
  let most = 0;
  let clip = options.clip === true;
  if (clip) {
    for (let k = 0; k < xl.length && clip; k++) {
      if (xl[k]! < 0) clip = false;
      if (xu[k]! > most) most = xu[k]!;
    }
  }
  const suffixes = clip ? positiveSuffixes(layer) : 'none';
  let done = 0;
  for (let r = 0; r < rows; r++) {
    const from = rowStart[r]!;
    const to = rowStart[r + 1]!;
    const bias = biases[r]! * biasFactor;
    let sum = 0;
    let k = from;
    let stopped = false;
    if (clip && to - from > stride) {
      // The sum that still leaves the upper end positive, compared without the scale factors.
      const needed = -bias / factor;
      while (k < to) {
        const next = Math.min(to, k - (k % stride) + stride);
        for (; k < next; k++) {
          const w = weights[k]!;
          const c = columns[k]!;
          sum += w > 0 ? w * xu[c]! : w * xl[c]!;
        }
        const rest = k === to || suffixes === 'none' ? 0 : suffixes[k / stride]! * most;
        // Strictly below by a margin: `needed` and `rest` are rounded, `sum` is exact.
        if (k < to && sum + rest < needed - Math.abs(needed) * 2 ** -40 - Math.abs(rest) * 2 ** -40 - 1) {
          stopped = true;
          break;
        }
      }
    } else {
      for (; k < to; k++) {
        const w = weights[k]!;
        const c = columns[k]!;
        sum += w > 0 ? w * xu[c]! : w * xl[c]!;
      }
    }
    done += k - from;
    if (stopped) continue;
    const u = sum * factor + bias;
    if (clip && u <= 0) continue;
    upper[r] = u;
    sum = 0;
    for (k = from; k < to; k++) {
      const w = weights[k]!;
      const c = columns[k]!;
      sum += w > 0 ? w * xl[c]! : w * xu[c]!;
    }
    done += to - from;
    lower[r] = sum * factor + bias;
  }
  if (options.work !== undefined) options.work.doubles += done;
  return { lower, upper, denominator: scale.denominator, ...attainedEnds(layer, x) };
}

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
