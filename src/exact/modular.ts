/**
 * Arithmetic modulo one prime in doubles, for answers that are checked exactly afterwards.
 *
 * Main definitions: `prime`, `residueOf`, `inverseResidue`, `dotResidue`. Residues are whole numbers from 0 to p − 1.
 */

/** The largest prime below 2²¹. */
export const prime = 2_097_143;
/** Products of two residues that a double can add to a residue. */
const block = 2047;
const bigPrime = BigInt(prime);

/** The residue of an integer. */
export const residueOf = (v: bigint): number => residue(Number(v % bigPrime));

/** The residue of a whole number that a double holds. */
export function residue(v: number): number {
  const rest = v % prime;
  return rest < 0 ? rest + prime : rest;
}

/** 1/a for a residue a ≠ 0, as a^(p−2). */
export function inverseResidue(a: number): number {
  let [power, result] = [a, 1];
  for (let e = prime - 2; e > 0; e = Math.floor(e / 2)) {
    if (e % 2 === 1) result = (result * power) % prime;
    power = (power * power) % prime;
  }
  return result;
}

/** Σ a_k b_k for from ≤ k < to, of residues. */
export function dotResidue(a: Float64Array, b: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let start = from; start < to; start += block) {
    const end = Math.min(to, start + block);
    for (let k = start; k < end; k++) sum += a[k]! * b[k]!;
    sum %= prime;
  }
  return sum;
}
