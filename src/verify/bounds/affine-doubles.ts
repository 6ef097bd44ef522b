/**
 * Tier 1 of interval propagation: the ends of W·x + b as integers in doubles.
 *
 * Main definition: `affineInDoubles`. Its caller has shown that no sum leaves the integers that doubles hold.
 *
 * Under a relu or step, and for inputs ≥ 0, a row stops as soon as the rest of its entries cannot lift its upper end
 * above 0. The rest is bounded by the sum of its positive weights times the largest upper end of the inputs; it is
 * looked at after every `stride` entries. Most rows of a memorizer stop at the first look, and long rows lie far
 * apart in memory, so their first entries are also kept side by side, where the cache holds them.
 */
import { type CommonScale, type Layer, rowCount } from '../../network/index.js';

/** Counts of the work done, for benchmarks. */
export interface IntervalWork {
  doubles: number;
  bigints: number;
}

export interface AffineOptions {
  /**
   * Whether the intervals are those of relu(W·x + b), for layers under a relu or step; rows may then stop early.
   * @defaultValue false
   */
  readonly clip?: boolean;
  readonly work?: IntervalWork;
}

/** Entries between two looks at the rest of a row. */
const stride = 16;
/** More than the rounding of a few operations, relatively. */
const margin = 2 ** -40;

/** A box in doubles, with its smallest lower and its largest upper end. */
export interface DoubleBox {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly least: number;
  readonly most: number;
}

interface Ends {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** The box with its smallest lower and largest upper end. */
export function doubleBox(lower: Float64Array, upper: Float64Array): DoubleBox {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < lower.length; k++) if (lower[k]! < least) least = lower[k]!;
  for (let k = 0; k < upper.length; k++) if (upper[k]! > most) most = upper[k]!;
  return { lower, upper, least, most };
}

/**
 * The ends of W·x + b over a box, as numerators over the scale's denominator. With `clip`, rows that end at or below 0
 * may be [0, 0]; with `raise`, all ends are those of relu(W·x + b).
 */
export function affineInDoubles(
  layer: Layer,
  x: DoubleBox,
  scale: CommonScale,
  raise: boolean,
  options: AffineOptions,
): Ends {
  const stops = options.clip === true && x.least >= 0 ? stopsOf(layer) : undefined;
  const floor = raise ? 0 : Number.NEGATIVE_INFINITY;
  const ends: Ends = { lower: new Float64Array(rowCount(layer)), upper: new Float64Array(rowCount(layer)) };
  const factor = Number(scale.sums);
  const biasFactor = Number(scale.biases);
  const done =
    stops === undefined
      ? wholeRows(layer, x, factor, biasFactor, floor, ends)
      : stoppingRows(layer, x, factor, biasFactor, floor, stops, ends);
  if (options.work !== undefined) options.work.doubles += done;
  return ends;
}

/** Both ends of all rows in one pass; the number of multiply-adds. */
function wholeRows(layer: Layer, x: DoubleBox, factor: number, biasFactor: number, floor: number, ends: Ends): number {
  const { rowStart, columns } = layer;
  const weights = layer.weights as Float64Array;
  const biases = layer.biases as Float64Array;
  const { lower, upper } = x;
  for (let r = 0, k = 0; r < biases.length; r++) {
    const to = rowStart[r + 1]!;
    let low = 0;
    let high = 0;
    for (; k < to; k++) {
      const w = weights[k]!;
      const l = lower[columns[k]!]!;
      const u = upper[columns[k]!]!;
      if (w > 0) {
        low += w * l;
        high += w * u;
      } else {
        low += w * u;
        high += w * l;
      }
    }
    const bias = biases[r]! * biasFactor;
    low = low * factor + bias;
    high = high * factor + bias;
    // Ends at the floor 0 are left as they are: the pages of fresh arrays that nobody writes to cost nothing.
    if (high > floor) ends.upper[r] = high;
    if (low > floor) ends.lower[r] = low;
  }
  return 2 * weights.length;
}

