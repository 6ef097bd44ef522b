/**
 * Large gradients of wide networks, found where neurons are made to agree: a lower bound of the Lipschitz constant.
 *
 * Main definition: `witnessGradient`.
 *
 * Main statement. For F = Σ a_k relu(w_k·x + b_k) and a direction v, far out along x = Σ_k a_k (w_k·v) w_k neuron k is mostly on
 * where a_k (w_k·v) > 0 and off elsewhere, so that the terms of ∂_v F = Σ_on a_k (w_k·v) have one sign: with v = e_j about
 * √(d/π) at He initialisation, where random points show next to nothing. In a deeper network a_k is the product of all
 * weights above. v is then replaced by the direction in which the gradient found there is largest, some times.
 *
 * Notes. Doubles choose the points; the derivative at a point is exact (`derivativeAt`), so whatever is found is a bound.
 * References. [F, Part II], lower bounds for p < 2; the direction is ours.
 */
import { compare, type Rational, randomSource, rational, roundedNormals, type Vector } from '../../exact/index.js';
import { InputError, type Norm } from '../../format/index.js';
import { type Layer, type Network, rowCount } from '../../network/index.js';
import { functionalLayers } from './functional-layers.js';
import type { LipschitzQuestion } from './lipschitz-bound.js';
import { operatorMagnitude } from './operator-magnitude.js';
import { derivativeAt } from './sampled-gradients.js';

export interface WitnessGradient {
  /** ‖∇F‖ in the dual norm, squared in ℓ2: at most the constant; 0 where no point has a gradient. */
  readonly magnitude: Rational;
  /** Where it was found. */
  readonly point?: Vector;
}

export interface WitnessGradientOptions extends Pick<LipschitzQuestion, 'functional'> {
  /** Directions to start with: random ones, in ℓ1 the first coordinates. @defaultValue 4 */
  readonly starts?: number;
  /** Steps from each. @defaultValue 3 */
  readonly steps?: number;
  /** @defaultValue 1 */
  readonly seed?: number;
}

/** Size of the largest coordinate of a point: biases are small there. */
const farOut = 1024;

/** A large gradient of one output of a relu network. @throws InputError for several outputs without a functional. */
export function witnessGradient(network: Network, norm: Norm, options: WitnessGradientOptions = {}): WitnessGradient {
  const { functional, starts = 4, steps = 3, seed = 1 } = options;
  const layers = functionalLayers(network, functional);
  if (rowCount(layers.at(-1)!) !== 1)
    throw new InputError('outputs: expected one output or one functional of them, got several');
  const d = layers[0]!.inputs;
  const above = productAbove(layers);
  const random = randomSource(seed);
  let best: WitnessGradient = { magnitude: rational(0) };
  for (let start = 0; start < starts; start++) {
    let v =
      norm === 'l1'
        ? Float64Array.from({ length: d }, (_, j) => (j === start % d ? 1 : 0))
        : largestDirection(norm, roundedNormals(random, d, farOut));
    for (let step = 0; step < steps; step++) {
      let found: { readonly magnitude: Rational; readonly gradient: Float64Array } | undefined;
      for (const side of [1, -1]) {
        const point = alignedPoint(layers[0]!, above, v, side);
        const derivative = derivativeAt(layers, point);
        if (derivative === undefined) continue;
        const magnitude = operatorMagnitude(norm, derivative);
        if (compare(magnitude, best.magnitude) > 0) best = { magnitude, point };
        if (found === undefined || compare(magnitude, found.magnitude) > 0)
          found = { magnitude, gradient: Float64Array.from(derivative.entries[0]!, Number) };
      }
      if (found === undefined) break;
      v = largestDirection(norm, found.gradient);
    }
  }
  return best;
}

/** The direction of length about 1 along which a gradient is largest. */
function largestDirection(norm: Norm, gradient: Float64Array): Float64Array {
  if (norm === 'linf') return gradient.map((g) => (g < 0 ? -1 : 1));
  const most = gradient.reduce((size, g) => Math.max(size, Math.abs(g)), 0) || 1;
  if (norm === 'l2') return gradient.map((g) => g / most);
  const j = gradient.findIndex((g) => Math.abs(g) === most);
  return gradient.map((_, i) => (i === j ? 1 : 0));
}

/** a_k: the product of the weights of all layers above the first. */
function productAbove(layers: readonly Layer[]): Float64Array {
  let sums = Float64Array.of(1);
  for (const layer of layers.slice(1).reverse()) {
    const below = new Float64Array(layer.inputs);
    const unit = Number(layer.weightDenominator);
    sums.forEach((sum, r) => {
      for (let k = layer.rowStart[r]!; k < layer.rowStart[r + 1]!; k++)
        below[layer.columns[k]!]! += (sum * Number(layer.weights[k]!)) / unit;
    });
    sums = below;
  }
  return sums;
}

/** ± Σ_k a_k (w_k·v) w_k as whole numbers of size up to `farOut`. */
function alignedPoint(first: Layer, above: Float64Array, v: Float64Array, side: number): Vector {
  const x = new Float64Array(first.inputs);
  above.forEach((a, k) => {
    let along = 0;
    for (let e = first.rowStart[k]!; e < first.rowStart[k + 1]!; e++)
      along += Number(first.weights[e]!) * v[first.columns[e]!]!;
    if (a === 0 || along === 0) return;
    for (let e = first.rowStart[k]!; e < first.rowStart[k + 1]!; e++)
      x[first.columns[e]!]! += a * along * Number(first.weights[e]!);
  });
  const most = x.reduce((size, c) => Math.max(size, Math.abs(c)), 0);
  const scale = most > 0 && Number.isFinite(most) ? (side * farOut) / most : 0;
  return Array.from(x, (c) => rational(Math.round(scale === 0 ? 0 : c * scale)));
}
