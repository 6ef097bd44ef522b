/**
 * The last resort in ℓ2: a node on whose path every neuron has one side asks how near a polyhedron comes to the centre.
 *
 * Main definition: `roundLeaf`.
 *
 * The nearest point p of the polyhedron is rational, and p − c = Σ λ_j a_j. Further away than r, λ is a leaf; nearer, p or a
 * point beside it is a counterexample, or the strict rows leave nothing. At distance r the ball touches in p alone: λ is a
 * leaf when something strict takes part, or multipliers of other rows through p are. What remains is a strict row that
 * excludes p from the side: no affine function shows that.
 */
import {
  addVectors,
  compare,
  half,
  mul,
  neg,
  one,
  type Rational,
  scaleVector,
  square,
  subVectors,
  sumOfSquares,
  type Vector,
  zero,
} from '../../exact/index.js';
import type { Ball } from '../../geometry/index.js';
import type { Constraint } from '../query.js';
import { type NodeLeaf, strictlyInside } from './linear-leaf.js';
import { nearestPoint } from './nearest-point.js';
import { formValue, leafOf, type NodeRow, nodeRows } from './node-forms.js';
import type { SearchState } from './search-state.js';

/** Decides the conjunction on the node of an ℓ2 ball; undefined where it touches and nothing shows it. */
export function roundLeaf(
  state: SearchState,
  conjunction: readonly Constraint[],
  { centre, radius, open }: Ball,
): NodeLeaf | undefined {
  const rows = nodeRows(state, conjunction);
  const leaf = (multipliers: readonly Rational[]): NodeLeaf => ({ kind: 'leaf', ...leafOf(state, rows, multipliers) });
  const found = nearestPoint(
    centre,
    rows.map(({ form }) => form),
  );
  if (found.kind === 'empty') return leaf(found.multipliers);
  const { point, multipliers } = found;
  const side = compare(sumOfSquares(subVectors(point, centre)), square(radius));
  const excluded = rows.some(({ form, strict }) => strict && formValue(form, point).n === 0n);
  if (side > 0 || (side === 0 && open)) return leaf(multipliers);
  if (!excluded) return { kind: 'point', point };
  if (side === 0) {
    const others = touchingMultipliers(rows, point, centre);
    return others === undefined ? undefined : leaf(others);
  }
  const inside = strictlyInside(
    centre.length,
    rows,
    centre.map((_, j) => j),
  );
  if ('multipliers' in inside) return leaf(inside.multipliers);
  return { kind: 'point', point: withinBall(point, inside.point, centre, radius) };
}

/** A point of the segment from `near`, which lies inside the ball, to `to`, other than `near` and inside too. */
function withinBall(near: Vector, to: Vector, centre: Vector, radius: Rational): Vector {
  for (let share = one; ; share = mul(share, half)) {
    const point = addVectors(near, scaleVector(subVectors(to, near), share));
    if (compare(sumOfSquares(subVectors(point, centre)), square(radius)) < 0) return point;
  }
}

/** Multipliers of rows through the point, some strict one positive, whose sum of normals leads away from the centre. */
function touchingMultipliers(rows: readonly NodeRow[], point: Vector, centre: Vector): Rational[] | undefined {
  const through = rows.flatMap(({ form, strict }, k) => (formValue(form, point).n === 0n ? [{ k, form, strict }] : []));
  const outward = subVectors(point, centre);
  // Variables: the multipliers, then θ with Σ λ_k a_k = θ(p − c); for a ball that is a point any sum will do.
  const isPoint = outward.every(({ n }) => n === 0n);
  const equations = isPoint
    ? []
    : outward.flatMap((out, j) => {
        const coefficients = [...through.map(({ form }) => form.coefficients[j]!), neg(out)];
        return [coefficients, coefficients.map(neg)].map((side) => ({
          form: { coefficients: side, constant: zero },
          strict: false,
        }));
      });
  const total = (sign: Rational, only: (strict: boolean) => boolean, constant: Rational, strict: boolean) => ({
    form: { coefficients: [...through.map((row) => (only(row.strict) ? sign : zero)), zero], constant },
    strict,
  });
  const found = strictlyInside(through.length + 1, [
    ...equations,
    total(one, (strict) => strict, zero, true),
    total(neg(one), () => true, one, false),
  ]);
  if (!('point' in found)) return undefined;
  const multipliers = rows.map(() => zero);
  through.forEach(({ k }, at) => {
    multipliers[k] = found.point[at]!;
  });
  return multipliers;
}
