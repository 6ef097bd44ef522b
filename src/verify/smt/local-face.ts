/**
 * The flat on which a network stays unsafe around an irrational point.
 *
 * Main definitions: `localFace`, `projection`.
 *
 * Around a point m of ℚ̄ᵈ a relu or step network is affine on the set where every neuron with pre-activation 0 at m
 * keeps 0, the others keep their signs, and every unsafe constraint with value 0 keeps 0. That set is, near m, a flat A
 * with rational equations. Let q be the point of A nearest to the ball's centre. Either m = q, and m is rational, or q
 * is nearer to the centre than m, and points of A near m moved a little towards q are inside the ball. So a rational
 * counterexample exists next to every irrational one, and it is found by projecting onto A.
 */
import {
  abs,
  compare,
  dot,
  mul,
  one,
  type Rational,
  solve,
  sparseMatrix,
  sub,
  subVectors,
  type Vector,
  zero,
} from '../../exact/index.js';
import { rowCount, rowOf } from '../../network/index.js';
import { combinedForm, inputForms, type LocalForm } from '../local-form.js';
import type { Query } from '../query.js';

/** Coordinate j of the point lies in [lower[j], upper[j]]. */
export interface Enclosure {
  readonly lower: Vector;
  readonly upper: Vector;
}

/** {x : normals·x = values}, all of space when there are no normals. */
export interface Flat {
  readonly normals: readonly Vector[];
  readonly values: Vector;
}

/** The flat of the enclosed point, its zeros being the forms whose sign the enclosure leaves open. */
export function localFace(query: Query, point: Enclosure, middle: Vector): Flat {
  const d = middle.length;
  const widths = subVectors(point.upper, point.lower);
  const flat: Vector = new Array(d).fill(zero);
  const nothing: LocalForm = { value: zero, slope: flat };
  const zeros: LocalForm[] = [];
  /** Whether the form may be 0 at the point; then it is made to be 0 on the flat. */
  const vanishes = (form: LocalForm): boolean => {
    const reach = dot(form.slope.map(abs), widths);
    if (compare(abs(form.value), reach) > 0) return false;
    if (form.slope.some((g) => g.n !== 0n)) zeros.push(form);
    return true;
  };

  let forms = inputForms(middle);
  for (const layer of query.network.layers) {
    forms = Array.from({ length: rowCount(layer) }, (_, r): LocalForm => {
      const z = combinedForm(rowOf(layer, r), forms, d);
      if (layer.activation === 'identity') return z;
      if (vanishes(z) || z.value.n < 0n) return nothing;
      return layer.activation === 'step' ? { value: one, slope: flat } : z;
    });
  }
  for (const c of query.unsafe.flat()) {
    // Constraints of other disjuncts may vanish here too: that only makes the flat smaller, and keeps the point on it.
    vanishes(combinedForm(c, forms, d));
  }
  return {
    normals: zeros.map((z) => z.slope),
    values: zeros.map((z) => sub(dot(z.slope, middle), z.value)),
  };
}

/** The point of a flat nearest to p in ℓ2, exactly; undefined when the flat is empty. */
export function projection(flat: Flat, p: Vector): Rational[] | undefined {
  if (flat.normals.length === 0) return [...p];
  const gram = sparseMatrix(flat.normals.map((a) => flat.normals.map((b) => dot(a, b))));
  const misses = flat.normals.map((a, k) => sub(dot(a, p), flat.values[k]!));
  const multipliers = solve(gram, misses);
  if (multipliers === undefined) return undefined;
  return p.map((v, j) => flat.normals.reduce((sum, a, k) => sub(sum, mul(multipliers[k]!, a[j]!)), v));
}
