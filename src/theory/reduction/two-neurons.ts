/**
 * Networks of depth 2 and width 2 as what they are: two classes, one of them in a polyhedron of at most three faces.
 *
 * Main definitions: `TwoNeurons`, `twoNeurons` (of a network), `convexSide`.
 *
 * Notation. The labels are those of the sign of g(x) = c + s_0 relu(l_0(x)) + s_1 relu(l_1(x)), s_k = ±1: the sizes of the output weights
 * are in l_k.
 *
 * Main statement (shape). Where s_0 = s_1 = −1, g > 0 exactly where l_0 < c, l_1 < c, l_0 + l_1 < c and 0 < c, because
 * relu(l_0) + relu(l_1) = max(0, l_0, l_1, l_0 + l_1). Where s_0 = 1, s_1 = −1 and c < 0, g > 0 exactly where l_0 > −c and
 * l_0 − l_1 > −c. Other signs are these for −g, or with the neurons exchanged; c = 0 with different signs is left.
 *
 * References. After A. Blum, R. Rivest, Training a 3-node neural network is NP-complete, Neural Networks 5 (1992).
 */
import {
  add,
  dot,
  mul,
  neg,
  one,
  parseRational,
  type Rational,
  rational,
  type Vector,
  zero,
} from '../../exact/index.js';
import { InputError, type OutputReading } from '../../format/index.js';
import { inputDimension, type Network, type Row, rowCount, rowOf } from '../../network/index.js';

/** x ↦ weights·x + bias. */
export interface AffineMap {
  readonly weights: Vector;
  readonly bias: Rational;
}

export interface TwoNeurons {
  /** c. */
  readonly constant: Rational;
  /** s_k and l_k; l_k = 0 where there is no neuron. */
  readonly neurons: readonly [SignedNeuron, SignedNeuron];
}

export interface SignedNeuron extends AffineMap {
  readonly sign: 1 | -1;
}

/** weights·x + bias. */
export const affineAt = ({ weights, bias }: AffineMap, x: Vector): Rational => add(dot(weights, x), bias);

/** g(x). */
export function twoNeuronsAt({ constant, neurons }: TwoNeurons, x: Vector): Rational {
  return neurons.reduce((sum, neuron) => {
    const l = affineAt(neuron, x);
    return l.n <= 0n ? sum : add(sum, neuron.sign > 0 ? l : neg(l));
  }, constant);
}

/**
 * g with g > 0 wherever the outputs mean class 1 and g < 0 wherever they mean class 0, for exact and rounded values by the side of
 * their middle.
 * @throws InputError unless the network is a relu layer of at most two neurons and an affine one, with a reading of these classes.
 */
export function twoNeurons(network: Network, reading: OutputReading, where = 'network'): TwoNeurons {
  const [hidden, output] = network.layers;
  const refuse = (expected: string, got: string): never => {
    throw new InputError(`${where}: expected ${expected}, got ${got}`);
  };
  if (network.layers.length !== 2 || hidden === undefined || output === undefined) {
    return refuse('depth 2', `depth ${network.layers.length}`);
  }
  const width = rowCount(hidden);
  if (width > 2) refuse('width 2', `width ${width}`);
  if (hidden.activation !== 'relu' || output.activation !== 'identity') {
    refuse('a relu layer and an affine one', `${hidden.activation} and ${output.activation}`);
  }
  const rows = Array.from({ length: rowCount(output) }, (_, r) => rowOf(output, r));
  const { weights, bias } = decision(rows, width, reading) ?? refuse('outputs that mean class 0 or 1', reading.notion);
  const d = inputDimension(network);
  const neuron = (k: number): SignedNeuron => {
    const a = weights[k] ?? zero;
    const size = a.n < 0n ? neg(a) : a;
    const row = k < width ? denseRow(rowOf(hidden, k), d) : { weights: new Array<Rational>(d).fill(zero), bias: zero };
    return {
      sign: a.n > 0n ? 1 : -1,
      weights: row.weights.map((w) => mul(size, w)),
      bias: mul(size, row.bias),
    };
  };
  return { constant: bias, neurons: [neuron(0), neuron(1)] };
}

/** The combination of outputs that is positive for class 1 and negative for class 0. */
function decision(rows: readonly Row[], width: number, reading: OutputReading): AffineMap | undefined {
  const dense = rows.map((row) => denseRow(row, width));
  const [y, second] = dense;
  if (y === undefined) return undefined;
  const times = (s: Rational, { weights, bias }: AffineMap): AffineMap => ({
    weights: weights.map((w) => mul(s, w)),
    bias: mul(s, bias),
  });
  const minusOne = rational(-1);
  switch (reading.notion) {
    case 'sign':
      if (reading.positive === 1 && reading.negative === 0) return y;
      return reading.positive === 0 && reading.negative === 1 ? times(minusOne, y) : undefined;
    case 'exact':
    case 'round': {
      const [v, w] = reading.labels.map((text) => parseRational(text));
      if (v === undefined || w === undefined) return undefined;
      const middle = mul(rational(1, 2), add(v, w));
      const shifted = { weights: y.weights, bias: add(y.bias, neg(middle)) };
      return times(add(w, neg(v)).n < 0n ? minusOne : one, shifted);
    }
    case 'argmax': {
      if (second === undefined) return undefined;
      const other = times(minusOne, y);
      return {
        weights: second.weights.map((w, k) => add(w, other.weights[k]!)),
        bias: add(second.bias, other.bias),
      };
    }
  }
}

function denseRow(row: Row, columns: number): AffineMap {
  const weights: Rational[] = new Array(columns).fill(zero);
  row.columns.forEach((j, k) => {
    weights[j] = row.weights[k]!;
  });
  return { weights, bias: row.bias };
}

export interface ConvexSide {
  /** The class of the points at which all cuts are negative; where one is positive the other class is. */
  readonly label: 0 | 1;
  /** Two or three. */
  readonly cuts: readonly AffineMap[];
}

/** The class that lies in a polyhedron, with its faces; undefined when c ≤ 0 leaves it no point, or c = 0 with different signs. */
export function convexSide(g: TwoNeurons): ConvexSide | undefined {
  const [first, second] = g.neurons;
  const flip = first.sign === second.sign ? first.sign > 0 : g.constant.n > 0n;
  const c = flip ? neg(g.constant) : g.constant;
  const label = flip ? 0 : 1;
  if (first.sign === second.sign) {
    if (c.n <= 0n) return undefined;
    return { label, cuts: [first, second, sumOf(first, second)].map((l) => plus(l, neg(c))) };
  }
  if (c.n === 0n) return undefined;
  // After the flip, `raises` has sign 1: c + relu(raises) − relu(lowers), c < 0.
  const [raises, lowers] = first.sign > 0 !== flip ? [first, second] : [second, first];
  return { label, cuts: [opposite(raises), sumOf(lowers, opposite(raises))].map((l) => plus(l, neg(c))) };
}

const plus = ({ weights, bias }: AffineMap, c: Rational): AffineMap => ({ weights, bias: add(bias, c) });
const opposite = ({ weights, bias }: AffineMap): AffineMap => ({ weights: weights.map(neg), bias: neg(bias) });
const sumOf = (a: AffineMap, b: AffineMap): AffineMap => ({
  weights: a.weights.map((w, j) => add(w, b.weights[j]!)),
  bias: add(a.bias, b.bias),
});
