/** Small networks of the plane for tests, random but the same on every run. */
import { type RandomSource, type Rational, randomSource, rational, zero } from '../../../src/exact/index.js';
import type { Activation, OutputReading } from '../../../src/format/index.js';
import { type Layer, layerOf, type Network } from '../../../src/network/index.js';

export interface RandomNetworkOptions {
  readonly activations: readonly Activation[];
  readonly output: OutputReading;
  /** Neurons of each hidden layer. */
  readonly widths: readonly number[];
}

/** A network with two inputs: hidden layers of the given widths, their activations drawn, an identity layer on top. */
export function randomNetwork(seed: number, { activations, output, widths }: RandomNetworkOptions): Network {
  const random = randomSource(seed);
  const outputs = output.notion === 'argmax' ? output.classes : 1;
  const layers: Layer[] = [];
  let inputs = 2;
  for (const width of widths) {
    layers.push(randomLayer(random, inputs, width, activations[random.below(activations.length)]!));
    inputs = width;
  }
  layers.push(randomLayer(random, inputs, outputs, 'identity'));
  return { layers, output };
}

function randomLayer(random: RandomSource, inputs: number, rows: number, activation: Activation): Layer {
  return layerOf(
    inputs,
    activation,
    Array.from({ length: rows }, () => {
      const columns = Array.from({ length: inputs }, (_, c) => c).filter(() => random.below(4) > 0);
      // Small halves and thirds: equal lines, lines through corners and lines through one point occur often.
      const weights = columns.map(() => nonzero(random));
      return { columns, weights, bias: random.below(5) === 0 ? zero : value(random) };
    }),
  );
}

const value = (random: RandomSource): Rational => rational(random.between(-6, 6), random.between(1, 3));
const nonzero = (random: RandomSource): Rational =>
  rational((random.coin() ? 1 : -1) * random.between(1, 6), random.between(1, 3));
