/**
 * Numbers u√q + v with rational u, q ≥ 0, v: an ℓ2 distance is a root of a rational, and a radius is linear in it.
 *
 * Main definitions: `signOfSurd` decides by signs and squares; `surdBelow` rounds down. Neither rounds on the way.
 */
import { type Decimal, decimalBelow } from './decimal.js';
import { add, compare, mul, type Rational, sign, square } from './rational.js';
import { rootAbove, rootBelow } from './root.js';

/** The number u√q + v. */
export interface Surd {
  readonly u: Rational;
  /** ≥ 0. */
  readonly q: Rational;
  readonly v: Rational;
}

/** The sign of u√q + v, exactly. */
export function signOfSurd({ u, q, v }: Surd): -1 | 0 | 1 {
  const [root, rest] = [sign(u), sign(v)];
  if (root === rest) return root;
  // The signs differ, or one is 0: the term of larger square decides.
  const side = compare(mul(square(u), q), square(v));
  return side === 0 ? 0 : side > 0 ? root : rest;
}

/** u√q + v when √q is rational or u = 0, else undefined: the number is then irrational. */
export function rationalSurd({ u, q, v }: Surd): Rational | undefined {
  if (sign(u) === 0) return v;
  const root = rootBelow(q);
  return root.exact ? add(mul(u, root.value), v) : undefined;
}

/** The largest decimal with `digits` significant digits below u√q + v > 0. @throws RangeError when it is ≤ 0. */
export function surdBelow(surd: Surd, digits: number): Decimal {
  const known = rationalSurd(surd);
  if (known !== undefined) return decimalBelow(known, digits);
  if (signOfSurd(surd) <= 0) throw new RangeError('surdBelow: expected a number above 0');
  // An irrational number is no decimal, so a fine enough enclosure lies between two neighbouring ones.
  for (let bits = 64; ; bits *= 2) {
    const { u, q, v } = surd;
    const ends = [rootBelow(q, bits), rootAbove(q, bits)].map((root) => add(mul(u, root.value), v));
    if (ends.some((end) => sign(end) <= 0)) continue;
    const [a, b] = ends.map((end) => decimalBelow(end, digits)) as [Decimal, Decimal];
    if (a.numerator === b.numerator && a.places === b.places) return a;
  }
}
