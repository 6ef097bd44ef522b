/**
 * Signed, subsampled Hadamard rows: integer maps with entries ±1 that preserve separation well.
 *
 * Entry (a, b) of the Sylvester–Hadamard matrix of order 2^m is (−1)^popcount(a AND b); its rows are orthogonal. For d
 * that is no power of two a random choice of d columns is kept; the rows are then no longer orthogonal.
 * Reference: structured Johnson–Lindenstrauss maps, as neighbourhood-preserving projections of [EYS].
 */
import { distinctBelow, randomSource } from '../exact/index.js';
import type { LinearMap } from './linear-map.js';

/**
 * k distinct random Hadamard rows, restricted to d random columns with random signs.
 * @throws RangeError unless 1 ≤ k ≤ 2^⌈log₂ d⌉.
 */
export function hadamardMap(k: number, d: number, seed: number): LinearMap {
  const order = 2 ** Math.ceil(Math.log2(Math.max(1, d)));
  if (!(k >= 1 && k <= order)) throw new RangeError(`hadamardMap: expected 1 ≤ k ≤ ${order}, got ${k}`);
  const random = randomSource(seed);
  const rows = distinctBelow(random, order, k);
  const columns = distinctBelow(random, order, d);
  const signs = columns.map(() => (random.coin() ? 1n : -1n));
  return {
    rows: rows.map((a) => columns.map((b, j) => (evenOverlap(a, b) ? signs[j]! : -signs[j]!))),
    columns: d,
  };
}

/** Whether a AND b has an even number of ones. */
function evenOverlap(a: number, b: number): boolean {
  let bits = a & b;
  let even = true;
  for (; bits !== 0; bits &= bits - 1) even = !even;
  return even;
}

/** k rows with random entries in {−1, 0, 1}, none 0. */
export function signedMap(k: number, d: number, seed: number): LinearMap {
  const random = randomSource(seed);
  const row = (): bigint[] => {
    const entries: bigint[] = Array.from({ length: d }, () => BigInt(random.between(-1, 1)));
    if (!entries.some((v) => v !== 0n)) entries[random.below(d)] = 1n;
    return entries;
  };
  return { rows: Array.from({ length: k }, row), columns: d };
}
