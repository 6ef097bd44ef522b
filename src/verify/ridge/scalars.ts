/**
 * The scalars of ridge functions: t = u·(x − c) for rational directions u, on a ball around c.
 *
 * Main definitions: `Scalars`, `scalarsOn`.
 *
 * Main statement. On the ball, |t| ≤ μ‖u‖*, and for λ ≥ 0 on several scalars Σ λ_k·|u_k·v|ᵖ ≤ Λ·‖v‖ᵖ with
 * Λ = max_j Σ_k λ_k·|u_kj| for p = 1, and Λ = max_k λ_k·Σ_l |u_k·u_l| for p = 2: the largest eigenvalue of Σ λ_k u_k u_kᵀ is
 * that of the matrix (λ_k·u_k·u_l), and at most its largest row sum.
 *
 * Notes. Directions are normalised so that their first entry other than 0 is 1; parallel ones are one scalar.
 */
import {
  abs,
  add,
  div,
  dot,
  formatRational,
  max,
  maxOfAbs,
  min,
  mul,
  neg,
  type Rational,
  square,
  sumOfSquares,
  type Vector,
  zero,
} from '../../exact/index.js';
import { type Ball, dualNormAbove } from '../../geometry/index.js';

export interface Domain {
  readonly low: Rational;
  readonly high: Rational;
}

/** What a case allows of some scalars, by the names of their directions. */
export type Restrictions = ReadonlyMap<string, Partial<Domain>>;

export interface Scalars {
  readonly ball: Ball;
  /** The scalar of a direction other than 0, with f such that direction = f·u. */
  readonly of: (direction: Vector) => { readonly scalar: number; readonly factor: Rational };
  /** u of a scalar. */
  readonly direction: (scalar: number) => Vector;
  /** The interval of t: ±μ‖u‖*, or a little more, within what a case allows. */
  readonly domain: (scalar: number) => Domain;
  /** ‖u‖∞ for ℓ1, ‖u‖₂² for ℓ2: what a common λ is divided by. */
  readonly size: (scalar: number) => Rational;
  /** Λ·μᵖ for these λ. */
  readonly allowance: (lambdas: readonly (readonly [scalar: number, lambda: Rational])[]) => Rational;
}

/** The name of a normalised direction. */
export const directionName = (unit: Vector): string => unit.map(formatRational).join(' ');

/** The scalars of a ball, or of the part of it that a case allows; none at first. */
export function scalarsOn(ball: Ball, restrictions: Restrictions = new Map()): Scalars {
  const directions: Vector[] = [];
  const domains: Domain[] = [];
  const sizes: Rational[] = [];
  const known = new Map<string, number>();
  const products = new Map<string, Rational>();
  const product = (k: number, l: number): Rational => {
    const key = k < l ? `${k},${l}` : `${l},${k}`;
    const found = products.get(key) ?? abs(dot(directions[k]!, directions[l]!));
    products.set(key, found);
    return found;
  };
  return {
    ball,
    of(direction) {
      const factor = direction.find((v) => v.n !== 0n)!;
      const unit = direction.map((v) => div(v, factor));
      const key = directionName(unit);
      let scalar = known.get(key);
      if (scalar === undefined) {
        scalar = directions.length;
        known.set(key, scalar);
        directions.push(unit);
        const reach = mul(ball.radius, dualNormAbove(ball.norm, unit).value);
        const { low = neg(reach), high = reach } = restrictions.get(key) ?? {};
        domains.push({ low: max(low, neg(reach)), high: min(high, reach) });
        sizes.push(ball.norm === 'l2' ? sumOfSquares(unit) : maxOfAbs(unit));
      }
      return { scalar, factor };
    },
    direction: (scalar) => directions[scalar]!,
    domain: (scalar) => domains[scalar]!,
    size: (scalar) => sizes[scalar]!,
    allowance(lambdas) {
      let most = zero;
      if (ball.norm === 'l2') {
        for (const [k, lambda] of lambdas) {
          const row = lambdas.reduce((sum, [l]) => add(sum, product(k, l)), zero);
          most = max(most, mul(lambda, row));
        }
        return mul(most, square(ball.radius));
      }
      for (let j = 0; j < ball.centre.length; j++) {
        const column = lambdas.reduce((sum, [k, lambda]) => add(sum, mul(lambda, abs(directions[k]![j]!))), zero);
        most = max(most, column);
      }
      return mul(most, ball.radius);
    },
  };
}
