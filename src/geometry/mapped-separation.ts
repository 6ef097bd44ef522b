/**
 * What a linear map leaves of the separation of a dataset.
 *
 * Main definitions: `separationUnderMap`, `preserves`.
 *
 * Main statement: for closed balls of radius μ, T(B_i) and T(B_k) are disjoint iff dist_p(x_i − x_k, ker T) > 2μ, since
 * B − B = 2B. So T keeps all differently labelled balls apart iff the smallest such distance is above 2μ.
 *
 * Notes. In ℓ2 all pairs are compared in exact integers, in doubles while these are provably exact; where the rows' squared
 * lengths are too long for that, doubles with a proved error find the few pairs that may be closest, and BigInt decides.
 * In ℓ1 and ℓ∞ bounds from the ℓ2 projection decide most pairs, and a linear program the others.
 */
import {
  bigNumerators,
  compare,
  gcd,
  isqrt,
  largestExactDouble,
  mul,
  type Rational,
  rational,
  square,
  subVectors,
  type Vector,
} from '../exact/index.js';
import type { Norm } from '../format/index.js';
import { type Dataset, points } from './dataset.js';
import { type DistanceBounds, kernelDistance, kernelDistanceBounds } from './kernel-distance.js';
import { type LinearMap, type OrthogonalMap, orthogonalRows } from './linear-map.js';

export interface MappedSeparation {
  /** min over differently labelled pairs of dist_p(x_i − x_k, ker T), squared for ℓ2. */
  readonly magnitude: Rational;
  readonly pair: readonly [number, number];
}

export interface MappedSeparationOptions {
  /** A magnitude that the separation has to exceed; a map that does not is left as soon as that is known. @defaultValue none */
  readonly above?: Rational;
}

/**
 * The smallest distance to ker T of a difference of differently labelled samples; undefined for one class, and when it
 * does not exceed what it has to.
 */
export function separationUnderMap(
  map: LinearMap,
  data: Dataset,
  norm: Norm = 'l2',
  { above }: MappedSeparationOptions = {},
): MappedSeparation | undefined {
  const orthogonal = orthogonalised(map);
  const found =
    norm === 'l2' ? closestSquares(orthogonal, data) : closestByPrograms(map, orthogonal, data, norm, above);
  return found === undefined || above === undefined || compare(found.magnitude, above) > 0 ? found : undefined;
}

/** Whether T keeps the closed balls of radius μ around differently labelled samples disjoint. */
export function preserves(map: LinearMap, data: Dataset, mu: Rational, norm: Norm = 'l2'): boolean {
  if (data.labels.every((c) => c === data.labels[0])) return true;
  const twice = mul(rational(2), mu);
  return separationUnderMap(map, data, norm, { above: norm === 'l2' ? square(twice) : twice }) !== undefined;
}

const orthogonalised = (map: LinearMap): OrthogonalMap =>
  'squaredLengths' in map ? (map as OrthogonalMap) : orthogonalRows(map);

/** The differently labelled pairs i < k, in lexicographic order. */
export function* labelledPairs(data: Dataset): Generator<[number, number]> {
  for (let i = 0; i < data.size; i++) {
    for (let k = i + 1; k < data.size; k++) if (data.labels[i] !== data.labels[k]) yield [i, k];
  }
}

/** Pairs in the order of their lower bounds, each decided by its program, until no bound is below the best. */
function closestByPrograms(
  map: LinearMap,
  orthogonal: OrthogonalMap,
  data: Dataset,
  norm: Norm,
  above: Rational | undefined,
): MappedSeparation | undefined {
  const all = points(data);
  const pairs: ({ readonly pair: [number, number]; readonly v: Vector } & DistanceBounds)[] = [];
  for (const pair of labelledPairs(data)) {
    const v = subVectors(all[pair[1]]!, all[pair[0]]!);
    const bounds = kernelDistanceBounds(map, orthogonal, v, norm);
    if (above !== undefined && compare(bounds.high, above) <= 0) return undefined;
    pairs.push({ pair, v, ...bounds });
  }
  pairs.sort((a, b) => compare(a.low, b.low));
  let best: MappedSeparation | undefined;
  for (const { pair, v, low, high } of pairs) {
    if (best !== undefined && compare(low, best.magnitude) > 0) break;
    const found = compare(low, high) === 0 ? low : kernelDistance(map, v, norm).magnitude;
    if (above !== undefined && compare(found, above) <= 0) return undefined;
    const side = best === undefined ? -1 : compare(found, best.magnitude);
    if (side < 0 || (side === 0 && before(pair, best!.pair))) best = { magnitude: found, pair };
  }
  return best;
}

const before = (a: readonly [number, number], b: readonly [number, number]): boolean =>
  a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);

/** Images and weights over which squared distances are Σ_r gap_r²·factor_r / (common·denominator²). */
interface Images {
  /** T x_i times the dataset's denominator, row by row. */
  readonly values: readonly (readonly bigint[])[];
  readonly factors: readonly bigint[];
  readonly common: bigint;
}

