/**
 * The slope of an output form of a network at a point, in floating point: a suggestion of where to look, never a proof.
 *
 * relu is given the slope 1/64 where it is off, and step the slope 1 everywhere. Networks of theorems are constant
 * around samples, and the true slope 0 would suggest nothing.
 */
import { rational, toNumber } from '../exact/index.js';
import { type Layer, type Network, rowCount } from '../network/index.js';

const offSlope = 1 / 64;

interface DoubleLayer {
  readonly weights: Float64Array;
  readonly biases: Float64Array;
}

const doublesOf = new WeakMap<Layer, DoubleLayer>();

function doubles(layer: Layer): DoubleLayer {
  const known = doublesOf.get(layer);
  if (known !== undefined) return known;
  const made = {
    weights: near(layer.weights, layer.weightDenominator),
    biases: near(layer.biases, layer.biasDenominator),
  };
  doublesOf.set(layer, made);
  return made;
}

function near(values: Layer['weights'], denominator: bigint): Float64Array {
  const d = Number(denominator);
  if (values instanceof Float64Array && Number.isFinite(d)) return values.map((v) => v / d);
  return Float64Array.from(values as ArrayLike<number | bigint>, (v) => toNumber(rational(v, denominator)));
}

/** Roughly the gradient of Σ weights[k]·f(x)[columns[k]] with respect to x; entries may be NaN or infinite. */
export function slope(
  network: Network,
  x: ArrayLike<number>,
  columns: readonly number[],
  weights: readonly number[],
): Float64Array {
  const preactivations: Float64Array[] = [];
  let values = Float64Array.from(x);
  for (const layer of network.layers) {
    const { weights: w, biases } = doubles(layer);
    const z = new Float64Array(rowCount(layer));
    const next = new Float64Array(z.length);
    for (let r = 0; r < z.length; r++) {
      let sum = biases[r]!;
      for (let k = layer.rowStart[r]!; k < layer.rowStart[r + 1]!; k++) sum += w[k]! * values[layer.columns[k]!]!;
      z[r] = sum;
      next[r] = layer.activation === 'identity' ? sum : sum > 0 ? (layer.activation === 'step' ? 1 : sum) : 0;
    }
    preactivations.push(z);
    values = next;
  }
  let back = new Float64Array(values.length);
  columns.forEach((column, k) => {
    back[column]! += weights[k]!;
  });
  for (let l = network.layers.length - 1; l >= 0; l--) {
    const layer = network.layers[l]!;
    const { weights: w } = doubles(layer);
    const below = new Float64Array(layer.inputs);
    for (let r = 0; r < back.length; r++) {
      const off = layer.activation === 'relu' && preactivations[l]![r]! <= 0;
      const a = off ? back[r]! * offSlope : back[r]!;
      if (a === 0) continue;
      for (let k = layer.rowStart[r]!; k < layer.rowStart[r + 1]!; k++) below[layer.columns[k]!]! += a * w[k]!;
    }
    back = below;
  }
  return back;
}
