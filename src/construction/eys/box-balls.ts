/**
 * Ball indicators of boxes: the ℓ∞ network of one sample after the other, on coordinates that may be functionals.
 *
 * Main definition: `boxBalls`. Given functionals z_1 … z_k that move by at most μ on the ball of radius μ, and images z(x_i) of
 * which differently labelled ones are δ' > 2μ apart in ℓ∞: with γ = δ' − 2μ, S adds up relu(z_r − c_ir − μ) +
 * relu(c_ir − z_r − μ) over r; q = relu(1 − S/γ) is 1 on ball i and 0 on differently labelled ones. Then the running maximum.
 * References: [EYS, Thm 4.2].
 */
import { add, inverse, min, mul, neg, one, type Rational, rational, sub, type Vector } from '../../exact/index.js';
import { samplesOutside } from '../../geometry/index.js';
import { type AffineForm, type Network, scaleForm, sequentialBuilder, sumForms } from '../../network/index.js';
import { coordinateBlocks } from '../per-layer.js';
import { exactReading, type Prepared, provenanceOf, requireSize } from '../prepare.js';
import type { ConstructionOptions } from '../theorem.js';
import { narrowPipeline, shifted } from './narrow-pipeline.js';

export interface BoxImages {
  /** z_r as a row of weights over the inputs. */
  readonly rows: readonly Vector[];
  /** z(x_i), row by row. */
  readonly images: readonly Vector[];
  /** δ'. */
  readonly separation: Rational;
}

export interface BoxBalls {
  readonly network: Network;
  /** Samples not of the smallest class. */
  readonly samples: number;
  /** Nonzero biases among the shifts and the thresholds. */
  readonly nonzeroBiases: number;
}

/** The network. @throws InputError for one that would be too large. */
export function boxBalls(
  name: string,
  { data, classes }: Prepared,
  { rows, images, separation }: BoxImages,
  options: ConstructionOptions,
): BoxBalls {
  const mu = options.radius;
  const k = rows.length;
  const blocks = coordinateBlocks(k, options);
  const slope = neg(inverse(sub(separation, mul(rational(2), mu))));
  const lowest = classes[0]!;
  const samples = samplesOutside(data, lowest);
  requireSize(samples.length * k * (k + 13), options);
  const low = rows.map((_, r) => sub(images.map((z) => z[r]!).reduce(min), mu));

  const builder = sequentialBuilder(data.dimension);
  const pipeline = narrowPipeline(
    builder,
    rows.map((row, r) => shifted(sumForms(row.map((w, j) => scaleForm(builder.inputs[j]!, w))), neg(low[r]!))),
    lowest,
  );
  const thresholds: Rational[] = [];
  for (const i of samples) {
    const centre = images[i]!.map((z, r) => sub(z, low[r]!));
    let sum: AffineForm[] = [];
    for (const block of blocks) {
      const z = pipeline.coordinates();
      const here = block.flatMap((r) => {
        const [above, below] = [neg(add(centre[r]!, mu)), sub(centre[r]!, mu)];
        thresholds.push(above, below);
        return [shifted(z[r]!, above), shifted(scaleForm(z[r]!, neg(one)), below)];
      });
      sum = pipeline.layer([...(sum.length === 0 ? [] : [sumForms(sum)]), ...here]);
    }
    pipeline.offer(shifted(scaleForm(sumForms(sum), slope), one), data.labels[i]!);
  }
  return {
    network: pipeline.finish({ output: exactReading(data), provenance: provenanceOf(name, options) }),
    samples: samples.length,
    nonzeroBiases: [...low, ...thresholds].filter((v) => v.n !== 0n).length,
  };
}
