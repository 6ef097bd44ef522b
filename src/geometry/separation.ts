/**
 * Separation: the smallest distance δ between differently labelled samples, with a closest pair.
 *
 * Only differently labelled pairs count; samples of one class may be as close as they like. In ℓ2 the square is kept,
 * which is rational. All pairs are compared on integer numerators, in doubles while every sum is provably below 2⁵³
 * and in BigInt otherwise; a pair is left as soon as it is known to be no closer than the best so far.
 */

import { bigNumerators, largestExactDouble, largestSize, type Rational, rational } from '../exact/index.js';
import type { Norm } from '../format/index.js';
import type { Dataset } from './dataset.js';

export interface Separation {
  readonly norm: Norm;
  /** δ for ℓ1 and ℓ∞, δ² for ℓ2. */
  readonly magnitude: Rational;
  /** A closest pair of differently labelled samples: the first in lexicographic order. */
  readonly pair: readonly [number, number];
}

const known = new WeakMap<Dataset, Map<Norm, Separation | undefined>>();

/** The separation of a dataset; undefined when it has one class only, where δ = ∞. Computed once for each norm. */
export function separation(data: Dataset, norm: Norm): Separation | undefined {
  const perNorm = known.get(data) ?? new Map<Norm, Separation | undefined>();
  known.set(data, perNorm);
  if (!perNorm.has(norm)) perNorm.set(norm, closest(data, norm));
  return perNorm.get(norm);
}

function closest(data: Dataset, norm: Norm): Separation | undefined {
  const { numerators, denominator } = data.coordinates;
  const widest = 2n * largestSize(numerators);
  const d = BigInt(data.dimension);
  const bound = norm === 'linf' ? widest : norm === 'l1' ? d * widest : d * widest * widest;
  const exactInDoubles = numerators instanceof Float64Array && bound <= BigInt(largestExactDouble);
  const found = exactInDoubles
    ? closestInDoubles(data, norm, numerators)
    : closestInBigInt(data, norm, bigNumerators(numerators));
  if (found === undefined) return undefined;
  const scale = norm === 'l2' ? denominator * denominator : denominator;
  return { norm, magnitude: rational(found.size, scale), pair: found.pair };
}

interface Closest<T> {
  size: T;
  pair: [number, number];
}

function closestInDoubles(data: Dataset, norm: Norm, values: Float64Array): Closest<number> | undefined {
  const { size: n, dimension: d, labels } = data;
  const x = spreadFirst(values, n, d);
  let best = Number.POSITIVE_INFINITY;
  let pair: [number, number] | undefined;
  for (let i = 0; i < n; i++) {
    for (let k = i + 1; k < n; k++) {
      if (labels[i] === labels[k]) continue;
      const p = i * d;
      const q = k * d;
      let size = 0;
      if (norm === 'linf') {
        for (let j = 0; j < d && size < best; j++) {
          const gap = Math.abs(x[p + j]! - x[q + j]!);
          if (gap > size) size = gap;
        }
      } else if (norm === 'l1') {
        for (let j = 0; j < d && size < best; j++) size += Math.abs(x[p + j]! - x[q + j]!);
      } else {
        for (let j = 0; j < d && size < best; j++) size += (x[p + j]! - x[q + j]!) ** 2;
      }
      if (size < best) {
        best = size;
        pair = [i, k];
      }
    }
  }
  return pair === undefined ? undefined : { size: best, pair };
}

/** The points with their coordinates reordered, widest spread first: far pairs are then left sooner. */
function spreadFirst(values: Float64Array, n: number, d: number): Float64Array {
  const spread = Array.from({ length: d }, (_, j) => {
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      sum += values[i * d + j]!;
      squares += values[i * d + j]! ** 2;
    }
    return squares - (sum * sum) / n;
  });
  const order = spread.map((_, j) => j).sort((a, b) => spread[b]! - spread[a]!);
  const out = new Float64Array(n * d);
  for (let i = 0; i < n; i++) for (let j = 0; j < d; j++) out[i * d + j] = values[i * d + order[j]!]!;
  return out;
}

function closestInBigInt(data: Dataset, norm: Norm, x: readonly bigint[]): Closest<bigint> | undefined {
  const { size: n, dimension: d, labels } = data;
  let best: Closest<bigint> | undefined;
  for (let i = 0; i < n; i++) {
    for (let k = i + 1; k < n; k++) {
      if (labels[i] === labels[k]) continue;
      let size = 0n;
      for (let j = 0; j < d; j++) {
        const difference = x[i * d + j]! - x[k * d + j]!;
        const gap = difference < 0n ? -difference : difference;
        if (norm === 'linf') size = gap > size ? gap : size;
        else size += norm === 'l1' ? gap : gap * gap;
        if (best !== undefined && size >= best.size) break;
      }
      if (best === undefined || size < best.size) best = { size, pair: [i, k] };
    }
  }
  return best;
}
