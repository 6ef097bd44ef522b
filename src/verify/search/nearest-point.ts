/**
 * The point of a polyhedron nearest to a centre in ℓ2, exactly.
 *
 * Main definition: `nearestPoint`.
 *
 * The dual active-set method: from the centre on, one violated row after the other is made active; x = c + Σ λ_j a_j with
 * λ ≥ 0 on active rows all the way. The distance grows with every row, so the method ends, with rational numbers all
 * along. References. D. Goldfarb, A. Idnani, A numerically stable dual method for solving strictly convex quadratic
 * programs, Math. Programming 27 (1983).
 */
import {
  add,
  addVectors,
  compare,
  div,
  dot,
  mul,
  neg,
  one,
  type Rational,
  scaleVector,
  solve,
  sparseMatrix,
  sub,
  subVectors,
  type Vector,
  zero,
} from '../../exact/index.js';
import { type Form, formValue } from './node-forms.js';

export type NearestPoint =
  /** The point, and λ with point − centre = Σ λ_j a_j, positive on active rows only. */
  | { readonly kind: 'nearest'; readonly point: Vector; readonly multipliers: readonly Rational[] }
  /** Multipliers ≥ 0 under which the rows add up to a negative constant. */
  | { readonly kind: 'empty'; readonly multipliers: readonly Rational[] };

/** The point nearest to the centre where all rows a_j·x + b_j are ≥ 0. */
export function nearestPoint(centre: Vector, rows: readonly Form[]): NearestPoint {
  let x = centre;
  const multipliers = new Map<number, Rational>();
  const all = (): Rational[] => rows.map((_, j) => multipliers.get(j) ?? zero);
  for (;;) {
    const p = mostViolated(rows, x);
    if (p < 0) return { kind: 'nearest', point: x, multipliers: all() };
    const a = rows[p]!.coefficients;
    multipliers.set(p, zero);
    for (;;) {
      const active = [...multipliers.keys()].filter((j) => j !== p);
      const r = shares(
        active.map((j) => rows[j]!.coefficients),
        a,
      );
      const z = active.reduce((v, j, k) => subVectors(v, scaleVector(rows[j]!.coefficients, r[k]!)), a);
      const slope = dot(z, a);
      const full = slope.n === 0n ? undefined : div(neg(formValue(rows[p]!, x)), slope);
      // The first active row whose multiplier would become negative.
      let [leaving, part] = [-1, full];
      for (const [k, j] of active.entries()) {
        if (r[k]!.n <= 0n) continue;
        const reached = div(multipliers.get(j)!, r[k]!);
        if (part === undefined || compare(reached, part) < 0) [leaving, part] = [j, reached];
      }
      if (part === undefined) {
        for (const [k, j] of active.entries()) multipliers.set(j, neg(r[k]!));
        multipliers.set(p, one);
        return { kind: 'empty', multipliers: all() };
      }
      const length = part;
      x = addVectors(x, scaleVector(z, length));
      for (const [k, j] of active.entries()) multipliers.set(j, sub(multipliers.get(j)!, mul(length, r[k]!)));
      multipliers.set(p, add(multipliers.get(p)!, length));
      if (leaving < 0) break;
      multipliers.delete(leaving);
    }
  }
}

function mostViolated(rows: readonly Form[], x: Vector): number {
  let [worst, least] = [-1, zero];
  rows.forEach((row, j) => {
    const value = formValue(row, x);
    if (compare(value, least) < 0) [worst, least] = [j, value];
  });
  return worst;
}

/** r with a − Σ r_k b_k orthogonal to all b_k, which are linearly independent. */
function shares(basis: readonly Vector[], a: Vector): readonly Rational[] {
  if (basis.length === 0) return [];
  const gram = sparseMatrix(basis.map((b) => basis.map((c) => dot(b, c))));
  const found = solve(
    gram,
    basis.map((b) => dot(b, a)),
  );
  if (found === undefined) throw new RangeError('nearestPoint: expected independent active rows');
  return found;
}
