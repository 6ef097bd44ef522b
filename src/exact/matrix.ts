/**
 * Sparse matrices over ℚ and exact linear solving.
 *
 * Main definitions: `SparseMatrix`, `solve` and `solveAll` (A·x = b, or that there is none), `kernelVector`. Elimination is
 * fraction-free on integer rows with one gcd per row and step, not per entry.
 */
import { absInt, gcd } from './integer.js';
import { commonDenominator } from './numerators.js';
import { add, mul, type Rational, rational, zero } from './rational.js';
import type { Vector } from './vector.js';

/** Row r holds values[r][k] in column columns[r][k]; columns strictly increasing, no zeros stored. */
export interface SparseMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly entries: readonly { readonly columns: readonly number[]; readonly values: Vector }[];
}

/** The sparse form of dense rows. @throws RangeError when rows differ in length. */
export function sparseMatrix(dense: readonly Vector[], columns = dense[0]?.length ?? 0): SparseMatrix {
  const entries = dense.map((row, r) => {
    if (row.length !== columns)
      throw new RangeError(`sparseMatrix: row ${r}: expected ${columns} entries, got ${row.length}`);
    const kept = row.map((_, j) => j).filter((j) => row[j]!.n !== 0n);
    return { columns: kept, values: kept.map((j) => row[j]!) };
  });
  return { rows: dense.length, columns, entries };
}

/** A·x. */
export function multiply(a: SparseMatrix, x: Vector): Rational[] {
  return a.entries.map((row) => row.columns.reduce((sum, j, k) => add(sum, mul(row.values[k]!, x[j]!)), zero));
}

/** The dense rows of a sparse matrix. */
export function dense(a: SparseMatrix): Rational[][] {
  return a.entries.map((row) => {
    const out: Rational[] = new Array(a.columns).fill(zero);
    row.columns.forEach((j, k) => {
      out[j] = row.values[k]!;
    });
    return out;
  });
}

/** One solution of A·x = b (free variables 0), or undefined when there is none. */
export const solve = (a: SparseMatrix, b: Vector): Rational[] | undefined => solveAll(a, [b])[0];

/** One solution of A·x = b (free variables 0), or undefined, for each right side, by one elimination. */
export function solveAll(a: SparseMatrix, sides: readonly Vector[]): (Rational[] | undefined)[] {
  const { rows, pivots } = echelon(
    dense(a).map((row, r) => [...row, ...sides.map((b) => b[r]!)]),
    a.columns,
  );
  return sides.map((_, s) => {
    const at = a.columns + s;
    for (let r = pivots.length; r < rows.length; r++) if (rows[r]![at] !== 0n) return undefined;
    const x: Rational[] = new Array(a.columns).fill(zero);
    pivots.forEach((j, r) => {
      x[j] = rational(rows[r]![at]!, rows[r]![j]!);
    });
    return x;
  });
}

/** A nonzero vector z with A·z = 0, or undefined when the columns are independent. */
export function kernelVector(a: SparseMatrix): Rational[] | undefined {
  const { rows, pivots } = echelon(dense(a), a.columns);
  const free = Array.from({ length: a.columns }, (_, j) => j).find((j) => !pivots.includes(j));
  if (free === undefined) return undefined;
  const z: Rational[] = new Array(a.columns).fill(zero);
  z[free] = rational(1);
  pivots.forEach((j, r) => {
    z[j] = rational(-rows[r]![free]!, rows[r]![j]!);
  });
  return z;
}

/** Rank of A. */
export const rank = (a: SparseMatrix): number => echelon(dense(a), a.columns).pivots.length;

/** Reduced row echelon form on integer rows; pivots are sought in the first `width` columns. */
function echelon(input: readonly Vector[], width: number): { rows: bigint[][]; pivots: number[] } {
  const rows = input.map((row) => {
    const d = commonDenominator(row);
    return primitive(row.map((v) => v.n * (d / v.d)));
  });
  const pivots: number[] = [];
  for (let j = 0; j < width && pivots.length < rows.length; j++) {
    const top = pivots.length;
    const found = rows.findIndex((row, r) => r >= top && row[j] !== 0n);
    if (found < 0) continue;
    [rows[top], rows[found]] = [rows[found]!, rows[top]!];
    const pivot = rows[top]!;
    for (let r = 0; r < rows.length; r++) {
      const row = rows[r]!;
      if (r === top || row[j] === 0n) continue;
      const g = gcd(row[j]!, pivot[j]!);
      const p = pivot[j]! / g;
      const q = row[j]! / g;
      rows[r] = primitive(row.map((v, c) => v * p - pivot[c]! * q));
    }
    pivots.push(j);
  }
  return { rows, pivots };
}

function primitive(row: bigint[]): bigint[] {
  let g = 0n;
  for (const v of row) {
    if (v !== 0n) g = gcd(g, absInt(v));
    if (g === 1n) return row;
  }
  return g === 0n ? row : row.map((v) => v / g);
}
