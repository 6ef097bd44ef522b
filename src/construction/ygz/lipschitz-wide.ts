/**
 * The Lipschitz-controlled memorizer of two classes for ℓ∞, wide form.
 *
 * Requires: a dataset in ℚᵈ without contradictions, two classes; ℓ∞.
 * Returns: width at most 2dN, depth 3 + ⌈log₂ d⌉ + ⌈log₂ max(P, M)⌉ for P and M samples of the two classes, O(Nd) nonzero
 *   weights.
 * Guarantees: F(x_i) = ±1, the sign of its class; F is 2/δ-Lipschitz in ℓ∞, so y_i·F(x) ≥ 1 − 2‖x − x_i‖/δ, and the sign is
 *   right on the *open* ball ‖x − x_i‖∞ < δ/2, one network for all radii. No network with these values at the samples has
 *   a smaller constant.
 * Method: f(x) = (d(x, S₋) − d(x, S₊))/δ, d(x, S) = min_{i ∈ S} ‖x − x_i‖∞, F = −1 + relu(f + 1) − relu(f − 1).
 *   Each d(·, S) is 1-Lipschitz; at a sample its own distance is 0 and the other at least δ.
 * Reference: [YGZ, Thm 5.2] with O(Nd log d) weights and a constant that depends on δ alone; this form is ours.
 */
import { inverse, neg, one } from '../../exact/index.js';
import { samplesOf } from '../../geometry/index.js';
import { type AffineForm, constantForm, scaleForm, sequentialBuilder, sumForms } from '../../network/index.js';
import {
  baseVariables,
  constantConstruction,
  prepare,
  provenanceOf,
  requireSize,
  requireTwoClasses,
  signReading,
} from '../prepare.js';
import { claimsOf, type Quantity, theorem } from '../theorem.js';
import { groupDistances, oddRounds, parametersOf, roundSizes, rounds } from './distances.js';

const name = 'ygz-lipschitz';

const bounds: Readonly<Record<Quantity, string>> = {
  width: '2*d*N',
  depth: '3 + ceil(log2(d)) + ceil(log2(N))',
  nonzero: 'N*(10*d - 6) + 6*max(N - 2, 0) + 13 + N*ceil(log2(d)) + 3*ceil(log2(N))',
  parameters: '(3 + ceil(log2(d)) + ceil(log2(N)))*(2*d*N + 1)*2*d*N',
};

/**
 * Exact sizes over d, P, M, H and Z (neurons of the first layer and their nonzero biases), and the odd rounds Q of the
 * maximum over d and QP, QM of the minima.
 */
function counts(d: number, most: number): Readonly<Record<Quantity, string>> {
  const [inner, outer] = [rounds(d), rounds(most)];
  const plus = roundSizes('P', outer);
  const minus = roundSizes('M', outer);
  const sizes = [
    'H',
    ...roundSizes('d', inner).map((size) => `N*${size}`),
    ...plus.map((size, t) => `${size} + ${minus[t]}`),
    '2',
    '1',
  ];
  return {
    width: 'max(H, N*d)',
    depth: '3 + ceil(log2(d)) + ceil(log2(max(P, M)))',
    nonzero:
      'H + Z + N*(6*(d - 1) + Q) + 6*(N - 2) + QP + QM + max(ceil(log2(max(P, M))) - ceil(log2(min(P, M))) - 1, 0) + 13',
    parameters: parametersOf(sizes),
  };
}

/** F = clip(f, −1, 1) with f = (D₋ − D₊)/δ: the two neurons of its layer, then the output over them. */
export const clipRows = (f: AffineForm): AffineForm[] => [one, neg(one)].map((by) => sumForms([f, constantForm(by)]));
export const clipped = ([above, below]: readonly AffineForm[]): AffineForm =>
  sumForms([above!, scaleForm(below!, neg(one)), constantForm(neg(one))]);

export const ygzLipschitz = theorem({
  name,
  title: '2/δ-Lipschitz network of two classes, open balls of radius δ/2 at once, O(Nd) nonzero weights',
  reference: '[YGZ, Thm 5.2], wide form',
  norms: ['linf'],
  balls: 'open',
  notion: 'sign',
  construct(given, options) {
    const prepared = prepare(given, 'linf', options.radius, { open: options.open ?? false });
    requireTwoClasses(prepared);
    const { data, separation } = prepared;
    const reading = signReading(prepared);
    if (separation === undefined)
      return constantConstruction(prepared, name, options, claimsOf(bounds, bounds), reading);
    const d = data.dimension;
    requireSize(data.size * (6 * d + 6), options);
    const [plus, minus] = [samplesOf(data, reading.positive), samplesOf(data, reading.negative)];

    const builder = sequentialBuilder(d);
    const { distances, firstRows, firstBiases } = groupDistances(builder, data, [plus, minus]);
    const f = scaleForm(sumForms([distances[1]!, scaleForm(distances[0]!, neg(one))]), inverse(separation.magnitude));
    const network = builder.network([clipped(builder.layer('relu', clipRows(f)))], {
      output: reading,
      provenance: provenanceOf(name, options),
    });
    return {
      network,
      claims: claimsOf(bounds, counts(d, Math.max(plus.length, minus.length))),
      variables: {
        ...baseVariables(prepared),
        P: BigInt(plus.length),
        M: BigInt(minus.length),
        H: BigInt(firstRows),
        Z: BigInt(firstBiases),
        Q: BigInt(oddRounds(d)),
        QP: BigInt(oddRounds(plus.length)),
        QM: BigInt(oddRounds(minus.length)),
      },
    };
  },
});
