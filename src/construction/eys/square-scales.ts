/**
 * The numbers of an ℓ2 ball-indicator network: shifts, scales, levels and thresholds, with what makes them right.
 *
 * Main definitions: `SquareScales`, `squareScales`, `sawtoothLevels`.
 *
 * Notation: orthogonal integer rows t_r of squared length n_r, δ' the smallest distance of differently labelled samples
 * modulo ker T, and 2μ < ℓ ≤ δ'. z_r = (t_r·x − lo_r)/A_r lies in [0, 1] on all balls. With weights a_r ≥ 1/n_r the
 * sum D(x) = Σ a_r(t_r·(x − x_i))² is at most (1 + η)μ² on ball i and at least hi = (ℓ − μ)² on differently labelled
 * balls. Squares z² are replaced by f_m(z) with 0 ≤ f_m(z) − z² ≤ 4^−(m+1): D grows by at most ε = Σ w_r·4^−(m+1),
 * w_r = a_r·A_r². m is the least with ημ² + ε ≤ (hi − μ²)/2, so that a threshold and a gap fit between.
 *
 * Dyadic numbers: A_r and the gap are powers of two, lo_r, a_r and the threshold short binary fractions. Otherwise a_r =
 * 1/n_r, A_r is the range itself, and the threshold is where the own ball ends.
 */
import {
  add,
  ceil,
  compare,
  constructionRootBits,
  div,
  floor,
  floorLog2,
  inverse,
  max,
  min,
  mul,
  one,
  powerOfTwo,
  type Rational,
  rational,
  rootAbove,
  square,
  sub,
} from '../../exact/index.js';
import type { OrthogonalMap } from '../../geometry/index.js';
import { separationBelow } from '../separation-below.js';

export interface SquareScales {
  /** lo_r. */
  readonly low: readonly Rational[];
  /** A_r > 0. */
  readonly range: readonly Rational[];
  /** w_r = a_r·A_r². */
  readonly weights: readonly Rational[];
  /** m ≥ 1. */
  readonly levels: number;
  /** Σ a_r(t_r·(x − x_i))², with its squares replaced, is at most this on ball i … */
  readonly threshold: Rational;
  /** … and at least threshold + gap on differently labelled balls. */
  readonly gap: Rational;
}

export interface SquareScalesOptions {
  /** @defaultValue true */
  readonly dyadic?: boolean;
  /** Levels to use instead of m, whether or not they suffice: the gap is then what m would leave. */
  readonly levels?: number;
}

const quarter = rational(1, 4);

/**
 * The scales for images T x_i, row by row, and the squared distance δ'².
 * @throws AssumptionError when δ' is above 2μ by less than 64 significant bits can tell.
 */
export function squareScales(
  map: OrthogonalMap,
  images: readonly (readonly Rational[])[],
  squaredSeparation: Rational,
  mu: Rational,
  { dyadic = true, levels }: SquareScalesOptions = {},
): SquareScales {
  const high = square(sub(separationBelow(squaredSeparation, mu), mu));
  const room = sub(high, square(mu));
  const frames = map.rows.map((_, r) => {
    const reach = mul(mu, rootAbove(rational(map.squaredLengths[r]!), constructionRootBits).value);
    const values = images.map((y) => y[r]!);
    return frame(sub(values.reduce(min), reach), add(values.reduce(max), reach), dyadic);
  });
  const inverses = dyadic
    ? inverseLengths(map.squaredLengths, mu, room)
    : map.squaredLengths.map((n) => inverse(rational(n)));
  // (1 + η)μ², η being the largest relative excess of a_r over 1/n_r.
  const excess = inverses.map((a, r) => mul(a, rational(map.squaredLengths[r]!))).reduce(max);
  const own = mul(excess, square(mu));
  const weights = inverses.map((a, r) => mul(a, square(frames[r]!.range)));
  const total = weights.reduce(add);
  const needed = sawtoothLevels(total, sub(add(square(mu), mul(rational(1, 2), room)), own));
  const error = mul(total, powerOfTwo(-2 * ((levels ?? needed) + 1)));
  // Fewer levels than needed leave no room: half of it is taken, and the labels are not right everywhere.
  const low = min(add(own, error), add(square(mu), mul(rational(1, 2), room)));
  const gap = dyadic ? powerOfTwo(floorLog2(mul(sub(high, low), rational(4, 5)))) : sub(high, low);
  const step = mul(gap, quarter);
  const threshold = dyadic ? mul(rational(ceil(div(low, step))), step) : low;
  return {
    low: frames.map((f) => f.low),
    range: frames.map((f) => f.range),
    weights,
    levels: levels ?? needed,
    threshold,
    gap,
  };
}

/** The least m ≥ 1 with total·4^−(m+1) ≤ most. */
export function sawtoothLevels(total: Rational, most: Rational): number {
  let m = 1;
  while (compare(mul(total, powerOfTwo(-2 * (m + 1))), most) > 0) m++;
  return m;
}

/** lo and A with [least, most] inside [lo, lo + A], A > 0. */
function frame(least: Rational, most: Rational, dyadic: boolean): { low: Rational; range: Rational } {
  const range = sub(most, least);
  if (range.n === 0n) return { low: least, range: one };
  if (!dyadic) return { low: least, range };
  const unit = powerOfTwo(floorLog2(range) - 3);
  const low = mul(rational(floor(div(least, unit))), unit);
  const needed = sub(most, low);
  const below = powerOfTwo(floorLog2(needed));
  return { low, range: compare(below, needed) < 0 ? mul(below, rational(2)) : below };
}

/** Short a_r ≥ 1/n_r with (a_r·n_r − 1)·μ² at most a quarter of the room; exact where n_r is a power of two. */
function inverseLengths(squaredLengths: readonly bigint[], mu: Rational, room: Rational): Rational[] {
  return squaredLengths.map((n) => {
    const length = rational(n);
    for (let bits = 0; ; bits++) {
      const scale = powerOfTwo(floorLog2(length) + bits);
      const a = div(rational(ceil(div(scale, length))), scale);
      const excess = sub(mul(a, length), one);
      if (compare(mul(excess, square(mu)), mul(room, quarter)) <= 0) return a;
    }
  });
}
