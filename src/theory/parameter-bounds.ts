/**
 * How few parameters a network can have that memorizes every dataset of N samples in ℚᵈ with ratio ρ = 2μ/δ < 1.
 *
 * Main definitions: `parameterBounds`, `parameterBound` (the largest), `shatteredPoints` (what the VC bound rests on).
 *
 * Main statements. First layer: k rows of d weights and a bias, and k > ρ²·min(N − 1, d) in ℓp for p ≥ 2, on the unit vectors;
 * in ℓ1 ρ²/d takes the place of ρ², in ℓ∞ k ≥ min(N − 1, d) for ρ ≥ 1/2. VC dimension: an architecture that memorizes every
 * dataset shatters ⌊N/2⌋·k points, k = min(d, ⌊1/(1 − ρᵖ)⌋), as `vcWitness` shows. A program of P real parameters and t
 * operations shatters at most 4P(t + 2) points, and a network of P parameters takes at most 3P: a product and a sum for
 * each parameter, a comparison for each neuron. So 12P² + 8P is at least that number.
 *
 * Notes. All counts are of parameters as an architecture has them, zeros counted; of nonzero weights only the second says
 * something. Bounds hold for the architecture that serves all datasets, so a network for one dataset may be smaller.
 *
 * References. [KMY, Prop. 3.2, Prop. C.7] for the first layer, [KMY, Thm 3.3, C.8] for the VC dimension, there up to constants;
 * P. Goldberg, M. Jerrum, Bounding the Vapnik–Chervonenkis dimension of concept classes parameterized by real numbers,
 * Machine Learning 18 (1995), Theorem 2.3, for 4P(t + 2). The constants 12 and 8 are ours.
 */
import { compare, floor, half, inverse, isqrt, mul, one, type Rational, rational, sub } from '../exact/index.js';
import { type Norm, refuse } from '../format/index.js';
import { unitVectorWidth } from './unit-vectors.js';

export interface ParameterBoundCase {
  /** N ≥ 2. */
  readonly samples: number;
  /** d ≥ 1. */
  readonly dimension: number;
  readonly norm: Norm;
  /** ρ in [0, 1), or ρ² in ℓ2, where δ may be irrational. */
  readonly ratio: Rational;
}

export interface ParameterBound {
  /** P is at least this. */
  readonly parameters: bigint;
  readonly reason: string;
  readonly reference: string;
}

/** All lower bounds, the largest first. @throws InputError for numbers out of range. */
export function parameterBounds(given: ParameterBoundCase): ParameterBound[] {
  const { samples, dimension } = checked(given);
  const rows = firstLayerRows(given);
  const shattered = shatteredPoints(given);
  const bounds: ParameterBound[] = [
    {
      parameters: BigInt(dimension + 1) * rows,
      reason: `unit vectors: a first layer of ${rows} rows`,
      reference: given.norm === 'linf' ? '[KMY, Prop. 3.2 and C.7]' : '[KMY, Prop. 3.2]',
    },
    {
      parameters: leastParameters(shattered),
      reason: `VC dimension: ${shattered} points shattered by ${Math.floor(samples / 2)} groups`,
      reference: '[KMY, Thm 3.3], constants ours',
    },
  ];
  return bounds.sort((a, b) => (a.parameters > b.parameters ? -1 : a.parameters < b.parameters ? 1 : 0));
}

/** The largest of the lower bounds. */
export const parameterBound = (given: ParameterBoundCase): ParameterBound => parameterBounds(given)[0]!;

/** Rows of a first layer. In ℓ1, where distances are at most √d times those in ℓ2, ρ²/d takes the place of ρ². */
function firstLayerRows({ samples, dimension, norm, ratio }: ParameterBoundCase): bigint {
  if (norm === 'linf' && compare(ratio, half) >= 0) return BigInt(Math.min(samples - 1, dimension));
  const squared = norm === 'l2' ? ratio : mul(ratio, ratio);
  return BigInt(unitVectorWidth(samples, dimension, norm === 'l1' ? mul(squared, rational(1, dimension)) : squared));
}

/** ⌊N/2⌋·min(d, ⌊1/(1 − ρᵖ)⌋), ρ^∞ being 0. @throws InputError for numbers out of range. */
export function shatteredPoints(given: ParameterBoundCase): bigint {
  const { samples, dimension, norm, ratio } = checked(given);
  const points = norm === 'linf' ? 1n : floor(inverse(sub(one, ratio)));
  const most = BigInt(dimension);
  return BigInt(Math.floor(samples / 2)) * (points < most ? points : most);
}

/** The least P with 12P² + 8P ≥ v. */
function leastParameters(v: bigint): bigint {
  // P = (−2 + √(4 + 3v))/6, rounded up.
  let P = (isqrt(4n + 3n * v) - 2n) / 6n;
  while (12n * P * P + 8n * P < v) P++;
  return P;
}

function checked(given: ParameterBoundCase): ParameterBoundCase {
  const whole = (value: number, least: number): boolean => Number.isSafeInteger(value) && value >= least;
  if (!whole(given.samples, 2)) refuse('samples', 'a whole number ≥ 2', String(given.samples));
  if (!whole(given.dimension, 1)) refuse('dimension', 'a whole number ≥ 1', String(given.dimension));
  if (given.ratio.n < 0n || compare(given.ratio, one) >= 0) {
    refuse('ratio', 'a rational from 0 to below 1', `${given.ratio.n}/${given.ratio.d}`);
  }
  return given;
}
