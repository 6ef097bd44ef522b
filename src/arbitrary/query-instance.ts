/** What generated queries are: the same plain data as the queries that verifiers take. */
import type { Rational, Vector } from '../exact/index.js';
import type { Region } from '../geometry/index.js';
import type { Network } from '../network/index.js';

/** Σ weights[k]·y[columns[k]] + bias ≥ 0, or > 0 when strict. */
export interface OutputConstraint {
  readonly columns: readonly number[];
  readonly weights: Vector;
  readonly bias: Rational;
  readonly strict: boolean;
}

/** Does a point of the region have an output in the unsafe set, a disjunction of conjunctions? */
export interface QueryInstance {
  readonly network: Network;
  readonly region: Region;
  readonly unsafe: readonly (readonly OutputConstraint[])[];
}
