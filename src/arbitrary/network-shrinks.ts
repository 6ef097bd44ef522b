/**
 * Simpler networks: fewer layers, neurons, inputs and weights, then simpler values.
 *
 * Main definitions: `networkProposals`, `networkSize`.
 */
import { type Rational, zero } from '../exact/index.js';
import { type Activation, activations, type OutputReading } from '../format/index.js';
import { inputDimension, layerOf, type Network, outputDimension, type Row, rowCount, rowOf } from '../network/index.js';
import { runsLeftOut, swapped, upTo, without } from './lists.js';
import { values } from './network-validity.js';
import type { Size } from './shrinking.js';
import { simplerRationals, totalCost } from './simpler.js';

/** Layers, neurons, inputs, weights, denominators, numerators, activations, reading. */
export function networkSize(network: Network): Size {
  const { layers } = network;
  return [
    layers.length,
    layers.reduce((sum, layer) => sum + rowCount(layer), 0),
    inputDimension(network),
    layers.reduce((sum, layer) => sum + layer.columns.length, 0),
    ...totalCost(values(network)),
    layers.reduce((sum, layer) => sum + activations.indexOf(layer.activation), 0),
    network.output === undefined ? 0 : 1,
  ];
}

/** A layer as rows. */
interface RowLayer {
  readonly inputs: number;
  readonly activation: Activation;
  readonly rows: readonly Row[];
}

const rowLayers = (network: Network): RowLayer[] =>
  network.layers.map((layer) => ({
    inputs: layer.inputs,
    activation: layer.activation,
    rows: Array.from({ length: rowCount(layer) }, (_, r) => rowOf(layer, r)),
  }));

function networkFrom(layers: readonly RowLayer[], output: OutputReading | undefined): Network {
  const built = layers.map((layer) => layerOf(layer.inputs, layer.activation, layer.rows));
  return output === undefined ? { layers: built } : { layers: built, output };
}

/** The rows without the inputs that are not kept; kept inputs are renumbered. */
function keepInputs(layer: RowLayer, kept: readonly number[]): RowLayer {
  const place = new Map(kept.map((j, k) => [j, k]));
  const rows = layer.rows.map((row) => {
    const entries = row.columns.map((_, k) => k).filter((k) => place.has(row.columns[k]!));
    return {
      columns: entries.map((k) => place.get(row.columns[k]!)!),
      weights: entries.map((k) => row.weights[k]!),
      bias: row.bias,
    };
  });
  return { ...layer, inputs: kept.length, rows };
}

/** Proposals for a simpler network, the most drastic first. */
export function* networkProposals(network: Network): Generator<Network> {
  const { output } = network;
  const layers = rowLayers(network);
  const last = layers.length - 1;
  if (output !== undefined) yield networkFrom(layers, undefined);
  for (let l = 0; l < last; l++) {
    const below = layers[l]!.inputs;
    const kept = upTo(Math.min(below, layers[l + 1]!.inputs));
    const joined = { ...keepInputs(layers[l + 1]!, kept), inputs: below };
    yield networkFrom([...layers.slice(0, l), joined, ...layers.slice(l + 2)], output);
  }
  for (let l = 0; l <= last; l++) {
    for (const kept of runsLeftOut(layers[l]!.rows.length)) {
      const fewer = swapped(layers, l, { ...layers[l]!, rows: kept.map((r) => layers[l]!.rows[r]!) });
      if (l < last) yield networkFrom(swapped(fewer, l + 1, keepInputs(layers[l + 1]!, kept)), output);
      else yield networkFrom(fewer, readingOf(output, kept.length));
    }
  }
  for (const kept of runsLeftOut(layers[0]!.inputs)) {
    yield networkFrom(swapped(layers, 0, keepInputs(layers[0]!, kept)), output);
  }
  for (const simpler of simplerRows(layers)) yield networkFrom(simpler, output);
  for (let l = 0; l <= last; l++) {
    for (const activation of activations) {
      yield networkFrom(swapped(layers, l, { ...layers[l]!, activation }), output);
    }
  }
}

/** The same notion for fewer outputs. */
function readingOf(output: OutputReading | undefined, outputs: number): OutputReading | undefined {
  return output?.notion === 'argmax' && outputs > 1 ? { notion: 'argmax', classes: outputs } : undefined;
}

/** One row with fewer weights or simpler values. */
function* simplerRows(layers: readonly RowLayer[]): Generator<RowLayer[]> {
  for (let l = layers.length - 1; l >= 0; l--) {
    const layer = layers[l]!;
    for (let r = 0; r < layer.rows.length; r++) {
      const withRow = (row: Row): RowLayer[] => swapped(layers, l, { ...layer, rows: swapped(layer.rows, r, row) });
      const row = layer.rows[r]!;
      if (row.columns.length > 0) yield withRow({ columns: [], weights: [], bias: zero });
      for (let k = 0; k < row.columns.length; k++) {
        yield withRow({ columns: without(row.columns, k), weights: without(row.weights, k), bias: row.bias });
      }
      for (const bias of simplerRationals(row.bias)) yield withRow({ ...row, bias });
      for (let k = 0; k < row.columns.length; k++) {
        for (const weight of nonzero(simplerRationals(row.weights[k]!))) {
          yield withRow({ ...row, weights: swapped(row.weights, k, weight) });
        }
      }
    }
  }
}

function* nonzero(list: Iterable<Rational>): Generator<Rational> {
  for (const v of list) if (v.n !== 0n) yield v;
}

/** The network without input j. */
export function withoutInput(network: Network, j: number): Network {
  const layers = rowLayers(network);
  const kept = without(upTo(layers[0]!.inputs), j);
  return networkFrom(swapped(layers, 0, keepInputs(layers[0]!, kept)), network.output);
}

/** Proposals that keep the numbers of inputs and outputs. */
export function* networkProposalsInPlace(network: Network): Generator<Network> {
  const [inputs, outputs] = [inputDimension(network), outputDimension(network)];
  for (const simpler of networkProposals(network)) {
    if (inputDimension(simpler) === inputs && outputDimension(simpler) === outputs) yield simpler;
  }
}
