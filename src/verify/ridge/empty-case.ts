/**
 * Cases that no point of a ball lies in, shown by one combination of their limits.
 *
 * Main definition: `emptiness`.
 *
 * Main statement. If Σ m_k·t_k is ≥ s where the limits hold, and s > μ‖Σ m_k u_k‖*, no point of the ball obeys them.
 *
 * Notes. For ℓ1 and ℓ∞ the m_k are the multipliers of the exact linear program for the point nearest to the centre; for ℓ2
 * Hildreth's method, in floating point, suggests them. Either way the inequality is decided exactly.
 *
 * References. C. Hildreth, A quadratic programming procedure, Naval Research Logistics Quarterly 4 (1957).
 */
import {
  add,
  addVectors,
  compare,
  dot,
  fromDouble,
  type LinearRow,
  mul,
  type Rational,
  rational,
  scaleVector,
  solveLinearProgram,
  toNumber,
  type Vector,
  zero,
} from '../../exact/index.js';
import { type Ball, dualNormAbove } from '../../geometry/index.js';

/** direction·(x − c) ≥ bound. */
export interface Limit {
  readonly direction: Vector;
  readonly bound: Rational;
}

/** Multipliers m ≥ 0 of the limits that show that none of the ball's points obeys them all; undefined when none are found. */
export function emptiness(ball: Ball, limits: readonly Limit[]): readonly Rational[] | undefined {
  if (limits.length < 2) return undefined;
  const multipliers = ball.norm === 'l2' ? hildreth(limits) : nearestPointMultipliers(ball, limits);
  if (multipliers === undefined) return undefined;
  const gradient = limits.reduce<Vector>(
    (sum, { direction }, k) => addVectors(sum, scaleVector(direction, multipliers[k]!)),
    ball.centre.map(() => zero),
  );
  const least = limits.map(({ bound }, k) => mul(bound, multipliers[k]!)).reduce(add, zero);
  const most = mul(ball.radius, dualNormAbove(ball.norm, gradient).value);
  return compare(least, most) > 0 ? multipliers : undefined;
}

/** Minimise ‖v‖ subject to the limits, ℓ1 or ℓ∞: v = p − q with p, q ≥ 0. */
function nearestPointMultipliers({ norm, centre }: Ball, limits: readonly Limit[]): readonly Rational[] | undefined {
  const d = centre.length;
  const one = rational(1);
  const size = 2 * d;
  const rows: LinearRow[] = limits.map(({ direction, bound }) => {
    const columns = [...direction.keys()].filter((j) => direction[j]!.n !== 0n);
    return {
      columns: columns.flatMap((j) => [j, d + j]),
      values: columns.flatMap((j) => [direction[j]!, scaleVector([direction[j]!], rational(-1))[0]!]),
      relation: '>=',
      bound,
    };
  });
  const groups = norm === 'linf' ? [...centre.keys()].map((j) => [j, d + j]) : [[...Array(size).keys()]];
  for (const group of groups) {
    const values = [...group.map(() => rational(-1)), one];
    rows.push({ columns: [...group, size], values, relation: '>=', bound: zero });
  }
  const objective = [...Array.from({ length: size }, () => zero), one];
  const outcome = solveLinearProgram({ objective, rows });
  // Without any point at all the limits contradict each other, and their multipliers have gradient 0.
  const found = outcome.status === 'optimal' || outcome.status === 'infeasible' ? outcome.multipliers : undefined;
  return found?.slice(0, limits.length);
}

const sweeps = 300;
const fineness = 2 ** 24;

/** Coordinate ascent on Σ m_k·bound_k − ½‖Σ m_k u_k‖², m ≥ 0. */
function hildreth(limits: readonly Limit[]): readonly Rational[] | undefined {
  const products = limits.map((a) => limits.map((b) => toNumber(dot(a.direction, b.direction))));
  const bounds = limits.map(({ bound }) => toNumber(bound));
  const m = limits.map(() => 0);
  for (let n = 0; n < sweeps; n++) {
    for (const k of m.keys()) {
      const own = products[k]!.reduce((sum, value, l) => sum + value * m[l]!, 0);
      m[k] = Math.max(0, m[k]! + (bounds[k]! - own) / products[k]![k]!);
    }
  }
  const most = Math.max(...m);
  if (!(most > 0) || !Number.isFinite(most)) return undefined;
  return m.map((value) => fromDouble(Math.round((value / most) * fineness) / fineness));
}
