/**
 * Integer rows whose lattices are tried, for each number of rows.
 *
 * The coordinates themselves and random choices of them serve ℓ∞, signed Hadamard rows ℓ1 and ℓ2, where a ball is
 * narrower along a diagonal, in units of the row's length. All rows of one map are orthogonal.
 */
import { randomSource } from '../../exact/index.js';
import { hadamardMap, type LinearMap, orthogonalRows, signedMap } from '../../geometry/index.js';

/** Maps of each kind for each number of rows. */
const attempts = 4;

/** Orthogonal integer rows, all coordinates in order. */
export const coordinateRows = (d: number): bigint[][] =>
  Array.from({ length: d }, (_, r) => Array.from({ length: d }, (__, j) => (j === r ? 1n : 0n)));

/** The rows to try for k directions in d dimensions, k ≤ d, deterministic in the seed. */
export function candidateRows(k: number, d: number, seed: number): (readonly (readonly bigint[])[])[] {
  if (k === d) return [coordinateRows(d), ...(d === 1 ? [] : spread(k, d, seed))];
  const random = randomSource(seed * 1000 + k);
  const all = coordinateRows(d);
  const chosen = Array.from({ length: attempts }, () => {
    const rest = [...all];
    return Array.from({ length: k }, () => rest.splice(random.below(rest.length), 1)[0]!);
  });
  return [...chosen, ...spread(k, d, seed)];
}

function spread(k: number, d: number, seed: number): (readonly (readonly bigint[])[])[] {
  const maps: LinearMap[] = [];
  for (let t = 0; t < attempts; t++) {
    maps.push(hadamardMap(k, d, seed * 1000 + 2 * t), signedMap(k, d, seed * 1000 + 2 * t + 1));
  }
  return maps.map((map) => orthogonalRows(map).rows).filter((rows) => rows.length === k);
}
