/**
 * Affine functions with integer coefficients over one denominator, the form in which everything is computed.
 *
 * Main definitions: `Row`, `Rows`, `rowsOf`, `composed`.
 */
import type { NetworkFileRow } from '../format/network-file.js';
import { limitBits, overOneDenominator } from './rational.js';

/** Σ weights[k]·x[columns[k]] + bias; a weight may be 0. */
export interface Row {
  readonly columns: readonly number[];
  readonly weights: readonly bigint[];
  readonly bias: bigint;
}

/** The functions rows[r] / denominator. */
export interface Rows {
  readonly denominator: bigint;
  readonly rows: readonly Row[];
  /** The denominator and all weights and biases are below 2^bits in size. */
  readonly bits: number;
}

/** A sum of at most 2^32 terms is at most this many bits longer than the longest of them. */
export const carryBits = 32;

/** The rows over their least common denominator. */
export function rowsOf(files: readonly NetworkFileRow[], where: string): Rows {
  const texts = files.flatMap(({ bias, weights }) => [bias, ...weights]);
  const { denominator, numerators, bits } = overOneDenominator(texts, where);
  let end = 0;
  const rows = files.map(({ columns }) => {
    const start = end;
    end += 1 + columns.length;
    return { columns, bias: numerators[start]!, weights: numerators.slice(start + 1, end) };
  });
  return { denominator, rows, bits };
}

/** `outer` after `inner`, exactly: a·(W x + b) + c in place of a·y + c. */
export function composed(outer: Rows, inner: Rows, where: string): Rows {
  const bits = outer.bits + inner.bits + carryBits;
  const rows = outer.rows.map(({ columns, weights, bias }) => {
    const sums = new Map<number, bigint>();
    let constant = bias * inner.denominator;
    for (const [k, column] of columns.entries()) {
      const row = inner.rows[column]!;
      limitBits(sums.size + row.columns.length, bits, where);
      constant += weights[k]! * row.bias;
      for (const [m, j] of row.columns.entries()) sums.set(j, (sums.get(j) ?? 0n) + weights[k]! * row.weights[m]!);
    }
    return { columns: [...sums.keys()], weights: [...sums.values()], bias: constant };
  });
  return { denominator: outer.denominator * inner.denominator, rows, bits };
}
