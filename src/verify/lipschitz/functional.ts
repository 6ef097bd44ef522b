/**
 * What of a network's outputs a Lipschitz constant is about.
 *
 * Main definitions: `OutputFunctional`, `constraintFunctional` (of an unsafe constraint), `wholeOutput` (a single output).
 */
import { one, type Vector } from '../../exact/index.js';
import { type Network, outputDimension } from '../../network/index.js';
import type { Constraint } from '../query.js';

/** Σ weights[k]·y[columns[k]]; a constant would not matter. */
export interface OutputFunctional {
  /** Strictly increasing. */
  readonly columns: readonly number[];
  readonly weights: Vector;
}

/** The linear part of a constraint. */
export const constraintFunctional = ({ columns, weights }: Constraint): OutputFunctional => ({ columns, weights });

/** The output of a network that has one, undefined for several. */
export const wholeOutput = (network: Network): OutputFunctional | undefined =>
  outputDimension(network) === 1 ? { columns: [0], weights: [one] } : undefined;
