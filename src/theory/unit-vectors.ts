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
 * rank W < n there is z in the kernel with n coordinates and z_j = 1 the largest, m the next; e_j − z/(1 + m) has no entry
 * above m/(1 + m) ≤ 1/2, so balls of radius m/(2(1 + m)) ≤ 1/4 collide. W = consecutive differences, with m = 1, needs 1/4.
 *
 * References. [KMY, Prop. 3.2] for ℓ2, [KMY, Prop. C.7] for ℓ∞; there with open balls and classes 1 and 2. [YGZ, Thm 4.7], there at
 * ρ = 4/5, where ρ = 1/2 is enough.
 */
import { absInt, add, floor, mul, one, type Rational, rational, zero } from '../exact/index.js';
import { refuse } from '../format/index.js';
import { type Dataset, datasetOf, type LinearMap, orthogonalRows } from '../geometry/index.js';
import { type FirstLayerAttack, mergedAt } from './hard-dataset-attack.js';
import { wholeKernel } from './kernel-direction.js';

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

/**
 * Two inputs at ℓ∞ distance m/(2(1 + m)) ≤ 1/4 from e_j, for some j among the first n = min(N − 1, d), and from the origin.
 * @throws InputError when W has other than d columns, or no kernel vector in the first n coordinates.
 */
export function halfwayCollision(data: Dataset, map: LinearMap): FirstLayerAttack {
  const d = data.dimension;
  const { u, j } = wholeKernel(map, d, Math.min(data.size - 1, d));
  const second = u.reduce((most, v, i) => (i === j || absInt(v) <= most ? most : absInt(v)), 0n);
  // e_j − z/(1 + m) for z = u/u_j and m = second/|u_j|, over one denominator
  const denominator = absInt(u[j]!) + second;
  const side = u[j]! < 0n ? 1n : -1n;
  const residual = u.map((v, i) => rational(i === j ? second : side * v, denominator));
  const unit = u.map((_, i) => (i === j ? one : zero));
  return mergedAt(
    [1 + j, 0],
    unit,
    u.map(() => zero),
    residual,
  );
}
