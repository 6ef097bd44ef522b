/**
 * Random radii below half the separation of a dataset.
 *
 * Main definitions: `radius`, `RadiusConstraints`, `halfSeparationBelow`.
 */
import type { Arbitrary, Random } from 'fast-check';
import {
  add,
  compare,
  formatRational,
  half,
  lessEqual,
  mul,
  one,
  type Rational,
  rational,
  rootBelow,
  sign,
  sub,
  zero,
} from '../exact/index.js';
import { InputError, type Norm } from '../format/index.js';
import { type Dataset, separation } from '../geometry/index.js';
import { oneIn, pick, whole } from './draw.js';
import { isRational } from './exact-values.js';
import { shrinking } from './shrinking.js';
import { cost, simplerRationals, simplestBetween } from './simpler.js';

export interface RadiusConstraints {
  /** Norm in which δ is measured. @defaultValue 'linf' */
  readonly norm?: Norm;
  /** Bounds of the ratio ρ = 2μ/δ, inside [0, 1). @defaultValue 0 to 499/500 */
  readonly ratio?: { readonly min?: Rational; readonly max?: Rational };
}

/** The ratios that a radius may have. */
export interface RatioRange {
  readonly min: Rational;
  readonly max: Rational;
}

/**
 * Rational radii μ with 2μ = ρδ for a ratio ρ in the range: 0, tiny, middling, and close to the limit. In ℓ2 an
 * irrational δ is replaced by a rational just below it, so 2μ < δ holds exactly. A dataset of one class, where δ = ∞, is
 * treated as δ = 1.
 * @throws InputError for a range that is empty or leaves [0, 1).
 */
export function radius(data: Dataset, constraints: RadiusConstraints = {}): Arbitrary<Rational> {
  const ratio = ratioRange(constraints.ratio);
  const bound = halfSeparationBelow(data, constraints.norm ?? 'linf');
  const low = mul(bound, ratio.min);
  const high = mul(bound, ratio.max);
  return shrinking({
    draw: (random) => mul(bound, drawRatio(random, ratio)),
    accepts: (value) => isRational(value) && lessEqual(low, value) && lessEqual(value, high),
    proposals: (mu) => radiusProposals(mu, low, high),
    size: cost,
  });
}

/** The range with its defaults. @throws InputError as `radius`. */
export function ratioRange(given: RadiusConstraints['ratio'] = {}): RatioRange {
  const { min = zero } = given;
  const usual = rational(499, 500);
  const max = given.max ?? (compare(min, usual) > 0 ? min : usual);
  if (sign(min) < 0 || compare(max, one) >= 0 || compare(min, max) > 0) {
    throw new InputError(
      `radius.ratio: expected 0 ≤ min ≤ max < 1, got ${formatRational(min)} and ${formatRational(max)}`,
    );
  }
  return { min, max };
}

/** δ/2, or a rational within a factor 1 − 2⁻¹⁵ below it when it is irrational; 1/2 for a dataset of one class. */
export function halfSeparationBelow(data: Dataset, norm: Norm): Rational {
  const found = separation(data, norm);
  if (found === undefined) return half;
  return mul(half, norm === 'l2' ? rootBelow(found.magnitude, 16).value : found.magnitude);
}

const notable: readonly Rational[] = [
  zero,
  half,
  rational(99, 100),
  rational(499, 500),
  rational(1, 2n ** 20n),
  rational(1, 10),
  rational(3, 4),
];

/** A ratio in the range: one end, one of the notable ones, or any. */
export function drawRatio(random: Random, { min, max }: RatioRange): Rational {
  const inside = notable.filter((ratio) => lessEqual(min, ratio) && lessEqual(ratio, max));
  if (inside.length > 0 && !oneIn(random, 3)) return pick(random, inside);
  if (oneIn(random, 4)) return oneIn(random, 2) ? min : max;
  const parts = whole(random, 1, 20);
  const share = rational(whole(random, 0, parts), parts);
  return rational(min.n * max.d * (share.d - share.n) + max.n * min.d * share.n, min.d * max.d * share.d);
}

/** Simpler radii: the lowest and the simplest, then the simplest ever closer below and above μ, then those near to μ. */
export function* radiusProposals(mu: Rational, low: Rational, high: Rational): Generator<Rational> {
  yield low;
  if (lessEqual(low, mu) && lessEqual(mu, high)) {
    for (let gap = sub(mu, low), k = 0; k < 8; k++, gap = mul(gap, half)) yield simplestBetween(sub(mu, gap), mu);
    for (let gap = sub(high, mu), k = 0; k < 8; k++, gap = mul(gap, half)) yield simplestBetween(mu, add(mu, gap));
  }
  yield* simplerRationals(mu);
}
