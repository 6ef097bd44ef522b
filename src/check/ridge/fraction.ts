/**
 * Fractions, one by one: for functions whose breakpoints share no denominator.
 *
 * Main definitions: `Fraction`, and arithmetic on them.
 *
 * Notes. Always in lowest terms with a positive denominator. Numbers that grow beyond every honest need are refused.
 */
import { gcd } from '../rational.js';
import { refuse } from '../refusal.js';

export type Fraction = { readonly n: bigint; readonly d: bigint };

const largest = 1n << 65_536n;

/** n / d for d other than 0. */
export function fraction(n: bigint, d: bigint): Fraction {
  const g = d === 1n ? 1n : gcd(d < 0n ? -d : d, n) * (d < 0n ? -1n : 1n);
  const [top, bottom] = g === 1n ? [n, d] : [n / g, d / g];
  if (top > largest || -top > largest || bottom > largest)
    refuse('certificate.ridges', 'too large: a fraction of more than 65536 bits');
  return { n: top, d: bottom };
}

export const nought: Fraction = { n: 0n, d: 1n };
export const unit: Fraction = { n: 1n, d: 1n };

export const plus = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
export const minus = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d - b.n * a.d, a.d * b.d);
export const times = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.n, a.d * b.d);
/** a / b for b other than 0. */
export const over = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d, a.d * b.n);
export const opposite = (a: Fraction): Fraction => ({ n: -a.n, d: a.d });
export const size = (a: Fraction): Fraction => (a.n < 0n ? opposite(a) : a);
export const isBelow = (a: Fraction, b: Fraction): boolean => a.n * b.d < b.n * a.d;
export const smaller = (a: Fraction, b: Fraction): Fraction => (isBelow(b, a) ? b : a);
export const larger = (a: Fraction, b: Fraction): Fraction => (isBelow(a, b) ? b : a);
