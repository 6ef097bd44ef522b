/**
 * Which slopes a neuron's activation can have in a region.
 *
 * Main definitions: `Slope`, `slopeRanges`.
 */
import type { Region } from '../../geometry/index.js';
import { type Layer, rowCount } from '../../network/index.js';
import { intervalBounds } from '../bounds/interval.js';

/** 0: constant; 1: slope 1; `either`: 0 or 1, by place; `jumps`: a step that may change. */
export type Slope = 0 | 1 | 'either' | 'jumps';

/**
 * Slopes of the neurons of each layer over a region, from interval bounds; without a region only those of neurons
 * without weights are known.
 */
export function slopeRanges(layers: readonly Layer[], region?: Region): readonly (readonly Slope[])[] {
  const bounds = region === undefined ? undefined : intervalBounds({ layers }, region);
  return layers.map((layer, l) => {
    const at = bounds?.[l];
    return Array.from({ length: rowCount(layer) }, (_, r): Slope => {
      if (layer.activation === 'identity') return 1;
      if (layer.rowStart[r] === layer.rowStart[r + 1]) return 0;
      const isOff = at !== undefined && at.upper.numerators[r]! <= 0;
      const isOn = at !== undefined && at.lower.numerators[r]! >= 0;
      if (layer.activation === 'relu') return isOff ? 0 : isOn ? 1 : 'either';
      return isOff || (isOn && at.lower.numerators[r]! > 0) ? 0 : 'jumps';
    });
  });
}
