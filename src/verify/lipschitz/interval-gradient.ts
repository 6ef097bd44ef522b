/**
 * Intervals of a network's gradient, everywhere or in a region.
 *
 * Main definitions: `intervalGradient` (the bound), `gradientIntervals` (the entries).
 *
 * Main statement. Backwards from an output the slope with respect to each neuron lies in an interval: one of [lo, hi] becomes
 * [min(0, lo), max(0, hi)] at a relu that may be on or off, stays as it is at one that is on and becomes 0 at one that
 * is off in the whole region, as interval propagation shows. A step has slope 0 where it does not change; where it may and
 * the output may depend on it, no bound is finite.
 */
import type { Norm } from '../../format/index.js';
import { bigWeights, type Layer, type Network, rowCount } from '../../network/index.js';
import { functionalLayers } from './functional-layers.js';
import type { LipschitzBound, LipschitzQuestion } from './lipschitz-bound.js';
import { isOperatorNorm, operatorMagnitude } from './operator-magnitude.js';
import { type Slope, slopeRanges } from './slope-ranges.js';

/** Ends of intervals, over one denominator. */
interface Ends {
  readonly lower: readonly bigint[];
  readonly upper: readonly bigint[];
}

/** The norm of the largest sizes that the gradient's entries can have in the region. */
export function intervalGradient(network: Network, norm: Norm, question: LipschitzQuestion = {}): LipschitzBound {
  const layers = functionalLayers(network, question.functional);
  const slopes = slopeRanges(layers, question.region);
  const rows = gradientIntervals(layers, slopes);
  if (rows === undefined) return { method: 'interval', norm, magnitude: undefined, exact: false };
  const denominator = layers.reduce((product, layer) => product * layer.weightDenominator, 1n);
  const entries = rows.map(({ lower, upper }) => lower.map((lo, j) => (-lo > upper[j]! ? -lo : upper[j]!)));
  const isPoint = question.region?.kind === 'ball' && question.region.radius.n === 0n;
  const isKnown = rows.every(({ lower, upper }) => lower.every((lo, j) => lo === upper[j]));
  return {
    method: 'interval',
    norm,
    magnitude: operatorMagnitude(norm, { entries, denominator }),
    exact: isKnown && !isPoint && question.region?.kind !== 'box' && isOperatorNorm(norm, rows.length),
  };
}

/** Intervals of the entries of each row of DF, over the product of all weight denominators; undefined where F may jump. */
export function gradientIntervals(
  layers: readonly Layer[],
  slopes: readonly (readonly Slope[])[],
): readonly Ends[] | undefined {
  const last = layers.at(-1)!;
  const rows: Ends[] = [];
  for (let r = 0; r < rowCount(last); r++) {
    const unit = Array.from({ length: rowCount(last) }, (_, k) => (k === r ? 1n : 0n));
    let ends: Ends | undefined = { lower: unit, upper: unit };
    for (let l = layers.length - 1; l >= 0 && ends !== undefined; l--) {
      ends = throughActivation(slopes[l]!, ends);
      if (ends !== undefined) ends = throughWeights(layers[l]!, ends);
    }
    if (ends === undefined) return undefined;
    rows.push(ends);
  }
  return rows;
}

/** Slopes with respect to pre-activations, from those with respect to activations. */
export function throughActivation(slopes: readonly Slope[], { lower, upper }: Ends): Ends | undefined {
  const jumps = slopes.some((slope, r) => slope === 'jumps' && !(lower[r] === 0n && upper[r] === 0n));
  if (jumps) return undefined;
  const clipped = (ends: readonly bigint[], isLower: boolean): bigint[] =>
    ends.map((v, r) => {
      const slope = slopes[r]!;
      if (slope === 1) return v;
      if (slope !== 'either') return 0n;
      return isLower === v < 0n ? v : 0n;
    });
  return { lower: clipped(lower, true), upper: clipped(upper, false) };
}

/** Slopes with respect to a layer's inputs, from those with respect to its pre-activations. */
export function throughWeights(layer: Layer, { lower, upper }: Ends): Ends {
  const weights = bigWeights(layer);
  const least: bigint[] = new Array(layer.inputs).fill(0n);
  const most: bigint[] = new Array(layer.inputs).fill(0n);
  for (let r = 0; r < rowCount(layer); r++) {
    const [lo, hi] = [lower[r]!, upper[r]!];
    if (lo === 0n && hi === 0n) continue;
    for (let k = layer.rowStart[r]!; k < layer.rowStart[r + 1]!; k++) {
      const w = weights[k]!;
      const c = layer.columns[k]!;
      least[c]! += w * (w > 0n ? lo : hi);
      most[c]! += w * (w > 0n ? hi : lo);
    }
  }
  return { lower: least, upper: most };
}
