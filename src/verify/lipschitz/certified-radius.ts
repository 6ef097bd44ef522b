/**
 * The radius that margin and Lipschitz constant certify around a point.
 *
 * Main definition: `certifiedRadius`.
 *
 * Main statement. With margins m and constants K as in lipschitz-engine.ts the ball of radius min over conjunctions of
 * max over their constraints of m/K is free of unsafe points: the open ball, and the closed one where the constraints that
 * decide are strict. For sign labels that is |f(c)|/K, for rounded ones (1/2 − |f(c) − y|)/K, for argmax the least
 * (f_y − f_c)(c)/K over the other classes c, K being the constant of the difference; for exact labels 0, unless f is constant.
 */
import { compare, div, less, neg, type Rational, type Vector } from '../../exact/index.js';
import type { Norm } from '../../format/index.js';
import { evaluate, type Network } from '../../network/index.js';
import type { UnsafeSet } from '../query.js';
import { constraintValue } from '../verdict.js';
import { type LipschitzConstants, lipschitzConstants } from './constants.js';
import { constraintFunctional } from './functional.js';

export interface CertifiedRadius {
  /** Undefined for the whole space. */
  readonly radius: Rational | undefined;
  /** Whether the ball is without its sphere. */
  readonly open: boolean;
}

/** The ball that constants which hold everywhere certify; undefined when they certify none, the centre perhaps excepted. */
export async function certifiedRadius(
  network: Network,
  norm: Norm,
  centre: Vector,
  unsafe: UnsafeSet,
  constants: LipschitzConstants = lipschitzConstants(network),
): Promise<CertifiedRadius | undefined> {
  const outputs = evaluate(network, centre);
  let least: CertifiedRadius = { radius: undefined, open: false };
  for (const conjunction of unsafe) {
    let most: CertifiedRadius | undefined;
    for (const constraint of conjunction) {
      const margin = neg(constraintValue(constraint, outputs));
      if (margin.n < 0n || (margin.n === 0n && !constraint.strict)) continue;
      let constant: Rational | undefined;
      for await (const found of constants.everywhere(norm, constraintFunctional(constraint)))
        if (constant === undefined || less(found, constant)) constant = found;
      if (constant === undefined) continue;
      const own =
        constant.n === 0n
          ? { radius: undefined, open: false }
          : { radius: div(margin, constant), open: !constraint.strict };
      if (most === undefined || order(own, most) > 0) most = own;
    }
    if (most === undefined || most.radius?.n === 0n) return undefined;
    if (order(most, least) < 0) least = most;
  }
  return least;
}

/** Balls by inclusion. */
function order(a: CertifiedRadius, b: CertifiedRadius): number {
  if (a.radius === undefined || b.radius === undefined)
    return Number(a.radius === undefined) - Number(b.radius === undefined);
  return compare(a.radius, b.radius) || Number(b.open) - Number(a.open);
}
