/**
 * Random small networks with exact weights, for testing evaluators and verifiers.
 *
 * Main definitions: `network`, `NetworkConstraints`.
 */
import type { Arbitrary, Random } from 'fast-check';
import { add, formatRational, one, powerOfTwo, type Rational, rational } from '../exact/index.js';
import { type Activation, InputError, type OutputReading } from '../format/index.js';
import { layerOf, type Network, type Row } from '../network/index.js';
import { inRange, oneIn, pick, whole } from './draw.js';
import { networkProposals, networkSize } from './network-shrinks.js';
import { isNetwork, type NetworkRules, satisfiesNetworkRules } from './network-validity.js';
import { type Range, rangeOf } from './range.js';
import { shrinking } from './shrinking.js';

export interface NetworkConstraints {
  /** Number of inputs d. @defaultValue 1 to 3 */
  readonly inputs?: Partial<Range>;
  /** Number of hidden layers. @defaultValue 0 to 3 */
  readonly layers?: Partial<Range>;
  /** Neurons of a hidden layer. @defaultValue 1 to 5 */
  readonly widths?: Partial<Range>;
  /** Number of outputs. @defaultValue 1 to 3 */
  readonly outputs?: Partial<Range>;
  /** Activations of hidden layers. @defaultValue relu and step */
  readonly activations?: readonly Activation[];
  /** Activations of the last layer. @defaultValue identity */
  readonly outputActivations?: readonly Activation[];
  /** Largest size of a weight or bias, a whole number ≥ 1. @defaultValue 5 */
  readonly largest?: number;
  /** Largest denominator of a weight or bias. @defaultValue 4 */
  readonly denominator?: number;
  /**
   * Whether one network in eight has weights of very different sizes, 2⁻⁶⁰ to 2⁶⁰ times as large; `largest` and
   * `denominator` then bound nothing. Floating-point arithmetic goes wrong on these. @defaultValue false
   */
  readonly extremes?: boolean;
  /** Whether some networks say how their outputs are read. @defaultValue true */
  readonly readings?: boolean;
}

/** Networks within the constraints, sparse and dense. @throws InputError for an empty range or no activation. */
export function network(constraints: NetworkConstraints = {}): Arbitrary<Network> {
  const rules = networkRules(constraints);
  return shrinking<Network>({
    draw: (random, bias) => networkDraw(random, bias, rules),
    accepts: (value) => isNetwork(value) && satisfiesNetworkRules(value, rules),
    proposals: networkProposals,
    size: networkSize,
  });
}

/** The constraints with their defaults. @throws InputError as `network`. */
export function networkRules(constraints: NetworkConstraints = {}): NetworkRules {
  const {
    activations = ['relu', 'step'],
    outputActivations = ['identity'],
    largest = 5,
    denominator = 4,
  } = constraints;
  if (activations.length === 0) throw new InputError('network.activations: expected at least one, got none');
  if (outputActivations.length === 0)
    throw new InputError('network.outputActivations: expected at least one, got none');
  for (const [name, value] of Object.entries({ largest, denominator })) {
    if (!Number.isSafeInteger(value) || value < 1 || value > 2 ** 30) {
      throw new InputError(`network.${name}: expected a whole number from 1 to 2^30, got ${value}`);
    }
  }
  return {
    inputs: rangeOf(constraints.inputs, { min: 1, max: 3 }, 'network.inputs'),
    layers: rangeOf(constraints.layers, { min: 0, max: 3 }, 'network.layers'),
    widths: rangeOf(constraints.widths, { min: 1, max: 5 }, 'network.widths'),
    outputs: rangeOf(constraints.outputs, { min: 1, max: 3 }, 'network.outputs'),
    activations,
    outputActivations,
    largest,
    denominator,
    extremes: constraints.extremes ?? false,
    readings: constraints.readings ?? true,
  };
}

/** A network that satisfies the rules. */
export function networkDraw(random: Random, bias: number | undefined, rules: NetworkRules): Network {
  const hidden = inRange(random, rules.layers, bias);
  const sizes = [inRange(random, rules.inputs, bias)];
  for (let l = 0; l < hidden; l++) sizes.push(inRange(random, rules.widths, bias));
  sizes.push(inRange(random, rules.outputs, bias));
  const missing = pick(random, [0, 0, 3, 2]);
  const extremes = rules.extremes && oneIn(random, 8);
  const value = (): Rational => {
    const d = oneIn(random, 2) ? 1 : whole(random, 1, rules.denominator);
    const v = rational(whole(random, -rules.largest * d, rules.largest * d), d);
    return extremes && oneIn(random, 3) ? product(v, powerOfTwo(whole(random, -60, 60))) : v;
  };
  const layers = sizes.slice(1).map((rows, l) => {
    const inputs = sizes[l]!;
    const activation = pick(random, l === hidden ? rules.outputActivations : rules.activations);
    return layerOf(
      inputs,
      activation,
      Array.from({ length: rows }, () => drawRow(random, inputs, missing, value)),
    );
  });
  const output = rules.readings ? drawReading(random, sizes.at(-1)!) : undefined;
  return output === undefined ? { layers } : { layers, output };
}

const product = (a: Rational, b: Rational): Rational => rational(a.n * b.n, a.d * b.d);

/** A row; one weight in `missing` is left out, none when that is 0. */
function drawRow(random: Random, inputs: number, missing: number, value: () => Rational): Row {
  const columns: number[] = [];
  const weights: Rational[] = [];
  for (let j = 0; j < inputs; j++) {
    const weight = missing > 0 && oneIn(random, missing) ? undefined : value();
    if (weight === undefined || weight.n === 0n) continue;
    columns.push(j);
    weights.push(weight);
  }
  return { columns, weights, bias: oneIn(random, 3) ? rational(0) : value() };
}

/** A reading that fits the number of outputs, or none. */
function drawReading(random: Random, outputs: number): OutputReading | undefined {
  if (oneIn(random, 2)) return undefined;
  if (outputs > 1) return { notion: 'argmax', classes: outputs };
  if (oneIn(random, 3)) return { notion: 'sign', negative: 0, positive: 1 };
  let label = rational(whole(random, -2, 2), whole(random, 1, 2));
  const labels = Array.from({ length: whole(random, 1, 4) }, () => {
    label = add(label, one);
    return formatRational(label);
  });
  return { notion: oneIn(random, 2) ? 'exact' : 'round', labels };
}
