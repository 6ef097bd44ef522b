/**
 * The ball-indicator network for ℓ1 of width d + O(1).
 *
 * Requires: a dataset in ℚᵈ without contradictions, any classes; 0 ≤ μ < δ/2 in ℓ1.
 * Returns: width at most d + B + 4 with B coordinates in a layer (d + 4 for B = 1 and d ≥ 3), depth N₁·⌈d/B⌉ + 5 with N₁
 *   the samples not of the smallest class.
 * Guarantees: F(x) = y_i, exactly, for every x with ‖x − x_i‖₁ ≤ μ.
 * Method: |x_j − c| = 2·relu(z_j − c) − (z_j − c), so one neuron for each coordinate adds it to the carried S ≥ 0. With
 *   g the largest power of two ≤ δ − 2μ, t = relu((S − μ)/g) is 0 on ball i, where S ≤ μ, and at least 1 on differently
 *   labelled balls, where S ≥ δ − μ ≥ μ + g; q = relu(1 − t), then the running maximum. The tail t, q, e of each sample
 *   runs beside the first coordinates of the next.
 * Reference: [EYS, Thm 4.2] for p = 1 with width d + O(1), depth O(Nd); maximum and power of two are ours.
 */

import { floorLog2, mul, neg, one, powerOfTwo, type Rational, rational, sub } from '../../exact/index.js';
import { lowerCorner, point, samplesOutside } from '../../geometry/index.js';
import { type AffineForm, scaleForm, sequentialBuilder, sumForms } from '../../network/index.js';
import { coordinateBlocks, perLayerOf } from '../per-layer.js';
import { baseVariables, constantConstruction, exactReading, prepare, provenanceOf, requireSize } from '../prepare.js';
import { type Claim, theorem } from '../theorem.js';
import { narrowPipeline, oneMinus, shifted } from './narrow-pipeline.js';

const name = 'eys-ball-l1';

const claims: readonly Claim[] = [
  { quantity: 'width', theorem: 'd + B + 4' },
  { quantity: 'depth', theorem: 'N*ceil(d/B) + 5', count: 'T*ceil(d/B) + 5' },
  { quantity: 'nonzero', theorem: 'N*(ceil(d/B)*(2*d + 4) + 10*d + 12) + 2*d + 1' },
  { quantity: 'parameters', theorem: '(N*ceil(d/B) + 5)*(d + B + 5)*(d + B + 4)' },
];

const two = rational(2);

export const eysBallL1 = theorem({
  name,
  title: 'ball-indicator network of width d + 4 with a running maximum',
  reference: '[EYS, Thm 4.2], with a maximum',
  norms: ['l1'],
  balls: 'closed',
  construct(given, options) {
    const mu = options.radius;
    const prepared = prepare(given, 'l1', mu);
    const { data, separation } = prepared;
    if (separation === undefined) return constantConstruction(prepared, name, options, claims);
    const d = data.dimension;
    const blocks = coordinateBlocks(d, options);
    const slope = powerOfTwo(-floorLog2(sub(separation.magnitude, mul(two, mu))));
    const lowest = prepared.classes[0]!;
    const samples = samplesOutside(data, lowest);
    requireSize(samples.length * blocks.length * (d + 10), options);
    const low = lowerCorner(data, mu);

    const builder = sequentialBuilder(d);
    const pipeline = narrowPipeline(
      builder,
      builder.inputs.map((x, j) => shifted(x, neg(low[j]!))),
      lowest,
    );
    // t and q of earlier samples on their way, as forms over the current layer with the sample's label.
    let beyond: { readonly form: AffineForm; readonly label: number } | undefined;
    const step = (forms: readonly AffineForm[]): AffineForm[] => {
      const out = pipeline.layer([...(beyond === undefined ? [] : [beyond.form]), ...forms]);
      if (beyond === undefined) return out;
      pipeline.offer(oneMinus(out[0]!), beyond.label);
      beyond = undefined;
      return out.slice(1);
    };
    for (const i of samples) {
      const centre = point(data, i).map((x, j) => sub(x, low[j]!));
      let sum: AffineForm | undefined;
      for (const block of blocks) {
        const out = step([
          ...(sum === undefined ? [] : [sum]),
          ...block.map((j) => shifted(pipeline.coordinates()[j]!, neg(centre[j]!))),
        ]);
        const z = pipeline.coordinates();
        sum = sumForms([
          ...(sum === undefined ? [] : [out[0]!]),
          ...block.map((j, b) => distance(out[b + (sum === undefined ? 0 : 1)]!, z[j]!, centre[j]!)),
        ]);
      }
      beyond = { form: scaleForm(shifted(sum!, neg(mu)), slope), label: data.labels[i]! };
    }
    pipeline.drop();
    step([]);
    const network = pipeline.finish({ output: exactReading(data), provenance: provenanceOf(name, options) });
    return {
      network,
      claims,
      variables: { ...baseVariables(prepared), B: BigInt(perLayerOf(options)), T: BigInt(samples.length) },
    };
  },
});

/** |z − c| from u = relu(z − c). */
const distance = (u: AffineForm, z: AffineForm, c: Rational): AffineForm =>
  sumForms([scaleForm(u, two), shifted(scaleForm(z, neg(one)), c)]);
