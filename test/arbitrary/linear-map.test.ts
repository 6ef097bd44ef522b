import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linearMap, type MapKind } from '../../src/arbitrary/index.js';
import { rank, rational, sparseMatrix } from '../../src/exact/index.js';
import { InputError } from '../../src/format/index.js';
import type { LinearMap } from '../../src/geometry/index.js';
import { arbitraryLaws } from '../laws/arbitrary.js';

const entries = (map: LinearMap): bigint[] => map.rows.flat();
const mapRank = (map: LinearMap): number =>
  rank(
    sparseMatrix(
      map.rows.map((row) => row.map((v) => rational(v))),
      map.columns,
    ),
  );

arbitraryLaws('linearMap', {
  make: () => linearMap(),
  valid: (map) =>
    map.rows.length >= 1 &&
    map.rows.length <= 3 &&
    map.columns >= 1 &&
    map.columns <= 6 &&
    map.rows.every((row) => row.length === map.columns),
  size: (map) => [
    map.rows.length,
    map.columns,
    entries(map).filter((v) => v !== 0n).length,
    entries(map).reduce((sum, v) => sum + (v < 0n ? 1n - 2n * v : 2n * v), 0n),
  ],
  refused: [
    { rows: [[1n], [1n, 2n]], columns: 1 },
    { rows: [[1]], columns: 1 },
    { rows: [], columns: 2 },
  ],
  classes: {
    'full rank': (map) => map.rows.length > 1 && mapRank(map) === Math.min(map.rows.length, map.columns),
    'rows that depend on each other': (map) => map.columns >= map.rows.length && mapRank(map) < map.rows.length,
    'all signs': (map) => map.columns > 2 && entries(map).every((v) => v === 1n || v === -1n),
    'a row of zeros': (map) => map.rows.some((row) => row.every((v) => v === 0n)),
    'a projection to coordinates': (map) =>
      map.columns > 2 && map.rows.every((row) => row.filter((v) => v !== 0n).length === 1),
  },
});

describe('kinds', () => {
  const maps = (kind: MapKind, rows = { min: 2, max: 4 }, columns = { min: 4, max: 4 }): LinearMap[] =>
    fc.sample(linearMap({ kind, rows, columns }), { seed: 1, numRuns: 200 });

  test('signs: ±1, orthogonal rows in 4 dimensions', () => {
    for (const { rows } of maps('signs')) {
      rows.forEach((a, r) => {
        rows.forEach((b, other) => {
          const dot = a.reduce((sum, v, j) => sum + v * b[j]!, 0n);
          expect(dot).toBe(r === other ? 4n : 0n);
        });
      });
    }
  });

  test('coordinates: one entry ±1 a row', () => {
    for (const { rows } of maps('coordinates')) {
      for (const row of rows) expect(row.filter((v) => v !== 0n)).toSatisfy((list) => list.length === 1);
    }
  });

  test('degenerate: often of low rank, and often only one unit from it', () => {
    const ranks = maps('degenerate', { min: 3, max: 3 }).map(mapRank);
    expect(ranks.filter((r) => r < 3).length).toBeGreaterThan(50);
    expect(ranks.filter((r) => r === 3).length).toBeGreaterThan(10);
  });

  test('no kind is refused', () => {
    expect(() => linearMap({ kind: [] })).toThrow(
      new InputError('linearMap.kind: expected at least one kind, got none'),
    );
  });
});
