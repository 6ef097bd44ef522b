/**
 * The structural bound beside the other bounds of a Lipschitz constant.
 *
 * Main definitions: `structuralLipschitz`, `sharperBound`.
 */
import { less, square } from '../../../exact/index.js';
import type { Norm } from '../../../format/index.js';
import type { Network } from '../../../network/index.js';
import { wholeOutput } from '../functional.js';
import type { LipschitzBound, LipschitzQuestion } from '../lipschitz-bound.js';
import { structuralBound } from './structural-bound.js';

/** The bound of one functional, or one output; undefined for several outputs and where `structuralBound` has none. */
export function structuralLipschitz(
  network: Network,
  norm: Norm,
  { functional = wholeOutput(network), region }: LipschitzQuestion = {},
): LipschitzBound | undefined {
  if (functional === undefined) return undefined;
  const value = structuralBound(network, norm, functional, region === undefined ? {} : { region });
  if (value === undefined) return undefined;
  return { method: 'structure', norm, magnitude: norm === 'l2' ? square(value) : value, exact: false };
}

/** The lower of two bounds in one norm, the first if they are equal. */
export function sharperBound(a: LipschitzBound, b: LipschitzBound | undefined): LipschitzBound {
  if (b?.magnitude === undefined) return a;
  return a.magnitude === undefined || less(b.magnitude, a.magnitude) ? b : a;
}
