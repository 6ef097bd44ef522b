/**
 * A kernel vector of an integer matrix in whole numbers, by lifting a solution modulo a prime.
 *
 * Main definition: `integerKernel`.
 *
 * Modulo a prime, columns are taken from the left until one depends on those before it (modular-factors.ts); a solution modulo
 * the prime is lifted to one over ℚ (lifted-kernel.ts). What comes out is multiplied by all rows exactly; where that fails, as
 * when the prime hides a column's independence, or entries are too large for doubles, elimination in BigInt decides.
 */
import { liftedKernel } from './lifted-kernel.js';
import { kernelVector, sparseMatrix } from './matrix.js';
import { modularFactors } from './modular-factors.js';
import { commonDenominator } from './numerators.js';
import { rational } from './rational.js';

/** Whole numbers z ≠ 0 with W z = 0, or undefined when the columns are independent. @throws RangeError for ragged rows. */
export function integerKernel(rows: readonly (readonly bigint[])[], columns: number): bigint[] | undefined {
  rows.forEach((row, r) => {
    if (row.length !== columns) {
      throw new RangeError(`integerKernel: row ${r}: expected ${columns} entries, got ${row.length}`);
    }
  });
  const found = modularFactors(rows, columns);
  if (found === undefined) return undefined;
  const z = liftedKernel(rows, columns, found);
  return z !== undefined && rows.every((row) => vanishes(row, z)) ? z : eliminated(rows, columns);
}

function eliminated(rows: readonly (readonly bigint[])[], columns: number): bigint[] | undefined {
  const matrix = sparseMatrix(
    rows.map((row) => row.map((v) => rational(v))),
    columns,
  );
  const z = kernelVector(matrix);
  if (z === undefined) return undefined;
  const d = commonDenominator(z);
  return z.map((v) => v.n * (d / v.d));
}

const vanishes = (row: readonly bigint[], z: readonly bigint[]): boolean =>
  row.reduce((sum, v, j) => (v === 0n || z[j] === 0n ? sum : sum + v * z[j]!), 0n) === 0n;
