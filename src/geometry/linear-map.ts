/**
 * Linear maps with integer rows.
 *
 * Main definitions: `LinearMap`, `orthogonalRows` (integer Gram–Schmidt), `squaredDistanceToKernel`.
 *
 * Main statement: with orthogonal rows t_r, dist₂(v, ker T)² = Σ_r (t_r·v)² / |t_r|², which is rational, so no orthonormal
 * matrix is ever needed. It depends on the row space only.
 * References: [EYS], [KMY, Sec. 3.2]; the criterion for a distance to the kernel is derived from theirs.
 */
import { add, bigNumerators, gcd, mul, type Rational, rational, type Vector, zero } from '../exact/index.js';
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

/** T x. */
export const image = (map: LinearMap, x: Vector): Rational[] =>
  map.rows.map((row) => row.reduce((sum, t, j) => (t === 0n ? sum : add(sum, mul(rational(t), x[j]!))), zero));
