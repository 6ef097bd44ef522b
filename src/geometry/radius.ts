/**
 * Radii: formulas that come down to a·δ + b.
 *
 * Main definitions: `RadiusExpression`, `parseRadius`, `ratioRadius`, `radiusForm` (a and b for a dataset),
 * `resolveRadius` (the rational radius of a query).
 *
 * δ is a root in ℓ2. The hypothesis 2μ < δ is decided on a and b (half-separation.ts), without rounding; only then is
 * μ rounded down to a decimal, so the ball of the query lies inside the ball that was asked for.
 */
import {
  add,
  affineExpression,
  decimalValue,
  type Expression,
  formatRational,
  mul,
  parseExpression,
  parseRational,
  type Rational,
  rational,
  rationalSurd,
  type Surd,
  sign,
  signOfSurd,
  surdBelow,
  zero,
} from '../exact/index.js';
import { InputError, refuse } from '../format/index.js';
import type { Dataset } from './dataset.js';
import type { Separation } from './separation.js';

/** A radius as it was asked for. */
export interface RadiusExpression {
  /** What the user wrote, or its long form. */
  readonly text: string;
  /** How messages name the place it came from, `--radius`. */
  readonly where: string;
  /** Over `delta` (or `δ`), `d` and `N`. */
  readonly expression: Expression;
}

/** The radius a·δ + b. */
export interface RadiusForm {
  readonly a: Rational;
  readonly b: Rational;
}

export interface ResolvedRadius {
  /** μ ≥ 0. */
  readonly radius: Rational;
  /** Whether the radius is what was asked for, and not rounded down. */
  readonly exact: boolean;
  /** How it was rounded, `rounded down to a multiple of 1e-10`. */
  readonly note?: string;
  /** What was asked for. */
  readonly text: string;
}

/** Significant decimal digits of a radius that has to be rounded. */
export const roundedRadiusDigits = 10;

const variables = ['delta', 'δ', 'd', 'N'];

/**
 * The radius that a formula over `delta` (or `δ`, the separation), `d` (dimensions) and `N` (samples) asks for.
 * @throws InputError naming `where` for anything but numbers, these variables, + − · /, whole powers and parentheses.
 */
export async function parseRadius(text: string, where = '--radius'): Promise<RadiusExpression> {
  const expression = await parseExpression(text, where);
  requireRadiusGrammar(expression, where);
  return { text: text.trim(), where, expression };
}

/** The radius ratio·δ/2, so that ρ = ratio. @throws InputError unless the text is rational text ≥ 0. */
export function ratioRadius(text: string, where = '--ratio'): RadiusExpression {
  const value = parseRational(text.trim(), where);
  if (sign(value) < 0) refuse(where, 'a ratio ≥ 0', text.trim());
  const product: Expression = { kind: 'product', left: literal(value), right: { kind: 'variable', name: 'delta' } };
  const expression: Expression = { kind: 'quotient', left: product, right: literal(rational(2)) };
  return { text: `${text.trim()}*delta/2`, where, expression };
}

/** The radius of a known value. */
export const constantRadius = (value: Rational, where = '--radius'): RadiusExpression => ({
  text: formatRational(value),
  where,
  expression: literal(value),
});

function requireRadiusGrammar(e: Expression, where: string): void {
  switch (e.kind) {
    case 'constant':
      return;
    case 'variable':
      if (!variables.includes(e.name)) refuse(where, 'delta, d or N as a variable', e.name);
      return;
    case 'negative':
      requireRadiusGrammar(e.of, where);
      return;
    case 'sum':
    case 'difference':
    case 'product':
    case 'quotient':
    case 'power':
      requireRadiusGrammar(e.left, where);
      requireRadiusGrammar(e.right, where);
      return;
    default:
      refuse(where, 'a radius made of numbers, delta, d, N, + - * / ^ and parentheses', `a call of ${e.kind}`);
  }
}

/**
 * The numbers a and b with radius = a·δ + b, for the dataset's d and N (samples as given, duplicates included).
 * @throws InputError when the formula is not of that form.
 */
export function radiusForm(asked: RadiusExpression, data: Dataset): RadiusForm {
  const { where, text } = asked;
  const values = { d: rational(data.dimension), N: rational(data.size) };
  const { coefficients, constant } = affineExpression(asked.expression, text, isDelta, {
    values,
    where,
    expected: 'a radius of the form a*delta + b',
  });
  return { a: [...coefficients.values()].reduce(add, zero), b: constant };
}

const isDelta = (name: string): boolean => name === 'delta' || name === 'δ';

const literal = (value: Rational): Expression => ({ kind: 'constant', value });

/**
 * The radius as a number u√q + v. @throws InputError when it takes δ of a dataset with one class, where δ = ∞.
 */
export function radiusSurd(asked: RadiusExpression, separation: Separation | undefined, data: Dataset): Surd {
  const { a, b } = radiusForm(asked, data);
  if (separation === undefined) {
    if (sign(a) === 0) return { u: zero, q: zero, v: b };
    throw new InputError(
      `${asked.where}: expected a radius without delta, got ${asked.text}: the dataset has one class only, so δ = ∞`,
    );
  }
  if (separation.norm === 'l2') return { u: a, q: separation.magnitude, v: b };
  return { u: zero, q: zero, v: add(mul(a, separation.magnitude), b) };
}

/**
 * The rational radius: exact in ℓ1 and ℓ∞, and in ℓ2 when δ is rational or not used; else rounded down to ten
 * significant decimal digits.
 * @throws InputError for a negative radius, and as `radiusForm` and `radiusSurd`.
 */
export function resolveRadius(
  asked: RadiusExpression,
  separation: Separation | undefined,
  data: Dataset,
): ResolvedRadius {
  const surd = radiusSurd(asked, separation, data);
  const value = rationalSurd(surd);
  if (signOfSurd(surd) < 0) {
    refuse(asked.where, 'a radius ≥ 0', value === undefined ? asked.text : formatRational(value));
  }
  if (value !== undefined) return { radius: value, exact: true, text: asked.text };
  const below = surdBelow(surd, roundedRadiusDigits);
  return {
    radius: decimalValue(below),
    exact: false,
    note: `rounded down to a multiple of 1e${-below.places}`,
    text: asked.text,
  };
}
