/**
 * Two inputs of differently labelled balls that a linear map cannot tell apart.
 *
 * With v = x_k − x_i and p its projection on the row space of T, x = x_i + p/2 and x′ = x_k − p/2 differ by the kernel
 * vector v − p, so T x = T x′; and ‖p/2‖₂ = dist₂(v, ker T)/2, so they lie in the closed balls of radius μ exactly when
 * T does not keep these apart. Every network that starts with T gives both one output.
 */
import { add, mul, type Rational, rational, sub, subVectors, type Vector, zero } from '../exact/index.js';
import { type Dataset, point } from './dataset.js';
import { type LinearMap, orthogonalRows, separationUnderMap } from './linear-map.js';

export interface Collision {
  readonly samples: readonly [number, number];
  /** In the ball of the first sample. */
  readonly x: Vector;
  /** In the ball of the second. */
  readonly other: Vector;
  /** ‖x − x_i‖₂² = ‖x′ − x_k‖₂², the square of the smallest radius at which they collide. */
  readonly squaredRadius: Rational;
}

/** The collision of the differently labelled pair that T brings closest; undefined for one class. */
export function collision(map: LinearMap, data: Dataset): Collision | undefined {
  const orthogonal = orthogonalRows(map);
  const closest = separationUnderMap(orthogonal, data);
  if (closest === undefined) return undefined;
  const [i, k] = closest.pair;
  const a = point(data, i);
  const b = point(data, k);
  const v = subVectors(b, a);
  const halfProjection: Rational[] = v.map(() => zero);
  orthogonal.rows.forEach((row, r) => {
    const along = row.reduce((sum, t, j) => add(sum, mul(rational(t), v[j]!)), zero);
    const weight = mul(along, rational(1n, 2n * orthogonal.squaredLengths[r]!));
    row.forEach((t, j) => {
      halfProjection[j] = add(halfProjection[j]!, mul(weight, rational(t)));
    });
  });
  return {
    samples: closest.pair,
    x: a.map((x, j) => add(x, halfProjection[j]!)),
    other: b.map((x, j) => sub(x, halfProjection[j]!)),
    squaredRadius: mul(closest.magnitude, rational(1, 4)),
  };
}

/** T x. */
export const image = (map: LinearMap, x: Vector): Rational[] =>
  map.rows.map((row) => row.reduce((sum, t, j) => add(sum, mul(rational(t), x[j]!)), zero));
