/**
 * A network that ends with what a Lipschitz constant is asked of.
 *
 * Main definition: `functionalLayers`.
 */
import { one, zero } from '../../exact/index.js';
import { InputError } from '../../format/index.js';
import { composedRow, type Layer, layerOf, type Network, outputDimension, type Row } from '../../network/index.js';
import type { OutputFunctional } from './functional.js';

/**
 * The network's layers with the functional as one affine last layer, or with all outputs as that layer; so the layers
 * before the last are those with an activation, and the last is affine.
 * @throws InputError for an output that the network has not.
 */
export function functionalLayers(network: Network, functional?: OutputFunctional): readonly Layer[] {
  const last = network.layers.at(-1)!;
  const outputs = outputDimension(network);
  const isAffine = last.activation === 'identity';
  for (const column of functional?.columns ?? []) {
    if (column < outputs && Number.isSafeInteger(column) && column >= 0) continue;
    throw new InputError(`outputs: expected outputs below ${outputs}, got ${column}`);
  }
  if (functional === undefined && isAffine) return network.layers;
  const rows: readonly Row[] =
    functional === undefined
      ? Array.from({ length: outputs }, (_, k) => ({ columns: [k], weights: [one], bias: zero }))
      : [{ ...functional, bias: zero }];
  if (!isAffine) return [...network.layers, layerOf(outputs, 'identity', rows)];
  return [
    ...network.layers.slice(0, -1),
    layerOf(
      last.inputs,
      'identity',
      rows.map((row) => composedRow(row, last)),
    ),
  ];
}
