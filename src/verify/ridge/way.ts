/**
 * Ways to bound an expression from above on a ball.
 *
 * Main definitions: `Way`, `boundAbove`.
 *
 * Main statement (leaf). For any α_k, and λ ≥ 0 with λ_k = λ/size of u_k,
 *   sup Σφ_k(t_k) ≤ μ‖Σ α_k u_k‖* + Λμᵖ + Σ_k max (φ_k(t) − α_k t − λ_k|t|ᵖ),
 * where the ball is { ‖v‖_p ≤ μ }, Λ is that of `Scalars.allowance`, and α_k is 0 or, for linear φ_k, their slopes; in ℓ∞ λ = 0. (Substitution.) If ν = relu(s), then at
 * every point E + κν is the larger, for κ < 0 the smaller, of E and E + κs.
 */
import {
  add,
  addVectors,
  div,
  formatRational,
  max,
  min,
  mul,
  type Rational,
  scaleVector,
  sign,
  type Vector,
  zero,
} from '../../exact/index.js';
import { dualNormAbove } from '../../geometry/index.js';
import { type Expression, replaced, type State } from './expression.js';
import { isLinear, lineAt0, maximumMinus, slopeOf } from './piecewise.js';

export interface LeafWay {
  /** λ. @defaultValue 0 */
  readonly curvature?: Rational;
  /** Whether α_k is the slope of every linear φ_k, and not 0. @defaultValue false */
  readonly linear?: boolean;
}

export interface SubstitutionWay {
  /** The atom, a ReLU whose argument is known. */
  readonly atom: number;
  /** A bound of E; may be left out for a negative factor. */
  readonly without?: Way;
  /** A bound of E + κs; may be left out for a negative factor, but not both. */
  readonly replaced?: Way;
}

export type Way = LeafWay | SubstitutionWay;

/** An upper bound of the expression on the ball. @throws RangeError for a way that does not fit it. */
export function boundAbove(state: State, expression: Expression, way: Way): Rational {
  if (!('atom' in way)) return min(expression.high, leafBound(state, expression, way));
  const factor = expression.atoms.get(way.atom);
  if (factor === undefined || state.atoms[way.atom]?.argument === undefined) {
    throw new RangeError(`boundAbove: expected a ReLU of the expression, got atom ${way.atom}`);
  }
  const sides: Rational[] = [];
  if (way.without !== undefined)
    sides.push(boundAbove(state, replaced(state, expression, way.atom, false), way.without));
  if (way.replaced !== undefined)
    sides.push(boundAbove(state, replaced(state, expression, way.atom, true), way.replaced));
  const needed = sign(factor) > 0 ? 2 : 1;
  if (sides.length < needed) throw new RangeError(`boundAbove: expected ${needed} sides, got ${sides.length}`);
  return min(expression.high, sides.reduce(sign(factor) > 0 ? max : min));
}

/** Directions are compared in pairs, and pieces one by one. */
function scalarsWork({ ridges }: Expression, spend: State['spend']): void {
  spend([...ridges.values()].reduce((sum, f) => sum + f.at.length + ridges.size, 1));
}

function leafBound({ scalars, atoms, spend }: State, expression: Expression, way: LeafWay): Rational {
  const { curvature = zero, linear = false } = way;
  const { ball } = scalars;
  const p = ball.norm === 'l2' ? 2 : 1;
  if (curvature.n < 0n || (curvature.n > 0n && ball.norm === 'linf')) {
    throw new RangeError(`boundAbove: expected a curvature that ${ball.norm} allows, got ${formatRational(curvature)}`);
  }
  scalarsWork(expression, spend);
  const bent = [...expression.ridges].filter(([, f]) => !(linear && isLinear(f)));
  let bound = expression.constant;
  if (linear) {
    const lines = [...expression.ridges].filter(([, f]) => isLinear(f));
    bound = lines.map(([, f]) => lineAt0(f)).reduce(add, bound);
    const direction = lines.reduce<Vector>(
      (sum, [scalar, f]) => addVectors(sum, scaleVector(scalars.direction(scalar), slopeOf(f, 0))),
      ball.centre.map(() => zero),
    );
    bound = add(bound, mul(ball.radius, dualNormAbove(ball.norm, direction).value));
  }
  const lambdas = bent.map(([scalar]) => [scalar, div(curvature, scalars.size(scalar))] as const);
  if (curvature.n > 0n) bound = add(bound, scalars.allowance(lambdas));
  for (const [k, [, f]] of bent.entries()) bound = add(bound, maximumMinus(f, lambdas[k]![1], p));
  for (const [q, factor] of expression.atoms) {
    bound = add(bound, mul(factor, sign(factor) > 0 ? atoms[q]!.high : atoms[q]!.low));
  }
  return bound;
}
