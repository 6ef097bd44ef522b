/**
 * Back-substitution in doubles: the value of a relaxation and the multipliers that reach it. It suggests, the exact leaf
 * decides.
 *
 * Main definitions: `Passes` (work space), `backward`, `Tilts`.
 *
 * A tilt α in [0, 1] says which line bounds an unstable neuron where its coefficient a is positive: λ = α·a for relu,
 * α·a/u for step; where a is negative, the upper line is used by relu and α·a/(−l) by step.
 */
import type { Cone } from './cone.js';
import type { Functional, Problem, SearchLayer } from './problem.js';
import { nearMinimum, type RegionNear } from './region-minimum.js';

export interface Passes {
  readonly problem: Problem;
  readonly region: RegionNear;
  /** Coefficient arriving at each neuron, and λ passed on. */
  readonly a: Float64Array;
  readonly lambda: Float64Array;
  /** Minimiser over the region, and the gradient there. */
  readonly x: Float64Array;
  readonly gradient: Float64Array;
  /** Values of the relaxation going up. */
  readonly z: Float64Array;
  readonly h: Float64Array;
}

export function passes(problem: Problem, region: RegionNear): Passes {
  const neurons = problem.offsets.at(-1)!;
  const inputs = problem.layers[0]!.inputs;
  const made = (size: number): Float64Array => new Float64Array(size);
  return {
    problem,
    region,
    a: made(neurons),
    lambda: made(neurons),
    x: made(inputs),
    gradient: made(inputs),
    z: made(neurons),
    h: made(neurons),
  };
}

/**
 * Nearly the least value of the functional in the relaxation with these ends and tilts, the tilts in the order of the
 * cone; fills `a`, `lambda` and `x`.
 */
export function backward(
  w: Passes,
  goal: Functional,
  cone: Cone,
  l: Float64Array,
  u: Float64Array,
  tilt: Float64Array,
): number {
  const { a, lambda, gradient } = w;
  const { layers, offsets } = w.problem;
  const { neurons, starts } = cone;
  let value = goal.nearConstant;
  gradient.fill(0);
  if (goal.level < 0) {
    for (let k = 0; k < goal.columns.length; k++) gradient[goal.columns[k]!] = goal.nearWeights[k]!;
    return value + nearMinimum(w.region, gradient, w.x);
  }
  for (let k = 0; k < neurons.length; k++) {
    const n = neurons[k]!;
    a[n] = 0;
    lambda[n] = 0;
  }
  const top = offsets[goal.level]!;
  for (let k = 0; k < goal.columns.length; k++) a[top + goal.columns[k]!] = goal.nearWeights[k]!;
  for (let i = goal.level; i >= 0; i--) {
    const { activation, rowStart, columns, weights, biases } = layers[i]!;
    const offset = offsets[i]!;
    const below = i === 0 ? gradient : a;
    const shift = i === 0 ? 0 : offsets[i - 1]!;
    for (let k = starts[i]!; k < starts[i + 1]!; k++) {
      const n = neurons[k]!;
      const c = a[n]!;
      if (c === 0) continue;
      let pass = c;
      if (activation !== 'identity') {
        const low = l[n]!;
        const high = u[n]!;
        if (activation === 'relu') {
          if (high <= 0) pass = 0;
          else if (low < 0) {
            if (c > 0) pass = tilt[k]! * c;
            else {
              pass = (c * high) / (high - low);
              value -= pass * low;
            }
          }
        } else if (high <= 0) pass = 0;
        else if (low > 0) {
          pass = 0;
          value += c;
        } else if (c > 0) pass = (tilt[k]! * c) / high;
        else {
          pass = low < 0 ? (tilt[k]! * c) / -low : 0;
          value += c;
        }
        lambda[n] = pass;
        if (pass === 0) continue;
      } else lambda[n] = pass;
      const r = n - offset;
      value += pass * biases[r]!;
      for (let m = rowStart[r]!; m < rowStart[r + 1]!; m++) below[shift + columns[m]!]! += pass * weights[m]!;
    }
  }
  return value + nearMinimum(w.region, gradient, w.x);
}

