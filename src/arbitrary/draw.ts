/** Random choices on fast-check's generator of random numbers. */
import type { Random } from 'fast-check';
import type { Range } from './range.js';

/** A whole number in [min, max]. */
export const whole = (random: Random, min: number, max: number): number => random.nextInt(min, max);

/** True one time in n. */
export const oneIn = (random: Random, n: number): boolean => random.nextInt(1, n) === 1;

/** One entry of a list that is not empty. */
export const pick = <T>(random: Random, list: readonly T[]): T => list[random.nextInt(0, list.length - 1)]!;

/** A number in the range, one time in `bias` one of its ends. */
export function inRange(random: Random, { min, max }: Range, bias: number | undefined): number {
  if (bias !== undefined && oneIn(random, bias)) return oneIn(random, 2) ? min : max;
  return random.nextInt(min, max);
}

/** The list in random order, in place. */
export function shuffle<T>(random: Random, list: T[]): T[] {
  for (let k = list.length - 1; k > 0; k--) {
    const other = random.nextInt(0, k);
    [list[k], list[other]] = [list[other]!, list[k]!];
  }
  return list;
}

/** The numbers 0 … n − 1 in random order. */
export const permutation = (random: Random, n: number): number[] =>
  shuffle(
    random,
    Array.from({ length: n }, (_, k) => k),
  );
