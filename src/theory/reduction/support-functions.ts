/**
 * Whole balls by support functions: where a ball lies in a polyhedron, or beyond one of its faces.
 *
 * Main definition: `shownBySupports`.
 *
 * Main statement. For a network of depth 2 and width 2 the class of convexSide is right on a ball iff h(x) + μ‖∇h‖* < 0 for each
 * cut h, as h(x) + μ‖∇h‖* is its largest value; the other class is right if h(x) − μ‖∇h‖* > 0 for one of them. No more is needed
 * on the balls of splitting-dataset.ts, and no engine is asked.
 */
import { add, mul, neg, type Rational, sumOfAbs } from '../../exact/index.js';
import type { OutputReading } from '../../format/index.js';
import { type Dataset, point } from '../../geometry/index.js';
import type { Network } from '../../network/index.js';
import { type AffineMap, affineAt, convexSide, twoNeurons } from './two-neurons.js';

/**
 * The samples, of classes 0 and 1, on whose closed ℓ∞ balls support functions show the label.
 * @throws InputError when the network has another shape.
 */
export function shownBySupports(network: Network, reading: OutputReading, data: Dataset, radius: Rational): number[] {
  const side = convexSide(twoNeurons(network, reading));
  if (side === undefined) return [];
  const sizes = side.cuts.map((h) => mul(radius, sumOfAbs(h.weights)));
  return data.labels
    .map((_, i) => i)
    .filter((i) => {
      const x = point(data, i);
      const value = (h: AffineMap): Rational => affineAt(h, x);
      return data.labels[i] === side.label
        ? side.cuts.every((h, k) => add(value(h), sizes[k]!).n < 0n)
        : side.cuts.some((h, k) => add(value(h), neg(sizes[k]!)).n > 0n);
    });
}
