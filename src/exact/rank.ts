/**
 * The rank of an integer matrix.
 *
 * Main definition: `integerRank`.
 *
 * Modulo a prime the rank can only be smaller. So where it is full there it is full, which most often settles the matter in
 * doubles, and in the leading columns alone; else exact elimination has the word.
 */

import { rank, sparseMatrix } from './matrix.js';
import { inverseResidue, prime, residueOf } from './modular.js';
import { modularFactors } from './modular-factors.js';
import { rational } from './rational.js';

/** The rank of the rows. @throws RangeError when they differ in length. */
export function integerRank(rows: readonly (readonly bigint[])[]): number {
  const columns = rows[0]?.length ?? 0;
  const full = Math.min(rows.length, columns);
  const leading = modularFactors(
    rows.map((row) => row.slice(0, full)),
    full,
  );
  if (leading === undefined || rankModuloPrime(rows, columns) === full) return full;
  return rank(
    sparseMatrix(
      rows.map((row) => row.map((v) => rational(v))),
      columns,
    ),
  );
}

/** The rank modulo the prime of modular.ts, at most the rank. */
export function rankModuloPrime(input: readonly (readonly bigint[])[], columns: number): number {
  const rows = input.map((row) => Float64Array.from(row, residueOf));
  let found = 0;
  for (let j = 0; j < columns && found < rows.length; j++) {
    const at = rows.findIndex((row, r) => r >= found && row[j] !== 0);
    if (at < 0) continue;
    [rows[found], rows[at]] = [rows[at]!, rows[found]!];
    const pivot = rows[found]!;
    const inverse = inverseResidue(pivot[j]!);
    for (let r = found + 1; r < rows.length; r++) {
      const row = rows[r]!;
      if (row[j] === 0) continue;
      const factor = prime - ((row[j]! * inverse) % prime);
      for (let c = j; c < columns; c++) row[c] = (row[c]! + factor * pivot[c]!) % prime;
    }
    found++;
  }
  return found;
}