/** bias + Σ weight·value of row r, of values that begin at `shift`. */
function rowSum(
  { rowStart, columns, weights, biases }: SearchLayer,
  r: number,
  from: Float64Array,
  shift: number,
): number {
  let sum = biases[r]!;
  for (let m = rowStart[r]!; m < rowStart[r + 1]!; m++) sum += weights[m]! * from[shift + columns[m]!]!;
  return sum;
}

const activated = (activation: SearchLayer['activation'], z: number): number =>
  activation === 'identity' ? z : z > 0 ? (activation === 'step' ? 1 : z) : 0;

/** The values that the lines chosen by the last `backward` take at its minimiser, on the cone; fills `z`, `h`. */
export function forwardLines(w: Passes, cone: Cone, l: Float64Array, u: Float64Array, tilt: Float64Array): void {
  const { a, x, z, h } = w;
  const { layers, offsets } = w.problem;
  const { neurons, starts, level } = cone;
  for (let i = 0; i <= level; i++) {
    const { activation } = layers[i]!;
    const offset = offsets[i]!;
    const from = i === 0 ? x : h;
    const shift = i === 0 ? 0 : offsets[i - 1]!;
    for (let k = starts[i]!; k < starts[i + 1]!; k++) {
      const n = neurons[k]!;
      const r = n - offset;
      const sum = rowSum(layers[i]!, r, from, shift);
      z[n] = sum;
      if (activation === 'identity') {
        h[n] = sum;
        continue;
      }
      const low = l[n]!;
      const high = u[n]!;
      if (activation === 'relu') {
        if (high <= 0) h[n] = 0;
        else if (low >= 0) h[n] = sum;
        else if (a[n]! < 0) h[n] = (high * (sum - low)) / (high - low);
        else h[n] = a[n]! > 0 ? tilt[k]! * sum : Math.max(sum, 0);
      } else if (high <= 0) h[n] = 0;
      else if (low > 0) h[n] = 1;
      else if (a[n]! < 0) h[n] = low < 0 ? 1 - (tilt[k]! * sum) / low : 1;
      else h[n] = a[n]! > 0 ? (tilt[k]! * sum) / high : sum > 0 ? 1 : 0;
    }
  }
}

/** The network's own values at the minimiser of the last `backward`, on the cone; fills `z`, `h`. */
export function forwardCone(w: Passes, cone: Cone): void {
  const { x, z, h } = w;
  const { layers, offsets } = w.problem;
  const { neurons, starts, level } = cone;
  for (let i = 0; i <= level; i++) {
    const { activation } = layers[i]!;
    const offset = offsets[i]!;
    const from = i === 0 ? x : h;
    const shift = i === 0 ? 0 : offsets[i - 1]!;
    for (let k = starts[i]!; k < starts[i + 1]!; k++) {
      const n = neurons[k]!;
      const r = n - offset;
      const sum = rowSum(layers[i]!, r, from, shift);
      z[n] = sum;
      h[n] = activated(activation, sum);
    }
  }
}

/** The network's own values at a point, nearly; fills `z` and `h` up to and with a level. */
export function forwardValues(w: Passes, point: Float64Array, level: number): void {
  const { z, h } = w;
  const { layers, offsets } = w.problem;
  for (let i = 0; i <= level; i++) {
    const { activation, rows } = layers[i]!;
    const from = i === 0 ? point : h;
    const shift = i === 0 ? 0 : offsets[i - 1]!;
    for (let r = 0; r < rows; r++) {
      const sum = rowSum(layers[i]!, r, from, shift);
      z[offsets[i]! + r] = sum;
      h[offsets[i]! + r] = activated(activation, sum);
    }
  }
}
