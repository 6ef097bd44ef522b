/**
 * Random linear maps with integer rows.
 *
 * Main definitions: `linearMap`, `LinearMapConstraints`, `MapKind`.
 */
import type { Arbitrary, Random } from 'fast-check';
import { absInt } from '../exact/index.js';
import { InputError } from '../format/index.js';
import type { LinearMap } from '../geometry/index.js';
import { inRange, oneIn, permutation, pick, whole } from './draw.js';
import { swapped, without } from './lists.js';
import { type Range, rangeOf, within } from './range.js';
import { type Shape, shrinking } from './shrinking.js';
import { simplerIntegers } from './simpler.js';

/**
 * How entries are drawn.
 * - `random`: small integers.
 * - `signs`: all ±1, rows of a Hadamard matrix with random signs of the columns: orthogonal when the number of columns is
 *   a power of two.
 * - `coordinates`: each row picks one coordinate, with a sign.
 * - `degenerate`: rows that depend on each other up to one unit in one place, repeated rows, rows of zeros.
 */
export type MapKind = 'random' | 'signs' | 'coordinates' | 'degenerate';

const allKinds: readonly MapKind[] = ['random', 'signs', 'coordinates', 'degenerate'];

export interface LinearMapConstraints {
  /** Number of rows k. @defaultValue 1 to 3 */
  readonly rows?: Partial<Range>;
  /** Number of columns d. @defaultValue 1 to 6 */
  readonly columns?: Partial<Range>;
  /** One kind or several; shrinks leave the kind but not the size. @defaultValue all kinds */
  readonly kind?: MapKind | readonly MapKind[];
}

/** Integer maps ℚᵈ → ℚᵏ. @throws InputError for an empty range or no kind. */
export function linearMap(constraints: LinearMapConstraints = {}): Arbitrary<LinearMap> {
  const rows = rangeOf(constraints.rows, { min: 1, max: 3 }, 'linearMap.rows');
  const columns = rangeOf(constraints.columns, { min: 1, max: 6 }, 'linearMap.columns');
  const { kind = allKinds } = constraints;
  const kinds = typeof kind === 'string' ? [kind] : kind;
  if (kinds.length === 0) throw new InputError('linearMap.kind: expected at least one kind, got none');
  const shape: Shape<LinearMap> = {
    draw: (random, bias) => {
      const k = inRange(random, rows, bias);
      const d = inRange(random, columns, bias);
      return { rows: draws[pick(random, kinds)](random, k, d).map((row) => row.map(BigInt)), columns: d };
    },
    accepts: (value) => isLinearMap(value) && within(value.rows.length, rows) && within(value.columns, columns),
    proposals: linearMapProposals,
    size: (map) => {
      const entries = map.rows.flat();
      const total = entries.reduce((sum, v) => sum + 2n * absInt(v) + (v < 0n ? 1n : 0n), 0n);
      return [map.rows.length, map.columns, entries.filter((v) => v !== 0n).length, total];
    },
  };
  return shrinking(shape);
}

/** Whether a value of any kind is a linear map with rows of one length. */
function isLinearMap(value: unknown): value is LinearMap {
  if (typeof value !== 'object' || value === null) return false;
  const { rows, columns } = value as Partial<LinearMap>;
  if (!Array.isArray(rows) || !Number.isSafeInteger(columns)) return false;
  return rows.every(
    (row) => Array.isArray(row) && row.length === columns && row.every((v: unknown) => typeof v === 'bigint'),
  );
}

const draws: Readonly<Record<MapKind, (random: Random, k: number, d: number) => number[][]>> = {
  random: (random, k, d) => grid(k, d, () => whole(random, -3, 3)),
  signs: (random, k, d) => {
    let order = 1;
    while (order < d || order < k) order *= 2;
    const chosen = permutation(random, order).slice(0, k);
    const signs = Array.from({ length: d }, () => (oneIn(random, 2) ? 1 : -1));
    return grid(k, d, (r, j) => signs[j]! * (oddBits(chosen[r]! & j) ? -1 : 1));
  },
  coordinates: (random, k, d) => {
    const picks = Array.from({ length: k }, () => whole(random, 0, d - 1));
    const sign = oneIn(random, 2) ? 1 : -1;
    return grid(k, d, (r, j) => (picks[r] === j ? sign : 0));
  },
  degenerate: (random, k, d) => {
    const base = Array.from({ length: d }, () => whole(random, -3, 3));
    return Array.from({ length: k }, () => {
      const factor = whole(random, -2, 2);
      const row = base.map((v) => factor * v);
      if (oneIn(random, 2)) row[whole(random, 0, d - 1)]! += oneIn(random, 2) ? 1 : -1;
      return row;
    });
  },
};

const grid = (k: number, d: number, entry: (r: number, j: number) => number): number[][] =>
  Array.from({ length: k }, (_, r) => Array.from({ length: d }, (_, j) => entry(r, j)));

function oddBits(n: number): boolean {
  let odd = false;
  for (let rest = n; rest > 0; rest &= rest - 1) odd = !odd;
  return odd;
}

function* linearMapProposals({ rows, columns }: LinearMap): Generator<LinearMap> {
  for (let r = 0; r < rows.length; r++) yield { rows: [rows[r]!], columns };
  for (let r = 0; r < rows.length; r++) yield { rows: without(rows, r), columns };
  for (let j = 0; j < columns; j++) {
    yield { rows: rows.map((row) => without(row, j)), columns: columns - 1 };
  }
  for (let r = 0; r < rows.length; r++) {
    for (let j = 0; j < columns; j++) {
      for (const v of simplerIntegers(rows[r]![j]!)) {
        yield { rows: swapped(rows, r, swapped(rows[r]!, j, v)), columns };
      }
    }
  }
}
