/**
 * Dixon's lifting: from a solution modulo a prime to one over ℚ.
 *
 * Main definition: `liftedKernel`.
 *
 * With the r columns before the one that depends on them, and r rows in which these are independent, A y = b has one solution
 * over ℚ. Its digits to the base p follow one by one, y ≡ A⁻¹ b, b ← (b − A y)/p, until Hadamard's bound says that numerators and
 * a common denominator can be read from them.
 *
 * Reference. J. D. Dixon, Exact solution of linear equations using p-adic expansions, Numerische Mathematik 40 (1982).
 */
import { absInt } from './integer.js';
import { dotResidue, prime, residue } from './modular.js';
import type { ModularFactors } from './modular-factors.js';

/**
 * The vector (y, 1, 0 …) with A y = −column r, times its common denominator; undefined when doubles cannot hold the sums. It
 * is in the kernel of all rows unless the prime hides that column r is independent.
 */
export function liftedKernel(
  rows: readonly (readonly bigint[])[],
  columns: number,
  factors: ModularFactors,
): bigint[] | undefined {
  const { r, order, lower, upper, inverses } = factors;
  const a = order.slice(0, r).map((i) => Float64Array.from(rows[i]!.slice(0, r), Number));
  let rest = Float64Array.from(order.slice(0, r), (i) => -Number(rows[i]![r]!));
  const size = Math.max(
    1,
    ...a.map((row) => row.reduce((most, v) => Math.max(most, Math.abs(v)), 0)),
    ...rest.map(Math.abs),
  );
  if (!(size * (r + 2) * prime < 2 ** 52)) return undefined;
  const bits = order.slice(0, r).reduce((sum, i) => {
    const squares = rows[i]!.slice(0, r + 1).reduce((total, v) => total + Number(v) ** 2, 0);
    return sum + Math.log2(Math.max(1, squares)) / 2;
  }, 1);
  const steps = Math.ceil((2 * bits + 3) / Math.log2(prime)) + 1;
  const digits: Float64Array[] = [];
  for (let step = 0; step < steps; step++) {
    const y = new Float64Array(r);
    for (let i = 0; i < r; i++) {
      y[i] = residue((rest[i]! % prime) - dotResidue(lower[order[i]!]!, y, 0, i));
    }
    for (let i = r - 1; i >= 0; i--) {
      y[i] = (residue(y[i]! - dotResidue(upper[i]!, y, i + 1, r)) * inverses[i]!) % prime;
    }
    digits.push(y);
    rest = rest.map((v, i) => {
      let sum = v;
      const row = a[i]!;
      for (let j = 0; j < r; j++) sum -= row[j]! * y[j]!;
      return sum / prime;
    });
  }
  const p = BigInt(prime);
  const residues = Array.from({ length: r }, (_, i) =>
    digits.reduceRight((sum, digit) => sum * p + BigInt(digit[i]!), 0n),
  );
  const fractions = commonFractions(residues, p ** BigInt(steps), 1n << BigInt(Math.ceil(bits)));
  return [...fractions.numerators, fractions.denominator, ...new Array<bigint>(columns - r - 1).fill(0n)];
}

/** Numerators of size at most `most` over a common denominator with the given residues; right when they exist. */
function commonFractions(residues: readonly bigint[], modulus: bigint, most: bigint) {
  let denominator = 1n;
  const numerators: bigint[] = [];
  for (const residue of residues) {
    let t = (residue * denominator) % modulus;
    if (2n * t > modulus) t -= modulus;
    if (absInt(t) > most) {
      // The remainders of Euclid's algorithm, up to the first that is small.
      let [a, b, x, y] = [modulus, t < 0n ? t + modulus : t, 0n, 1n];
      while (b > most) {
        const q = a / b;
        [a, b, x, y] = [b, a - q * b, y, x - q * y];
      }
      const factor = absInt(y);
      denominator *= factor;
      numerators.forEach((v, i) => {
        numerators[i] = v * factor;
      });
      t = y < 0n ? -b : b;
    }
    numerators.push(t);
  }
  return { numerators, denominator };
}
