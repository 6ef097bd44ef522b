/**
 * The unit vectors around the origin: a dataset that needs a first layer of width above ρ² min(N − 1, d).
 *
 * Main definitions: `unitVectors` (the dataset), `unitVectorWidth` (the bound in ℓ2), `halfwayCollision` (the argument in ℓ∞).
 *
 * Notation. n = min(N − 1, d). Class 0 has the origin, class 1 has e_1 … e_n and, when N > d + 1, 2e_1, 3e_1, …; δ = 1 in every
 * norm.
 *
 * Main statements. ℓ2: the projection on the row space of W has trace rank W, so Σ_j dist₂(e_j, ker W)² ≤ rank W over
 * j ≤ n, and some e_j is within √(rank W / n) of the kernel; ℓp for p ≥ 2 as well, its norm being smaller. ℓ∞: when
 * rank W < n there is z in the kernel with n coordinates and z_j = 1 the largest; e_j − z/2 has no entry above 1/2, so
 * balls of radius 1/4 collide.
 *
 * References. [KMY, Prop. 3.2] for ℓ2, [KMY, Prop. C.7] for ℓ∞; there with open balls and classes 1 and 2.
 */
import {
  abs,
  add,
  compare,
  div,
  floor,
  half,
  kernelVector,
  mul,
  one,
  type Rational,
  rational,
  scaleVector,
  sparseMatrix,
  subVectors,
  type Vector,
  zero,
} from '../exact/index.js';
import { InputError, refuse } from '../format/index.js';
import { type Dataset, datasetOf, type LinearMap, orthogonalRows } from '../geometry/index.js';

/** N samples in ℚᵈ. @throws InputError unless N ≥ 2 and d ≥ 1. */
export function unitVectors(N: number, d: number): Dataset {
  if (!(Number.isSafeInteger(N) && N >= 2)) refuse('samples', 'a whole number ≥ 2', String(N));
  if (!(Number.isSafeInteger(d) && d >= 1)) refuse('dimension', 'a whole number ≥ 1', String(d));
  const along = (j: number, length: number): Rational[] =>
    Array.from({ length: d }, (_, m) => (m === j ? rational(length) : zero));
  const n = Math.min(N - 1, d);
  const units = Array.from({ length: n }, (_, j) => along(j, 1));
  const further = Array.from({ length: N - 1 - n }, (_, m) => along(0, m + 2));
  const samples = [along(0, 0), ...units, ...further];
  return datasetOf(
    samples,
    samples.map((_, i) => (i === 0 ? 0 : 1)),
    { name: 'unit vectors' },
  );
}

/**
 * dist₂(e_j, ker W)² for j = 1 … d, which add up to the rank of W: the diagonal of the projection on its row space.
 */
export function unitVectorDistances(map: LinearMap): Rational[] {
  const { rows, squaredLengths } = orthogonalRows(map);
  return Array.from({ length: map.columns }, (_, j) =>
    rows.reduce((sum, row, r) => add(sum, rational(row[j]! ** 2n, squaredLengths[r]!)), zero),
  );
}

/** The least width k > ρ² min(N − 1, d) of a first layer that closed ℓ2 balls of ratio ρ = 2μ/δ < 1 leave possible. */
export const unitVectorWidth = (N: number, d: number, rho2: Rational): number =>
  Number(floor(mul(rho2, rational(Math.min(N - 1, d))))) + 1;

export interface HalfwayCollision {
  /** The sample e_j; the other one is the origin, sample 0. */
  readonly sample: number;
  /** At ℓ∞ distance at most 1/4 from e_j. */
  readonly x: Vector;
  /** At ℓ∞ distance at most 1/4 from the origin, with W x = W x′. */
  readonly other: Vector;
}

/**
 * Two inputs at ℓ∞ distance at most 1/4 from e_j and from the origin, for j among the first n = min(N − 1, d).
 * @throws InputError when W has other than d columns, or no kernel vector in the first n coordinates.
 */
export function halfwayCollision(data: Dataset, map: LinearMap): HalfwayCollision {
  const d = data.dimension;
  if (map.columns !== d) throw new InputError(`first layer: expected ${d} inputs, got ${map.columns}`);
  const n = Math.min(data.size - 1, d);
  const narrow = map.rows.map((row) => row.slice(0, n).map((w) => rational(w)));
  const kernel = kernelVector(sparseMatrix(narrow, n));
  if (kernel === undefined) {
    throw new InputError(`first layer: expected a kernel vector in the first ${n} coordinates, got rank ${n}`);
  }
  const j = kernel.reduce((best, v, m) => (compare(abs(v), abs(kernel[best]!)) > 0 ? m : best), 0);
  const z = Array.from({ length: d }, (_, m) => (m < n ? div(kernel[m]!, kernel[j]!) : zero));
  const unit = z.map((_, m) => (m === j ? one : zero));
  const residual = subVectors(unit, scaleVector(z, half));
  // x − x′ = e_j − r = z/2, a kernel vector.
  const other = scaleVector(residual, half);
  return { sample: 1 + j, x: subVectors(unit, other), other };
}
