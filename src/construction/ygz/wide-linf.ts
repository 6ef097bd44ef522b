/**
 * The wide optimal memorizer for ℓ∞.
 *
 * Requires: a dataset in ℚᵈ without contradictions, any classes; 0 ≤ μ < δ/2 in ℓ∞.
 * Returns: depth 4, at most 2dN hidden neurons in a layer, O(Nd) nonzero weights, whatever δ and μ.
 * Guarantees: F(x) = y_i, exactly, for every x with ‖x − x_i‖∞ ≤ μ. Interval propagation proves it.
 * Method: γ = δ − 2μ; S_i = Σ_j relu(x_j − x_ij − μ) + relu(x_ij − x_j − μ); g_i = relu(1 − S_i/γ); class clip.
 *   On ball i each term of S_i is 0. On the ball of a differently labelled sample some coordinate differs by at least
 *   δ − μ, its term is at least γ, and g_i = 0.
 * Reference: [YGZ, Thm 4.8] states width 3d + 1 and depth 2N + 1; this wide and shallow form is ours, and without carried
 *   coordinates it is valid on all of ℝᵈ.
 */

import { inverse, mul, neg, one, type Rational, rational, sub } from '../../exact/index.js';
import { samplesOutside } from '../../geometry/index.js';
import { type Layer, layerBuilder, rowCount, scaledLayerBuilder } from '../../network/index.js';
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

const name = 'ygz-wide';

const claims: readonly Claim[] = [
  { quantity: 'width', theorem: '2*d*N', count: 'max(H, T, C - 1)' },
  { quantity: 'depth', theorem: '4', count: '4' },
  { quantity: 'nonzero', theorem: 'N*(6*d + 2) + 2*(C - 1) + 1', count: 'H + Z + T*(2*d + 2) + 2*(C - 1) + Zo' },
  {
    quantity: 'parameters',
    theorem: '2*d*N*(d + 1) + (2*d*N + 1)*N + (N + 1)*(C - 1) + C',
    count: 'H*(d + 1) + (H + 1)*T + (T + 1)*(C - 1) + C',
  },
];

export const ygzWide = theorem({
  name,
  title: 'wide optimal memorizer, depth 4, O(Nd) nonzero weights',
  reference: '[YGZ, Thm 4.8], wide form',
  norms: ['linf'],
  balls: 'closed',
  construct(given, options) {
    const prepared = prepare(given, 'linf', options.radius);
    const { data, separation } = prepared;
    if (separation === undefined) return constantConstruction(prepared, name, options, claims);
    const mu = options.radius;
    const gamma = sub(separation.magnitude, mul(rational(2), mu));
    const base = mostFrequentClass(data);
    const others = prepared.classes.filter((c) => c !== base);
    const samples = samplesOutside(data, base);
    requireSize(samples.length * (2 * data.dimension + 2), options);

    const first = coordinateThresholds(data, samples, [mu], 'relu');
    const second = indicatorLayer(rowCount(first.layer), samples.map(first.rows), gamma);
    const indicators = samples.map((i, row) => ({ row, label: data.labels[i]! }));
    const layers = [first.layer, second, classClip(samples.length, indicators, others), classOutput(base, others)];
    return {
      network: { layers, output: exactReading(data), provenance: provenanceOf(name, options) },
      claims,
      variables: {
        ...baseVariables(prepared),
        H: BigInt(rowCount(first.layer)),
        T: BigInt(samples.length),
        Z: BigInt(nonzeroCount(first.layer.biases)),
        Zo: outputBias(base, others).n === 0n ? 0n : 1n,
      },
    };
  },
});

/** One neuron 1 − (1/γ)·Σ rows for each sample's rows; distinct points have distinct rows. */
function indicatorLayer(inputs: number, rows: readonly Uint32Array[], gamma: Rational): Layer {
  const weight = neg(inverse(gamma));
  if (weight.n >= -BigInt(Number.MAX_SAFE_INTEGER)) {
    const most = rows.reduce((sum, own) => sum + own.length, 0);
    const builder = scaledLayerBuilder(inputs, 'relu', { weights: weight.d, biases: 1n }, most);
    const weights = new Float64Array(rows[0]!.length).fill(Number(weight.n));
    for (const own of rows) builder.neuron(own, weights, 1);
    return builder.build();
  }
  const builder = layerBuilder(inputs, 'relu');
  for (const own of rows) builder.neuron([...own], new Array<Rational>(own.length).fill(weight), one);
  return builder.build();
}