function closestSquares(map: OrthogonalMap, data: Dataset): MappedSeparation | undefined {
  const images = imagesIn(map, data);
  const pair = closestInDoubles(images, data) ?? closestScreened(images, map, data);
  if (pair === undefined) return undefined;
  const size = squaredDistance(images, ...pair);
  return { magnitude: rational(size, images.common * data.coordinates.denominator ** 2n), pair };
}

function imagesIn(map: OrthogonalMap, data: Dataset): Images {
  const x = bigNumerators(data.coordinates.numerators);
  const d = data.dimension;
  const common = map.squaredLengths.reduce((a, b) => (a * b) / gcd(a, b), 1n);
  const values = Array.from({ length: data.size }, (_, i) =>
    map.rows.map((row) => row.reduce((sum, t, j) => (t === 0n ? sum : sum + t * x[i * d + j]!), 0n)),
  );
  return { values, common, factors: map.squaredLengths.map((n) => common / n) };
}

function squaredDistance({ values, factors }: Images, i: number, k: number): bigint {
  let size = 0n;
  for (let r = 0; r < factors.length; r++) {
    const gap = values[i]![r]! - values[k]![r]!;
    size += gap * gap * factors[r]!;
  }
  return size;
}

/** The closest pair when every sum is below 2⁵³, in doubles; undefined when it may not be, or for one class. */
function closestInDoubles({ values, factors }: Images, data: Dataset): [number, number] | undefined {
  const most = factors.map((f, r) => {
    let widest = 0n;
    for (const y of values) {
      const size = y[r]! < 0n ? -y[r]! : y[r]!;
      if (size > widest) widest = size;
    }
    return 4n * widest * widest * f;
  });
  if (most.reduce((a, b) => a + b, 0n) > BigInt(largestExactDouble)) return undefined;
  return closestPairs(
    scaledRows(values, (v) => Number(v)),
    factors.map(Number),
    data,
    undefined,
  )[0];
}

/**
 * The closest pair by doubles with a proved error, then BigInt. Coordinates y_r/√n_r are rounded to 2⁻⁵² of the largest,
 * so √Σgap² is off by less than `slack`; all pairs within twice of it are compared exactly.
 */
function closestScreened(images: Images, map: OrthogonalMap, data: Dataset): [number, number] | undefined {
  const k = map.rows.length;
  const fraction = 80n;
  const roots = map.squaredLengths.map((n) => isqrt(n << (2n * fraction)));
  let widest = 0;
  const rows = scaledRows(images.values, (y, r) => {
    // Fixed point with 80 fractional bits, both rounded towards zero.
    const value = Number((y << (2n * fraction)) / roots[r]!) / 2 ** Number(fraction);
    widest = Math.max(widest, Math.abs(value));
    return value;
  });
  const slack = Math.sqrt(k) * (widest * 2 ** -48 + 2 ** -70);
  const ones = map.rows.map(() => 1);
  const near = closestPairs(rows, ones, data, slack);
  let best: { size: bigint; pair: [number, number] } | undefined;
  for (const pair of near) {
    const size = squaredDistance(images, ...pair);
    if (best === undefined || size < best.size) best = { size, pair };
  }
  return best?.pair;
}

function scaledRows(values: Images['values'], number: (v: bigint, r: number) => number): Float64Array {
  const k = values[0]?.length ?? 0;
  const out = new Float64Array(values.length * k);
  values.forEach((y, i) => {
    for (let r = 0; r < k; r++) out[i * k + r] = number(y[r]!, r);
  });
  return out;
}

/**
 * The differently labelled pairs with the least Σ factor_r·gap_r², in lexicographic order: the first one, or with a
 * slack all whose root is within four slacks of the least.
 */
function closestPairs(
  y: Float64Array,
  factors: readonly number[],
  data: Dataset,
  slack: number | undefined,
): [number, number][] {
  const k = factors.length;
  const f = Float64Array.from(factors);
  const labels = Int32Array.from(data.labels);
  const n = data.size;
  let best = Number.POSITIVE_INFINITY;
  let limit = Number.POSITIVE_INFINITY;
  let near: { size: number; pair: [number, number] }[] = [];
  for (let i = 0; i < n; i++) {
    for (let m = i + 1; m < n; m++) {
      if (labels[i] === labels[m]) continue;
      const p = i * k;
      const q = m * k;
      let size = 0;
      for (let r = 0; r < k && size < limit; r++) {
        const gap = y[p + r]! - y[q + r]!;
        size += gap * gap * f[r]!;
      }
      if (!(size < limit)) continue;
      near.push({ size, pair: [i, m] });
      if (size < best) {
        best = size;
        // Strictly smaller only, or every pair that rounding cannot exclude.
        limit = slack === undefined ? best : (Math.sqrt(best) + 4 * slack) ** 2 * (1 + 2 ** -40) + Number.MIN_VALUE;
        near = near.filter((one) => one.size < limit || one.size === best);
      }
    }
  }
  return near.map(({ pair }) => pair);
}
