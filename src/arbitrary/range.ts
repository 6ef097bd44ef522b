/** Inclusive ranges of whole numbers, as constraints give them. */
import { refuse } from '../format/index.js';

/** Inclusive range of whole numbers. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Whether n lies in the range. */
export const within = (n: number, range: Range): boolean => range.min <= n && n <= range.max;

/** A range of whole numbers ≥ 1; a bound that is not given follows the one that is. */
export function rangeOf(given: Partial<Range> | undefined, usual: Range, name: string): Range {
  const min = given?.min ?? Math.min(usual.min, given?.max ?? usual.min);
  const max = given?.max ?? Math.max(usual.max, min);
  for (const [bound, value] of [
    ['min', min],
    ['max', max],
  ] as const) {
    if (!Number.isSafeInteger(value) || value < Math.min(1, usual.min)) {
      refuse(`${name}.${bound}`, `a whole number ≥ ${Math.min(1, usual.min)}`, String(value));
    }
  }
  if (min > max) refuse(`${name}.min`, `at most ${name}.max = ${max}`, String(min));
  return { min, max };
}
