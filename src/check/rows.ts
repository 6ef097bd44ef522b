/**
 * Affine functions with integer coefficients over one denominator, the form in which everything is computed.
 *
 * Main definitions: `Row`, `Rows`, `rowsOf`, `combined`.
 */
import type { ConstraintFile } from '../format/query-file.js';
import { bitsAbove, limitBits, overOneDenominator } from './rational.js';
import { mismatch, same } from './read.js';

/** Σ weights[k]·x[columns[k]] + bias; a weight may be 0. */
export type Row = { readonly columns: readonly number[]; readonly weights: readonly bigint[]; readonly bias: bigint };

/** The functions rows[r] / denominator. The denominator and all weights and biases are below 2^bits in size. */
export type Rows = { readonly denominator: bigint; readonly rows: readonly Row[]; readonly bits: number };

/** A sum of at most 2^32 terms is at most this many bits longer than the longest of them. */
export const carryBits = 32;

type RowFile = Omit<ConstraintFile, 'strict'>;

/** The rows `where`[first], … over their least common denominator. Columns have to increase strictly below `inputs`. */
export function rowsOf(files: readonly RowFile[], inputs: number, where: string, first = 0): Rows {
  const texts = files.flatMap(({ bias, weights }) => [bias, ...weights]);
  const { denominator, over, bits } = overOneDenominator(texts, where);
  const rows = files.map(({ columns, weights, bias }, r) => {
    const place = `${where}[${first + r}]`;
    for (const [k, column] of columns.entries()) {
      const least = k === 0 ? 0 : columns[k - 1]! + 1;
      const isBetween = least <= column && column < inputs;
      if (!isBetween) mismatch(column, `${place}.columns[${k}]`, `a column from ${least} to ${inputs - 1}`);
    }
    same(weights.length, columns.length, `${place}.weights`);
    return { columns, weights: weights.map(over), bias: over(bias) };
  });
  return { denominator, rows, bits };
}

/** Σ factors[r]·rows[r], with a weight for each of `width` columns. */
export function combined(factors: readonly bigint[], { rows, bits }: Rows, width: number, where: string) {
  limitBits(width, bitsAbove(factors) + bits + carryBits, where);
  const weights = new Array<bigint>(width).fill(0n);
  let bias = 0n;
  for (const [r, factor] of factors.entries()) {
    if (factor === 0n) continue;
    const row = rows[r]!;
    bias += factor * row.bias;
    for (let k = 0; k < row.columns.length; k++) weights[row.columns[k]!]! += factor * row.weights[k]!;
  }
  return { weights, bias };
}
