/** Lists with one entry changed or some left out. */

/** 0 … n − 1. */
export const upTo = (n: number): number[] => Array.from({ length: n }, (_, k) => k);

/** The list with another value in one place. */
export const swapped = <T>(list: readonly T[], at: number, value: T): T[] =>
  list.map((old, k) => (k === at ? value : old));

/** The list without one place. */
export const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, k) => k !== at);

/** Index sets that leave out ever smaller runs of 0 … n − 1, at least one index staying. */
export function* runsLeftOut(n: number): Generator<number[]> {
  const all = upTo(n);
  for (let run = n >> 1; run >= 1; run >>= 1) {
    for (let from = 0; from < n; from += run) {
      const kept = all.filter((k) => k < from || k >= from + run);
      if (kept.length > 0) yield kept;
    }
  }
}
