/**
 * The first layer of a network as a linear map: what it cannot see, nothing after it sees.
 *
 * Main definition: `firstLayer`. W x = W x′ makes all later layers equal, whatever they are, and biases with them.
 */
import { bigNumerators } from '../exact/index.js';
import type { LinearMap } from '../geometry/index.js';
import { type Network, rowCount } from '../network/index.js';

/** The weights of the first layer, times their common denominator. */
export function firstLayer(network: Network): LinearMap {
  const layer = network.layers[0]!;
  const weights = bigNumerators(layer.weights);
  const rows = Array.from({ length: rowCount(layer) }, (_, r) => {
    const row: bigint[] = new Array(layer.inputs).fill(0n);
    for (let e = layer.rowStart[r]!; e < layer.rowStart[r + 1]!; e++) row[layer.columns[e]!] = weights[e]!;
    return row;
  });
  return { rows, columns: layer.inputs };
}
