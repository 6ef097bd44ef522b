/**
 * Upper bounds of affine functions of a network's outputs over a region, by exact interval propagation.
 *
 * Main definitions: `Layer`, `layersOf`, `suprema`.
 *
 * Notes. A last layer without activation is composed with the function exactly, so that outputs are compared with each
 * other before anything is bounded: y₀ - y₁ is one function of the last hidden layer, not a difference of intervals.
 */
import type { Activation, NetworkFile, NetworkFileRow } from '../format/network-file.js';
import type { RegionFile } from '../format/query-file.js';
import { activated, affineImage, type Bound, type Intervals, settled } from './intervals.js';
import { limitBits } from './rational.js';
import { inputRegion, regionImage } from './region.js';
import { composed, type Rows, rowsOf } from './rows.js';

/** A layer of a network, over one denominator. */
export type Layer = { readonly activation: Activation; readonly rows: Rows; readonly where: string };

/** The layers of the network, ready for any number of regions. */
export function layersOf(network: NetworkFile): readonly Layer[] {
  let allBits = 0;
  return network.layers.map(({ activation, rows: files }, i) => {
    const where = `network.layers[${i}]`;
    const rows = rowsOf(files, where);
    for (const { weights } of files) allBits += rows.bits * (1 + weights.length);
    limitBits(allBits, 1, where);
    return { activation, rows, where };
  });
}

/** Bounds functions of the outputs over the region from above; the layers are propagated once, for all of them. */
export function suprema(layers: readonly Layer[], region: RegionFile): (row: NetworkFileRow, where: string) => Bound {
  const input = inputRegion(region, 'query.region');
  const last = layers.at(-1)!;
  const isFolded = last.activation === 'identity';
  let hidden: Intervals | undefined;
  const image = (rows: Rows, where: string): Intervals =>
    hidden ? affineImage(rows, hidden, where) : regionImage(rows, input, where);
  for (const { activation, rows, where } of isFolded ? layers.slice(0, -1) : layers) {
    hidden = settled(activated(activation, image(rows, where)));
  }
  return (row, where) => {
    const rows = rowsOf([row], where);
    return image(isFolded ? composed(rows, last.rows, where) : rows, where).highs[0]!;
  };
}
