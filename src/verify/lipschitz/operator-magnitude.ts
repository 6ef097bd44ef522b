/**
 * Norms of matrices as maps from ℓp to ℓp, from the sizes of their entries.
 *
 * Main definition: `operatorMagnitude`.
 *
 * Main statement. ‖M‖ is the largest row sum of |M| in ℓ∞ and the largest column sum in ℓ1. In ℓ2 it is the length of the
 * row when there is one; of several rows ‖M‖₂² ≤ min(Σ M², ‖M‖₁·‖M‖∞), which is returned. All are monotone in |M|.
 */
import { absInt, type Rational, rational } from '../../exact/index.js';
import type { Norm } from '../../format/index.js';

/** Entries entries[i][j] / denominator of a matrix. */
export interface ScaledMatrix {
  readonly entries: readonly (readonly bigint[])[];
  readonly denominator: bigint;
}

const most = (values: readonly bigint[]): bigint => values.reduce((a, b) => (b > a ? b : a), 0n);

/** Σ_j |M_ij| for each i. */
const rowSums = (entries: ScaledMatrix['entries']): bigint[] =>
  entries.map((row) => row.reduce((sum, v) => sum + absInt(v), 0n));

/** Σ_i |M_ij| for each j. */
const columnSums = (entries: ScaledMatrix['entries']): bigint[] =>
  (entries[0] ?? []).map((_, j) => entries.reduce((sum, row) => sum + absInt(row[j]!), 0n));

/** `operatorMagnitude` of integer entries. */
export function operatorSize(norm: Norm, entries: ScaledMatrix['entries']): bigint {
  if (norm === 'linf') return most(rowSums(entries));
  if (norm === 'l1') return most(columnSums(entries));
  const squares = entries.reduce((sum, row) => row.reduce((s, v) => s + v * v, sum), 0n);
  if (entries.length === 1) return squares;
  const product = most(rowSums(entries)) * most(columnSums(entries));
  return product < squares ? product : squares;
}

/** ‖M‖ from ℓp to ℓp; in ℓ2 its square, for several rows a bound of it. */
export const operatorMagnitude = (norm: Norm, { entries, denominator }: ScaledMatrix): Rational =>
  rational(operatorSize(norm, entries), norm === 'l2' ? denominator * denominator : denominator);

/** Whether `operatorMagnitude` is the norm itself and not a bound. */
export const isOperatorNorm = (norm: Norm, rows: number): boolean => norm !== 'l2' || rows === 1;
