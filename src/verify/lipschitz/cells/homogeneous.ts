/**
 * Integer vectors (x, t) in homogeneous coordinates, with signs of their products decided by doubles where these suffice.
 *
 * Main definitions: `Homogeneous`, `homogeneous`, `primitive`, `signOfProduct`, `product`.
 *
 * Main statement. The rounding error of a product of n-vectors in doubles is at most (n + 2)·2⁻⁵³·(1 + 2⁻²⁰) times the sum
 * of the sizes of its terms; a sum beyond that has the right sign. Integers below 2⁵³ with such a sum of sizes are summed
 * exactly. Whatever doubles do not decide, also beyond their range, integers do.
 */
import { absInt, gcd } from '../../../exact/index.js';

export interface Homogeneous {
  readonly values: readonly bigint[];
  /** The values rounded to doubles. */
  readonly near: Float64Array;
  /** Whether the doubles are the values. */
  readonly isExact: boolean;
}

const unitRoundoff = 2 ** -53;
const largestExact = 2 ** 53;

/** The vector with its doubles. */
export function homogeneous(values: readonly bigint[]): Homogeneous {
  const near = Float64Array.from(values, Number);
  return { values, near, isExact: near.every((v) => Math.abs(v) < largestExact) };
}

/** The shortest integer vector on the same ray. */
export function primitive(values: readonly bigint[]): Homogeneous {
  let g = 0n;
  for (const v of values) {
    if (v !== 0n) g = gcd(g, absInt(v));
    if (g === 1n) return homogeneous(values);
  }
  return homogeneous(g === 0n ? values : values.map((v) => v / g));
}

/** a·b. */
export function product(a: Homogeneous, b: Homogeneous): bigint {
  let sum = 0n;
  for (let j = 0; j < a.values.length; j++) sum += a.values[j]! * b.values[j]!;
  return sum;
}

/** The sign of a·b, exactly. */
export function signOfProduct(a: Homogeneous, b: Homogeneous): -1 | 0 | 1 {
  const [p, q] = [a.near, b.near];
  let [sum, size] = [0, 0];
  for (let j = 0; j < p.length; j++) {
    const term = p[j]! * q[j]!;
    sum += term;
    size += Math.abs(term);
  }
  const error = size * (p.length + 4) * unitRoundoff;
  if (sum > error) return 1;
  if (sum < -error) return -1;
  if (a.isExact && b.isExact && size < largestExact) return sum > 0 ? 1 : sum < 0 ? -1 : 0;
  const exact = product(a, b);
  return exact > 0n ? 1 : exact < 0n ? -1 : 0;
}

/** α·a + β·b. */
export const combination = (alpha: bigint, a: Homogeneous, beta: bigint, b: Homogeneous): bigint[] =>
  a.values.map((v, j) => alpha * v + beta * b.values[j]!);
