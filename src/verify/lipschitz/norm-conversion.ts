/**
 * Lipschitz constants in one norm from those in another.
 *
 * Main definition: `convertedConstant`.
 *
 * Main statement. ‖v‖_q ≤ d^max(0, 1/q − 1/p) ‖v‖_p on ℝᵈ, so |f(x) − f(y)| ≤ K‖x − y‖_q gives the constant
 * d^max(0, 1/q − 1/p)·K in ℓp. √d is rounded up.
 */
import { mul, one, type Rational, rational, rootAbove } from '../../exact/index.js';
import type { Norm } from '../../format/index.js';

/** 2/p. */
const halves: Readonly<Record<Norm, number>> = { l1: 2, l2: 1, linf: 0 };

/** A constant in the norm `to` of a function of d inputs that has this one in the norm `from`. */
export function convertedConstant(value: Rational, from: Norm, to: Norm, d: number): Rational {
  const root = [one, rootAbove(rational(d)).value, rational(d)][Math.max(0, halves[from] - halves[to])]!;
  return mul(value, root);
}
