/**
 * Exact values of formulas.
 *
 * Main definition: `evaluateExpression`. ⌊√x⌋ is ⌊√⌊x⌋⌋, an integer root. A logarithm is never computed: ⌊Σ aₖ log₂ xₖ + b⌋ with rational aₖ, b over
 * a common denominator D is ⌊(⌊log₂ Π xₖ^(D·aₖ)⌋ + D·b) / D⌋, which takes integers only.
 */
import { InputError, refuse } from '../format/index.js';
import type { Expression } from './expression.js';
import { bitLength, floorDiv, isqrt } from './integer.js';
import { commonDenominator } from './numerators.js';
import {
  add,
  div,
  floor,
  floorLog2,
  isInteger,
  max,
  min,
  mul,
  neg,
  one,
  power,
  type Rational,
  rational,
  sign,
  sub,
  zero,
} from './rational.js';
import { formatRational } from './text.js';

const minusOne = rational(-1);

/** Most binary digits of numerator and denominator together that a value may have. */
export const largestValueBits = 50_000;

export type Variables = Readonly<Record<string, Rational>>;

/**
 * The value of a formula for given values of its variables.
 * @throws InputError naming `where` for an unknown variable, a division by 0, an exponent that is not whole, log2 of a
 * value ≤ 0, and a value of more than 50,000 binary digits.
 */
export function evaluateExpression(expression: Expression, variables: Variables, where = 'formula'): Rational {
  const value = (e: Expression): Rational => sized(compute(e), where);
  const compute = (e: Expression): Rational => {
    switch (e.kind) {
      case 'constant':
        return e.value;
      case 'variable':
        if (!Object.hasOwn(variables, e.name)) refuse(where, variablesText(variables), e.name);
        return variables[e.name]!;
      case 'negative':
        return neg(value(e.of));
      case 'sum':
        return add(value(e.left), value(e.right));
      case 'difference':
        return sub(value(e.left), value(e.right));
      case 'product':
        return mul(value(e.left), value(e.right));
      case 'quotient':
        return quotient(value(e.left), value(e.right), where);
      case 'power':
        return wholePower(value(e.left), value(e.right), where);
      case 'max':
        return e.of.map(value).reduce(max);
      case 'min':
        return e.of.map(value).reduce(min);
      case 'floor':
        return rational(floorOfLogs(logarithmic(e.of), where));
      case 'ceil':
        return rational(-floorOfLogs(scaleLogs(logarithmic(e.of), minusOne), where));
      case 'isqrt': {
        const x = value(e.of);
        if (sign(x) < 0) refuse(where, 'isqrt of a value ≥ 0', formatRational(x));
        return rational(isqrt(floor(x)));
      }
      case 'log2':
        throw new InputError(`${where}: expected log2 inside ceil or floor only`);
    }
  };
  const logarithmic = (e: Expression): Logarithmic => {
    const form = computeLogs(e);
    for (const a of [form.rest, ...form.terms.map((t) => t.factor)]) sized(a, where);
    return form;
  };
  const computeLogs = (e: Expression): Logarithmic => {
    switch (e.kind) {
      case 'log2': {
        const x = value(e.of);
        if (sign(x) <= 0) refuse(where, 'log2 of a value above 0', formatRational(x));
        return { terms: [{ factor: one, of: x }], rest: zero };
      }
      case 'negative':
        return scaleLogs(logarithmic(e.of), minusOne);
      case 'sum':
        return addLogs(logarithmic(e.left), logarithmic(e.right));
      case 'difference':
        return addLogs(logarithmic(e.left), scaleLogs(logarithmic(e.right), minusOne));
      case 'quotient':
        return scaleLogs(logarithmic(e.left), quotient(one, value(e.right), where));
      case 'product': {
        const [left, right] = [logarithmic(e.left), logarithmic(e.right)];
        if (left.terms.length === 0) return scaleLogs(right, left.rest);
        if (right.terms.length === 0) return scaleLogs(left, right.rest);
        throw new InputError(`${where}: expected log2 times a number, got a product of two logarithms`);
      }
      default:
        return { terms: [], rest: value(e) };
    }
  };
  return value(expression);
}

function variablesText(variables: Variables): string {
  const names = Object.keys(variables);
  return names.length === 0 ? 'no variable' : `${names.join(', ')} as a variable`;
}

function sized(a: Rational, where: string): Rational {
  const size = bitLength(a.n) + bitLength(a.d);
  if (size > largestValueBits) refuse(where, `a value of at most ${largestValueBits} binary digits`, `one of ${size}`);
  return a;
}

function quotient(a: Rational, b: Rational, where: string): Rational {
  if (sign(b) === 0) refuse(where, 'a divisor other than 0', `${formatRational(a)}/0`);
  return div(a, b);
}

/** aᵏ, refused before it is computed when it would be too long. */
function wholePower(a: Rational, k: Rational, where: string): Rational {
  if (!isInteger(k)) refuse(where, 'a whole exponent', formatRational(k));
  if (sign(a) === 0 && sign(k) < 0) refuse(where, 'a divisor other than 0', '0 to a negative power');
  const length = bitLength(a.n) + bitLength(a.d);
  // ±1 and 0 have powers of any exponent; the parity of the exponent is all that counts.
  if (length <= 2) return sign(a) === 0 && sign(k) !== 0 ? zero : k.n % 2n === 0n ? one : a;
  const size = k.n < 0n ? -k.n : k.n;
  if (size > BigInt(largestValueBits)) refuse(where, `an exponent of at most ${largestValueBits}`, formatRational(k));
  if (BigInt(length - 2) * size > BigInt(largestValueBits)) {
    refuse(where, `a power of at most ${largestValueBits} binary digits`, `one of about ${BigInt(length) * size}`);
  }
  return power(a, Number(k.n));
}

/** Σ factor·log₂(of) + rest. */
interface Logarithmic {
  readonly terms: readonly { readonly factor: Rational; readonly of: Rational }[];
  readonly rest: Rational;
}

const addLogs = (a: Logarithmic, b: Logarithmic): Logarithmic => ({
  terms: [...a.terms, ...b.terms],
  rest: add(a.rest, b.rest),
});

const scaleLogs = (a: Logarithmic, s: Rational): Logarithmic => ({
  terms: a.terms.map(({ factor, of }) => ({ factor: mul(factor, s), of })),
  rest: mul(a.rest, s),
});

function floorOfLogs({ terms, rest }: Logarithmic, where: string): bigint {
  const denominator = commonDenominator([rest, ...terms.map((t) => t.factor)]);
  const whole = rational(denominator);
  let product = one;
  for (const { factor, of } of terms) product = sized(mul(product, wholePower(of, mul(factor, whole), where)), where);
  return floorDiv(BigInt(floorLog2(product)) + mul(rest, whole).n, denominator);
}
