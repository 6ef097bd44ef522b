/**
 * Sums over paths: a bound of a Lipschitz constant from the sizes of all weights at once.
 *
 * Main definition: `pathBound`.
 *
 * Main statement. Every gradient is Σ over paths of the product of their weights, where a path counts or not; so
 * |DF| ≤ |W_L|·…·|W_1| entry by entry, and norms that are monotone in the sizes of entries follow.
 */
import { absInt } from '../../exact/index.js';
import type { Norm } from '../../format/index.js';
import { bigWeights, type Layer, type Network, rowCount } from '../../network/index.js';
import { functionalLayers } from './functional-layers.js';
import type { LipschitzBound, LipschitzQuestion } from './lipschitz-bound.js';
import { operatorMagnitude } from './operator-magnitude.js';

/** The norm of |W_L|·…·|W_1|; a region does not lower it. */
export function pathBound(network: Network, norm: Norm, { functional }: LipschitzQuestion = {}): LipschitzBound {
  const layers = functionalLayers(network, functional);
  if (layers.some(({ activation }) => activation === 'step')) {
    return { method: 'path', norm, magnitude: undefined, exact: false };
  }
  const last = layers.at(-1)!;
  const entries = Array.from({ length: rowCount(last) }, (_, r) => {
    let sums: bigint[] = new Array(rowCount(last)).fill(0n);
    sums[r] = 1n;
    for (const layer of layers.toReversed()) sums = backwards(layer, sums);
    return sums;
  });
  const denominator = layers.reduce((product, layer) => product * layer.weightDenominator, 1n);
  return { method: 'path', norm, magnitude: operatorMagnitude(norm, { entries, denominator }), exact: false };
}

/** |W|ᵀ·sums. */
function backwards(layer: Layer, sums: readonly bigint[]): bigint[] {
  const weights = bigWeights(layer);
  const below: bigint[] = new Array(layer.inputs).fill(0n);
  sums.forEach((sum, r) => {
    if (sum === 0n) return;
    for (let k = layer.rowStart[r]!; k < layer.rowStart[r + 1]!; k++)
      below[layer.columns[k]!]! += sum * absInt(weights[k]!);
  });
  return below;
}
