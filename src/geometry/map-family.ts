/**
 * Families of integer linear maps to fewer dimensions.
 *
 * Main definitions: `MapFamily`, `mapFamilies`, `mapOfFamily`.
 *
 * Notes. None of them needs an orthonormal matrix: distances to the kernel depend on the row space only and squared
 * lengths are divided out exactly. Hadamard rows have the shortest numbers and spread sparse differences; coordinates are
 * shorter still and fail on those; signs and small entries are close to a uniformly random row space after Gram–Schmidt;
 * Householder and Cayley rows are rows of rational orthogonal matrices, orthogonal from the start.
 * References: [EYS] take a random projection; the rational families are standard.
 */
import {
  commonDenominator,
  distinctBelow,
  type RandomSource,
  randomSource,
  rational,
  solveAll,
  sparseMatrix,
} from '../exact/index.js';
import { hadamardMap, signedMap } from './hadamard-map.js';
import type { LinearMap } from './linear-map.js';

/** How maps are drawn; see `mapOfFamily`. */
export type MapFamily = 'hadamard' | 'signs' | 'small' | 'householder' | 'cayley' | 'coordinates';
export const mapFamilies: readonly MapFamily[] = ['hadamard', 'signs', 'small', 'householder', 'cayley', 'coordinates'];

/**
 * A k × d map of a family, by its seed.
 * - `hadamard`: signed rows of a Hadamard matrix, restricted to d columns.
 * - `signs`: entries −1, 0, 1; `small`: entries −3 … 3; no row is 0, rows may depend on each other.
 * - `householder`: k rows of a product of three reflections by vectors with entries −2 … 2, times a whole number.
 * - `cayley`: k rows of (I − A)(I + A)⁻¹ with A skew-symmetric, entries −1 … 1, times a whole number.
 * - `coordinates`: k different coordinates.
 * @throws RangeError unless 1 ≤ k ≤ d.
 */
export function mapOfFamily(family: MapFamily, k: number, d: number, seed: number): LinearMap {
  if (!(Number.isSafeInteger(k) && k >= 1 && k <= d)) {
    throw new RangeError(`mapOfFamily: expected 1 ≤ k ≤ ${d}, got ${k}`);
  }
  switch (family) {
    case 'hadamard':
      return hadamardMap(k, d, seed);
    case 'signs':
      return signedMap(k, d, seed);
    case 'small':
      return smallMap(k, d, randomSource(seed));
    case 'householder':
      return householderMap(k, d, randomSource(seed));
    case 'cayley':
      return cayleyMap(k, d, randomSource(seed));
    case 'coordinates':
      return coordinateMap(k, d, randomSource(seed));
  }
}

/** A vector of entries in [−most, most], not 0. */
function nonzeroVector(d: number, most: number, random: RandomSource): bigint[] {
  const entries = Array.from({ length: d }, () => BigInt(random.between(-most, most)));
  if (!entries.some((v) => v !== 0n)) entries[random.below(d)] = 1n;
  return entries;
}

const smallMap = (k: number, d: number, random: RandomSource): LinearMap => ({
  rows: Array.from({ length: k }, () => nonzeroVector(d, 3, random)),
  columns: d,
});

/** Rows e_r·H_1·H_2·H_3 with H_s = I − 2 v vᵀ/(v·v), each step times v·v. */
function householderMap(k: number, d: number, random: RandomSource): LinearMap {
  const mirrors = Array.from({ length: 3 }, () => nonzeroVector(d, 2, random));
  const chosen = distinctBelow(random, d, k);
  const rows = chosen.map((r) => {
    let row: bigint[] = Array.from({ length: d }, (_, j) => (j === r ? 1n : 0n));
    for (const v of mirrors) {
      const length = v.reduce((sum, x) => sum + x * x, 0n);
      const along = row.reduce((sum, x, j) => sum + x * v[j]!, 0n);
      row = row.map((x, j) => x * length - 2n * along * v[j]!);
    }
    return row;
  });
  return { rows, columns: d };
}

/** Rows q of Q = (I − A)(I + A)⁻¹, from q (I + A) = row of I − A, i.e. (I + A)ᵀ qᵀ = …; I + A has an inverse, A being skew. */
function cayleyMap(k: number, d: number, random: RandomSource): LinearMap {
  const a: number[][] = Array.from({ length: d }, () => new Array<number>(d).fill(0));
  for (let i = 0; i < d; i++) {
    for (let j = i + 1; j < d; j++) {
      a[i]![j] = random.between(-1, 1);
      a[j]![i] = -a[i]![j]!;
    }
  }
  const unit = (i: number, j: number): number => (i === j ? 1 : 0);
  const transposed = a.map((_, i) => a.map((_, j) => rational(unit(i, j) + a[j]![i]!)));
  const chosen = distinctBelow(random, d, k);
  const sides = chosen.map((r) => a[r]!.map((v, j) => rational(unit(r, j) - v)));
  const solutions = solveAll(sparseMatrix(transposed), sides);
  const rows = solutions.map((solution) => {
    const denominator = commonDenominator(solution!);
    return solution!.map((v) => v.n * (denominator / v.d));
  });
  return { rows, columns: d };
}

function coordinateMap(k: number, d: number, random: RandomSource): LinearMap {
  const rows = distinctBelow(random, d, k).map((r) => Array.from({ length: d }, (_, j) => (j === r ? 1n : 0n)));
  return { rows, columns: d };
}
