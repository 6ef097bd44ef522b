/**
 * How many coordinates a narrow network handles in one layer: depth against width.
 */
import { InputError } from '../format/index.js';
import type { ConstructionOptions } from './theorem.js';

/** The blocks of consecutive coordinates 0 … d − 1 of at most `perLayer` each. @throws InputError unless perLayer ≥ 1 is whole. */
export function coordinateBlocks(d: number, options: Pick<ConstructionOptions, 'perLayer'>): number[][] {
  const most = perLayerOf(options);
  return Array.from({ length: Math.ceil(d / most) }, (_, b) =>
    Array.from({ length: Math.min(most, d - b * most) }, (_, k) => b * most + k),
  );
}

/** B, the number of coordinates handled in one layer. @throws InputError unless it is a whole number ≥ 1. */
export function perLayerOf({ perLayer = 1 }: Pick<ConstructionOptions, 'perLayer'>): number {
  if (!Number.isSafeInteger(perLayer) || perLayer < 1) {
    throw new InputError(`--per-layer: expected a whole number ≥ 1, got ${perLayer}`);
  }
  return perLayer;
}
