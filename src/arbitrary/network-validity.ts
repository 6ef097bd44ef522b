/**
 * Whether a value is a network within constraints.
 *
 * Main definitions: `isNetwork`, `NetworkRules`, `satisfiesNetworkRules`.
 */
import { compare, type Rational, rational } from '../exact/index.js';
import { type Activation, networkFileAt } from '../format/index.js';
import { inputDimension, type Network, networkToFile, outputDimension, rowCount, rowOf } from '../network/index.js';
import { type Range, within } from './range.js';

/** Constraints on networks with every default filled in. */
export interface NetworkRules {
  readonly inputs: Range;
  readonly layers: Range;
  readonly widths: Range;
  readonly outputs: Range;
  readonly activations: readonly Activation[];
  readonly outputActivations: readonly Activation[];
  readonly largest: number;
  readonly denominator: number;
  readonly extremes: boolean;
  readonly readings: boolean;
}

/** Whether a value of any kind is a network in memory: one that can be written to a file that can be read. */
export function isNetwork(value: unknown): value is Network {
  if (typeof value !== 'object' || value === null || !Array.isArray((value as Network).layers)) return false;
  try {
    networkFileAt(JSON.parse(JSON.stringify(networkToFile(value as Network))));
    return true;
  } catch {
    return false;
  }
}

/** Whether the network satisfies the constraints. */
export function satisfiesNetworkRules(network: Network, rules: NetworkRules): boolean {
  const { layers } = network;
  const hidden = layers.slice(0, -1);
  return (
    within(inputDimension(network), rules.inputs) &&
    within(outputDimension(network), rules.outputs) &&
    within(hidden.length, rules.layers) &&
    hidden.every((layer) => within(rowCount(layer), rules.widths) && rules.activations.includes(layer.activation)) &&
    rules.outputActivations.includes(layers.at(-1)!.activation) &&
    (rules.readings || network.output === undefined) &&
    (rules.extremes || values(network).every((v) => isSmall(v, rules)))
  );
}

const isSmall = (v: Rational, rules: NetworkRules): boolean =>
  v.d <= BigInt(rules.denominator) && compare(rational(v.n < 0n ? -v.n : v.n, v.d), rational(rules.largest)) <= 0;

/** All weights and biases. */
export function values(network: Network): Rational[] {
  return network.layers.flatMap((layer) =>
    Array.from({ length: rowCount(layer) }, (_, r) => rowOf(layer, r)).flatMap((row) => [...row.weights, row.bias]),
  );
}
