import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { network } from '../../src/arbitrary/index.js';
import { type Rational, rational, toNumber } from '../../src/exact/index.js';
import { InputError, networkFileAt } from '../../src/format/index.js';
import {
  complexity,
  evaluate,
  inputDimension,
  layerOf,
  type Network,
  networkToFile,
  outputDimension,
  rowCount,
  rowOf,
} from '../../src/network/index.js';
import { arbitraryLaws } from '../laws/arbitrary.js';

const rows = (net: Network) =>
  net.layers.flatMap((layer) => Array.from({ length: rowCount(layer) }, (_, r) => rowOf(layer, r)));
const values = (net: Network): Rational[] => rows(net).flatMap((row) => [...row.weights, row.bias]);
const weights = (net: Network): number => net.layers.reduce((sum, layer) => sum + layer.columns.length, 0);
const places = (net: Network): number => net.layers.reduce((sum, layer) => sum + layer.inputs * rowCount(layer), 0);

/** Joined dimensions, and a file that can be read: what any function of networks may rely on. */
function sound(net: Network): boolean {
  networkFileAt(JSON.parse(JSON.stringify(networkToFile(net))));
  return net.layers.every((layer, l) => l === 0 || layer.inputs === rowCount(net.layers[l - 1]!));
}

function cost(net: Network): (number | bigint)[] {
  const all = values(net);
  const order = ['relu', 'step', 'identity'];
  return [
    net.layers.length,
    rows(net).length,
    inputDimension(net),
    weights(net),
    all.reduce((sum, v) => sum + v.d, 0n),
    all.reduce((sum, v) => sum + (v.n < 0n ? 1n - 2n * v.n : 2n * v.n), 0n),
    net.layers.reduce((sum, layer) => sum + order.indexOf(layer.activation), 0),
    net.output === undefined ? 0 : 1,
  ];
}

const small = (net: Network, largest: number, denominator: number): boolean =>
  values(net).every((v) => Math.abs(toNumber(v)) <= largest && v.d <= BigInt(denominator));

arbitraryLaws('network', {
  make: () => network(),
  valid: (net) =>
    sound(net) &&
    inputDimension(net) <= 3 &&
    outputDimension(net) <= 3 &&
    net.layers.length <= 4 &&
    complexity(net).width <= 5 &&
    net.layers.slice(0, -1).every((layer) => layer.activation !== 'identity') &&
    net.layers.at(-1)!.activation === 'identity' &&
    small(net, 5, 4),
  size: cost,
  refused: [{ layers: [] }, { layers: [layerOf(4, 'identity', [{ columns: [], weights: [], bias: rational(0) }])] }],
  classes: {
    'no hidden layer': (net) => net.layers.length === 1,
    'three hidden layers': (net) => net.layers.length === 4,
    'relu and step in one network': (net) =>
      ['relu', 'step'].every((name) => net.layers.some((layer) => layer.activation === name)),
    dense: (net) => places(net) > 10 && weights(net) > 0.85 * places(net),
    sparse: (net) => places(net) > 10 && weights(net) < 0.6 * places(net),
    'a row without weights': (net) => rows(net).some((row) => row.columns.length === 0),
    fractions: (net) => values(net).some((v) => v.d > 1n),
    exact: (net) => net.output?.notion === 'exact',
    round: (net) => net.output?.notion === 'round',
    sign: (net) => net.output?.notion === 'sign',
    argmax: (net) => net.output?.notion === 'argmax',
    'no reading': (net) => net.output === undefined,
    'not constant': (net) => {
      const d = inputDimension(net);
      const at = (v: number): Rational[] => evaluate(net, new Array<Rational>(d).fill(rational(v)));
      return JSON.stringify(at(0).map(toNumber)) !== JSON.stringify(at(1).map(toNumber));
    },
  },
});

arbitraryLaws('network, all constraints', {
  make: () =>
    network({
      inputs: { min: 2, max: 2 },
      layers: { min: 1, max: 2 },
      widths: { min: 2, max: 3 },
      outputs: { max: 1 },
      activations: ['step'],
      outputActivations: ['relu', 'identity'],
      largest: 2,
      denominator: 1,
      readings: false,
    }),
  valid: (net) =>
    sound(net) &&
    inputDimension(net) === 2 &&
    outputDimension(net) === 1 &&
    [2, 3].includes(net.layers.length) &&
    net.layers.slice(0, -1).every((layer) => layer.activation === 'step' && [2, 3].includes(rowCount(layer))) &&
    net.layers.at(-1)!.activation !== 'step' &&
    small(net, 2, 1) &&
    net.output === undefined,
  size: cost,
});

arbitraryLaws('network, extremes', {
  make: () => network({ extremes: true }),
  valid: sound,
  size: cost,
  classes: {
    'beyond doubles': (net) => net.layers.some((layer) => !(layer.weights instanceof Float64Array)),
    'tiny weights': (net) => values(net).some((v) => v.n !== 0n && Math.abs(toNumber(v)) < 1e-9),
  },
});

describe('network', () => {
  test('shrinks to one layer with one weight', () => {
    const found = fc.check(
      fc.property(network(), (net) => weights(net) === 0),
      { seed: 1, numRuns: 500 },
    );
    const [least] = found.counterexample!;
    expect(networkToFile(least!).layers).toEqual([
      { activation: 'identity', inputs: 1, rows: [{ bias: '0', columns: [0], weights: ['1'] }] },
    ]);
  });

  test.each([
    ['network.activations: expected at least one, got none', { activations: [] }],
    ['network.outputActivations: expected at least one, got none', { outputActivations: [] }],
    ['network.largest: expected a whole number from 1 to 2^30, got 0', { largest: 0 }],
    ['network.denominator: expected a whole number from 1 to 2^30, got 0.5', { denominator: 0.5 }],
    ['network.widths.min: expected at most network.widths.max = 2, got 3', { widths: { min: 3, max: 2 } }],
    ['network.layers.min: expected a whole number ≥ 0, got -1', { layers: { min: -1 } }],
  ])('%s', (message, constraints) => {
    expect(() => network(constraints)).toThrow(new InputError(message));
  });
});
