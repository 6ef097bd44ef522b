/** The seed of a run of the properties. */

import { defaultSeed } from '../src/laws/run-property.js';

export { defaultSeed };

/**
 * The seed that `MUBALL_SEED` asks for: a whole number, or `random` for a new one. On CI (`CI` set, neither empty nor
 * `false` nor `0`) a run must be repeatable from its log, so `random` is refused there.
 * @throws Error for any other text, and for `random` on CI.
 */
export function seedFrom(environment: Readonly<Record<string, string | undefined>>): number {
  const asked = environment.MUBALL_SEED?.trim() ?? '';
  if (asked === '') return defaultSeed;
  if (asked === 'random') {
    const ci = environment.CI?.trim() ?? '';
    if (!['', 'false', '0'].includes(ci)) {
      throw new Error(
        'MUBALL_SEED: expected a number or nothing when CI is set, got random: the run could not be repeated',
      );
    }
    return Math.floor(Math.random() * 2 ** 31);
  }
  const seed = Number(asked);
  // fast-check's generators take 32-bit seeds.
  if (!/^-?\d+$/.test(asked) || seed !== (seed | 0)) {
    throw new Error(`MUBALL_SEED: expected random or a whole number of 32 bits, got ${JSON.stringify(asked)}`);
  }
  return seed;
}
