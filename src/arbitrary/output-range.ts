/**
 * Bounds of a network's outputs on a box, to place unsafe sets where they cannot be reached.
 *
 * Main definitions: `outputRange`, `linearRange`, `hullOf`. Plain interval arithmetic on rationals, written apart from
 * the verifiers that queries are meant to test.
 */
import { add, addVectors, max, mul, one, type Rational, subVectors, type Vector, zero } from '../exact/index.js';
import type { Activation } from '../format/index.js';
import type { Box, Region } from '../geometry/index.js';
import { type Network, rowCount, rowOf } from '../network/index.js';

export interface Interval {
  readonly low: Rational;
  readonly high: Rational;
}

/** The smallest box around a region. */
export function hullOf(region: Region): Box {
  if (region.kind === 'box') return region;
  const reach = region.centre.map(() => region.radius);
  return { kind: 'box', lower: subVectors(region.centre, reach), upper: addVectors(region.centre, reach) };
}

/** An interval around Σ weights[k]·v[columns[k]] + bias for v in the given intervals. */
export function linearRange(
  columns: readonly number[],
  weights: Vector,
  bias: Rational,
  at: readonly Interval[],
): Interval {
  let low = bias;
  let high = bias;
  columns.forEach((column, k) => {
    const w = weights[k]!;
    const { low: least, high: most } = at[column]!;
    low = add(low, mul(w, w.n > 0n ? least : most));
    high = add(high, mul(w, w.n > 0n ? most : least));
  });
  return { low, high };
}

const activate = (activation: Activation, v: Rational): Rational => {
  if (activation === 'identity') return v;
  if (activation === 'relu') return max(v, zero);
  return v.n > 0n ? one : zero;
};

/** Intervals around the outputs for all inputs in the region. */
export function outputRange(network: Network, region: Region): Interval[] {
  const { lower, upper } = hullOf(region);
  let at: Interval[] = lower.map((low, j) => ({ low, high: upper[j]! }));
  for (const layer of network.layers) {
    at = Array.from({ length: rowCount(layer) }, (_, r) => {
      const { columns, weights, bias } = rowOf(layer, r);
      const { low, high } = linearRange(columns, weights, bias, at);
      // Activations do not decrease, so the ends map to the ends.
      return { low: activate(layer.activation, low), high: activate(layer.activation, high) };
    });
  }
  return at;
}
