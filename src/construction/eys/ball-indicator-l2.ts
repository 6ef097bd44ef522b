/**
 * The ball-indicator network for ℓ2 of width d + 5.
 *
 * Requires: a dataset in ℚᵈ without contradictions, any classes; 0 ≤ μ < δ/2 in ℓ2.
 * Returns: width at most d + 5, or d + 1 + 2B with B ≥ 3 coordinates in a layer; depth m·⌈d/B⌉ + N₁ + 4 with N₁ the
 *   samples not of the smallest class and m levels of a sawtooth, about half the bits of (diameter/δ)²·d/(1 − ρ).
 * Guarantees: F(x) = y_i, exactly, for every x with ‖x − x_i‖₂ ≤ μ, although squares are only approximated: from above,
 *   by less than the room between the ball and the differently labelled ones.
 * Method: `squareBalls` with the identity map. Weights are short binary fractions unless `dyadic` is false.
 * Reference: [EYS, Thm 4.2] for p = 2, there of depth O(N·d·log d); computing the squares once for all samples is ours.
 */
import { identityMap } from '../../geometry/index.js';
import { constantConstruction, prepare } from '../prepare.js';
import { theorem } from '../theorem.js';
import { squareBallClaims, squareBalls } from './square-balls.js';

const name = 'eys-ball-l2';

export const eysBallL2 = theorem({
  name,
  title: 'ball-indicator network of width d + 5, squares computed once, with a running maximum',
  reference: '[EYS, Thm 4.2], with a maximum',
  norms: ['l2'],
  balls: 'closed',
  construct(given, options) {
    const prepared = prepare(given, 'l2', options.radius);
    if (prepared.separation === undefined) return constantConstruction(prepared, name, options, squareBallClaims);
    const map = identityMap(prepared.data.dimension);
    return squareBalls(name, prepared, map, prepared.separation.magnitude, options);
  },
});