/** The same for inputs ≥ 0, leaving each row that is seen to end at or below 0; the number of multiply-adds. */
function stoppingRows(
  layer: Layer,
  x: DoubleBox,
  factor: number,
  biasFactor: number,
  floor: number,
  stops: Stops,
  ends: Ends,
): number {
  const { rowStart, columns } = layer;
  const weights = layer.weights as Float64Array;
  const biases = layer.biases as Float64Array;
  const { lower, upper, most } = x;
  const { suffixes } = stops;
  let done = 0;
  for (let r = 0; r < biases.length; r++) {
    const from = rowStart[r]!;
    const to = rowStart[r + 1]!;
    const bias = biases[r]! * biasFactor;
    // A sum below this leaves the upper end negative, by more than the rounding of this quotient and of `rest`.
    const enough = (-bias / factor) * (bias > 0 ? 1 + margin : 1 - margin) - 1;
    const head = stops.together ? r * stride : from;
    let k = Math.min(from + stride, to);
    let sum = upperSum(stops.weights, stops.columns, head, head + k - from, lower, upper);
    let look = firstLook(from, r) + 1;
    while (k < to) {
      const rest = suffixes === undefined ? 0 : suffixes[look]! * most * (1 + margin);
      if (sum + rest < enough) break;
      const next = Math.min(k + stride, to);
      sum += upperSum(weights, columns, k, next, lower, upper);
      k = next;
      look++;
    }
    done += k - from;
    const high = sum * factor + bias;
    if (k < to || high <= 0) continue;
    const low = upperSum(weights, columns, from, to, upper, lower) * factor + bias;
    ends.upper[r] = high;
    if (low > floor) ends.lower[r] = low;
    done += to - from;
  }
  return done;
}

/** Σ of the largest w·x over some entries; the smallest with `lower` and `upper` exchanged. */
function upperSum(
  weights: Float64Array,
  columns: Uint32Array,
  from: number,
  to: number,
  lower: Float64Array,
  upper: Float64Array,
): number {
  let sum = 0;
  for (let k = from; k < to; k++) {
    const w = weights[k]!;
    const c = columns[k]!;
    sum += w > 0 ? w * upper[c]! : w * lower[c]!;
  }
  return sum;
}

/** What stopping early needs to know of a layer. */
interface Stops {
  /** The first `stride` entries of each row, row by row, or all entries where rows are too short for that to pay. */
  readonly weights: Float64Array;
  readonly columns: Uint32Array;
  readonly together: boolean;
  /** For each look, the sum of the positive weights from there to the end of the row; absent when it is always 0. */
  readonly suffixes?: Float64Array;
}

const known = new WeakMap<Layer, Stops>();

function stopsOf(layer: Layer): Stops {
  const old = known.get(layer);
  if (old !== undefined) return old;
  const stops = { ...heads(layer), suffixes: positiveSuffixes(layer) };
  known.set(layer, stops);
  return stops;
}

function heads(layer: Layer): Omit<Stops, 'suffixes'> {
  const { rowStart, columns } = layer;
  const weights = layer.weights as Float64Array;
  const rows = rowCount(layer);
  if (weights.length < 4 * stride * rows) return { weights, columns, together: false };
  const head = { weights: new Float64Array(stride * rows), columns: new Uint32Array(stride * rows), together: true };
  for (let r = 0; r < rows; r++) {
    const end = Math.min(rowStart[r]! + stride, rowStart[r + 1]!);
    head.weights.set(weights.subarray(rowStart[r], end), r * stride);
    head.columns.set(columns.subarray(rowStart[r], end), r * stride);
  }
  return head;
}

/** Place of a row's first look in the list of all looks: a row of n entries has at most ⌊n/stride⌋ + 1 of them. */
const firstLook = (from: number, r: number): number => Math.floor(from / stride) + r;

function positiveSuffixes(layer: Layer): Float64Array | undefined {
  const weights = layer.weights as Float64Array;
  if (!weights.some((w) => w > 0)) return undefined;
  const rows = rowCount(layer);
  const suffixes = new Float64Array(firstLook(weights.length, rows));
  for (let r = 0; r < rows; r++) {
    const from = layer.rowStart[r]!;
    let sum = 0;
    for (let k = layer.rowStart[r + 1]! - 1; k >= from; k--) {
      if (weights[k]! > 0) sum += weights[k]!;
      if ((k - from) % stride === 0) suffixes[firstLook(from, r) + (k - from) / stride] = sum;
    }
  }
  return suffixes;
}
