/**
 * The leaf rule in doubles for given multipliers: coefficients that arrive, and the bound that they give.
 *
 * Main definition: `lagrangian`.
 */
import type { Passes } from './backward.js';
import type { Cone } from './cone.js';
import type { Functional } from './problem.js';
import { nearMinimum } from './region-minimum.js';

/** A functional that is ≥ 0, in doubles, with its multiple. */
export interface NearCut {
  readonly functional: Functional;
  readonly multiple: number;
}

export interface LagrangianValue {
  readonly value: number;
  /** Sum of the sizes of the terms: values much smaller than this are rounding errors. */
  readonly size: number;
}

/**
 * The bound of the functional that the multipliers in `lambda` give with these ends; fills `a`, `gradient` and `x`.
 * Identity neurons pass what arrives.
 */
export function lagrangian(
  w: Passes,
  goal: Functional,
  cone: Cone,
  l: Float64Array,
  u: Float64Array,
  cuts: readonly NearCut[] = [],
): LagrangianValue {
  const { a, lambda, gradient } = w;
  const { layers, offsets } = w.problem;
  let value = goal.nearConstant;
  let size = Math.abs(value);
  const term = (t: number): void => {
    value += t;
    size += Math.abs(t);
  };
  gradient.fill(0);
  const { neurons, starts } = cone;
  for (const n of neurons) a[n] = 0;
  for (let k = 0; k < goal.columns.length; k++) a[offsets[goal.level]! + goal.columns[k]!] = goal.nearWeights[k]!;
  for (let i = goal.level; i >= 0; i--) {
    const { activation, rowStart, columns, weights, biases } = layers[i]!;
    const offset = offsets[i]!;
    for (const { functional, multiple } of cuts) {
      if (functional.level !== i) continue;
      term(-multiple * functional.nearConstant);
      for (let k = 0; k < functional.columns.length; k++) {
        a[offset + functional.columns[k]!]! -= multiple * functional.nearWeights[k]!;
      }
    }
    const below = i === 0 ? gradient : a;
    const shift = i === 0 ? 0 : offsets[i - 1]!;
    for (let k = starts[i]!; k < starts[i + 1]!; k++) {
      const n = neurons[k]!;
      const r = n - offset;
      const c = a[n]!;
      if (activation === 'identity') lambda[n] = c;
      const pass = lambda[n]!;
      if (c === 0 && pass === 0) continue;
      if (activation === 'relu') {
        const low = l[n]!;
        const high = u[n]!;
        let least = Math.min((low > 0 ? c - pass : -pass) * low, (high > 0 ? c - pass : -pass) * high);
        if (low < 0 && high > 0) least = Math.min(least, 0);
        term(least);
      } else if (activation === 'step') {
        const low = l[n]!;
        const high = u[n]!;
        let least = Number.POSITIVE_INFINITY;
        if (low <= 0) least = Math.min(-pass * low, -pass * Math.min(high, 0));
        if (high > 0) least = Math.min(least, c - pass * Math.max(low, 0), c - pass * high);
        term(least);
      }
      if (pass === 0) continue;
      term(pass * biases[r]!);
      for (let m = rowStart[r]!; m < rowStart[r + 1]!; m++) below[shift + columns[m]!]! += pass * weights[m]!;
    }
  }
  const least = nearMinimum(w.region, gradient, w.x);
  for (let j = 0; j < gradient.length; j++) size += Math.abs(gradient[j]! * w.x[j]!);
  return { value: value + least, size };
}
