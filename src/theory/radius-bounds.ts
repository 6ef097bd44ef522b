/**
 * How large σ/δ = μ/δ can be for networks with a first layer of width k, in the worst case over datasets.
 *
 * Main definitions: `radiusUpperBounds` (no network does more for every dataset), `radiusGuarantee` (some linear map does as
 * much for every dataset), `RadiusBound`.
 *
 * Notes. All are squares, (μ/δ)², as rationals: exact, or rounded so that the bound stays true. A dataset with fewer samples
 * than N is filled up with far ones, which keep δ.
 *
 * References. [EYS] for the law N^(−2/k) with the constant 2416, as [KMY, Sec. 3] quotes it; [KMY, Prop. 3.2, Prop. C.7];
 * the explicit constant of hard-dataset.ts is ours. The guarantee follows from Dasgupta and Gupta's Lemma 2.2: a uniformly
 * random row space of dimension k < d brings some of P pairs below √(β k/d) of its length with probability less than
 * P·(e β)^(k/2).
 */
import { ceilRoot, compare, floorRoot, min, mul, type Rational, rational } from '../exact/index.js';
import { type Norm, refuse } from '../format/index.js';
import { collisionBound, hardDatasetSize } from './hard-dataset.js';

export interface RadiusBound {
  /** (μ/δ)²: at or above it on closed balls, some dataset of N samples in ℚᵈ defeats every network. */
  readonly squared: Rational;
  /** What defeats it. */
  readonly reason: string;
  readonly reference: string;
}

/** Where a first layer of width k meets N samples in ℚᵈ. */
export interface RadiusBoundCase {
  /** N ≥ 2. */
  readonly samples: number;
  /** d ≥ 1. */
  readonly dimension: number;
  /** k ≥ 1. */
  readonly width: number;
  readonly norm: Norm;
}

/** All upper bounds that apply, the least first. @throws InputError for numbers out of range. */
export function radiusUpperBounds(given: RadiusBoundCase): RadiusBound[] {
  const { samples, dimension, width, norm } = checked(given);
  const n = Math.min(samples - 1, dimension);
  const bounds: RadiusBound[] = [
    { squared: rational(1, 4), reason: 'closed balls of differently labelled samples meet', reference: '2μ < δ' },
  ];
  if (norm !== 'l1' && width < n) {
    bounds.push({
      squared: rational(width, 4 * n),
      reason: `unit vectors: some e_j is close to the kernel`,
      reference: '[KMY, Prop. 3.2]',
    });
  }
  if (norm === 'linf' && width < n) {
    bounds.push({
      squared: rational(1, 16),
      reason: 'unit vectors: some e_j is within 1/2 of a line',
      reference: '[KMY, Prop. C.7]',
    });
  }
  const q = width < dimension ? finestGrid(width, samples) : 0;
  if (q > 0) {
    const size = collisionBound(norm, width, q);
    bounds.push({
      squared: mul(rational(1, 4), norm === 'l2' ? size : mul(size, size)),
      reason: `hard dataset with ${q} steps, ${hardDatasetSize(width, q)} samples`,
      reference: 'ours, after [EYS]',
    });
  }
  if (norm === 'l2' && width < dimension) {
    // 2416² N^(−4/k), the root rounded down.
    const root = floorRoot((BigInt(samples) ** 4n) << (fractionBits * BigInt(width)), width);
    bounds.push({
      squared: rational((2416n ** 2n) << fractionBits, root),
      reason: '2416·N^(−2/k)',
      reference: '[EYS], as [KMY, Sec. 3] quotes it',
    });
  }
  return bounds.sort((a, b) => compare(a.squared, b.squared));
}

/** The least of the upper bounds. */
export const radiusUpperBound = (given: RadiusBoundCase): RadiusBound => radiusUpperBounds(given)[0]!;

/**
 * (μ/δ)² below which every dataset of N samples in ℚᵈ has a map to k dimensions that keeps its balls apart, so that the
 * projected networks of width k + 4 exist: k/(4 e d)·N^(−4/k) / γ_p², γ_p = d^|1/p − 1/2|; 1/4 for k ≥ d.
 */
export function radiusGuarantee(given: RadiusBoundCase): Rational {
  const { samples, dimension, width, norm } = checked(given);
  if (width >= dimension) return rational(1, 4);
  const root = ceilRoot((BigInt(samples) ** 4n) << (fractionBits * BigInt(width)), width);
  const law = mul(rational(1n << fractionBits, root), mul(rational(width, 4 * dimension), inverseOfE));
  return min(rational(1, 4), norm === 'l2' ? law : mul(law, rational(1, dimension)));
}

/** The largest even q with a hard dataset of at most N samples, 0 when there is none. */
export function finestGrid(k: number, N: number): number {
  const fits = (half: number): boolean => hardDatasetSize(k, 2 * half) <= BigInt(N);
  // A grid of 2·most steps has more than N samples.
  let [least, most] = [0, N];
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2);
    if (fits(middle)) least = middle;
    else most = middle;
  }
  return 2 * least;
}

/** Digits of the roots: enough for any number that is printed. */
const fractionBits = 64n;

/** Below 1/e. */
const inverseOfE = rational(1_000_000_000n, 2_718_281_829n);

function checked(given: RadiusBoundCase): RadiusBoundCase {
  const whole = (value: number, least: number): boolean => Number.isSafeInteger(value) && value >= least;
  if (!whole(given.samples, 2)) refuse('samples', 'a whole number ≥ 2', String(given.samples));
  if (!whole(given.dimension, 1)) refuse('dimension', 'a whole number ≥ 1', String(given.dimension));
  if (!whole(given.width, 1)) refuse('width', 'a whole number ≥ 1', String(given.width));
  return given;
}
