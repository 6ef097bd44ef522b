/**
 * The distance of a vector to the kernel of a linear map, in ℓ1, ℓ2 and ℓ∞, with what proves it.
 *
 * Main definitions: `kernelDistance`, `KernelDistance`, `kernelDistanceHolds`.
 *
 * Main statement: dist_p(v, ker T) = min {‖r‖_p : T r = T v} = max {λ·v : λ = Tᵀη, ‖λ‖_{p*} ≤ 1}. So a residual r is a
 * proof from above, and a functional λ of the row space one from below: λ·v = λ·r ≤ ‖λ‖_{p*}·‖r‖_p. In ℓ2 both are the
 * projection of v on the row space, rational in closed form; in ℓ1 and ℓ∞ they are the optimum of an exact linear
 * program and its multipliers.
 * References: the criterion dist_p(x_i − x_j, ker T) > 2μ is that of [EYS] and [KMY, Sec. 3.2], derived from theirs.
 */
import {
  add,
  compare,
  dot,
  type LinearProgram,
  type LinearRow,
  linearRow,
  mul,
  neg,
  one,
  type Rational,
  rational,
  solve,
  solveLinearProgram,
  sparseMatrix,
  square,
  sub,
  type Vector,
  zero,
} from '../exact/index.js';
import { InternalError, type Norm } from '../format/index.js';
import { image, type LinearMap, type OrthogonalMap, orthogonalRows } from './linear-map.js';
import { dualNorm, magnitude } from './norm.js';

export interface KernelDistance {
  /** dist_p(v, ker T), squared for ℓ2. */
  readonly magnitude: Rational;
  /** η with λ = Tᵀη, λ·v = ‖λ‖_{p*}·dist: it holds the images of v + ker T and of 0 apart. 0 where the distance is. */
  readonly coefficients: Vector;
  /** λ = Tᵀη. */
  readonly functional: Vector;
  /** r with T r = T v and ‖r‖_p = dist. */
  readonly residual: Vector;
}

/** Tᵀη. */
export function functionalOf(map: LinearMap, coefficients: Vector): Rational[] {
  const out: Rational[] = new Array(map.columns).fill(zero);
  map.rows.forEach((row, r) => {
    const c = coefficients[r]!;
    if (c.n === 0n) return;
    row.forEach((t, j) => {
      if (t !== 0n) out[j] = add(out[j]!, mul(c, rational(t)));
    });
  });
  return out;
}

/** The projection of v on the row space, as λ = Tᵀη = r; dist₂² = ‖r‖². */
export function projectionDistance(map: OrthogonalMap, v: Vector): KernelDistance {
  const images = image(map, v);
  const coefficients = images.map((w, r) => mul(w, rational(1n, map.squaredLengths[r]!)));
  const functional = functionalOf(map, coefficients);
  return { magnitude: dot(images, coefficients), coefficients, functional, residual: functional };
}

/** dist_p(v, ker T), exactly, with its two proofs. */
export function kernelDistance(map: LinearMap, v: Vector, norm: Norm): KernelDistance {
  if (norm === 'l2') {
    const orthogonal = 'squaredLengths' in map ? (map as OrthogonalMap) : undefined;
    if (orthogonal !== undefined) return projectionDistance(orthogonal, v);
    // η over the orthogonal rows is not η over the given ones, so those are asked for by their own system.
    return inRowsOf(map, projectionDistance(orthogonalRows(map), v));
  }
  const images = image(map, v);
  const program = norm === 'l1' ? sumProgram(map, images) : maximumProgram(map, images);
  const outcome = solveLinearProgram(program);
  if (outcome.status !== 'optimal') {
    throw new InternalError(`kernelDistance: expected an optimum, got ${outcome.status}: v itself is feasible`);
  }
  const d = map.columns;
  const coefficients = outcome.multipliers.slice(0, map.rows.length);
  const { point } = outcome;
  const residual =
    norm === 'l1'
      ? Array.from({ length: d }, (_, j) => sub(point[j]!, point[d + j]!))
      : Array.from({ length: d }, (_, j) => sub(point[j]!, point[d]!));
  return { magnitude: outcome.value, coefficients, functional: functionalOf(map, coefficients), residual };
}

