/**
 * A network over integers, and what interval propagation says about it over a region.
 *
 * Main definitions: `Layer`, `layersOf`, `propagated`.
 *
 * Notes. Intervals are reduced only after their numbers have doubled in length since the last time: what can stay short
 * does, and what cannot costs few passes. For the rule `interval` a last layer without activation is composed with the
 * constraint exactly, so that outputs are compared with each other before anything is bounded: y₀ - y₁ is one function
 * of the last hidden layer, not a difference of intervals.
 */
import type { Activation, NetworkFile } from '../format/network-file.js';
import { activated, affineImage, type Bound, bitsOf, type Intervals, reduced } from './intervals.js';
import { limitBits } from './rational.js';
import { mismatch, same } from './read.js';
import { type InputRegion, regionImage } from './region.js';
import { carryBits, combined, type Rows, rowsOf } from './rows.js';

/** A layer of a network, over one denominator. */
export type Layer = { readonly activation: Activation; readonly inputs: number; readonly rows: Rows };

/** The layers of a network, which fit together and store no weight 0, ready for any number of regions. */
export function layersOf({ layers }: NetworkFile): readonly Layer[] {
  let [allBits, width] = [0, layers[0]!.inputs];
  return layers.map(({ activation, inputs, rows: files }, i) => {
    const where = `network.layers[${i}]`;
    same(inputs, width, `${where}.inputs`);
    const rows = rowsOf(files, inputs, `${where}.rows`);
    for (const [r, { weights }] of files.entries()) {
      if (weights.includes('0')) mismatch('0', `${where}.rows[${r}].weights`, 'weights other than 0');
      allBits += rows.bits * (1 + weights.length);
    }
    limitBits(allBits, 1, where);
    width = files.length;
    return { activation, inputs, rows };
  });
}

/** Integers this short are never worth a reduction. */
const shortBits = 512;

/** The intervals of the pre-activations, and upper bounds of functions of the outputs, over the region. */
export function propagated(layers: readonly Layer[], input: InputRegion) {
  const last = layers.at(-1)!;
  const isFolded = last.activation === 'identity';
  const z: Intervals[] = [];
  let [hidden, due]: [Intervals | undefined, number] = [undefined, shortBits];
  const image = (rows: Rows, where: string) =>
    hidden ? affineImage(rows, hidden, where) : regionImage(rows, input, where);
  for (const [i, { activation, rows }] of (isFolded ? layers.slice(0, -1) : layers).entries()) {
    z.push(image(rows, `network.layers[${i}]`));
    hidden = activated(activation, z[i]!);
    if (bitsOf(hidden) <= due) continue;
    hidden = reduced(hidden);
    due = Math.max(shortBits, 2 * bitsOf(hidden));
  }
  const supremum = ({ rows, denominator, bits }: Rows, k: number, where: string): Bound => {
    const row = combined([1n], { denominator, rows: [rows[k]!], bits }, last.rows.rows.length, where);
    if (!isFolded) return image({ denominator, rows: [row], bits }, where).ends[0]![1];
    const below = combined(row.weights, last.rows, last.inputs, where);
    const composed = { ...below, bias: below.bias + row.bias * last.rows.denominator };
    const over = { denominator: denominator * last.rows.denominator, bits: bits + last.rows.bits + carryBits };
    return image({ ...over, rows: [composed] }, where).ends[0]![1];
  };
  return { z, supremum };
}
