/**
 * A kernel vector of an integer matrix in whole numbers, by lifting a solution modulo a prime.
 *
 * Main definition: `integerKernel`.
 *
 * Modulo a prime p columns are taken from the left until one depends on those before it, in doubles, exactly (modular.ts). With the r columns before it and r rows in which these are independent, A y = b has one solution over ℚ; its digits
 * to the base p follow one by one (Dixon), y ≡ A⁻¹ b, b ← (b − A y)/p, until Hadamard's bound says that numerators and a common denominator
 * can be read from them. What comes out is multiplied by all rows exactly; where that fails, as when p hides a column's
 * independence, or entries are too large for doubles, elimination in BigInt decides.
 *
 * Reference. J. D. Dixon, Exact solution of linear equations using p-adic expansions, Numerische Mathematik 40 (1982).
 */
import { absInt } from './integer.js';
import { kernelVector, sparseMatrix } from './matrix.js';
import { dotResidue, prime, residue } from './modular.js';
import { type ModularFactors, modularFactors } from './modular-factors.js';
import { commonDenominator } from './numerators.js';
import { rational } from './rational.js';

/** Whole numbers z ≠ 0 with W z = 0, or undefined when the columns are independent. @throws RangeError for ragged rows. */
export function integerKernel(rows: readonly (readonly bigint[])[], columns: number): bigint[] | undefined {
  rows.forEach((row, r) => {
    if (row.length !== columns) {
      throw new RangeError(`integerKernel: row ${r}: expected ${columns} entries, got ${row.length}`);
    }
  });
  const found = modularFactors(rows, columns);
  if (found === undefined) return undefined;
  const z = lifted(rows, found, columns);
  return z !== undefined && rows.every((row) => vanishes(row, z)) ? z : eliminated(rows, columns);
}

function eliminated(rows: readonly (readonly bigint[])[], columns: number): bigint[] | undefined {
  const matrix = sparseMatrix(
    rows.map((row) => row.map((v) => rational(v))),
    columns,
  );
  const z = kernelVector(matrix);
  if (z === undefined) return undefined;
  const d = commonDenominator(z);
  return z.map((v) => v.n * (d / v.d));
}

const vanishes = (row: readonly bigint[], z: readonly bigint[]): boolean =>
  row.reduce((sum, v, j) => (v === 0n || z[j] === 0n ? sum : sum + v * z[j]!), 0n) === 0n;

/** The digits of −A⁻¹ (column r), put together; undefined when doubles cannot hold the sums. */
function lifted(rows: readonly (readonly bigint[])[], factors: ModularFactors, columns: number): bigint[] | undefined {
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
