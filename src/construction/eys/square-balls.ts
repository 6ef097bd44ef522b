/**
 * The ball-indicator network for ℓ2, after an integer map with orthogonal rows: squares once, then one layer a sample.
 *
 * Main definition: `squareBalls`. With the scales of square-scales.ts and c_ir = (t_r·x_i − lo_r)/A_r,
 *     D_i(x) = S(x) − 2 Σ_r w_r c_ir z_r + Σ_r w_r c_ir²,   S = Σ_r w_r f_m(z_r),
 * so the squares are computed once for all samples. f_m(z) = z − Σ_{s ≤ m} h_s·4^−s with the sawtooth h_0 = z,
 * h_s = 2·relu(h_{s−1}) − 4·relu(h_{s−1} − 1/2) interpolates z² at the multiples of 2^−m. Its partial sums are f_s ≥ 0,
 * so S is carried. Then t = relu((D_i − threshold)/gap), q = relu(1 − t), and the running maximum, pipelined.
 * References: [EYS, Thm 4.2] for p = 2; the shared squares are ours; the sawtooth interpolation is Yarotsky's.
 */
import { half, inverse, mul, neg, powerOfTwo, type Rational, rational, square, sub } from '../../exact/index.js';
import { imagesUnder, type OrthogonalMap, samplesOutside } from '../../geometry/index.js';
import { type AffineForm, constantForm, scaleForm, sequentialBuilder, sumForms } from '../../network/index.js';
import { coordinateBlocks, perLayerOf } from '../per-layer.js';
import { baseVariables, exactReading, type Prepared, provenanceOf, requireSize } from '../prepare.js';
import type { Construction, ConstructionOptions } from '../theorem.js';
import { type NarrowPipeline, narrowPipeline, oneMinus, shifted } from './narrow-pipeline.js';
import { squareScales } from './square-scales.js';

/** Bounds of this network's sizes over k, B, M and N, with its exact depth. */
export const squareBallClaims = [
  { quantity: 'width', theorem: 'max(k + 5, k + 1 + 2*B)' },
  { quantity: 'depth', theorem: 'M*ceil(k/B) + N + 4', count: 'M*ceil(k/B) + T + 4' },
  { quantity: 'nonzero', theorem: 'k*(d + 1) + M*ceil(k/B)*(k + 1) + 13*k*M + N*(2*k + 14)' },
  {
    quantity: 'parameters',
    theorem: '(d + 1)*(k + 1) + (M*ceil(k/B) + N + 3)*(max(k + 5, k + 1 + 2*B) + 1)*max(k + 5, k + 1 + 2*B)',
  },
] as const;

export interface SquareBallOptions {
  /** Levels of the sawtooth in place of those needed, for measuring what too few do. */
  readonly levels?: number;
}

/**
 * The network for a dataset of at least two classes and a map with δ'² = `squaredSeparation`.
 * @throws AssumptionError when 2μ < δ' fails or is too close to tell; InputError for too large a network.
 */
export function squareBalls(
  name: string,
  { data, classes, ...prepared }: Prepared,
  map: OrthogonalMap,
  squaredSeparation: Rational,
  options: ConstructionOptions,
  { levels }: SquareBallOptions = {},
): Construction {
  const mu = options.radius;
  const k = map.rows.length;
  const blocks = coordinateBlocks(k, options);
  const lowest = classes[0]!;
  const samples = samplesOutside(data, lowest);
  const images = imagesUnder(map, data);
  const scales = squareScales(map, images, squaredSeparation, mu, {
    ...(options.dyadic === undefined ? {} : { dyadic: options.dyadic }),
    ...(levels === undefined ? {} : { levels }),
  });
  const { low, range, weights, threshold, gap } = scales;
  requireSize(samples.length * (2 * k + 8) + scales.levels * blocks.length * (k + 14), options);

  const builder = sequentialBuilder(data.dimension);
  const pipeline = narrowPipeline(
    builder,
    map.rows.map((row, r) =>
      scaleForm(
        sumForms([...row.map((t, j) => scaleForm(builder.inputs[j]!, rational(t))), constantForm(neg(low[r]!))]),
        inverse(range[r]!),
      ),
    ),
    lowest,
  );
  let sum: AffineForm | undefined;
  for (const block of blocks) sum = addSquares(pipeline, block, weights, scales.levels, sum);
  let beyond: AffineForm | undefined;
  for (const [at, i] of samples.entries()) {
    const z = pipeline.coordinates();
    const centre = images[i]!.map((y, r) => mul(sub(y, low[r]!), inverse(range[r]!)));
    const distance = sumForms([
      sum!,
      ...centre.map((c, r) =>
        shifted(scaleForm(z[r]!, mul(rational(-2), mul(weights[r]!, c))), mul(weights[r]!, square(c))),
      ),
    ]);
    const last = at === samples.length - 1;
    if (last) pipeline.drop();
    const out = pipeline.layer([scaleForm(shifted(distance, neg(threshold)), inverse(gap)), ...(last ? [] : [sum!])]);
    sum = out[1];
    beyond = out[0]!;
    pipeline.offer(oneMinus(beyond), data.labels[i]!);
  }
  return {
    network: pipeline.finish({ output: exactReading(data), provenance: provenanceOf(name, options) }),
    claims: squareBallClaims,
    variables: {
      ...baseVariables({ data, classes, ...prepared }),
      k: BigInt(k),
      B: BigInt(perLayerOf(options)),
      M: BigInt(scales.levels),
      T: BigInt(samples.length),
    },
  };
}

/** Adds Σ w_r f_m(z_r) over the rows of a block to the carried sum, in m layers. */
function addSquares(
  pipeline: NarrowPipeline,
  block: readonly number[],
  weights: readonly Rational[],
  levels: number,
  before: AffineForm | undefined,
): AffineForm {
  let sum = before;
  // h_0 = z is carried anyway, so its relu needs no neuron of its own.
  let tooth: AffineForm[] | undefined;
  for (let s = 1; s <= levels; s++) {
    const h: readonly AffineForm[] = tooth ?? block.map((r) => pipeline.coordinates()[r]!);
    const carried = sum === undefined ? [] : [sum];
    const upper = h.map((form) => shifted(form, neg(half)));
    const out = pipeline.layer([...carried, ...upper, ...(tooth === undefined ? [] : h)]);
    const z = pipeline.coordinates();
    const bent = out.slice(carried.length, carried.length + block.length);
    const whole = tooth === undefined ? block.map((r) => z[r]!) : out.slice(carried.length + block.length);
    tooth = whole.map((a, b) => sumForms([scaleForm(a, rational(2)), scaleForm(bent[b]!, rational(-4))]));
    const scale = powerOfTwo(-2 * s);
    sum = sumForms([
      ...(carried.length === 0 ? [] : [out[0]!]),
      ...(s > 1 ? [] : block.map((r) => scaleForm(z[r]!, weights[r]!))),
      ...tooth.map((form, b) => scaleForm(form, neg(mul(weights[block[b]!]!, scale)))),
    ]);
  }
  return sum!;
}
