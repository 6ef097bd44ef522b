/**
 * The hypothesis of robust memorization on closed balls: 2μ < δ.
 *
 * Main definitions: `requireBelowHalf` (for a radius as it was asked for), `requireRadiusBelowHalf` (for a rational),
 * `separationText`. In ℓ2 the inequality 2(aδ + b) < δ is decided as (1 − 2a)√(δ²) − 2b > 0, by signs and squares.
 */
import {
  decimalText,
  decimalValue,
  formatRational,
  mul,
  neg,
  one,
  type Rational,
  rational,
  rationalSurd,
  type Surd,
  sign,
  signOfSurd,
  sub,
  surdBelow,
  zero,
} from '../exact/index.js';
import { AssumptionError, normSymbol, refuse } from '../format/index.js';
import { type Dataset, samplePairText } from './dataset.js';
import { constantRadius, type RadiusExpression, radiusSurd } from './radius.js';
import type { Separation } from './separation.js';

const two = rational(2);

/** δ as people read it: `1/2`, or in ℓ2 `√(13/100) ≈ 0.3605551275`. */
export function separationText(separation: Separation): string {
  const delta = separationSurd(separation);
  const value = rationalSurd(delta);
  if (value !== undefined) return isShort(value) ? formatRational(value) : `about ${approximately(delta)}`;
  const { n, d } = delta.q;
  return `√${d === 1n ? n : `(${n}/${d})`} ≈ ${approximately(delta)}`;
}

export interface HalfSeparationOptions {
  /** Balls without their sphere, for which 2μ = δ is enough: they are disjoint. @defaultValue false */
  readonly open?: boolean;
  /** What δ is the smallest distance over, as the message says it. @defaultValue the samples, unsaid */
  readonly over?: string;
  /** What the message says behind the samples. @defaultValue nothing */
  readonly after?: string;
}

/**
 * Demands 2μ < δ, or 2μ ≤ δ of open balls, of the radius as it was asked for, before any rounding; a dataset of one
 * class has δ = ∞.
 * @throws AssumptionError when it fails; InputError as `radiusForm`, and for a radius in δ when δ = ∞.
 */
export function requireBelowHalf(
  asked: RadiusExpression,
  separation: Separation | undefined,
  data: Dataset,
  { open = false, over, after = '' }: HalfSeparationOptions = {},
): void {
  const radius = radiusSurd(asked, separation, data);
  if (separation === undefined) return;
  const delta = separationSurd(separation);
  // δ − 2μ; both are rational, or numbers over the same root.
  const gap: Surd = {
    u: sub(delta.u, mul(two, radius.u)),
    q: delta.q,
    v: sub(delta.v, mul(two, radius.v)),
  };
  if (signOfSurd(gap) > 0 || (open && signOfSurd(gap) === 0)) return;
  const value = rationalSurd(radius);
  const full = value !== undefined && isShort(value);
  const text = full ? `= ${formatRational(value)}` : `≈ ${approximately(radius)}`;
  throw new AssumptionError(
    `needs 2μ ${open ? '≤' : '<'} δ${over === undefined ? '' : ` over ${over}`}: got μ = ${asked.text}${text === `= ${asked.text}` ? '' : ` (${text})`} with δ = ` +
      `${separationText(separation)} in ${normSymbol[separation.norm]} between ${samplePairText(data, ...separation.pair)}${after}`,
  );
}

/**
 * Demands 0 ≤ μ and 2μ < δ, or 2μ ≤ δ of open balls, of a rational radius.
 * @throws InputError when μ < 0; AssumptionError when 2μ is too large.
 */
export function requireRadiusBelowHalf(
  radius: Rational,
  separation: Separation | undefined,
  data: Dataset,
  options: HalfSeparationOptions = {},
): void {
  if (sign(radius) < 0) refuse('radius', 'a radius ≥ 0', formatRational(radius));
  requireBelowHalf(constantRadius(radius, 'radius'), separation, data, options);
}

const separationSurd = ({ norm, magnitude }: Separation): Surd =>
  norm === 'l2' ? { u: one, q: magnitude, v: zero } : { u: zero, q: zero, v: magnitude };

/** Whether a fraction is written in full, and does not fill the line. */
const isShort = (a: Rational): boolean => formatRational(a).length <= 60;

/** Decimals of a number other than 0. */
function approximately(surd: Surd): string {
  if (signOfSurd(surd) > 0) return decimalText(decimalValue(surdBelow(surd, 10)));
  return `-${approximately({ u: neg(surd.u), q: surd.q, v: neg(surd.v) })}`;
}