/** min Σ(r⁺ + r⁻) with T(r⁺ − r⁻) = w; the multipliers are η with |Tᵀη| ≤ 1. */
function sumProgram(map: LinearMap, images: Vector): LinearProgram {
  const d = map.columns;
  return {
    objective: Array.from({ length: 2 * d }, () => one),
    rows: map.rows.map((row, r) => {
      const t = row.map((x) => rational(x));
      return linearRow([...t, ...t.map(neg)], '=', images[r]!);
    }),
  };
}

/** min s with r = u − s, 0 ≤ u ≤ 2s, T r = w; the multipliers of the equations are η with Σ|Tᵀη| ≤ 1. */
function maximumProgram(map: LinearMap, images: Vector): LinearProgram {
  const d = map.columns;
  const rows: LinearRow[] = map.rows.map((row, r) => {
    const total = row.reduce((sum, x) => sum + x, 0n);
    return linearRow([...row.map((x) => rational(x)), rational(-total)], '=', images[r]!);
  });
  for (let j = 0; j < d; j++) {
    rows.push({ columns: [j, d], values: [one, rational(-2)], relation: '<=', bound: zero });
  }
  return { objective: Array.from({ length: d + 1 }, (_, j) => (j === d ? one : zero)), rows };
}

/** The same distance with η over the rows of `map`, which span the same space: a solution of λ = Tᵀη. */
function inRowsOf(map: LinearMap, found: KernelDistance): KernelDistance {
  const transposed = found.functional.map((_, j) => map.rows.map((row) => rational(row[j]!)));
  const coefficients = solve(sparseMatrix(transposed, map.rows.length), found.functional);
  if (coefficients === undefined) throw new InternalError('kernelDistance: expected a combination of rows, got none');
  return { ...found, coefficients };
}

/** Whether a distance is what it says, from the map and v alone. */
export function kernelDistanceHolds(map: LinearMap, v: Vector, norm: Norm, found: KernelDistance): boolean {
  const { coefficients, functional, residual } = found;
  const spanned = functionalOf(map, coefficients);
  const images = [image(map, v), image(map, residual)] as const;
  const same = (a: Vector, b: Vector): boolean => a.every((x, j) => compare(x, b[j]!) === 0);
  const along = dot(functional, v);
  const dual = magnitude(dualNorm[norm], functional);
  // λ·v = ‖λ‖*·dist, squared in ℓ2, where both norms are.
  const reaches =
    norm === 'l2'
      ? along.n >= 0n && compare(square(along), mul(dual, found.magnitude)) === 0
      : compare(along, mul(dual, found.magnitude)) === 0;
  return (
    same(spanned, functional) &&
    same(images[0], images[1]) &&
    compare(magnitude(norm, residual), found.magnitude) === 0 &&
    reaches &&
    (found.magnitude.n === 0n || dual.n > 0n)
  );
}

export interface DistanceBounds {
  /** At most dist_p, squared for ℓ2. */
  readonly low: Rational;
  /** At least dist_p, squared for ℓ2. */
  readonly high: Rational;
}

/**
 * Bounds of dist_p(v, ker T) from the ℓ2 projection r of v and the rows t themselves, without a linear program: ‖r‖₂²/‖r‖_{p*} and
 * |t·v|/‖t‖_{p*} from below, ‖r‖_p from above; equal in ℓ2.
 */
export function kernelDistanceBounds(map: LinearMap, orthogonal: OrthogonalMap, v: Vector, norm: Norm): DistanceBounds {
  const { residual, magnitude: squared } = projectionDistance(orthogonal, v);
  if (norm === 'l2') return { low: squared, high: squared };
  let low = zero;
  const raise = (along: Rational, functional: Vector): void => {
    const size = magnitude(dualNorm[norm], functional);
    if (size.n === 0n) return;
    const quotient = rational((along.n < 0n ? -along.n : along.n) * size.d, along.d * size.n);
    if (compare(quotient, low) > 0) low = quotient;
  };
  raise(squared, residual);
  for (const row of map.rows) {
    const t = row.map((x) => rational(x));
    raise(dot(t, v), t);
  }
  const high = magnitude(norm, residual);
  const own = magnitude(norm, v);
  return { low, high: compare(own, high) < 0 ? own : high };
}
