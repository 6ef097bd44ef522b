/**
 * A small seeded generator of integers: the same seed gives the same numbers everywhere.
 *
 * Main definitions: `randomSource`, `RandomSource`, `distinctBelow`.
 *
 * The generator is sfc32 ("small fast counting", three words and a counter of 32 bits, period at least 2³²) from the
 * PractRand collection, started from the seed by a multiplicative hash and twelve discarded steps. Good enough to spread
 * test points; not for secrets. Only integers come out, so nothing rounds.
 */

export interface RandomSource {
  /** A uniform integer in [0, n) for 1 ≤ n ≤ 2³². @throws RangeError for other n. */
  below(n: number): number;
  /** A uniform integer in [low, high], high − low < 2³². @throws RangeError for other ends. */
  between(low: number, high: number): number;
  /** True with probability 1/2. */
  coin(): boolean;
}

/** The generator of a seed, any safe integer. @throws RangeError for other seeds. */
export function randomSource(seed: number): RandomSource {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`randomSource: expected a safe integer as seed, got ${seed}`);
  let a = Math.imul(seed | 0, 0x9e3779b1);
  let b = Math.imul(Math.floor(seed / 2 ** 32) | 0, 0x85ebca6b);
  let c = 0x243f6a88;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let k = 0; k < 12; k++) next();

  const below = (n: number): number => {
    if (!Number.isSafeInteger(n) || n < 1 || n > 2 ** 32) {
      throw new RangeError(`randomSource.below: expected an integer from 1 to 2^32, got ${n}`);
    }
    // Numbers above the last whole multiple of n would favour small remainders.
    const limit = 2 ** 32 - (2 ** 32 % n);
    let value = next();
    while (value >= limit) value = next();
    return value % n;
  };
  return { below, between: (low, high) => low + below(high - low + 1), coin: () => below(2) === 1 };
}

/** `count` different integers below n, in random order. @throws RangeError when count > n. */
export function distinctBelow(random: RandomSource, n: number, count: number): number[] {
  if (count > n) throw new RangeError(`distinctBelow: expected at most ${n} integers, got ${count}`);
  const all = Array.from({ length: n }, (_, k) => k);
  for (let k = 0; k < count; k++) {
    const other = random.between(k, n - 1);
    [all[k], all[other]] = [all[other]!, all[k]!];
  }
  return all.slice(0, count);
}
