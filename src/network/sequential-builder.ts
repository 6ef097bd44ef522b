/**
 * A builder for deep networks: each step turns affine forms over the current layer into neurons of the next.
 *
 * A construction keeps its running values (carried coordinates, sums, accumulators) as affine forms, so that a sum of
 * neurons costs no layer until it passes a nonlinearity. Neurons are not merged: the forms of one layer are distinct
 * values by design, and sizes stay countable by formula.
 */

import { one } from '../exact/index.js';
import type { Activation, OutputReading, Provenance } from '../format/index.js';
import { type AffineForm, neuronForm } from './affine-form.js';
import { layerBuilder } from './layer-builder.js';
import { type Layer, type Network, rowCount } from './network.js';

export interface SequentialBuilder {
  /** The inputs x_0, …, x_{d−1} as forms. */
  readonly inputs: readonly AffineForm[];
  /** Adds the layer act(forms) and returns its neurons as forms, in the order given. */
  layer(activation: Activation, forms: readonly AffineForm[]): AffineForm[];
  /** Adds a layer that was built elsewhere over the current neurons, and returns its neurons as forms. */
  append(layer: Layer): AffineForm[];
  /** Adds the affine output layer and ends the network. */
  network(outputs: readonly AffineForm[], head?: { output?: OutputReading; provenance?: Provenance }): Network;
}

/** A network of d inputs with no layers yet. */
export function sequentialBuilder(d: number): SequentialBuilder {
  const layers: Layer[] = [];
  let width = d;
  const add = (activation: Activation, forms: readonly AffineForm[]): number[] => {
    const builder = layerBuilder(width, activation, { merge: false });
    const rows = forms.map((form) => {
      const terms = [...form.terms].sort((a, b) => a[0] - b[0]);
      return builder.neuron(
        terms.map(([k]) => k),
        terms.map(([, w]) => w),
        form.constant,
      );
    });
    width = builder.size();
    layers.push(builder.build());
    return rows;
  };
  return {
    inputs: Array.from({ length: d }, (_, j) => neuronForm(j, one)),
    layer: (activation, forms) => add(activation, forms).map((row) => neuronForm(row, one)),
    append(layer) {
      layers.push(layer);
      width = rowCount(layer);
      return Array.from({ length: width }, (_, row) => neuronForm(row, one));
    },
    network(outputs, head = {}) {
      add('identity', outputs);
      return { layers, ...head };
    },
  };
}
