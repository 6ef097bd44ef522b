/**
 * Rationals: their text, and many of them as integers over one denominator.
 *
 * Main definitions: `normalText`, `parsed`, `overOneDenominator`, `gcd`, `lcm`, `bitsAbove`, `limitBits`.
 *
 * Notes. Normal text is the one spelling of a value: lowest terms, denominator 1 left out, no plus sign, no leading
 * zeros. Values stay text until a whole list of them is turned into integers. The common denominator of a list can be as
 * long as all its denominators together, so `limitBits` is asked before many integers are computed. Its limits lie far
 * above what honest networks need: a thousand layers of irreducible 64-bit weights stay below a tenth of the first.
 */
import { refuse } from './refusal.js';

/** n / d with d > 0. */
export type Fraction = { readonly n: bigint; readonly d: bigint };

const fraction = /^([+-]?\d+)\/(\d+)$/;
const decimal = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

/** Normal text of `3`, `-6/16`, `+0.5`, `.5`, `2.` or `1e-3`; undefined for other forms and for a denominator 0. */
export function normalText(text: string): string | undefined {
  const quotient = fraction.exec(text);
  if (quotient) return reducedText(BigInt(quotient[1]!), BigInt(quotient[2]!));
  const [, sign = '', whole = '', tail = '', exponent = '0'] = decimal.exec(text) ?? [];
  if (whole + tail === '') return undefined;
  const [n, power] = [BigInt(sign + whole + tail), Number(exponent) - tail.length];
  return power < 0 ? reducedText(n, 10n ** BigInt(-power)) : String(n * 10n ** BigInt(power));
}

/** Normal text of n / d for d ≥ 0; undefined when d = 0. */
function reducedText(n: bigint, d: bigint): string | undefined {
  const g = gcd(d, n);
  return d === 0n ? undefined : g === d ? String(n / g) : `${n / g}/${d / g}`;
}

/** The fraction with this normal text. */
export function parsed(text: string): Fraction {
  const [n, d = '1'] = text.split('/');
  return { n: BigInt(n!), d: BigInt(d) };
}

/** Bits of one integer, and of all integers that are needed at one time. */
const [mostBits, mostBitsTogether] = [2 ** 20, 2 ** 31];

/** Refuses `count` integers of up to `bits` bits if one of them, or all together, would be too large. */
export function limitBits(count: number, bits: number, where: string): void {
  if (bits > mostBits || count * bits > mostBitsTogether) refuse(where, `too large: ${count} integers of ${bits} bits`);
}

/** Greatest common divisor of a > 0 and any b. */
export function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** Least common multiple of a, b > 0, refused if `count` integers of that size are too large. */
export function lcm(a: bigint, b: bigint, count: number, where: string): bigint {
  if (a % b === 0n) return a;
  const multiple = a * (b / gcd(b, a));
  limitBits(count, bitsAbove([multiple]), where);
  return multiple;
}

/** Normal texts over their least common denominator, by `over`; all integers are below 2^bits in size. */
export function overOneDenominator(texts: readonly string[], where: string) {
  const denominator = texts.reduce((multiple, text) => lcm(multiple, parsed(text).d, texts.length, where), 1n);
  const over = (text: string): bigint => (parsed(text).n * denominator) / parsed(text).d;
  const bits = bitsAbove([denominator, ...texts.map(over)]);
  limitBits(texts.length, bits, where);
  return { denominator, over, bits };
}

/** A multiple b of 4 with |value| < 2^b for all values. */
export function bitsAbove(values: readonly bigint[]): number {
  let top = 0n;
  for (const value of values) if (value > top || -value > top) top = value < 0n ? -value : value;
  return 4 * top.toString(16).length;
}
