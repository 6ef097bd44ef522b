/**
 * The memory form of networks: sequential sparse layers in compressed rows.
 *
 * A layer maps x to act(W·x + b). Its weights are integers over one positive denominator, its biases over another, so
 * that arithmetic needs no gcd. All arrays are plain typed arrays or BigInt arrays and can be shared with workers.
 */

import { type Numerators, type Rational, rational } from '../exact/index.js';
import type { Activation, OutputReading, Provenance } from '../format/index.js';

export interface Layer {
  readonly activation: Activation;
  readonly inputs: number;
  /** Row r holds entries rowStart[r] to rowStart[r + 1] − 1; its length is the number of rows plus one. */
  readonly rowStart: Uint32Array;
  /** Strictly increasing within a row. */
  readonly columns: Uint32Array;
  /** No zeros. */
  readonly weights: Numerators;
  readonly weightDenominator: bigint;
  /** One per row. */
  readonly biases: Numerators;
  readonly biasDenominator: bigint;
}

export interface Network {
  readonly layers: readonly Layer[];
  /** How outputs are read; without it, one output is read as exact and several as argmax. */
  readonly output?: OutputReading;
  readonly provenance?: Provenance;
}

/** Number of rows (neurons) of a layer. */
export const rowCount = (layer: Layer): number => layer.rowStart.length - 1;

/** Number of inputs d. */
export const inputDimension = (network: Network): number => network.layers[0]!.inputs;

/** Number of outputs. */
export const outputDimension = (network: Network): number => rowCount(network.layers.at(-1)!);

/** One neuron with its values as rationals. */
export interface Row {
  readonly columns: readonly number[];
  readonly weights: readonly Rational[];
  readonly bias: Rational;
}

/** Row r of a layer, as rationals. */
export function rowOf(layer: Layer, r: number): Row {
  const from = layer.rowStart[r]!;
  const to = layer.rowStart[r + 1]!;
  const columns: number[] = [];
  const weights: Rational[] = [];
  for (let k = from; k < to; k++) {
    columns.push(layer.columns[k]!);
    weights.push(rational(layer.weights[k]!, layer.weightDenominator));
  }
  return { columns, weights, bias: rational(layer.biases[r]!, layer.biasDenominator) };
}
