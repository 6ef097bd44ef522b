/**
 * Triangular factors of the leading columns of an integer matrix, modulo a prime.
 *
 * Main definition: `modularFactors`. Columns are taken from the left, each in dot products with what is known, until one depends on
 * those before it.
 */
import { dotResidue, inverseResidue, prime, residue, residueOf } from './modular.js';

/** Rows in the order of their pivots, L below the diagonal and U from it on, modulo p. */
export interface ModularFactors {
  /** Columns before the first that depends on those before it. */
  readonly r: number;
  readonly order: readonly number[];
  readonly lower: readonly Float64Array[];
  readonly upper: readonly Float64Array[];
  readonly inverses: Float64Array;
}

/** The factors of the first r columns; undefined when all are independent modulo p, and so over ℚ. */
export function modularFactors(rows: readonly (readonly bigint[])[], columns: number): ModularFactors | undefined {
  const m = rows.length;
  const most = Math.min(m, columns);
  const order = rows.map((_, i) => i);
  const lower = rows.map(() => new Float64Array(most));
  const upper = Array.from({ length: most }, () => new Float64Array(most));
  const inverses = new Float64Array(most);
  for (let c = 0; c < columns; c++) {
    const u = new Float64Array(m);
    for (let i = 0; i < m; i++) {
      // Below the pivots found so far, all of them count.
      u[i] = residue(residueOf(rows[order[i]!]![c]!) - dotResidue(lower[order[i]!]!, u, 0, Math.min(i, c)));
    }
    const at = u.findIndex((v, i) => i >= c && v !== 0);
    if (at < 0) return { r: c, order, lower, upper, inverses };
    [order[c], order[at]] = [order[at]!, order[c]!];
    [u[c], u[at]] = [u[at]!, u[c]!];
    inverses[c] = inverseResidue(u[c]!);
    for (let i = 0; i <= c; i++) upper[i]![c] = u[i]!;
    for (let i = c + 1; i < m; i++) lower[order[i]!]![c] = (u[i]! * inverses[c]!) % prime;
  }
  return undefined;
}
