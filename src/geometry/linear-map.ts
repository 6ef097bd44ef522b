/**
 * Linear maps that keep differently labelled balls apart.
 *
 * Main definitions: `LinearMap` (integer rows), `orthogonalRows` (integer Gram–Schmidt), `squaredDistanceToKernel`,
 * `separationUnderMap`, `preserves`.
 *
 * Main statement: for closed ℓ2 balls of radius μ, T(B_i) and T(B_k) are disjoint iff dist₂(x_i − x_k, ker T) > 2μ.
 * With orthogonal rows t_r, dist₂(v, ker T)² = Σ_r (t_r·v)² / |t_r|², which is rational, so no orthonormal matrix is
 * ever needed. Depends on the row space only.
 * References: [EYS], [KMY, Sec. 3.2]; the criterion for a distance to the kernel is derived from theirs.
 */
import { add, bigNumerators, compare, gcd, mul, type Rational, rational, square, zero } from '../exact/index.js';
import type { Dataset } from './dataset.js';

/** k integer rows of d entries each. */
export interface LinearMap {
  readonly rows: readonly (readonly bigint[])[];
  readonly columns: number;
}

/** A map whose rows are pairwise orthogonal and not 0, with their squared lengths. */
export interface OrthogonalMap extends LinearMap {
  readonly squaredLengths: readonly bigint[];
}

const dotInt = (a: readonly bigint[], b: readonly bigint[]): bigint => a.reduce((sum, v, j) => sum + v * b[j]!, 0n);

/** Integer orthogonal rows that span the row space of a map; dependent rows disappear. */
export function orthogonalRows(map: LinearMap): OrthogonalMap {
  const rows: (readonly bigint[])[] = [];
  const squaredLengths: bigint[] = [];
  for (const given of map.rows) {
    let row = [...given];
    rows.forEach((earlier, r) => {
      const along = dotInt(row, earlier);
      if (along !== 0n) row = row.map((v, j) => v * squaredLengths[r]! - along * earlier[j]!);
      row = primitive(row);
    });
    const length = dotInt(row, row);
    if (length === 0n) continue;
    rows.push(row);
    squaredLengths.push(length);
  }
  return { rows, columns: map.columns, squaredLengths };
}

function primitive(row: bigint[]): bigint[] {
  const g = row.reduce<bigint>((a, v) => gcd(a, v), 0n);
  return g > 1n ? row.map((v) => v / g) : row;
}

/** The identity of ℚᵈ. */
export function identityMap(d: number): OrthogonalMap {
  const rows = Array.from({ length: d }, (_, r) => Array.from({ length: d }, (_, j) => (r === j ? 1n : 0n)));
  return { rows, columns: d, squaredLengths: rows.map(() => 1n) };
}

/** dist₂(v, ker T)² for v = numerators / denominator. */
export function squaredDistanceToKernel(map: OrthogonalMap, v: readonly bigint[], denominator: bigint): Rational {
  let sum = zero;
  map.rows.forEach((row, r) => {
    const along = dotInt(row, v);
    sum = add(sum, rational(along * along, map.squaredLengths[r]!));
  });
  return mul(sum, rational(1n, denominator * denominator));
}

/** T x_i for every sample, row by row. */
export function imagesUnder(map: LinearMap, data: Dataset): Rational[][] {
  const { numerators, denominator } = data.coordinates;
  const x = bigNumerators(numerators);
  return Array.from({ length: data.size }, (_, i) =>
    map.rows.map((row) =>
      rational(
        row.reduce((sum, t, j) => sum + t * x[i * data.dimension + j]!, 0n),
        denominator,
      ),
    ),
  );
}

export interface MappedSeparation {
  /** min over differently labelled pairs of dist₂(x_i − x_k, ker T)². */
  readonly magnitude: Rational;
  readonly pair: readonly [number, number];
}

/** The smallest squared distance to ker T of a difference of differently labelled samples; undefined for one class. */
export function separationUnderMap(map: OrthogonalMap, data: Dataset): MappedSeparation | undefined {
  const x = bigNumerators(data.coordinates.numerators);
  const d = data.dimension;
  // Images once per sample; pairs then cost k operations, over one common denominator.
  const common = map.squaredLengths.reduce((a, b) => (a * b) / gcd(a, b), 1n);
  const factors = map.squaredLengths.map((n) => common / n);
  const images = Array.from({ length: data.size }, (_, i) =>
    map.rows.map((row) => row.reduce((sum, t, j) => (t === 0n ? sum : sum + t * x[i * d + j]!), 0n)),
  );
  let best: bigint | undefined;
  let pair: [number, number] = [0, 0];
  for (let i = 0; i < data.size; i++) {
    for (let k = i + 1; k < data.size; k++) {
      if (data.labels[i] === data.labels[k]) continue;
      let size = 0n;
      for (let r = 0; r < factors.length && (best === undefined || size < best); r++) {
        const gap = images[i]![r]! - images[k]![r]!;
        size += gap * gap * factors[r]!;
      }
      if (best === undefined || size < best) {
        best = size;
        pair = [i, k];
      }
    }
  }
  if (best === undefined) return undefined;
  return { magnitude: rational(best, common * data.coordinates.denominator ** 2n), pair };
}

/** Whether T keeps the closed ℓ2 balls of radius μ around differently labelled samples disjoint. */
export function preserves(map: LinearMap, data: Dataset, mu: Rational): boolean {
  const found = separationUnderMap(orthogonalRows(map), data);
  return found === undefined || compare(found.magnitude, mul(rational(4), square(mu))) > 0;
}
