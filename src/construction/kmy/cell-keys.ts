/**
 * One integer for each lattice cell: Σ_r scale_r·cell_r.
 *
 * Main definitions: `injectiveScales` (place values, different for all cells), `hashedScales` (short random scales that
 * tell apart the cells that have to be), `keyOf`.
 *
 * Random scales below M give a pair of cells one key with probability at most 1/M, so for M near the square of the
 * number of cells some scales serve, and keys have about twice the bits of their number, whatever the lattice's size.
 */
import { bitLength, randomSource } from '../../exact/index.js';

/** A cell that occurs, with the value that its key must have. */
export interface ValuedCell {
  readonly cell: readonly bigint[];
  readonly value: number;
}

/** Σ scales·cell. */
export const keyOf = (scales: readonly bigint[], cell: readonly bigint[]): bigint =>
  cell.reduce((sum, c, r) => sum + scales[r]! * c, 0n);

/** Place values for coordinates of so many bits. */
export function injectiveScales(bits: readonly number[]): bigint[] {
  let places = 0;
  return bits.map((n) => {
    const scale = 1n << BigInt(places);
    places += n;
    return scale;
  });
}

/** Tries of random scales below each bound. */
const tries = 6;

/** Largest number of doublings of the bound beyond the square of the number of cells. */
const spare = 4;

/**
 * Short scales under which cells of different value have different keys; undefined if none were found with keys
 * shorter than place values give.
 */
export function hashedScales(
  cells: readonly ValuedCell[],
  bits: readonly number[],
  seed: number,
): readonly bigint[] | undefined {
  const random = randomSource(seed);
  const widest = bits.reduce((a, b) => a + b, 0);
  const most = 2 * bitLength(BigInt(cells.length)) + spare;
  for (let bound = 1; bound <= Math.min(most, 31); bound++) {
    for (let t = 0; t < tries; t++) {
      const scales = bits.map(() => BigInt(random.below(2 ** bound)));
      const keys = keysIfSeparate(cells, scales);
      if (keys === undefined) continue;
      return bitLength(keys.reduce((a, b) => (b > a ? b : a), 0n)) < widest ? scales : undefined;
    }
  }
  return undefined;
}

/** The keys of all cells, or undefined when two of different value have one key. */
function keysIfSeparate(cells: readonly ValuedCell[], scales: readonly bigint[]): bigint[] | undefined {
  const seen = new Map<bigint, number>();
  for (const { cell, value } of cells) {
    const key = keyOf(scales, cell);
    const other = seen.get(key);
    if (other !== undefined && other !== value) return undefined;
    seen.set(key, value);
  }
  return [...seen.keys()];
}
