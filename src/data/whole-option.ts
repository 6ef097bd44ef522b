/** Checked options of the generators. */
import { refuse } from '../format/index.js';

/** An option that is a whole number from `least` to `most`. @throws InputError otherwise. */
export function wholeOption(
  value: number | undefined,
  where: string,
  fallback: number,
  least: number,
  most = 1_000_000,
): number {
  const chosen = value ?? fallback;
  if (!Number.isSafeInteger(chosen) || chosen < least || chosen > most) {
    refuse(where, `a whole number from ${least} to ${most}`, String(value));
  }
  return chosen;
}
