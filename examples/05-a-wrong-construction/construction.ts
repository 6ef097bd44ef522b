/**
 * A construction with a bug that hides: F(x) = Σ_i y_i·g_i(x), with g_i = 1 on the ball of sample i and 0 on the balls
 * of other labels. Where two balls of one label overlap, both indicators are 1 and the label is counted twice.
 *
 *   npx muball test examples/05-a-wrong-construction/construction.ts
 */
import {
  type AffineForm,
  add,
  type ConstructionOptions,
  constantForm,
  type Dataset,
  distinctSamples,
  inverse,
  mul,
  type Network,
  neg,
  one,
  point,
  rational,
  requireRadiusBelowHalf,
  scaleForm,
  separation,
  sequentialBuilder,
  sub,
  sumForms,
} from 'muball';

export const construction = {
  name: 'sum-of-indicators',
  norms: ['linf'] as const,
  construct(data: Dataset, { norm, radius }: ConstructionOptions): Network {
    const closest = separation(data, norm);
    requireRadiusBelowHalf(radius, closest, data);
    const samples = distinctSamples(data);
    const gap = closest === undefined ? one : sub(closest.magnitude, mul(rational(2), radius));

    const builder = sequentialBuilder(data.dimension);
    const shifted = (x: AffineForm, by: typeof radius): AffineForm => sumForms([x, constantForm(by)]);
    const sides = builder.layer(
      'relu',
      samples.flatMap((i) =>
        point(data, i).flatMap((c, j) => {
          const x = builder.inputs[j]!;
          return [shifted(x, neg(add(c, radius))), shifted(scaleForm(x, neg(one)), sub(c, radius))];
        }),
      ),
    );
    const perSample = 2 * data.dimension;
    const indicators = builder.layer(
      'relu',
      samples.map((_, k) => {
        const own = sumForms(sides.slice(k * perSample, (k + 1) * perSample));
        return shifted(scaleForm(own, neg(inverse(gap))), one);
      }),
    );
    // Here is the bug: a maximum over the samples of one label would be right.
    const total = sumForms(samples.map((i, k) => scaleForm(indicators[k]!, rational(data.labels[i]!))));
    return builder.network([total]);
  },
};
