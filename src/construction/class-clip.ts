/**
 * The last two layers of the wide memorizers: from indicators g_i ∈ [0, 1] of samples to the exact label.
 *
 * With base class b and other classes o: L_o = relu(1 − Σ_{y_i = o} g_i) and F = b + Σ_o (o − b)(1 − L_o). On a ball
 * where some g_i of its own class is 1 and all others are 0, L of its class is 0 and the other L are 1, so F is the
 * class; on a ball of the base class all L are 1 and F = b. Sums above 1, from overlapping balls of one class, are
 * clipped by the relu. [YGZ, Thm 4.8 in its wide form]
 */
import { neg, one, type Rational, rational } from '../exact/index.js';
import { type Layer, layerBuilder } from '../network/index.js';

/** The clip layer over indicator rows, one row per class of `others`, in order. */
export function classClip(
  inputs: number,
  indicators: readonly { readonly row: number; readonly label: number }[],
  others: readonly number[],
): Layer {
  const layer = layerBuilder(inputs, 'relu', { merge: false });
  for (const o of others) {
    const own = indicators.filter((g) => g.label === o).map((g) => g.row);
    layer.neuron(
      own,
      own.map(() => neg(one)),
      one,
    );
  }
  return layer.build();
}

/** The output layer F = b + Σ_o (o − b)(1 − L_o). */
export function classOutput(base: number, others: readonly number[]): Layer {
  const layer = layerBuilder(others.length, 'identity', { merge: false });
  const steps = others.map((o) => rational(o - base));
  layer.neuron(
    others.map((_, c) => c),
    steps.map(neg),
    outputBias(base, others),
  );
  return layer.build();
}

/** b + Σ_o (o − b), the bias of the output layer. */
export function outputBias(base: number, others: readonly number[]): Rational {
  return rational(others.reduce((sum, o) => sum + o - base, base));
}
