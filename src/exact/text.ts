/**
 * Rational text: reading `3/8`, `-0.125`, `1e-3`, and writing the one reduced form of the files.
 */
import { InputError, rationalAt } from '../format/index.js';
import { type Rational, rational } from './rational.js';

/**
 * The exact value of rational text: `3/8`, `-0.125` = −1/8, `1e-3` = 1/1000.
 * @throws InputError naming `where` for any other text and for a zero denominator.
 */
export function parseRational(text: string, where = 'value'): Rational {
  const t = rationalAt(text, where);
  const slash = t.indexOf('/');
  if (slash >= 0) return rational(BigInt(t.slice(t.startsWith('+') ? 1 : 0, slash)), BigInt(t.slice(slash + 1)));
  const parts = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(t);
  if (parts === null) throw new InputError(`${where}: expected rational text such as "3/8", got ${JSON.stringify(t)}`);
  const [, signText, whole, fraction, exponentText] = parts;
  const digits = BigInt(`${whole}${fraction}`);
  const exponent = Number(exponentText ?? 0) - fraction!.length;
  const n = signText === '-' ? -digits : digits;
  return exponent >= 0 ? rational(n * 10n ** BigInt(exponent)) : rational(n, 10n ** BigInt(-exponent));
}

/** The reduced form `-3/8`, `12`; the denominator is left out when it is 1. */
export function formatRational(a: Rational): string {
  return a.d === 1n ? a.n.toString() : `${a.n}/${a.d}`;
}

/** The reduced form of n/d with d > 0, without building the rational when d = 1. */
export function formatRatio(n: bigint | number, d: bigint): string {
  return d === 1n ? n.toString() : formatRational(rational(n, d));
}
