/**
 * The chain of cheap upper bounds of a Lipschitz constant.
 *
 * Main definitions: `lipschitzBounds`, `lipschitzBound`.
 *
 * Main statement: constant ≤ allpatterns ≤ interval ≤ path ≤ normprod, in every norm.
 */
import { compare } from '../../exact/index.js';
import type { Norm } from '../../format/index.js';
import type { Network } from '../../network/index.js';
import { allPatterns } from './all-patterns.js';
import { intervalGradient } from './interval-gradient.js';
import type { LipschitzBound, LipschitzQuestion } from './lipschitz-bound.js';
import { normProduct } from './norm-product.js';
import { pathBound } from './path-bound.js';

/** The bounds that apply, from the coarsest to the sharpest. */
export function lipschitzBounds(network: Network, norm: Norm, question: LipschitzQuestion = {}): LipschitzBound[] {
  return [normProduct, pathBound, intervalGradient, allPatterns]
    .map((bound) => bound(network, norm, question))
    .filter((bound) => bound !== undefined);
}

/** The sharper of the interval gradient and all patterns, of which the first always applies. */
export function lipschitzBound(network: Network, norm: Norm, question: LipschitzQuestion = {}): LipschitzBound {
  const interval = intervalGradient(network, norm, question);
  const patterns = interval.exact ? undefined : allPatterns(network, norm, question);
  if (patterns?.magnitude === undefined || interval.magnitude === undefined) return interval;
  return compare(patterns.magnitude, interval.magnitude) < 0 ? patterns : interval;
}
