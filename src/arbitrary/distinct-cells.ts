/** Distinct cells of ℤᵈ. */
import type { Random } from 'fast-check';
import { whole } from './draw.js';

/**
 * n distinct points of ℤᵈ with small coordinates ≥ 0, row-major. A cell that is taken gives way to the next one in
 * counting order, so no draw is thrown away.
 */
export function distinctCells(random: Random, n: number, d: number): number[] {
  let side = 1;
  while (side ** Math.min(d, 20) < n) side++;
  side += whole(random, 0, 2);
  if (side === 1) side = 2;
  // The first `digits` coordinates alone already distinguish the cells.
  let digits = 1;
  let count = side;
  while (digits < d && count * side < 2 ** 30) {
    count *= side;
    digits++;
  }
  const taken = new Set<number>();
  const out: number[] = new Array(n * d);
  for (let i = 0; i < n; i++) {
    let index = whole(random, 0, count - 1);
    while (taken.has(index)) index = index + 1 === count ? 0 : index + 1;
    taken.add(index);
    for (let j = 0; j < d; j++) {
      out[i * d + j] = j < digits ? index % side : whole(random, 0, side - 1);
      if (j < digits) index = Math.floor(index / side);
    }
  }
  return out;
}
