/**
 * The convolutional network of a threshold fit: every filter and every counting neuron once for each shift.
 *
 * Main definitions: `convolutionNetwork`, `convolvedLayer`, `sharedParameters`.
 */
import { bigNumerators, numerators } from '../../exact/index.js';
import { type Layer, type Network, rowCount } from '../../network/index.js';
import { hyperplaneCount, type ThresholdFit } from './fit.js';
import type { SignalWindows } from './signal-windows.js';
import { countingLayer, hyperplaneLayer, labelOutput, unionLayer } from './threshold-layers.js';

/** Row t·H + i is filter i, a row over the places of the window, on the coordinates that shift t shows it. */
export function convolvedLayer(filters: Layer, { shifts, size: k, coordinates }: SignalWindows): Layer {
  const H = rowCount(filters);
  const entries = filters.columns.length;
  const columns = new Uint32Array(shifts * entries);
  const rowStart = new Uint32Array(shifts * H + 1);
  // Entry of the filters that each entry of the layer repeats.
  const source = new Uint32Array(shifts * entries);
  const at = new Int32Array(k);
  let next = 0;
  for (let t = 0; t < shifts; t++) {
    const seen = coordinates.subarray(t * k, (t + 1) * k);
    const order = Uint32Array.from(seen.keys()).sort((p, q) => seen[p]! - seen[q]!);
    for (let i = 0; i < H; i++) {
      at.fill(-1);
      for (let e = filters.rowStart[i]!; e < filters.rowStart[i + 1]!; e++) at[filters.columns[e]!] = e;
      for (const p of order) {
        if (at[p]! < 0) continue;
        columns[next] = seen[p]!;
        source[next++] = at[p]!;
      }
      rowStart[t * H + i + 1] = next;
    }
  }
  const { weights, biases } = filters;
  return {
    activation: filters.activation,
    inputs: shifts,
    rowStart,
    columns,
    weights:
      weights instanceof Float64Array
        ? Float64Array.from(source, (e) => weights[e]!)
        : numerators(Array.from(source, (e) => weights[e]!)),
    weightDenominator: filters.weightDenominator,
    biases: numerators(Array.from({ length: shifts }, () => bigNumerators(biases)).flat()),
    biasDenominator: filters.biasDenominator,
  };
}

/** The network of a fit on windows: a class fires when one of its counting neurons does in some shift. */
export function convolutionNetwork(fit: ThresholdFit, windows: SignalWindows, others: readonly number[]): Network {
  const H = hyperplaneCount(fit.hyperplanes);
  const neurons = Array.from({ length: windows.shifts }, (_, t) =>
    fit.neurons.map(({ label, members, threshold }) => ({ label, threshold, members: members.map((i) => t * H + i) })),
  ).flat();
  const labels = neurons.map(({ label }) => label);
  return {
    layers: [
      convolvedLayer(hyperplaneLayer(fit.hyperplanes), windows),
      countingLayer(H * windows.shifts, neurons),
      unionLayer(labels, others),
      labelOutput(fit.base, others),
    ],
  };
}

/** H(k + 1) + T(H + 1): weights and biases that all shifts share, zeros as well. */
export function sharedParameters(fit: ThresholdFit, { size: k }: Pick<SignalWindows, 'size'>): number {
  const H = hyperplaneCount(fit.hyperplanes);
  return H * (k + 1) + fit.neurons.length * (H + 1);
}
