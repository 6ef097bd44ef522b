/**
 * What the neurons of a layer are on a cell: affine forms of the input, as integers over one denominator.
 *
 * Main definitions: `formDenominators`, `inputForms`, `layerForms`.
 */
import { bigWeights, commonScale, type Layer, rowCount } from '../../../network/index.js';

/** Σ form[j]·x_j + form[d], over the layer's denominator; undefined is 0. */
export type Form = readonly bigint[] | undefined;

/** The denominators of the forms of each layer's pre-activations; they are those of its activations, too. */
export function formDenominators(layers: readonly Layer[]): readonly bigint[] {
  let denominator = 1n;
  return layers.map((layer) => {
    denominator = commonScale(layer, denominator).denominator;
    return denominator;
  });
}

/** The coordinates of the input, over 1. */
export const inputForms = (d: number): Form[] =>
  Array.from({ length: d }, (_, j) => Array.from({ length: d + 1 }, (_, i) => (i === j ? 1n : 0n)));

/** The pre-activations of a layer over d inputs, from the forms of what it reads and their denominator. */
export function layerForms(layer: Layer, below: readonly Form[], denominator: bigint, d: number): bigint[][] {
  const weights = bigWeights(layer);
  const { sums, biases } = commonScale(layer, denominator);
  return Array.from({ length: rowCount(layer) }, (_, r) => {
    const out: bigint[] = new Array(d + 1).fill(0n);
    for (let k = layer.rowStart[r]!; k < layer.rowStart[r + 1]!; k++) {
      const form = below[layer.columns[k]!];
      if (form === undefined) continue;
      const w = weights[k]!;
      for (let j = 0; j <= d; j++) out[j]! += w * form[j]!;
    }
    if (sums !== 1n) for (let j = 0; j <= d; j++) out[j]! *= sums;
    out[d]! += BigInt(layer.biases[r]!) * biases;
    return out;
  });
}
