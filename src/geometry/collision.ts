/**
 * Two inputs of differently labelled balls that a linear map cannot tell apart.
 *
 * With v = x_k − x_i and r the shortest vector with T r = T v, x = x_i + r/2 and x′ = x_k − r/2 differ by the kernel vector
 * v − r, so T x = T x′; and ‖r/2‖_p = dist_p(v, ker T)/2, so they lie in the closed balls of radius μ exactly when T does
 * not keep these apart. Every network that starts with T gives both one output.
 */
import { addVectors, half, mul, type Rational, scaleVector, square, subVectors, type Vector } from '../exact/index.js';
import type { Norm } from '../format/index.js';
import { type Dataset, point } from './dataset.js';
import { kernelDistance } from './kernel-distance.js';
import type { LinearMap } from './linear-map.js';
import { separationUnderMap } from './mapped-separation.js';

export interface Collision {
  readonly samples: readonly [number, number];
  /** In the ball of the first sample. */
  readonly x: Vector;
  /** In the ball of the second. */
  readonly other: Vector;
  /** ‖x − x_i‖ = ‖x′ − x_k‖, the smallest radius at which they collide; squared for ℓ2. */
  readonly radiusMagnitude: Rational;
}

/** The collision of the differently labelled pair that T brings closest; undefined for one class. */
export function collision(map: LinearMap, data: Dataset, norm: Norm = 'l2'): Collision | undefined {
  const closest = separationUnderMap(map, data, norm);
  if (closest === undefined) return undefined;
  const [i, k] = closest.pair;
  const [a, b] = [point(data, i), point(data, k)];
  const { residual, magnitude } = kernelDistance(map, subVectors(b, a), norm);
  const step = scaleVector(residual, half);
  return {
    samples: closest.pair,
    x: addVectors(a, step),
    other: subVectors(b, step),
    radiusMagnitude: mul(magnitude, norm === 'l2' ? square(half) : half),
  };
}
