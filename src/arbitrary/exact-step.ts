/** Whole vectors of whole length in a given norm. */
import type { Random } from 'fast-check';
import type { Norm } from '../format/index.js';
import { whole } from './draw.js';

/** Whole vectors whose ℓ2 length is whole, with that length. */
const pythagorean: readonly (readonly [readonly number[], number])[] = [
  [[1], 1],
  [[3, 4], 5],
  [[5, 12], 13],
  [[1, 2, 2], 3],
  [[2, 3, 6], 7],
  [[1, 1, 1, 1], 2],
];

/** A vector of d naturals and its length > 0, exactly, in the norm. */
export function exactStep(random: Random, d: number, norm: Norm): { vector: number[]; length: number } {
  const vector: number[] = new Array(d).fill(0);
  if (norm === 'l2') {
    const fitting = pythagorean.filter(([v]) => v.length <= d);
    const [legs, hypotenuse] = fitting[whole(random, 0, fitting.length - 1)]!;
    const factor = whole(random, 1, 2);
    legs.forEach((leg, j) => {
      vector[j] = leg * factor;
    });
    return { vector, length: hypotenuse * factor };
  }
  const length = whole(random, 1, 6);
  if (norm === 'linf') {
    for (let j = 0; j < d; j++) vector[j] = j === 0 ? length : whole(random, 0, length);
    return { vector, length };
  }
  for (let part = 0; part < length; part++) vector[whole(random, 0, d - 1)]! += 1;
  return { vector, length };
}
