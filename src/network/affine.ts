/**
 * Exact application of one layer to one point, over common denominators.
 *
 * Tier 1: when the sizes of weights, biases and inputs bound every partial sum by 2⁵³, float64 arithmetic on the
 * numerators is exact and is used. Otherwise the same sums run in BigInt. No gcd is taken but one pass per layer.
 */
import { bigNumerators, largestExactDouble, lcm, numerators, reduced, type ScaledVector } from '../exact/index.js';
import type { Activation } from '../format/index.js';
import { type Layer, rowCount } from './network.js';

/** Sizes of a layer that bound its sums before they are computed. */
export interface LayerSizes {
  /** max over rows of Σ |weight numerators|, as a double rounded up, or Infinity beyond the range of doubles. */
  readonly weightSum: number;
  /** max |bias numerator|. */
  readonly bias: number;
}

const sizesOf = new WeakMap<Layer, LayerSizes>();
const bigWeightsOf = new WeakMap<Layer, readonly bigint[]>();

/** The sizes of a layer, computed once. */
export function layerSizes(layer: Layer): LayerSizes {
  const known = sizesOf.get(layer);
  if (known !== undefined) return known;
  let weightSum = 0;
  for (let r = 0; r < rowCount(layer); r++) {
    let sum = 0;
    for (let k = layer.rowStart[r]!; k < layer.rowStart[r + 1]!; k++) sum += Math.abs(Number(layer.weights[k]!));
    weightSum = Math.max(weightSum, sum);
  }
  let bias = 0;
  for (let r = 0; r < layer.biases.length; r++) bias = Math.max(bias, Math.abs(Number(layer.biases[r]!)));
  // Sums of exact doubles below 2^53 are exact; above, the relative error 2^-30 more than covers the rounding.
  const margin = 1 + 2 ** -30;
  const sizes = { weightSum: weightSum > largestExactDouble ? weightSum * margin : weightSum, bias };
  sizesOf.set(layer, sizes);
  return sizes;
}

/** The weight numerators as BigInt, computed once. */
export function bigWeights(layer: Layer): readonly bigint[] {
  const known = bigWeightsOf.get(layer);
  if (known !== undefined) return known;
  const big = bigNumerators(layer.weights);
  bigWeightsOf.set(layer, big);
  return big;
}

/** How numerators of W·x and of the biases are brought to one denominator. */
export interface CommonScale {
  readonly denominator: bigint;
  /** Factor of the sums of weight numerator times input numerator. */
  readonly sums: bigint;
  /** Factor of the bias numerators. */
  readonly biases: bigint;
}

/** The common scale of a layer applied to inputs over `inputDenominator`. */
export function commonScale(layer: Layer, inputDenominator: bigint): CommonScale {
  const product = layer.weightDenominator * inputDenominator;
  const denominator = lcm(product, layer.biasDenominator);
  return { denominator, sums: denominator / product, biases: denominator / layer.biasDenominator };
}

/** Whether all sums of the layer stay exact in doubles for inputs with numerators up to `inputSize`. */
export function exactInDoubles(layer: Layer, scale: CommonScale, inputSize: number): boolean {
  if (!(layer.weights instanceof Float64Array && layer.biases instanceof Float64Array)) return false;
  const sizes = layerSizes(layer);
  const bound = sizes.weightSum * inputSize * Number(scale.sums) + sizes.bias * Number(scale.biases);
  return bound < largestExactDouble / 2;
}

/** act(W·x + b) for x given as numerators over a denominator. */
export function applyLayer(layer: Layer, x: ScaledVector): ScaledVector {
  const scale = commonScale(layer, x.denominator);
  const rows = rowCount(layer);
  if (x.numerators instanceof Float64Array) {
    let size = 0;
    for (let k = 0; k < x.numerators.length; k++) size = Math.max(size, Math.abs(x.numerators[k]!));
    if (exactInDoubles(layer, scale, size)) return reduced(doubles(layer, x.numerators, scale));
  }
  const big = bigNumerators(x.numerators);
  const weights = bigWeights(layer);
  const out: bigint[] = new Array(rows);
  for (let r = 0; r < rows; r++) {
    let sum = 0n;
    for (let k = layer.rowStart[r]!; k < layer.rowStart[r + 1]!; k++) {
      const v = big[layer.columns[k]!]!;
      if (v !== 0n) sum += weights[k]! * v;
    }
    out[r] = activate(layer.activation, sum * scale.sums + BigInt(layer.biases[r]!) * scale.biases, scale.denominator);
  }
  return reduced({ numerators: numerators(out), denominator: scale.denominator });
}

function doubles(layer: Layer, x: Float64Array, scale: CommonScale): ScaledVector {
  const weights = layer.weights as Float64Array;
  const biases = layer.biases as Float64Array;
  const sums = Number(scale.sums);
  const biasFactor = Number(scale.biases);
  const rows = rowCount(layer);
  const out = new Float64Array(rows);
  const one = layer.activation === 'step' ? Number(scale.denominator) : 0;
  for (let r = 0; r < rows; r++) {
    let sum = 0;
    for (let k = layer.rowStart[r]!; k < layer.rowStart[r + 1]!; k++) sum += weights[k]! * x[layer.columns[k]!]!;
    const z = sum * sums + biases[r]! * biasFactor;
    out[r] = layer.activation === 'identity' ? z : z > 0 ? (layer.activation === 'step' ? one : z) : 0;
  }
  if (layer.activation === 'step' && one > largestExactDouble) {
    return { numerators: out.map((v) => (v > 0 ? 1 : 0)), denominator: 1n };
  }
  return { numerators: out, denominator: scale.denominator };
}

function activate(activation: Activation, z: bigint, denominator: bigint): bigint {
  if (activation === 'identity') return z;
  if (z <= 0n) return 0n;
  return activation === 'step' ? denominator : z;
}
