/**
 * A network over integers, and what interval propagation says about it over a region.
 *
 * Main definitions: `Layer`, `layersOf`, `propagated`.
 */
import type { Activation, NetworkFile } from '../format/network-file.js';
import { activated, affineImage, bitsOf, type Intervals, reduced } from './intervals.js';
import { mismatch, same } from './read.js';
import { type InputRegion, regionImage } from './region.js';
import { type Rows, rowsOf } from './rows.js';

/** A layer of a network, over one denominator. */
export type Layer = { readonly activation: Activation; readonly inputs: number; readonly rows: Rows };

/** The layers of a network, which fit together and store no weight 0, ready for any number of regions. */
export function layersOf({ layers }: NetworkFile): readonly Layer[] {
  let width = layers[0]!.inputs;
  return layers.map(({ activation, inputs, rows: files }, i) => {
    const where = `network.layers[${i}]`;
    same(inputs, width, `${where}.inputs`);
    const idle = files.findIndex(({ weights }) => weights.includes('0'));
    if (idle >= 0) mismatch('0', `${where}.rows[${idle}].weights`, 'weights other than 0');
    width = files.length;
    return { activation, inputs, rows: rowsOf(files, inputs, `${where}.rows`) };
  });
}

/** Integers this short are not worth a reduction. */
const shortBits = 512;

/** The intervals of the pre-activations of each layer over the region. */
export function propagated(layers: readonly Layer[], input: InputRegion): Intervals[] {
  let hidden: Intervals | undefined;
  return layers.map(({ activation, rows }, i) => {
    const where = `network.layers[${i}]`;
    const z = hidden ? affineImage(rows, hidden, where) : regionImage(rows, input, where);
    hidden = activated(activation, bitsOf(z) > shortBits ? reduced(z) : z);
    return z;
  });
}
