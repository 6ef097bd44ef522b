/**
 * The network of a threshold fit: hyperplanes, counting neurons, one union per class, output.
 *
 * Main definitions: `hyperplaneLayer`, `countingLayer`, `unionLayer`, `labelOutput`, `thresholdNetwork`.
 */
import { bigNumerators, half, lcm, type Numerators, neg, numerators, one, rational } from '../../exact/index.js';
import { type Layer, layerBuilder, type Network } from '../../network/index.js';
import { hyperplaneCount, type ThresholdFit, type ThresholdNeuron } from './fit.js';
import type { Hyperplanes } from './hyperplanes.js';

/** One `step` neuron for each hyperplane of each batch, in order; none is merged. */
export function hyperplaneLayer(batches: readonly Hyperplanes[]): Layer {
  const weightDenominator = batches.map((h) => h.weightDenominator).reduce(lcm);
  const biasDenominator = batches.map((h) => h.biasDenominator).reduce(lcm);
  const d = batches[0]!.dimension;
  const starts = [0];
  const columns: number[] = [];
  const kept: (number | bigint)[] = [];
  for (const h of batches) {
    const factor = weightDenominator / h.weightDenominator;
    const weights = scaledBy(h.weights, factor);
    for (let i = 0; i < h.count; i++) {
      for (let j = 0; j < d; j++) {
        const w = weights[j * h.count + i]!;
        if (Number(w) === 0) continue;
        columns.push(j);
        kept.push(w);
      }
      starts.push(columns.length);
    }
  }
  const biases = batches.flatMap((h) => bigNumerators(h.biases).map((b) => b * (biasDenominator / h.biasDenominator)));
  const doubles = kept.every((w) => typeof w === 'number');
  return {
    activation: 'step',
    inputs: d,
    rowStart: Uint32Array.from(starts),
    columns: Uint32Array.from(columns),
    weights: doubles ? Float64Array.from(kept as number[]) : numerators(kept.map(BigInt)),
    weightDenominator,
    biases: numerators(biases),
    biasDenominator,
  };
}

const scaledBy = (values: Numerators, factor: bigint): Numerators =>
  factor === 1n ? values : numerators(bigNumerators(values).map((v) => v * factor));

/** step(m − Σ members) for each neuron. */
export function countingLayer(
  hyperplanes: number,
  neurons: readonly Pick<ThresholdNeuron, 'members' | 'threshold'>[],
): Layer {
  const total = neurons.reduce((sum, { members }) => sum + members.length, 0);
  const columns = new Uint32Array(total);
  const rowStart = new Uint32Array(neurons.length + 1);
  neurons.forEach(({ members }, r) => {
    columns.set(members, rowStart[r]!);
    rowStart[r + 1] = rowStart[r]! + members.length;
  });
  return {
    activation: 'step',
    inputs: hyperplanes,
    rowStart,
    columns,
    weights: new Float64Array(total).fill(-1),
    weightDenominator: 1n,
    biases: Float64Array.from(neurons, ({ threshold }) => threshold),
    biasDenominator: 1n,
  };
}

/** step(Σ own − 1/2) for each of the classes, over neurons with the given labels. */
export function unionLayer(labels: readonly number[], others: readonly number[]): Layer {
  const union = layerBuilder(labels.length, 'step', { merge: false });
  for (const o of others) {
    const own = labels.map((_, row) => row).filter((row) => labels[row] === o);
    union.neuron(
      own,
      own.map(() => one),
      neg(half),
    );
  }
  return union.build();
}

/** base + Σ (o − base)·union_o: the label, when at most one class fires. */
export function labelOutput(base: number, others: readonly number[]): Layer {
  const output = layerBuilder(others.length, 'identity', { merge: false });
  output.neuron(
    others.map((_, c) => c),
    others.map((o) => rational(o - base)),
    rational(base),
  );
  return output.build();
}

/** The network of a fit: a sample of class o is covered by a neuron of o, and by none of any other class. */
export function thresholdNetwork(fit: ThresholdFit, others: readonly number[]): Network {
  const { neurons, base } = fit;
  return {
    layers: [
      hyperplaneLayer(fit.hyperplanes),
      countingLayer(hyperplaneCount(fit.hyperplanes), neurons),
      unionLayer(
        neurons.map(({ label }) => label),
        others,
      ),
      labelOutput(base, others),
    ],
  };
}
