/**
 * The O(Nd) memorizer for ℓ1.
 *
 * Requires: a dataset in ℚᵈ without contradictions, any classes; 0 ≤ μ < δ/2 in ℓ1.
 * Returns: depth 5, at most 2dN hidden neurons in a layer, O(Nd) nonzero weights.
 * Guarantees: F(x) = y_i, exactly, for every x with ‖x − x_i‖₁ ≤ μ.
 * Method: S_i = Σ_j relu(x_j − x_ij) + relu(x_ij − x_j) = ‖x − x_i‖₁; g_i = relu(1 − relu(S_i − μ)/γ), γ = δ − 2μ;
 *   class clip. On ball i, S_i ≤ μ; on a differently labelled ball, S_i ≥ δ − μ. Intervals cannot see the first,
 *   because the sum over the ball's box is larger than over the ball.
 * Reference: [YGZ, App. B.6] treats ℓp by approximating |t|ᵖ; this exact ℓ1 form is ours.
 */

import { inverse, mul, neg, one, rational, sub, zero } from '../../exact/index.js';
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
import { type Claim, theorem } from '../theorem.js';

const name = 'ygz-l1';

const claims: readonly Claim[] = [
  { quantity: 'width', theorem: '2*d*N', count: 'max(H, T, C - 1)' },
  { quantity: 'depth', theorem: '5', count: '5' },
  {
    quantity: 'nonzero',
    theorem: '4*N*d + N*(2*d + 1) + 2*N + N + 2*(C - 1) + 1',
    count: 'H + Z + T*(2*d + Zm) + 3*T + 2*(C - 1) + Zo',
  },
  {
    quantity: 'parameters',
    theorem: '2*d*N*(d + 1) + (2*d*N + 1)*N + (N + 1)*N + (N + 1)*(C - 1) + C',
    count: 'H*(d + 1) + (H + 1)*T + (T + 1)*T + (T + 1)*(C - 1) + C',
  },
];

export const ygzL1 = theorem({
  name,
  title: 'O(Nd) memorizer for ℓ1, depth 5',
  reference: 'ours, after [YGZ, App. B.6]',
  norms: ['l1'],
  balls: 'closed',
  construct(given, options) {
    const prepared = prepare(given, 'l1', options.radius);
    const { data, separation } = prepared;
    if (separation === undefined) return constantConstruction(prepared, name, options, claims);
    const mu = options.radius;
    const gamma = sub(separation.magnitude, mul(rational(2), mu));
    const base = mostFrequentClass(data);
    const others = prepared.classes.filter((c) => c !== base);
    const samples = samplesOutside(data, base);
    requireSize(samples.length * (2 * data.dimension + 4), options);

    const first = coordinateThresholds(data, samples, [zero], 'relu');
    const distances = layerBuilder(rowCount(first.layer), 'relu');
    for (const i of samples) {
      const columns = first.order.flatMap((j) => [first.row(i, j, 0, 0), first.row(i, j, 1, 0)]);
      distances.neuron(
        columns,
        columns.map(() => one),
        neg(mu),
      );
    }
    const inside = layerBuilder(samples.length, 'relu');
    samples.forEach((_, row) => {
      inside.neuron([row], [neg(inverse(gamma))], one);
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
        Z: BigInt(nonzeroCount(first.layer.biases)),
        Zm: mu.n === 0n ? 0n : 1n,
        Zo: outputBias(base, others).n === 0n ? 0n : 1n,
      },
    };
  },
});
