/**
 * Gradients at random points: a lower bound of a Lipschitz constant, and no more than that.
 *
 * Main definitions: `sampledGradients`, `derivativeAt`.
 *
 * Notes. Activations at a point are found exactly, then the gradient backwards from each output. In ℓ1 the bound stays far
 * below the constant in high dimensions ([F, Part II]: the slope in d is then almost 0); `witnessGradient` knows better.
 */
import {
  compare,
  type RandomSource,
  type Rational,
  randomSource,
  rational,
  roundedNormals,
  type ScaledVector,
  scaled,
  type Vector,
} from '../../exact/index.js';
import type { Norm } from '../../format/index.js';
import { contains } from '../../geometry/index.js';
import { applyLayer, bigWeights, type Layer, type Network, rowCount } from '../../network/index.js';
import { functionalLayers } from './functional-layers.js';
import { gradientAt } from './gradient-at.js';
import type { LipschitzQuestion } from './lipschitz-bound.js';
import { operatorMagnitude, type ScaledMatrix } from './operator-magnitude.js';

export interface SampledGradients {
  /** The largest ‖DF‖ found, squared in ℓ2; in ℓ2 of several outputs it may be larger than the norm, and is left out. */
  readonly magnitude: Rational | undefined;
  /** Where it was found; absent when every point was at a kink, or outside the region. */
  readonly point?: Vector;
  /** Points with a gradient. */
  readonly points: number;
}

export interface SampledGradientsOptions extends LipschitzQuestion {
  /** @defaultValue 200 */
  readonly points?: number;
  /** @defaultValue 1 */
  readonly seed?: number;
}

/** Binary digits of coordinates. */
const unit = 64;

/** Points with normal coordinates, 1/4 to 64 in size, in turn. */
function* sampledPoints(d: number, count: number, random: RandomSource): Generator<Vector> {
  for (let k = 0; k < count; k++) {
    const scale = 4 ** ((k % 5) - 1);
    yield Array.from(roundedNormals(random, d, unit * scale), (v) => rational(v, unit));
  }
}

/** The largest gradient at so many random points. */
export function sampledGradients(
  network: Network,
  norm: Norm,
  options: SampledGradientsOptions = {},
): SampledGradients {
  const { functional, region, points: count = 200, seed = 1 } = options;
  const layers = functionalLayers(network, functional);
  if (norm === 'l2' && rowCount(layers.at(-1)!) > 1) return { magnitude: undefined, points: 0 };
  let best: { readonly magnitude: Rational; readonly point: Vector } | undefined;
  let points = 0;
  for (const point of sampledPoints(layers[0]!.inputs, count, randomSource(seed))) {
    if (region !== undefined && !contains({ ...region, ...(region.kind === 'ball' && { open: true }) }, point))
      continue;
    const derivative = derivativeAt(layers, point);
    if (derivative === undefined) continue;
    const magnitude = operatorMagnitude(norm, derivative);
    points++;
    if (best === undefined || compare(magnitude, best.magnitude) > 0) best = { magnitude, point };
  }
  return { magnitude: best?.magnitude, points, ...(best && { point: best.point }) };
}

/** DF(x) for layers whose last is affine; undefined at a kink. */
export const derivativeAt = (layers: readonly Layer[], x: Vector): ScaledMatrix | undefined =>
  backwards(layers, scaled(x)) ?? forwards(layers, x);

/** DF where no neuron is 0; undefined elsewhere. */
function backwards(layers: readonly Layer[], x: ScaledVector): ScaledMatrix | undefined {
  const isOn: boolean[][] = [];
  let values = x;
  for (const layer of layers.slice(0, -1)) {
    const { numerators, denominator } = applyLayer({ ...layer, activation: 'identity' }, values);
    if (layer.activation !== 'identity' && Array.prototype.some.call(numerators, (z) => Number(z) === 0))
      return undefined;
    isOn.push(Array.from(numerators as ArrayLike<number | bigint>, (z) => layer.activation === 'identity' || z > 0));
    values = activated(layer, numerators, denominator);
  }
  const denominator = layers.reduce((product, layer) => product * layer.weightDenominator, 1n);
  const outputs = rowCount(layers.at(-1)!);
  const entries = Array.from({ length: outputs }, (_, r) => {
    let slopes: bigint[] = new Array(outputs).fill(0n);
    slopes[r] = 1n;
    for (let l = layers.length - 1; l >= 0; l--) {
      const layer = layers[l]!;
      const weights = bigWeights(layer);
      const below: bigint[] = new Array(layer.inputs).fill(0n);
      slopes.forEach((slope, k) => {
        if (slope === 0n || isOn[l]?.[k] === false || layer.activation === 'step') return;
        for (let e = layer.rowStart[k]!; e < layer.rowStart[k + 1]!; e++)
          below[layer.columns[e]!]! += slope * weights[e]!;
      });
      slopes = below;
    }
    return slopes;
  });
  return { entries, denominator };
}

function activated({ activation }: Layer, numerators: ScaledVector['numerators'], denominator: bigint): ScaledVector {
  if (activation === 'identity') return { numerators, denominator };
  const one = activation === 'step';
  if (numerators instanceof Float64Array) {
    const values = numerators.map((z) => (z > 0 ? (one ? 1 : z) : 0));
    return { numerators: values, denominator: one ? 1n : denominator };
  }
  const values = numerators.map((z) => (z > 0n ? (one ? 1n : z) : 0n));
  return { numerators: values, denominator: one ? 1n : denominator };
}

/** DF by rational forms, also where neurons are 0 around the point. */
function forwards(layers: readonly Layer[], x: Vector): ScaledMatrix | undefined {
  const gradient = gradientAt(layers, x);
  if (gradient === undefined) return undefined;
  const { numerators, denominator } = scaled(gradient.flat());
  return { entries: gradient.map((_, i) => x.map((_, j) => BigInt(numerators[i * x.length + j]!))), denominator };
}
