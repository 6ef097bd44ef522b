/**
 * SMT-LIB 2.6 text of rational constants, affine forms and assertions.
 *
 * Numerals are written without a decimal point: under a `set-logic` of real arithmetic every numeral has sort Real, and
 * the grammar of linear terms asks for `m`, `(/ m n)` and `(- …)` of those.
 */
import { commonDenominator, type Rational } from '../../exact/index.js';
import type { Row } from '../../network/index.js';

/** `3`, `(/ 3 8)`, `(- 3)` or `(- (/ 3 8))`. */
export function constantText(q: Rational): string {
  const size = q.n < 0n ? -q.n : q.n;
  const text = q.d === 1n ? size.toString() : `(/ ${size} ${q.d})`;
  return q.n < 0n ? `(- ${text})` : text;
}

/** The product of a nonzero coefficient and a variable. */
export function productText(weight: Rational, variable: string): string {
  if (weight.d === 1n && weight.n === 1n) return variable;
  if (weight.d === 1n && weight.n === -1n) return `(- ${variable})`;
  return `(* ${constantText(weight)} ${variable})`;
}

/** The sum of the terms; 0 for none. */
export function sumText(terms: readonly string[]): string {
  if (terms.length === 0) return '0';
  return terms.length === 1 ? terms[0]! : `(+ ${terms.join(' ')})`;
}

/** An affine form times the least positive integer that makes all its coefficients whole. */
export interface IntegerForm {
  readonly scale: bigint;
  /** scale · (Σ weights[k]·name(columns[k]) + bias); a bias of 0 is left out unless nothing else is there. */
  readonly text: string;
}

/** The integer form of a row. Solvers were measured to search faster on whole coefficients than on fractions. */
export function integerForm(row: Row, name: (column: number) => string): IntegerForm {
  const scale = commonDenominator([...row.weights, row.bias]);
  const whole = (q: Rational): Rational => ({ n: q.n * (scale / q.d), d: 1n });
  const terms = row.columns.map((column, k) => productText(whole(row.weights[k]!), name(column)));
  if (row.bias.n !== 0n) terms.push(constantText(whole(row.bias)));
  return { scale, text: sumText(terms) };
}

export const assertion = (formula: string): string => `(assert ${formula})`;

/** The conjunction of formulas; `true` for none. */
export const allOf = (formulas: readonly string[]): string => joined('and', formulas, 'true');

/** The disjunction of formulas; `false` for none. */
export const anyOf = (formulas: readonly string[]): string => joined('or', formulas, 'false');

function joined(connective: string, formulas: readonly string[], none: string): string {
  if (formulas.length === 0) return none;
  return formulas.length === 1 ? formulas[0]! : `(${connective} ${formulas.join(' ')})`;
}
