/**
 * First layers whose neurons depend on one coordinate each, act(±x_j + t), without repetition.
 *
 * Samples share coordinates, so the distinct neurons are far fewer than the 2·d·T of the theorem. They are laid out
 * coordinate by coordinate, widest spread first, because a prover that reads rows in order then decides them early.
 */

import { bigNumerators, compare, formatRational, mul, neg, one, type Rational, rational, sub } from '../exact/index.js';
import type { Activation } from '../format/index.js';
import type { Dataset } from '../geometry/index.js';
import { type Layer, layerAccumulator } from '../network/index.js';

export interface CoordinateThresholds {
  readonly layer: Layer;
  /** Coordinates in the order of the layout. */
  readonly order: readonly number[];
  /**
   * Row of act(x_j − x_ij − t) for side 0 and of act(x_ij − x_j − t) for side 1, with t = thresholds[m]. The rows of
   * one sample increase along `order`, then side, then m.
   */
  readonly row: (i: number, j: number, side: 0 | 1, m: number) => number;
  /** All 2·d·|thresholds| rows of sample i, increasing. */
  readonly rows: (i: number) => Uint32Array;
}

/**
 * The neurons act(x_j − x_ij − t) and act(x_ij − x_j − t) for the listed samples i, all j and the thresholds t, which
 * must increase.
 */
export function coordinateThresholds(
  data: Dataset,
  samples: readonly number[],
  thresholds: readonly Rational[],
  activation: Activation,
): CoordinateThresholds {
  const d = data.dimension;
  const { denominator } = data.coordinates;
  const x = data.coordinates.numerators;
  const order = widestFirst(data);
  const layer = layerAccumulator(d, activation);
  // rowsOf[j] maps the numerator of x_ij to its rows, side 0 first.
  const rowsOf: Map<number | bigint, number[]>[] = new Array(d);
  let rows = 0;
  for (const j of order) {
    const values = [...new Set<number | bigint>(samples.map((i) => x[i * d + j]!))].sort((a, b) => (a < b ? -1 : 1));
    const own = new Map<number | bigint, number[]>(values.map((v) => [v, []]));
    for (const weight of [one, neg(one)]) {
      // Neuron act(±(x_j − x_ij) − t) is act(±x_j + bias); equal biases of different samples share a row.
      const wanted = values.flatMap((v) =>
        thresholds.map((t) => ({ v, bias: sub(mul(neg(weight), rational(v, denominator)), t) })),
      );
      const biases = [...new Map(wanted.map(({ bias }) => [formatRational(bias), bias])).entries()].sort((a, b) =>
        compare(b[1], a[1]),
      );
      const rowOfBias = new Map(biases.map(([key], m) => [key, rows + m]));
      for (const [, bias] of biases) layer.push({ columns: [j], weights: [weight], bias });
      for (const { v, bias } of wanted) own.get(v)!.push(rowOfBias.get(formatRational(bias))!);
      rows += biases.length;
    }
    rowsOf[j] = own;
  }
  return {
    layer: layer.finish(),
    order,
    row: (i, j, side, m) => rowsOf[j]!.get(x[i * d + j]!)![side * thresholds.length + m]!,
    rows(i) {
      const all = new Uint32Array(2 * d * thresholds.length);
      let at = 0;
      for (const j of order) for (const row of rowsOf[j]!.get(x[i * d + j]!)!) all[at++] = row;
      return all;
    },
  };
}

/** Coordinates by decreasing Σ (x_ij − mean)², in units that do not matter. */
function widestFirst(data: Dataset): number[] {
  const { size: n, dimension: d } = data;
  const x = data.coordinates.numerators;
  // Only the order of rows depends on this, so doubles do.
  const values = x instanceof Float64Array ? x : Float64Array.from(bigNumerators(x), Number);
  const spread = Array.from({ length: d }, (_, j) => {
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      sum += values[i * d + j]!;
      squares += values[i * d + j]! ** 2;
    }
    return squares - (sum * sum) / n;
  });
  return spread.map((_, j) => j).sort((a, b) => spread[b]! - spread[a]! || a - b);
}
