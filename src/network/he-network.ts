/**
 * Random relu networks at He initialisation, with rational weights.
 *
 * Main definition: `heNetwork`.
 *
 * Notation. d inputs, L hidden layers of N neurons: weights of hidden layers are N(0, 2/N), those of the output N(0, 1), biases of
 * hidden neurons N(0, 1), all independent and rounded to multiples of 2^−digits; the output has no bias.
 * References. [F, Part II], where biases are symmetric with bounded densities; the rounding is ours.
 */
import { type RandomSource, randomSource, roundedNormals } from '../exact/index.js';
import type { Activation } from '../format/index.js';
import type { Layer, Network } from './network.js';

export interface HeNetworkOptions {
  /** Number of inputs d ≥ 1. */
  readonly inputs: number;
  /** Neurons of each hidden layer, N ≥ 1. */
  readonly width: number;
  /** Hidden layers L ≥ 0. @defaultValue 1 */
  readonly layers?: number;
  /** @defaultValue 1 */
  readonly outputs?: number;
  /** @defaultValue 1 */
  readonly seed?: number;
  /** Binary digits of weights and biases, 0 to 40. @defaultValue 6 */
  readonly digits?: number;
}

/** The network of a seed. @throws RangeError for sizes that are not whole, or out of range. */
export function heNetwork(options: HeNetworkOptions): Network {
  const { inputs, width, layers = 1, outputs = 1, seed = 1, digits = 6 } = options;
  for (const [name, value, least] of [
    ['inputs', inputs, 1],
    ['width', width, 1],
    ['layers', layers, 0],
    ['outputs', outputs, 1],
    ['digits', digits, 0],
  ] as const) {
    if (!Number.isSafeInteger(value) || value < least || (name === 'digits' && value > 40))
      throw new RangeError(`heNetwork.${name}: expected a whole number ≥ ${least}, got ${value}`);
  }
  const random = randomSource(seed);
  const unit = 2 ** digits;
  const hidden = Array.from({ length: layers }, (_, l) =>
    normalLayer(random, 'relu', l === 0 ? inputs : width, width, Math.sqrt(2 / width), 1, unit),
  );
  return { layers: [...hidden, normalLayer(random, 'identity', layers === 0 ? inputs : width, outputs, 1, 0, unit)] };
}

/** Rows with normal weights and biases of the given deviations, in multiples of 1/unit; zeros are not stored. */
function normalLayer(
  random: RandomSource,
  activation: Activation,
  inputs: number,
  rows: number,
  deviation: number,
  biasDeviation: number,
  unit: number,
): Layer {
  const dense = roundedNormals(random, inputs * rows, deviation * unit);
  const biases = biasDeviation === 0 ? new Float64Array(rows) : roundedNormals(random, rows, biasDeviation * unit);
  const kept: number[] = [];
  const rowStart = new Uint32Array(rows + 1);
  for (let k = 0; k < dense.length; k++) {
    if (dense[k] !== 0) kept.push(k);
    if ((k + 1) % inputs === 0) rowStart[(k + 1) / inputs] = kept.length;
  }
  const denominator = BigInt(unit);
  return {
    activation,
    inputs,
    rowStart,
    columns: Uint32Array.from(kept, (k) => k % inputs),
    weights: Float64Array.from(kept, (k) => dense[k]!),
    weightDenominator: denominator,
    biases,
    biasDenominator: denominator,
  };
}
