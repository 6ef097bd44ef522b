/**
 * The nearest neighbour as a network, exactly, in ℓ1: output c is minus the distance to the nearest sample of class c.
 * On the ball of a sample its own class is at most μ away and every other class at least δ − μ > μ.
 *
 *   npx muball test examples/04-your-own-construction/construction.ts
 */
import {
  type AffineForm,
  add,
  type ConstructionOptions,
  constantForm,
  type Dataset,
  distinctSamples,
  type Network,
  neg,
  one,
  point,
  requireRadiusBelowHalf,
  scaleForm,
  separation,
  sequentialBuilder,
  sumForms,
} from 'muball';

const minus = (form: AffineForm): AffineForm => scaleForm(form, neg(one));

export const construction = {
  name: 'nearest-neighbour',
  norms: ['l1'] as const,
  construct(data: Dataset, { norm, radius }: ConstructionOptions): Network {
    requireRadiusBelowHalf(radius, separation(data, norm), data);
    const samples = distinctSamples(data);
    const builder = sequentialBuilder(data.dimension);
    const differences = samples.flatMap((i) =>
      point(data, i).map((c, j) => sumForms([builder.inputs[j]!, constantForm(neg(c))])),
    );
    // ‖x − x_i‖₁ = Σ_j relu(x_j − x_ij) + relu(x_ij − x_j)
    const parts = builder.layer('relu', [...differences, ...differences.map(minus)]);
    const distances = samples.map((i, k) => {
      const own = parts.filter((_, p) => Math.floor((p % differences.length) / data.dimension) === k);
      return { label: data.labels[i]!, form: sumForms(own) };
    });
    const classes = Array.from({ length: Math.max(...data.labels) + 1 }, (_, c) => c);
    let nearest = classes.map((c) => distances.filter(({ label }) => label === c).map(({ form }) => form));
    // A tournament within each class: min(a, b) = a − relu(a − b), where distances are a = relu(a).
    while (nearest.some((own) => own.length > 1)) {
      const pairs = nearest.flatMap((own) => own.map((a, k) => (k % 2 === 0 ? a : sumForms([own[k - 1]!, minus(a)]))));
      const neurons = builder.layer('relu', pairs).values();
      nearest = nearest.map((own) =>
        own
          .map(() => neurons.next().value!)
          .flatMap((a, k, all) => (k % 2 === 0 ? [sumForms([a, ...all.slice(k + 1, k + 2).map(minus)])] : [])),
      );
    }
    // A class without samples is further away than any class with one.
    const scores = nearest.map((own) => minus(own[0] ?? constantForm(add(radius, one))));
    return builder.network(scores, { output: { notion: 'argmax', classes: classes.length } });
  },
};
