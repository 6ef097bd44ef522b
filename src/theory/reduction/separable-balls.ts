/**
 * With exact labels the question of depth 2 and width 2 is a linear program: are the balls of the two classes separable?
 *
 * Main definitions: `separableBalls`, `SeparableBalls`, `separationProgram`.
 *
 * Main statement. Let μ > 0 and f = c + a_0 relu(l_0) + a_1 relu(l_1) be constant on each ball, with different values for two classes.
 * Where exactly one neuron is active its gradient is not 0, or the neuron is constant and no matter. So on a ball both are
 * inactive, or both active with a_0 ∇l_0 + a_1 ∇l_1 = 0, and ∇l_0, ∇l_1 are parallel. Were they opposite, one of the two sets would
 * have no interior; so they point one way, and a hyperplane between the two sets separates the balls. Conversely relu((t + 1)/2) − relu((t − 1)/2)
 * is 0 for t ≤ −1 and 1 for t ≥ 1. With w = u − v, u, v ≥ 0, the balls are separable iff some w·x_i + b − μΣ(u + v) ≥ 1 for class 1 and
 * w·x_i + b + μΣ(u + v) ≤ −1 for class 0.
 *
 * Notes. In ℓ∞. So it is the sign, or rounding, that makes the question of splitting-dataset.ts hard.
 */
import {
  add,
  half,
  type LinearProgram,
  mul,
  neg,
  one,
  outcomeHolds,
  type Rational,
  rational,
  scaleVector,
  solveLinearProgram,
  sub,
  type Vector,
  zero,
} from '../../exact/index.js';
import { InputError, InternalError } from '../../format/index.js';
import { type Dataset, point } from '../../geometry/index.js';
import { layerBuilder, type Network } from '../../network/index.js';

export type SeparableBalls =
  /** f is 1 on the balls of class 1 and 0 on those of class 0. */
  | { readonly separable: true; readonly network: Network }
  /** Multipliers of the rows of `program` that refute it. */
  | { readonly separable: false; readonly program: LinearProgram; readonly multipliers: Vector };

/** Variables u, v, b; one row for each sample. */
export function separationProgram(data: Dataset, radius: Rational): LinearProgram {
  const d = data.dimension;
  const columns = Array.from({ length: 2 * d + 1 }, (_, j) => j);
  return {
    objective: columns.map(() => zero),
    free: [2 * d],
    rows: data.labels.map((label, i) => {
      const x = point(data, i);
      const away = label === 1 ? neg(radius) : radius;
      const values = [...x.map((v) => add(v, away)), ...x.map((v) => sub(away, v)), one];
      const kept = columns.filter((j) => values[j]!.n !== 0n);
      return {
        columns: kept,
        values: kept.map((j) => values[j]!),
        ...(label === 1 ? { relation: '>=', bound: one } : { relation: '<=', bound: rational(-1) }),
      } as const;
    }),
  };
}

/**
 * Whether a network of depth 2 and width 2 has exact labels on all closed ℓ∞ balls.
 * @throws InputError for other classes than 0 and 1, or a radius that is not positive.
 */
export function separableBalls(data: Dataset, radius: Rational): SeparableBalls {
  if (radius.n <= 0n) throw new InputError('radius: expected a radius > 0, got 0 or less');
  const odd = data.labels.find((label) => label > 1);
  if (odd !== undefined) throw new InputError(`dataset.labels: expected classes 0 and 1, got ${odd}`);
  const program = separationProgram(data, radius);
  const outcome = solveLinearProgram(program);
  if (!outcomeHolds(program, outcome)) throw new InternalError('separableBalls: expected an outcome that holds');
  if (outcome.status === 'infeasible') return { separable: false, program, multipliers: outcome.multipliers };
  if (outcome.status !== 'optimal')
    throw new InternalError(`separableBalls: expected an optimum, got ${outcome.status}`);
  const d = data.dimension;
  const w = Array.from({ length: d }, (_, j) => sub(outcome.point[j]!, outcome.point[d + j]!));
  const hidden = layerBuilder(d, 'relu', { merge: false });
  const all = w.map((_, j) => j);
  const shift = outcome.point[2 * d]!;
  for (const s of [one, rational(-1)]) {
    hidden.neuron(all, scaleVector(w, half), mul(half, add(shift, s)));
  }
  const output = layerBuilder(2, 'identity', { merge: false });
  output.neuron([0, 1], [one, rational(-1)], zero);
  return {
    separable: true,
    network: { layers: [hidden.build(), output.build()], output: { notion: 'exact', labels: ['0', '1'] } },
  };
}
