/**
 * What is known about every neuron on one convex polygon, and how bounds on one layer decide neurons of later layers.
 *
 * Main definitions: `Phases`, `tighten`.
 *
 * Ranges are enclosures in doubles, rounded outwards: on the polygon's own layer from the values at the vertices, where
 * an affine function is extreme, and from there by interval arithmetic. A neuron is *unneeded* when each of its readers
 * is off, a constant step, or unneeded itself on the whole polygon; these phases are recorded, so its own value matters
 * no more and 0 is taken. That is what keeps a subdivision small: lines far from where they matter do not cut.
 */
import type { Activation } from '../../format/index.js';
import { type Layer, rowCount } from '../../network/index.js';
import { affineEnclosures, type Enclosures } from '../../verify/bounds/enclosures.js';
import type { AffineRow } from './affine-row.js';
import { enclosedValue } from './nearby.js';
import type { Polygon } from './polygon.js';

/** The sign is not known. */
export const open = 0;
/** The value is 0. */
export const off = 1;
/** The value is the preactivation, or 1 for step. */
export const on = 2;
/** Nothing depends on the value; 0 is taken. */
export const unneeded = 3;

/** One of the four phases above for each neuron of each layer. */
export type Phases = readonly Uint8Array[];

/** Nothing known; identity neurons are always on. */
export const initialPhases = (layers: readonly Layer[]): Phases =>
  layers.map((layer) => new Uint8Array(rowCount(layer)).fill(layer.activation === 'identity' ? on : open));

/**
 * Improves `phases` in place from layer `from` on, given that layer's preactivations on the polygon and the phases of
 * its stable neurons: decides later neurons by bounds, then marks what no output needs.
 */
export function tighten(
  layers: readonly Layer[],
  from: number,
  rows: readonly AffineRow[],
  polygon: Polygon,
  phases: Phases,
): void {
  let ranges = zeroRanges(rows.length);
  phases[from]!.forEach((phase, r) => {
    if (phase !== open && phase !== on) return;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const p of polygon) {
      const [a, b] = enclosedValue(rows[r]!.near, p.nearX, p.nearY);
      low = Math.min(low, a);
      high = Math.max(high, b);
    }
    setActivated(ranges, r, layers[from]!.activation, phase, low, high);
  });
  for (let l = from + 1; l < layers.length; l++) {
    const { activation } = layers[l]!;
    const z = affineEnclosures(layers[l]!, ranges);
    ranges = zeroRanges(phases[l]!.length);
    phases[l]!.forEach((phase, r, all) => {
      if (phase === open && z.upper[r]! <= 0) all[r] = off;
      if (phase === open && z.lower[r]! > 0) all[r] = on;
      setActivated(ranges, r, activation, all[r]!, z.lower[r]!, z.upper[r]!);
    });
  }
  markUnneeded(layers, from, phases);
}

const zeroRanges = (length: number): Enclosures => ({
  lower: new Float64Array(length),
  upper: new Float64Array(length),
});

/** The range after the activation; off and unneeded neurons keep [0, 0]. */
function setActivated(
  out: Enclosures,
  r: number,
  activation: Activation,
  phase: number,
  low: number,
  high: number,
): void {
  if (phase !== open && phase !== on) return;
  if (activation === 'step') {
    out.lower[r] = phase === on ? 1 : 0;
    out.upper[r] = 1;
  } else {
    out.lower[r] = activation === 'relu' ? Math.max(0, low) : low;
    out.upper[r] = activation === 'relu' ? Math.max(0, high) : high;
  }
}

/** Backwards from the outputs: a neuron is needed when a needed neuron that is not constant reads it. */
function markUnneeded(layers: readonly Layer[], from: number, phases: Phases): void {
  for (let l = layers.length - 1; l > from; l--) {
    const { activation, rowStart, columns } = layers[l]!;
    const inputs = phases[l - 1]!;
    const read = new Uint8Array(inputs.length);
    phases[l]!.forEach((phase, r) => {
      if (phase === off || phase === unneeded || (phase === on && activation === 'step')) return;
      for (let k = rowStart[r]!; k < rowStart[r + 1]!; k++) read[columns[k]!] = 1;
    });
    for (let c = 0; c < inputs.length; c++) if (read[c] === 0 && inputs[c] !== off) inputs[c] = unneeded;
  }
}
