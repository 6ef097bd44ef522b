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
  const root = sign(q) === 0 ? 0 : sign(u);
  const rest = sign(v);
  if (root === rest || rest === 0) return root;
  if (root === 0) return rest;
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
    const [low, high] = enclosure(surd, bits);
    if (sign(low) <= 0) continue;
    const below = decimalBelow(low, digits);
    const above = decimalBelow(high, digits);
    if (below.numerator === above.numerator && below.places === above.places) return below;
  }
}

function enclosure({ u, q, v }: Surd, bits: number): [Rational, Rational] {
  const ends = [rootBelow(q, bits).value, rootAbove(q, bits).value].map((root) => add(mul(u, root), v));
  return sign(u) < 0 ? [ends[1]!, ends[0]!] : [ends[0]!, ends[1]!];
}
