/**
 * Lattices whose walls avoid balls.
 *
 * Main definitions: `LatticeDirection`, `latticePositions`, `avoidingOffset` (where to put the walls), `cellsOf`.
 *
 * A direction has an integer row t and a step h > 0: V(x) = t·x/h − θ, walls where V is an integer. A ball of radius μ
 * has V within e = (μ/h)·‖t‖* of its centre, in every ℓp. Among the fractional parts of all centres there is a widest gap
 * g ≥ 1/n; if g > 2e, some θ keeps every ball out of the strips (k − γ, k) below walls, or, with margins on both
 * sides, out of (k − 2γ, k + γ).
 * Reference: [KMY, Lemma B.15], there the midpoint of the gap; offsets and margins here are short binary fractions.
 */
import {
  add,
  bigNumerators,
  constructionRootBits,
  div,
  floorDiv,
  mul,
  type Rational,
  rational,
  simplestDyadic,
  sub,
  zero,
} from '../exact/index.js';
import type { Norm } from '../format/index.js';
import type { Dataset } from './dataset.js';
import { dualNormAbove } from './norm.js';

/** Values numerators[i]/denominator of t·x_i/h, one per sample. */
export interface LatticePositions {
  readonly numerators: readonly bigint[];
  readonly denominator: bigint;
}

export interface LatticeDirection {
  /** t. */
  readonly row: readonly bigint[];
  /** h. */
  readonly step: Rational;
  /** e, or an upper bound of it. */
  readonly extent: Rational;
}

/** Where the walls of a direction are. */
export interface LatticeOffset {
  /** θ, at least 0 and below 1. */
  readonly theta: Rational;
  /** γ in (0, 1). */
  readonly gamma: Rational;
}

/** The direction of a row and a step. */
export function latticeDirection(row: readonly bigint[], step: Rational, norm: Norm, mu: Rational): LatticeDirection {
  const size = dualNormAbove(
    norm,
    row.map((t) => rational(t)),
    constructionRootBits,
  ).value;
  return { row, step, extent: div(mul(mu, size), step) };
}

/** t·x_i of every sample, over the denominator of the data. */
export function rowImages(row: readonly bigint[], data: Dataset): LatticePositions {
  const x = bigNumerators(data.coordinates.numerators);
  const d = data.dimension;
  const used = row.map((t, j) => ({ t, j })).filter(({ t }) => t !== 0n);
  const numerators = Array.from({ length: data.size }, (_, i) =>
    used.reduce((sum, { t, j }) => sum + t * x[i * d + j]!, 0n),
  );
  return { numerators, denominator: data.coordinates.denominator };
}

/** t·x_i/h of every sample, from the images t·x_i. */
export const latticePositions = (images: LatticePositions, step: Rational): LatticePositions => ({
  numerators: images.numerators.map((n) => n * step.d),
  denominator: images.denominator * step.n,
});

/**
 * Walls that the listed samples' balls avoid: γ and θ short binary fractions, undefined when no gap is wide enough.
 * `below` keeps balls out of (k − γ, k); `around` keeps them out of (k − 2γ, k + γ).
 */
export function avoidingOffset(
  positions: LatticePositions,
  samples: readonly number[],
  extent: Rational,
  margin: 'below' | 'around',
): LatticeOffset | undefined {
  const { denominator } = positions;
  const parts = [...new Set(samples.map((i) => remainder(positions.numerators[i]!, denominator)))].sort((a, b) =>
    a < b ? -1 : 1,
  );
  // The gap before parts[at], the first one being that across the integer.
  let widest = parts[0]! + denominator - parts.at(-1)!;
  let at = 0;
  for (let k = 1; k < parts.length; k++) {
    const gap = parts[k]! - parts[k - 1]!;
    if (gap > widest) [widest, at] = [gap, k];
  }
  const free = sub(rational(widest, denominator), mul(rational(2), extent));
  if (free.n <= 0n) return undefined;
  // The first ball after the gap starts at `start`, the last one before it ends `free` earlier.
  const start = sub(rational(parts[at]!, denominator), extent);
  const end = sub(start, free);
  // A quarter of the room at least is left for θ, so that it can be short as well.
  const part = (share: number): Rational => mul(free, rational(1, share));
  const gamma = margin === 'below' ? simplestDyadic(part(4), part(2)) : simplestDyadic(part(8), part(4));
  const [after, before] = margin === 'below' ? [gamma, zero] : [mul(rational(2), gamma), gamma];
  const theta = simplestDyadic(add(end, after), sub(start, before));
  return { theta: rational(remainder(theta.n, theta.d), theta.d), gamma };
}

/** a mod b, in [0, b). */
const remainder = (a: bigint, b: bigint): bigint => {
  const r = a % b;
  return r < 0n ? r + b : r;
};

/** ⌊V(x_i)⌋ of every sample, for V = position − θ. */
export function cellsOf({ numerators, denominator }: LatticePositions, theta: Rational): bigint[] {
  const shift = theta.n * denominator;
  const unit = denominator * theta.d;
  return numerators.map((n) => floorDiv(n * theta.d - shift, unit));
}
