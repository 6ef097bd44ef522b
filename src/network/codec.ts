/**
 * Between the memory form of networks and their files.
 *
 * Main definitions: `networkFromFile`, `networkToFile`, `canonicalText` (the text whose SHA-256 names a network),
 * `networkHash`. Canonical text has the documented key order, no blanks and reduced rationals; provenance is left
 * out, so the hash names the function and not its history.
 */
import { createHash } from 'node:crypto';
import { formatRatio, formatRational, type Numerators, parseRational, type Rational } from '../exact/index.js';
import type { NetworkFile, NetworkFileRow, OutputReading } from '../format/index.js';
import { layerOf } from './layer-builder.js';
import { type Layer, type Network, type Row, rowCount } from './network.js';

/** Reads rational text, remembering the values of texts already seen: large networks repeat few weights. */
export function rationalReader(): (text: string) => Rational {
  const known = new Map<string, Rational>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined) {
      value = parseRational(text);
      if (known.size < 100_000) known.set(text, value);
    }
    return value;
  };
}

/** The row of a file as a row in memory. */
export function rowFromFile(row: NetworkFileRow, read: (text: string) => Rational): Row {
  return { columns: row.columns, weights: row.weights.map(read), bias: read(row.bias) };
}

/** The network of a file whose shape has been checked. */
export function networkFromFile(file: NetworkFile): Network {
  const read = rationalReader();
  const layers = file.layers.map((layer) =>
    layerOf(
      layer.inputs,
      layer.activation,
      layer.rows.map((row) => rowFromFile(row, read)),
    ),
  );
  return {
    layers,
    ...(file.output === undefined ? {} : { output: file.output }),
    ...(file.provenance === undefined ? {} : { provenance: file.provenance }),
  };
}

/** The file of a network, whole in memory; large networks are written as lines instead (network-store.ts). */
export function networkToFile(network: Network): NetworkFile {
  return {
    format: 'muball-network',
    version: 1,
    ...(network.output === undefined ? {} : { output: canonicalOutput(network.output) }),
    ...(network.provenance === undefined ? {} : { provenance: network.provenance }),
    layers: network.layers.map((layer) => {
      const write = rowWriter(layer);
      return {
        activation: layer.activation,
        inputs: layer.inputs,
        rows: Array.from({ length: rowCount(layer) }, (_, r) => write(r)),
      };
    }),
  };
}

/** The rows of a layer in file form, one by one. */
export function rowWriter(layer: Layer): (r: number) => NetworkFileRow {
  const weight = textOf(layer.weights, layer.weightDenominator);
  const bias = textOf(layer.biases, layer.biasDenominator);
  return (r) => {
    const from = layer.rowStart[r]!;
    const to = layer.rowStart[r + 1]!;
    const weights: string[] = [];
    for (let k = from; k < to; k++) weights.push(weight(k));
    return { bias: bias(r), columns: Array.from(layer.columns.subarray(from, to)), weights };
  };
}

function textOf(values: Numerators, denominator: bigint): (k: number) => string {
  const known = new Map<number | bigint, string>();
  return (k) => {
    const value = values[k]!;
    let text = known.get(value);
    if (text === undefined) {
      text = formatRatio(value, denominator);
      if (known.size < 100_000) known.set(value, text);
    }
    return text;
  };
}

/** Output readings with reduced rationals. */
function canonicalOutput(output: OutputReading): OutputReading {
  switch (output.notion) {
    case 'exact':
    case 'round':
      return { notion: output.notion, labels: output.labels.map((v) => formatRational(parseRational(v))) };
    case 'sign':
      return { notion: 'sign', negative: output.negative, positive: output.positive };
    case 'argmax':
      return { notion: 'argmax', classes: output.classes };
  }
}

/** The network's canonical text, in pieces. */
export function* canonicalText(network: Network): Generator<string> {
  const output = network.output === undefined ? '' : `"output":${JSON.stringify(canonicalOutput(network.output))},`;
  yield `{"format":"muball-network","version":1,${output}"layers":[`;
  for (let l = 0; l < network.layers.length; l++) {
    const layer = network.layers[l]!;
    yield `${l === 0 ? '' : ','}{"activation":"${layer.activation}","inputs":${layer.inputs},"rows":[`;
    const write = rowWriter(layer);
    for (let r = 0; r < rowCount(layer); r++) yield (r === 0 ? '' : ',') + JSON.stringify(write(r));
    yield ']}';
  }
  yield ']}';
}

const hashes = new WeakMap<Network, string>();

/** SHA-256 of the network's canonical text, in lower-case hexadecimal; computed once. */
export function networkHash(network: Network): string {
  const known = hashes.get(network);
  if (known !== undefined) return known;
  const hash = createHash('sha256');
  for (const piece of canonicalText(network)) hash.update(piece);
  const digest = hash.digest('hex');
  hashes.set(network, digest);
  return digest;
}
