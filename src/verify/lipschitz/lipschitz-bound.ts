/**
 * Upper bounds of Lipschitz constants, as data.
 *
 * Main definitions: `LipschitzBound`, `LipschitzQuestion`, `constantAbove`.
 *
 * Notation. Lip_p(F) is the least K with ‖F(x) − F(x′)‖_p ≤ K‖x − x′‖_p for all x, x′ of the region, which is convex. F is
 * continuous and piecewise linear, so Lip_p(F) = max ‖DF‖ over the cells where F is affine that have inner points in the
 * region, with the norm of DF as a map from ℓp to ℓp; for one output it is the dual norm of the gradient.
 */
import { type Rational, rootAbove } from '../../exact/index.js';
import type { Norm } from '../../format/index.js';
import type { Region } from '../../geometry/index.js';
import type { OutputFunctional } from './functional.js';

/** How a bound was found; each is in the file of its name. */
export type LipschitzMethod = 'normprod' | 'path' | 'interval' | 'allpatterns' | 'structure' | 'cells';

export interface LipschitzBound {
  readonly method: LipschitzMethod;
  /** Norm of inputs and outputs. */
  readonly norm: Norm;
  /** The constant is at most this, in ℓ2 its square; undefined is ∞: a step neuron may change in the region. */
  readonly magnitude: Rational | undefined;
  /** Whether it is the constant itself. */
  readonly exact: boolean;
}

export interface LipschitzQuestion {
  /** The functional of the outputs. @defaultValue all outputs, as a map from ℓp to ℓp */
  readonly functional?: OutputFunctional;
  /** Where: a ball or a box. @defaultValue everywhere */
  readonly region?: Region;
}

/** A rational at or above the constant: the bound, in ℓ2 its root rounded up; undefined is ∞. */
export function constantAbove({ norm, magnitude }: LipschitzBound): Rational | undefined {
  return norm === 'l2' && magnitude !== undefined ? rootAbove(magnitude).value : magnitude;
}
