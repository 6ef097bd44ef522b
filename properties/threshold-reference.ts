/**
 * The randomized threshold construction once more, plainly: lists instead of bits, fractions instead of integers.
 *
 * Main definition: `thresholdSizes`. The random choices are an input of the algorithm, so the hyperplanes and the
 * draws of candidates are taken from the library; all that is decided on them is decided here again. Signals are fitted in
 * all their shifts.
 */
import { drawHyperplanes, pairHyperplane } from '../src/construction/index.js';
import {
  add,
  compare,
  constructionRootBits,
  dot,
  mul,
  neg,
  type Rational,
  randomSource,
  rational,
  type Vector,
  zero,
} from '../src/exact/index.js';
import type { Norm } from '../src/format/index.js';
import { type Dataset, dualNormAbove, point } from '../src/geometry/index.js';

interface Plane {
  readonly weights: Vector;
  readonly bias: Rational;
}

export interface ThresholdSizes {
  /** Hyperplanes. */
  readonly H: bigint;
  /** Counting neurons. */
  readonly T: bigint;
  /** Nonzero weights of the hyperplanes. */
  readonly E: bigint;
  /** Nonzero biases of the hyperplanes. */
  readonly Z: bigint;
  /** Hyperplanes that counting neurons read, with repetition. */
  readonly F: bigint;
}

/** All shifts of a row of places, the row itself first. */
export const turns = (x: Vector): Vector[] => x.map((_, t) => [...x.slice(t), ...x.slice(0, t)]);

/**
 * The sizes of the fit of distinct samples, 32 hyperplanes first, three rounds, completed, seed 1. `views` of a sample are
 * what hyperplanes see of it, by default the sample alone.
 */
export function thresholdSizes(
  data: Dataset,
  base: number,
  family: 'gaussian' | 'axis',
  norm: Norm,
  radius: Rational,
  views: (x: Vector) => readonly Vector[] = (x) => [x],
): ThresholdSizes {
  const random = randomSource(1);
  const x = data.labels.map((_, i) => views(point(data, i)));
  const planes: Plane[] = [];
  const value = ({ weights, bias }: Plane, z: Vector): Rational => add(dot(weights, z), bias);
  const reach = ({ weights }: Plane): Rational => mul(radius, dualNormAbove(norm, weights, constructionRootBits).value);
  const somewhere = (p: Plane, z: Vector): boolean => compare(value(p, z), neg(reach(p))) > 0;
  const everywhere = (p: Plane, z: Vector): boolean => compare(value(p, z), reach(p)) > 0;
  const classes = [...new Set(data.labels)].filter((c) => c !== base).sort((a, b) => a - b);
  const quiet = (c: number): Plane[] => planes.filter((p) => !somewhere(p, x[c]![0]!));

  let neurons: { members: number }[] = [];
  let uncovered: number[] = [];
  const pass = (): void => {
    neurons = [];
    uncovered = [];
    for (const label of classes) {
      let candidates = data.labels.map((_, i) => i).filter((i) => data.labels[i] === label);
      let open = [...candidates];
      while (candidates.length > 0) {
        const drawn = random.below(candidates.length);
        const c = candidates[drawn]!;
        candidates[drawn] = candidates[candidates.length - 1]!;
        candidates = candidates.slice(0, -1);
        const U = quiet(c);
        const counts = data.labels.flatMap((other, i) =>
          other === label ? [] : x[i]!.map((z) => U.filter((p) => everywhere(p, z)).length),
        );
        const m = Math.min(...counts);
        if (m === 0) continue;
        neurons.push({ members: U.length });
        const stays = (i: number): boolean => x[i]!.every((z) => U.filter((p) => somewhere(p, z)).length >= m);
        candidates = candidates.filter(stays);
        open = open.filter(stays);
      }
      uncovered.push(...open);
    }
  };
  for (let round = 0; round < 3 && (round === 0 || uncovered.length > 0); round++) {
    const h = drawHyperplanes(family, data.coordinates, data.dimension, Math.max(32, planes.length), random);
    for (let i = 0; i < h.count; i++) {
      planes.push({
        weights: Array.from({ length: h.dimension }, (_, j) =>
          rational(h.weights[j * h.count + i]!, h.weightDenominator),
        ),
        bias: rational(h.biases[i]!, h.biasDenominator),
      });
    }
    pass();
  }
  if (uncovered.length > 0) {
    const missing = uncovered.flatMap((c) => {
      const U = quiet(c);
      return data.labels
        .map((_, i) => i)
        .filter((i) => data.labels[i] !== data.labels[c])
        .flatMap((i) => x[i]!.filter((z) => !U.some((p) => everywhere(p, z))))
        .map((z): Plane => {
          const { kappa, bias } = pairHyperplane(x[c]![0]!, z, norm, radius, () => `${c}`);
          // What makes the completion work: quiet on one ball, firing on the other.
          const plane = { weights: kappa, bias };
          if (somewhere(plane, x[c]![0]!) || !everywhere(plane, z)) throw new Error(`no hyperplane beside ${c}`);
          return plane;
        });
    });
    planes.push(...missing);
    pass();
  }
  if (uncovered.length > 0) throw new Error(`samples ${uncovered.join()} are not covered after completion`);
  return {
    H: BigInt(planes.length),
    T: BigInt(neurons.length),
    E: BigInt(planes.reduce((sum, { weights }) => sum + weights.filter((w) => compare(w, zero) !== 0).length, 0)),
    Z: BigInt(planes.filter(({ bias }) => compare(bias, zero) !== 0).length),
    F: BigInt(neurons.reduce((sum, { members }) => sum + members, 0)),
  };
}
