/**
 * Separations against plain loops over all pairs, in arithmetic of their own: δ in the three norms, and distances modulo
 * the kernel of a map, by solving the normal equations instead of making rows orthogonal.
 */
import { expect } from 'vitest';
import { dataset, linearMap } from '../src/arbitrary/index.js';
import {
  abs,
  add,
  compare,
  div,
  dot,
  formatRational,
  max,
  mul,
  type Rational,
  rational,
  square,
  sub,
  type Vector,
  zero,
} from '../src/exact/index.js';
import { norms } from '../src/format/index.js';
import {
  type Dataset,
  type LinearMap,
  orthogonalRows,
  point,
  separation,
  separationUnderMap,
} from '../src/geometry/index.js';
import { property } from './property.js';

/** The least size of a difference of differently labelled samples, with the first pair that has it. */
function leastOverPairs(
  data: Dataset,
  size: (v: Vector) => Rational,
): { size: Rational; pair: [number, number] } | undefined {
  let best: { size: Rational; pair: [number, number] } | undefined;
  for (let i = 0; i < data.size; i++) {
    for (let k = i + 1; k < data.size; k++) {
      if (data.labels[i] === data.labels[k]) continue;
      const other = point(data, k);
      const found = size(point(data, i).map((v, j) => sub(v, other[j]!)));
      if (best === undefined || compare(found, best.size) < 0) best = { size: found, pair: [i, k] };
    }
  }
  return best;
}

const sizes = {
  l1: (v: Vector) => v.map(abs).reduce(add, zero),
  l2: (v: Vector) => v.map(square).reduce(add, zero),
  linf: (v: Vector) => v.map(abs).reduce(max, zero),
} as const;

for (const norm of norms) {
  property(
    `δ in ${norm} is what a loop over all pairs finds, with the same pair`,
    [dataset({ norm, size: { max: 12 } })],
    (data) => {
      const found = separation(data, norm);
      const expected = leastOverPairs(data, sizes[norm]);
      expect(found === undefined).toBe(expected === undefined);
      if (found === undefined || expected === undefined) return;
      expect([formatRational(found.magnitude), found.pair]).toEqual([formatRational(expected.size), expected.pair]);
    },
    { runs: 500 },
  );
}

/** dist₂(v, ker T)² = (T v)ᵀ (T Tᵀ)⁻¹ (T v), the Gram matrix solved on rows that do not depend on earlier ones. */
function squaredDistance(map: LinearMap, v: Vector): Rational {
  const rows = independent(map.rows.map((row) => row.map((t) => rational(t))));
  const image = rows.map((row) => dot(row, v));
  const solution = solved(
    rows.map((a) => rows.map((b) => dot(a, b))),
    image,
  );
  return dot(image, solution);
}

/** The rows that are no combination of earlier ones, by elimination. */
function independent(rows: readonly Vector[]): Vector[] {
  const reduced: { row: Rational[]; pivot: number }[] = [];
  return rows.filter((given) => {
    const row = [...given];
    for (const { row: earlier, pivot } of reduced) {
      const factor = div(row[pivot]!, earlier[pivot]!);
      for (let j = 0; j < row.length; j++) row[j] = sub(row[j]!, mul(factor, earlier[j]!));
    }
    const pivot = row.findIndex((v) => v.n !== 0n);
    if (pivot >= 0) reduced.push({ row, pivot });
    return pivot >= 0;
  });
}

/** The solution of a regular linear system, by Gauss and Jordan. */
function solved(matrix: readonly Vector[], right: Vector): Rational[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  for (let c = 0; c < rows.length; c++) {
    const pivot = rows.findIndex((row, r) => r >= c && row[c]!.n !== 0n);
    [rows[c], rows[pivot]] = [rows[pivot]!, rows[c]!];
    for (let r = 0; r < rows.length; r++) {
      if (r === c) continue;
      const factor = div(rows[r]![c]!, rows[c]![c]!);
      rows[r] = rows[r]!.map((v, j) => sub(v, mul(factor, rows[c]![j]!)));
    }
  }
  return rows.map((row, i) => div(row[rows.length]!, row[i]!));
}

property(
  'the separation modulo a kernel is what a loop over all pairs finds, with the same pair',
  [
    dataset({ dimension: { min: 3, max: 3 }, norm: 'l2' }),
    linearMap({ rows: { max: 4 }, columns: { min: 3, max: 3 } }),
  ],
  (data, map) => {
    const found = separationUnderMap(orthogonalRows(map), data);
    const expected = leastOverPairs(data, (v) => squaredDistance(map, v));
    expect(found === undefined).toBe(expected === undefined);
    if (found === undefined || expected === undefined) return;
    expect([formatRational(found.magnitude), found.pair]).toEqual([formatRational(expected.size), expected.pair]);
  },
  { runs: 400 },
);
