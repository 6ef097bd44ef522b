/**
 * A query as the search works on it: rows in doubles to guide, rows in integers to decide.
 *
 * Main definitions: `Problem`, `SearchLayer`, `Functional`, `problemOf`, `neuronFunctional`.
 *
 * Notation: layer i maps h_{i−1} to z_i = W_i·h_{i−1} + b_i and h_i = act_i(z_i); h_{−1} is the input. Neuron r of layer
 * i has the number offsets[i] + r. A functional on level k is affine in h_k.
 */
import { bigNumerators, commonDenominator, type Rational, rational, toNumber } from '../../exact/index.js';
import type { Activation } from '../../format/index.js';
import type { Region } from '../../geometry/index.js';
import { bigWeights, type Network, rowCount } from '../../network/index.js';
import type { Constraint, Query } from '../query.js';

/** One layer twice: near values in doubles, exact ones as integers over a denominator. */
export interface SearchLayer {
  readonly activation: Activation;
  readonly inputs: number;
  readonly rows: number;
  readonly rowStart: Uint32Array;
  readonly columns: Uint32Array;
  readonly weights: Float64Array;
  readonly biases: Float64Array;
  readonly bigWeights: readonly bigint[];
  readonly weightDenominator: bigint;
  readonly bigBiases: readonly bigint[];
  readonly biasDenominator: bigint;
}

export interface Problem {
  readonly query: Query;
  readonly region: Region;
  readonly layers: readonly SearchLayer[];
  /** offsets[i] is the number of the first neuron of layer i; the last entry is the number of neurons. */
  readonly offsets: readonly number[];
  readonly layerOf: Uint16Array;
}

/** Σ weights[k]·h[columns[k]] + constant over the outputs of a level, exactly and nearly. */
export interface Functional {
  readonly level: number;
  readonly columns: readonly number[];
  readonly weights: readonly bigint[];
  readonly denominator: bigint;
  readonly constant: Rational;
  readonly nearWeights: Float64Array;
  readonly nearConstant: number;
}

const layersKnown = new WeakMap<Network, readonly SearchLayer[]>();

/** The query with its network's rows in both forms; those are made once for a network. */
export function problemOf(query: Query): Problem {
  const { network, region } = query;
  const layers = layersKnown.get(network) ?? network.layers.map(searchLayer);
  layersKnown.set(network, layers);
  const offsets = [0];
  for (const layer of layers) offsets.push(offsets.at(-1)! + layer.rows);
  const layerOf = new Uint16Array(offsets.at(-1)!);
  layers.forEach((_, i) => {
    layerOf.fill(i, offsets[i]!, offsets[i + 1]!);
  });
  return { query, region, layers, offsets, layerOf };
}

function searchLayer(layer: Network['layers'][number]): SearchLayer {
  const near = (values: ArrayLike<number | bigint>, denominator: bigint): Float64Array => {
    const d = Number(denominator);
    if (values instanceof Float64Array && Number.isFinite(d)) return values.map((v) => v / d);
    return Float64Array.from(values, (v) => toNumber(rational(v, denominator)));
  };
  return {
    activation: layer.activation,
    inputs: layer.inputs,
    rows: rowCount(layer),
    rowStart: layer.rowStart,
    columns: layer.columns,
    weights: near(layer.weights, layer.weightDenominator),
    biases: near(layer.biases, layer.biasDenominator),
    bigWeights: bigWeights(layer),
    weightDenominator: layer.weightDenominator,
    bigBiases: bigNumerators(layer.biases),
    biasDenominator: layer.biasDenominator,
  };
}

/** A functional with rational coefficients. */
export function functional(
  level: number,
  columns: readonly number[],
  weights: readonly Rational[],
  constant: Rational,
): Functional {
  const denominator = commonDenominator(weights);
  return {
    level,
    columns,
    weights: weights.map((w) => w.n * (denominator / w.d)),
    denominator,
    constant,
    nearWeights: Float64Array.from(weights, toNumber),
    nearConstant: toNumber(constant),
  };
}

/** ±z of a neuron as a functional on the level below it. */
export function neuronFunctional(problem: Problem, neuron: number, sign: 1 | -1): Functional {
  const i = problem.layerOf[neuron]!;
  const layer = problem.layers[i]!;
  const r = neuron - problem.offsets[i]!;
  const from = layer.rowStart[r]!;
  const to = layer.rowStart[r + 1]!;
  const s = BigInt(sign);
  return {
    level: i - 1,
    columns: Array.from(layer.columns.subarray(from, to)),
    weights: layer.bigWeights.slice(from, to).map((w) => s * w),
    denominator: layer.weightDenominator,
    constant: rational(s * layer.bigBiases[r]!, layer.biasDenominator),
    nearWeights: layer.weights.slice(from, to).map((w) => sign * w),
    nearConstant: sign * layer.biases[r]!,
  };
}

/** P = −Σ w_k·(a_k·y + b_k), which is ≤ 0 where the conjunction holds. */
export function conjunctionFunctional(
  problem: Problem,
  conjunction: readonly Constraint[],
  weights: readonly Rational[],
): Functional {
  const sums = new Map<number, Rational>();
  let constant: Rational = { n: 0n, d: 1n };
  conjunction.forEach((c, k) => {
    const w = weights[k]!;
    if (w.n === 0n) return;
    constant = minus(constant, w, c.bias);
    c.columns.forEach((column, m) => {
      sums.set(column, minus(sums.get(column) ?? { n: 0n, d: 1n }, w, c.weights[m]!));
    });
  });
  const columns = [...sums.keys()].filter((c) => sums.get(c)!.n !== 0n).sort((a, b) => a - b);
  return functional(
    problem.layers.length - 1,
    columns,
    columns.map((c) => sums.get(c)!),
    constant,
  );
}

/** a − b·c. */
const minus = (a: Rational, b: Rational, c: Rational): Rational =>
  rational(a.n * b.d * c.d - b.n * c.n * a.d, a.d * b.d * c.d);
