/**
 * Whether two shares of successes may come from one probability: Fisher's exact test, two-sided.
 *
 * Main definition: `fisherTest`.
 *
 * With the total of successes given, the successes of the first sample are hypergeometric; the p-value is the
 * probability of all counts that are at most as likely as the one that was seen. Counted in whole numbers.
 *
 * Reference. R. A. Fisher, The logic of inductive inference, J. Roy. Statist. Soc. 98 (1935).
 */

/** a of m and b of n successes; the p-value, rounded. @throws RangeError unless 0 ≤ a ≤ m and 0 ≤ b ≤ n are whole. */
export function fisherTest(a: number, m: number, b: number, n: number): number {
  for (const [successes, trials] of [[a, m] as const, [b, n] as const]) {
    if (!Number.isSafeInteger(successes) || !Number.isSafeInteger(trials) || successes < 0 || successes > trials) {
      throw new RangeError(
        `fisherTest: expected whole numbers of successes among trials, got ${successes} of ${trials}`,
      );
    }
  }
  const total = a + b;
  const ways = (k: number): bigint => choose(m, k) * choose(n, total - k);
  const seen = ways(a);
  let [rare, all] = [0n, 0n];
  for (let k = Math.max(0, total - n); k <= Math.min(m, total); k++) {
    const here = ways(k);
    all += here;
    if (here <= seen) rare += here;
  }
  return Number((rare * 10n ** 15n) / all) / 1e15;
}

/** The number of ways to choose k of n. */
function choose(n: number, k: number): bigint {
  let value = 1n;
  for (let j = 1; j <= k; j++) value = (value * BigInt(n - k + j)) / BigInt(j);
  return value;
}
