/**
 * The ball-indicator network for ℓ∞ of width d + 5, or d + 2B + 3 with B coordinates in a layer.
 *
 * Requires: a dataset in ℚᵈ without contradictions, any classes; 0 ≤ μ < δ/2 in ℓ∞.
 * Returns: width at most d + 2B + 3, depth N₁·⌈d/B⌉ + 4 with N₁ the samples not of the smallest class and B = 1 unless
 *   asked for otherwise.
 * Guarantees: F(x) = y_i, exactly, for every x with ‖x − x_i‖∞ ≤ μ.
 * Method: samples one by one, coordinates one by one. With γ = δ − 2μ, S adds up relu(z_j − c_ij − μ) +
 *   relu(c_ij − z_j − μ) over j; q = relu(1 − S/γ) is 1 on ball i and 0 on differently labelled balls; the running
 *   maximum acc ← acc + relu(y'_i·q − acc) keeps the label exact where balls of one label overlap, where a sum would
 *   count twice. z_j = relu(x_j − lo_j) carries the coordinates, lo_j = min_i x_ij − μ over *all* samples, so that
 *   z_j = x_j − lo_j on every ball. The tail of each sample runs beside the first coordinates of the next.
 * Reference: [EYS, Thm 4.2] with width d + O(1), depth O(Nd); the maximum in place of its sum of indicators is ours.
 */

import { one, zero } from '../../exact/index.js';
import { points } from '../../geometry/index.js';
import { perLayerOf } from '../per-layer.js';
import { baseVariables, constantConstruction, prepare } from '../prepare.js';
import { claimsOf, type Quantity, theorem } from '../theorem.js';
import { ballIndicatorCounts } from './ball-indicator-counts.js';
import { boxBalls } from './box-balls.js';

const name = 'eys-ball';

const bounds: Readonly<Record<Quantity, string>> = {
  width: 'd + 2*B + 3',
  depth: 'N*ceil(d/B) + 4',
  nonzero: 'N*(ceil(d/B)*(d + 2) + 6*d + 6) + 2*d',
  parameters: '(N*ceil(d/B) + 4)*(d + 2*B + 4)*(d + 2*B + 3)',
};

export const eysBall = theorem({
  name,
  title: 'ball-indicator network of width d + 5 with a running maximum',
  reference: '[EYS, Thm 4.2], with a maximum',
  norms: ['linf'],
  balls: 'closed',
  construct(given, options) {
    const prepared = prepare(given, 'linf', options.radius);
    const { data, separation } = prepared;
    if (separation === undefined) return constantConstruction(prepared, name, options, claimsOf(bounds, bounds));
    const d = data.dimension;
    const rows = Array.from({ length: d }, (_, r) => Array.from({ length: d }, (_, j) => (r === j ? one : zero)));
    const inputs = { rows, images: points(data), separation: separation.magnitude };
    const { network, samples, nonzeroBiases } = boxBalls(name, prepared, inputs, options);
    const perLayer = perLayerOf(options);
    return {
      network,
      // With several coordinates in a layer only the depth is counted; the other bounds hold.
      claims: claimsOf(
        bounds,
        perLayer === 1 || d === 1 ? ballIndicatorCounts(d, samples) : { depth: 'T*ceil(d/B) + 4' },
      ),
      variables: {
        ...baseVariables(prepared),
        B: BigInt(perLayer),
        T: BigInt(samples),
        Z: BigInt(nonzeroBiases),
        Zo: prepared.classes[0] === 0 ? 0n : 1n,
      },
    };
  },
});
