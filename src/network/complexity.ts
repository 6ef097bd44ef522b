/**
 * The sizes that memorization theorems count.
 *
 * Width is the largest hidden layer, depth the number of affine layers. Parameters follow two conventions, and both
 * are reported: Σ (d_{l−1} + 1)·d_l counts zeros too [KMY, eq. 3]; `nonzero` counts nonzero weights and biases [YGZ].
 * Bits of p/q in lowest terms are those of |p| plus those of q, less one; the network's are the largest of any weight.
 */
import { bits, rational } from '../exact/index.js';
import { inputDimension, type Network, rowCount } from './network.js';

export interface Complexity {
  /** Largest number of neurons in a hidden layer; 0 without hidden layers. */
  readonly width: number;
  /** Number of affine layers. */
  readonly depth: number;
  /** Weights and biases, zeros counted. */
  readonly parameters: bigint;
  /** Nonzero weights and biases. */
  readonly nonzero: number;
  /** Largest bit complexity of a weight or bias. */
  readonly bits: number;
}

/** The complexity of a network. */
export function complexity(network: Network): Complexity {
  const sizes = network.layers.map(rowCount);
  const width = sizes.slice(0, -1).reduce((a, b) => Math.max(a, b), 0);
  let parameters = 0n;
  let before = inputDimension(network);
  for (const rows of sizes) {
    parameters += BigInt(before + 1) * BigInt(rows);
    before = rows;
  }
  let nonzero = 0;
  let most = 0;
  for (const layer of network.layers) {
    nonzero += layer.columns.length;
    for (const b of layer.biases) if (Number(b) !== 0) nonzero++;
    most = Math.max(
      most,
      mostBits(layer.weights, layer.weightDenominator),
      mostBits(layer.biases, layer.biasDenominator),
    );
  }
  return { width, depth: sizes.length, parameters, nonzero, bits: most };
}

function mostBits(values: Iterable<number | bigint>, denominator: bigint): number {
  const distinct = new Set<number | bigint>(values);
  let most = 0;
  for (const v of distinct) most = Math.max(most, bits(rational(v, denominator)));
  return most;
}
