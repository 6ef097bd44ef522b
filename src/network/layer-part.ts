/**
 * Parts that share layers: each says which neurons it needs in the next layer and is told what they became.
 *
 * Main definitions: `LayerPart`, `advanceLayer` (one layer for several parts), `carrier` (values that other parts wait
 * beside). A part keeps its values as affine forms over the current layer, so that sums cost no layer. What is carried
 * is nonnegative wherever it matters, and relu leaves it alone.
 */
import type { AffineForm } from './affine-form.js';
import type { SequentialBuilder } from './sequential-builder.js';

export interface LayerPart {
  /** The neurons that this part needs in the next layer, as forms over the current one. */
  rows(): readonly AffineForm[];
  /** Tells the part the neurons that `rows` became, in the same order. */
  advance(neurons: readonly AffineForm[]): void;
}

/** Adds one relu layer that holds the rows of all parts. */
export function advanceLayer(builder: SequentialBuilder, parts: readonly LayerPart[]): void {
  const wanted = parts.map((part) => part.rows());
  const neurons = builder.layer('relu', wanted.flat());
  let at = 0;
  parts.forEach((part, k) => {
    const own = wanted[k]!.length;
    part.advance(neurons.slice(at, at + own));
    at += own;
  });
}

/** Values that are carried unchanged. */
export interface Carrier extends LayerPart {
  /** The carried values as forms over the current layer. */
  values(): readonly AffineForm[];
}

/** A part that carries nonnegative forms. */
export function carrier(forms: readonly AffineForm[]): Carrier {
  let values = forms;
  return {
    rows: () => values,
    advance(neurons) {
      values = neurons;
    },
    values: () => values,
  };
}
