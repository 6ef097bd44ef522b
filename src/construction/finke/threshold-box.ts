/**
 * The threshold box network: one `step` network for every radius below δ/2 at once.
 *
 * Requires: a dataset in ℚᵈ without contradictions, any classes; ℓ∞.
 * Returns: depth 4, at most 2dN hidden neurons in a layer, `step` activations.
 * Guarantees: F(x) = y_i, exactly, on the *open* ball ‖x − x_i‖∞ < δ/2, hence on every closed ball of radius μ < δ/2.
 * Method: step(x_j − x_ij − δ/2) and step(x_ij − x_j − δ/2) fire outside the box of sample i; box_i = step(1/2 − Σ);
 *   class o fires when one of its boxes does, step(Σ box_i − 1/2). In the open ball of a differently labelled sample
 *   some coordinate differs from x_ij by more than δ/2, so box_i is 0.
 * Reference: ours, in the setting of threshold networks of [F, Part I], step(0) = 0.
 */

import { half, mul, neg, one } from '../../exact/index.js';
import { samplesOutside } from '../../geometry/index.js';
import { layerBuilder, rowCount } from '../../network/index.js';
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
import { labelOutput, unionLayer } from './threshold-layers.js';

const name = 'finke-box';

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

export const thresholdBox = theorem({
  name,
  title: 'threshold box network, open balls of radius δ/2 at once',
  reference: 'ours, after [F, Part I]',
  norms: ['linf'],
  balls: 'open',
  construct(given, options) {
    const prepared = prepare(given, 'linf', options.radius, { open: options.open ?? false });
    const { data, separation } = prepared;
    if (separation === undefined) return constantConstruction(prepared, name, options, claims);
    const base = mostFrequentClass(data);
    const others = prepared.classes.filter((c) => c !== base);
    const samples = samplesOutside(data, base);
    requireSize(samples.length * (2 * data.dimension + 2), options);

    const first = coordinateThresholds(data, samples, [mul(half, separation.magnitude)], 'step');
    const boxes = layerBuilder(rowCount(first.layer), 'step');
    for (const i of samples) {
      const columns = first.order.flatMap((j) => [first.row(i, j, 0, 0), first.row(i, j, 1, 0)]);
      boxes.neuron(
        columns,
        columns.map(() => neg(one)),
        half,
      );
    }
    const labels = samples.map((i) => data.labels[i]!);
    return {
      network: {
        layers: [first.layer, boxes.build(), unionLayer(labels, others), labelOutput(base, others)],
        output: exactReading(data),
        provenance: provenanceOf(name, options),
      },
      claims,
      variables: {
        ...baseVariables(prepared),
        H: BigInt(rowCount(first.layer)),
        T: BigInt(samples.length),
        Z: BigInt(nonzeroCount(first.layer.biases)),
        Zo: base === 0 ? 0n : 1n,
      },
    };
  },
});
