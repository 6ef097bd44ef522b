/**
 * The O(NdK) memorizer for ℓ2, with squares interpolated from above.
 *
 * Requires: a dataset in ℚᵈ without contradictions, any classes; 0 ≤ μ < δ/2 in ℓ2.
 * Returns: depth 5, at most 2dNK hidden neurons in a layer, K depending on d and ρ = 2μ/δ only.
 * Guarantees: F(x) = y_i, exactly, for every x with ‖x − x_i‖₂ ≤ μ, although squares are only approximated.
 * Method: with a rational ℓ, 2μ < ℓ ≤ δ, and h = (ℓ − μ)/K, the convex q interpolates t² at the multiples of h:
 *   t² ≤ q(t) ≤ t² + h²/4 on [0, Kh], and q(t) ≥ (ℓ − μ)² beyond. On ball i, Σ_j q(|x_j − x_ij|) ≤ lo = μ² + dh²/4;
 *   on a differently labelled ball it is at least hi = (ℓ − μ)². K is the least with lo < (μ² + hi)/2, so that
 *   g_i = relu(1 − relu(Σq − lo)/(hi − lo)) is 1 on the first and 0 on the second; then the class clip.
 * Reference: [YGZ, App. B.6] treats ℓp by approximating |t|ᵖ; the one-sided interpolation, exact in its labels, is ours.
 */

import {
  add,
  div,
  floor,
  inverse,
  isqrt,
  mul,
  neg,
  one,
  type Rational,
  rational,
  square,
  sub,
} from '../../exact/index.js';
import { samplesOutside } from '../../geometry/index.js';
import { layerBuilder, rowCount } from '../../network/index.js';
import { classClip, classOutput, outputBias } from '../class-clip.js';
import { coordinateThresholds } from '../coordinate-thresholds.js';
import {
  baseVariables,
  constantConstruction,
  exactReading,
  mostFrequentClass,
  nonzeroCount,
  prepare,
  provenanceOf,
  requireSize,
} from '../prepare.js';
import { separationBelow } from '../separation-below.js';
import { type Claim, theorem } from '../theorem.js';

const name = 'ygz-l2';

const claims: readonly Claim[] = [
  { quantity: 'width', theorem: '2*d*N*(1 + isqrt(d/(2*(1 - rho2))))', count: 'max(H, T, C - 1)' },
  { quantity: 'depth', theorem: '5', count: '5' },
  {
    quantity: 'nonzero',
    theorem: '6*N*d*(1 + isqrt(d/(2*(1 - rho2)))) + 4*N + 2*(C - 1) + 1',
    count: 'H + Z + T*(2*d*K + 1) + 3*T + 2*(C - 1) + Zo',
  },
  {
    quantity: 'parameters',
    theorem: '2*d*N*(1 + isqrt(d/(2*(1 - rho2))))*(d + 1 + N) + N + (N + 1)*N + (N + 1)*(C - 1) + C',
    count: 'H*(d + 1) + (H + 1)*T + (T + 1)*T + (T + 1)*(C - 1) + C',
  },
];

export const ygzL2 = theorem({
  name,
  title: 'O(NdK) memorizer for ℓ2, depth 5, exact labels from one-sided squares',
  reference: 'ours, after [YGZ, App. B.6]',
  norms: ['l2'],
  balls: 'closed',
  construct(given, options) {
    const prepared = prepare(given, 'l2', options.radius);
    const { data, separation } = prepared;
    if (separation === undefined) return constantConstruction(prepared, name, options, claims);
    const mu = options.radius;
    const d = data.dimension;
    const reach = sub(separationBelow(separation.magnitude, mu), mu);
    const k = interpolationSteps(d, reach, mu);
    const h = div(reach, rational(k));
    const low = add(square(mu), mul(rational(d, 4), square(h)));
    const base = mostFrequentClass(data);
    const others = prepared.classes.filter((c) => c !== base);
    const samples = samplesOutside(data, base);
    requireSize(samples.length * (2 * d * k + 4), options);

    const steps = Array.from({ length: k }, (_, m) => mul(rational(m), h));
    const first = coordinateThresholds(data, samples, steps, 'relu');
    const distances = layerBuilder(rowCount(first.layer), 'relu');
    for (const i of samples) {
      const columns = first.order.flatMap((j) =>
        [0 as const, 1 as const].flatMap((side) => steps.map((_, m) => first.row(i, j, side, m))),
      );
      const slopes = columns.map((_, at) => (at % k === 0 ? h : mul(rational(2), h)));
      distances.neuron(columns, slopes, neg(low));
    }
    const inside = layerBuilder(samples.length, 'relu');
    const slope = neg(inverse(sub(square(reach), low)));
    samples.forEach((_, row) => {
      inside.neuron([row], [slope], one);
    });
    const indicators = samples.map((i, row) => ({ row, label: data.labels[i]! }));
    return {
      network: {
        layers: [
          first.layer,
          distances.build(),
          inside.build(),
          classClip(samples.length, indicators, others),
          classOutput(base, others),
        ],
        output: exactReading(data),
        provenance: provenanceOf(name, options),
      },
      claims,
      variables: {
        ...baseVariables(prepared),
        H: BigInt(rowCount(first.layer)),
        T: BigInt(samples.length),
        K: BigInt(k),
        Z: BigInt(nonzeroCount(first.layer.biases)),
        Zo: outputBias(base, others).n === 0n ? 0n : 1n,
      },
      rationals: { rho2: div(mul(rational(4), square(mu)), separation.magnitude) },
    };
  },
});

/** The least K with d·(reach/K)²/4 < (reach² − μ²)/2, i.e. K² > d·reach² / (2(reach² − μ²)). */
function interpolationSteps(d: number, reach: Rational, mu: Rational): number {
  const q = div(mul(rational(d), square(reach)), mul(rational(2), sub(square(reach), square(mu))));
  return Number(isqrt(floor(q))) + 1;
}
