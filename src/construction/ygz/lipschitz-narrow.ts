/**
 * The Lipschitz-controlled memorizer of two classes for ℓ∞, narrow form.
 *
 * Requires: a dataset in ℚᵈ without contradictions, two classes; ℓ∞.
 * Returns: width at most 3d + 2, depth N(2 + ⌈log₂ d⌉), O(Nd log d) nonzero weights.
 * Guarantees: as the wide form (lipschitz-wide.ts): F(x_i) = ±1, F is 2/δ-Lipschitz, and the sign is right on the *open*
 *   ball of radius δ/2 around every sample.
 * Method: the samples of the positive class one by one, then the others. A layer forms relu(±(x_j − x_ij)) beside
 *   u_j = x_j − m_j, m_j = min_i x_ij − δ, the finished distance D₊ and the current minimum; ⌈log₂ d⌉ layers take the
 *   maximum over j; a layer updates the minimum. Clamping coordinates at m_j is 1-Lipschitz and changes no open ball.
 * Reference: [YGZ, Thm 5.2]: a depth larger by log d than their Theorem 4.8; weights and proof are ours.
 */
import { inverse, neg, one, sub } from '../../exact/index.js';
import { lowerCorner, point, samplesOf } from '../../geometry/index.js';
import {
  type AffineForm,
  scaleForm,
  sequentialBuilder,
  sumForms,
  tournamentRows,
  tournamentWinners,
} from '../../network/index.js';
import {
  baseVariables,
  constantConstruction,
  prepare,
  provenanceOf,
  requireSize,
  requireTwoClasses,
  signReading,
} from '../prepare.js';
import { claimsOf, type Quantity, theorem } from '../theorem.js';
import { oddRounds, parametersOf, roundSizes, rounds } from './distances.js';
import { clipped, clipRows } from './lipschitz-wide.js';
import { recordedShifts } from './recorded-shifts.js';

const name = 'ygz-lipschitz-narrow';

const bounds: Readonly<Record<Quantity, string>> = {
  width: '3*d + 2',
  depth: 'N*(2 + ceil(log2(d)))',
  nonzero: 'N*(d*(ceil(log2(d)) + 12) + 3*ceil(log2(d)) + 8) + 11',
  parameters: 'N*(2 + ceil(log2(d)))*(3*d + 3)*(3*d + 2)',
};

/** Exact sizes over d, P, M, Z (nonzero biases) and the odd rounds Q of the maximum over d. */
function counts(d: number, negatives: number): Readonly<Record<Quantity, string>> {
  // The layers of a sample that carries so many values beside the coordinates, with a minimum to update or without.
  const block = (carried: number, kept: boolean, update: boolean): string[] => {
    const beside = `${kept ? 'd + ' : ''}${carried}`;
    return [
      `${beside} + 2*d`,
      ...roundSizes('d', rounds(d)).map((size) => `${beside} + ${size}`),
      ...(update ? [`${beside} + 1`] : []),
    ];
  };
  // What follows a positive sample has d + 2 neurons before it, what follows a negative one d + 3, the clip 3.
  const after = (count: string, sizes: readonly string[], before: string): string =>
    `${count}*(${parametersOf(sizes, before)})`;
  const parts = [
    parametersOf(block(0, true, false)),
    after('(P - 1)', block(1, true, true), 'd + 2'),
    ...(negatives === 1
      ? [after('1', block(1, false, false), 'd + 2')]
      : [
          after('1', block(1, true, false), 'd + 2'),
          after('(M - 2)', block(2, true, true), 'd + 3'),
          after('1', block(2, false, true), 'd + 3'),
        ]),
    parametersOf(['2', '1'], '3'),
  ];
  return {
    width: '3*d + min(max(P - 1, M - 1), 1) + min(max(M - 2, 0), 1)',
    depth: 'N*(2 + ceil(log2(d)))',
    nonzero:
      'Z + d*((N - 1)*(1 + ceil(log2(d))) + N - 2 - min(M - 1, 1)) + 2*d*N + N*(6*(d - 1) + Q)' +
      ' + (N - 2)*(6 + ceil(log2(d))) + M*(2 + ceil(log2(d))) + 11',
    parameters: parts.join(' + '),
  };
}

export const ygzLipschitzNarrow = theorem({
  name,
  title: '2/δ-Lipschitz network of two classes, width 3d + 2, open balls of radius δ/2 at once',
  reference: '[YGZ, Thm 5.2]',
  norms: ['linf'],
  balls: 'open',
  notion: 'sign',
  construct(given, options) {
    const prepared = prepare(given, 'linf', options.radius, { open: options.open ?? false });
    requireTwoClasses(prepared);
    const { data, separation } = prepared;
    const reading = signReading(prepared);
    if (separation === undefined)
      return constantConstruction(prepared, name, options, claimsOf(bounds, bounds), reading);
    const d = data.dimension;
    requireSize(data.size * d * (rounds(d) + 9), options);
    const delta = separation.magnitude;
    const groups = [samplesOf(data, reading.positive), samplesOf(data, reading.negative)];
    const low = lowerCorner(data, delta);

    const { shifted, nonzero } = recordedShifts();
    const builder = sequentialBuilder(d);
    let u: readonly AffineForm[] = builder.inputs;
    const finished: AffineForm[] = [];
    let done = 0;
    for (const group of groups) {
      let current: AffineForm | undefined;
      for (const i of group) {
        const first = done === 0;
        const last = ++done === data.size;
        const x = point(data, i);
        let carried = last ? [] : first ? u.map((form, j) => shifted(form, neg(low[j]!))) : [...u];
        let operands = u.flatMap((form, j) => {
          const at = first ? x[j]! : sub(x[j]!, low[j]!);
          return [shifted(form, neg(at)), shifted(scaleForm(form, neg(one)), at)];
        });
        /** Passes coordinates, D₊ and the minimum through a layer beside other neurons, which it returns. */
        const pass = (rows: readonly AffineForm[], minimum = current): AffineForm[] => {
          const kept = [...carried, ...finished, ...(minimum === undefined ? [] : [minimum])];
          const neurons = builder.layer('relu', [...kept, ...rows]);
          carried = neurons.slice(0, carried.length);
          finished.splice(0, finished.length, ...neurons.slice(carried.length, carried.length + finished.length));
          if (minimum !== undefined) current = neurons[kept.length - 1]!;
          return neurons.slice(kept.length);
        };
        const sides = pass(operands);
        operands = Array.from({ length: d }, (_, j) => sumForms(sides.slice(2 * j, 2 * j + 2)));
        while (operands.length > 1) operands = tournamentWinners('max', pass(tournamentRows('max', operands)));
        const distance = operands[0]!;
        if (current === undefined) current = distance;
        else {
          const [kept, lowered] = tournamentRows('min', [current, distance]);
          const neurons = pass([lowered!], kept);
          current = tournamentWinners('min', [current, neurons[0]!])[0]!;
        }
        u = carried;
      }
      finished.push(current!);
    }
    const [positive, negative] = finished as [AffineForm, AffineForm];
    const f = scaleForm(sumForms([negative, scaleForm(positive, neg(one))]), inverse(delta));
    const network = builder.network([clipped(builder.layer('relu', clipRows(f)))], {
      output: reading,
      provenance: provenanceOf(name, options),
    });
    return {
      network,
      claims: claimsOf(bounds, counts(d, groups[1]!.length)),
      variables: {
        ...baseVariables(prepared),
        P: BigInt(groups[0]!.length),
        M: BigInt(groups[1]!.length),
        Z: nonzero(),
        Q: BigInt(oddRounds(d)),
      },
    };
  },
});
