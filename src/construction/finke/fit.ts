/**
 * The randomized threshold construction with a bound on its rounds: hyperplanes are drawn until every class is covered.
 *
 * Main definitions: `fitThreshold`, `ThresholdFit`, `FitOptions`.
 *
 * Every class but the base class is covered against all other samples; the classes share the hyperplanes. After a round
 * with uncovered samples the hyperplanes are doubled, the old ones kept. After the last round the fit is completed, if
 * asked to: each uncovered sample c and each other sample that no hyperplane tells from it get the hyperplane of the
 * pair network, which is quiet on the ball of c and fires on the other. Then every m is positive, and one more pass
 * covers everything, because 2μ < δ.
 * Reference: [DFG, Algorithm 2] is one round at μ = 0; rounds, balls and completion are ours.
 */
import {
  type RandomSource,
  type Rational,
  randomSource,
  rational,
  type ScaledVector,
  zero,
} from '../../exact/index.js';
import { InputError, type Norm } from '../../format/index.js';
import { classes, type Dataset, samplePairText } from '../../geometry/index.js';
import { pairHyperplane } from '../eys/pair.js';
import { mostFrequentClass } from '../prepare.js';
import { type Cover, coverClass, quietMask } from './cover.js';
import { commonBits, emptyBits, type FiringBits, firing, joinBits, maskMembers } from './firing.js';
import {
  type DrawOptions,
  drawHyperplanes,
  explicitHyperplanes,
  type HyperplaneFamily,
  type Hyperplanes,
} from './hyperplanes.js';

export interface FitOptions extends DrawOptions {
  /** @defaultValue 'gaussian' */
  readonly family?: HyperplaneFamily;
  /** n₁, hyperplanes of the first round, at least 1. */
  readonly hyperplanes: number;
  /** Norm of the balls. @defaultValue 'linf' */
  readonly norm?: Norm;
  /** μ ≥ 0. @defaultValue 0 */
  readonly radius?: Rational;
  /** Rounds at most. @defaultValue 1 */
  readonly rounds?: number;
  /** Whether hyperplanes are made for the pairs that the last round leaves; needs 2μ < δ. @defaultValue false */
  readonly complete?: boolean;
  /** Called with the number of all hyperplanes before more are made; may throw. @defaultValue accepts any number */
  readonly admit?: (hyperplanes: number) => void;
  /** The class that no neuron covers. @defaultValue the most frequent one, the smallest of equally frequent ones */
  readonly base?: number;
  /** @defaultValue 1 */
  readonly seed?: number;
  /** What hyperplanes see. @defaultValue each sample as it is, once */
  readonly views?: Views;
}

/** Views of samples, such as all shifts of a signal. The first one of a sample is what its neuron is made for. */
export interface Views {
  /** Views of each sample, at least 1. */
  readonly count: number;
  /** Coordinates of a view. */
  readonly dimension: number;
  /** Rows count·i to count·i + count − 1 are the views of sample i. */
  readonly points: ScaledVector;
}

/** A neuron of the second layer: fires when fewer than `threshold` of its hyperplanes do. */
export interface ThresholdNeuron {
  /** The class that it covers. */
  readonly label: number;
  /** The sample that it was made for. */
  readonly sample: number;
  /** Hyperplanes, numbered across all batches, increasing. */
  readonly members: Uint32Array;
  /** m ≥ 1. */
  readonly threshold: number;
}

export interface ThresholdRound {
  /** Hyperplanes in this round. */
  readonly hyperplanes: number;
  /** Samples left uncovered, over all classes. */
  readonly uncovered: number;
}

export interface ThresholdFit {
  /** Batches of hyperplanes, one for each round, then those that complete it. */
  readonly hyperplanes: readonly Hyperplanes[];
  readonly neurons: readonly ThresholdNeuron[];
  readonly base: number;
  readonly rounds: readonly ThresholdRound[];
  /** Hyperplanes that complete it. */
  readonly targeted: number;
  /** Samples that no neuron covers, increasing within each class. */
  readonly left: readonly number[];
  /** Whether there are none: the network is then right on all balls. */
  readonly success: boolean;
}

/** Number of hyperplanes in all batches. */
export const hyperplaneCount = (batches: readonly Hyperplanes[]): number => batches.reduce((n, h) => n + h.count, 0);

/**
 * The fit of a dataset of two classes or more. Deterministic in the seed.
 * @throws InputError for one class, and for numbers below 1.
 */
export function fitThreshold(data: Dataset, options: FitOptions): ThresholdFit {
  const { family = 'gaussian', norm = 'linf', radius = zero, rounds = 1, complete = false, seed = 1, admit } = options;
  for (const [name, value] of [['hyperplanes', options.hyperplanes] as const, ['rounds', rounds] as const]) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new InputError(`${name}: expected a whole number ≥ 1, got ${value}`);
    }
  }
  const base = options.base ?? mostFrequentClass(data);
  const covered = classes(data).filter((c) => c !== base);
  if (covered.length === 0) throw new InputError('dataset.labels: expected two classes or more, got one');
  const views = options.views ?? { count: 1, dimension: data.dimension, points: data.coordinates };
  const random = randomSource(seed);
  const ball = { norm, radius };
  const batches: Hyperplanes[] = [];
  let bits = emptyBits(data.size * views.count);
  const extend = (more: Hyperplanes): void => {
    batches.push(more);
    bits = joinBits(bits, firing(more, views.points, ball));
  };
  const passes: ThresholdRound[] = [];
  let covers: Cover[] = [];
  const left = (): number[] => covers.flatMap((cover) => cover.uncovered);
  const pass = (): void => {
    covers = covered.map((label) => coverOf(data, bits, views.count, label, random));
    passes.push({ hyperplanes: hyperplaneCount(batches), uncovered: left().length });
  };
  for (let round = 0; round < rounds && (round === 0 || left().length > 0); round++) {
    const count = round === 0 ? options.hyperplanes : hyperplaneCount(batches);
    admit?.(hyperplaneCount(batches) + count);
    extend(drawHyperplanes(family, views.points, views.dimension, count, random, options));
    pass();
  }
  const made = (count: number): void => admit?.(hyperplaneCount(batches) + count);
  const missing = complete ? targetedHyperplanes(data, views, bits, left(), ball, made) : undefined;
  if (missing !== undefined) {
    extend(missing);
    pass();
  }
  return {
    hyperplanes: batches,
    neurons: covers.flatMap(({ neurons }, c) =>
      neurons.map(({ sample, mask, threshold }) => ({
        label: covered[c]!,
        sample,
        members: maskMembers(mask, bits.blocks),
        threshold,
      })),
    ),
    base,
    rounds: passes,
    targeted: missing?.count ?? 0,
    left: left(),
    success: left().length === 0,
  };
}

function coverOf(data: Dataset, bits: FiringBits, views: number, label: number, random: RandomSource): Cover {
  const samples = data.labels.map((_, i) => i);
  const inside = samples.filter((i) => data.labels[i] === label);
  const outside = samples.filter((i) => data.labels[i] !== label);
  return coverClass({ bits, views, inside, outside }, random);
}

/** A hyperplane for each of the samples and each view of a differently labelled one that no hyperplane tells from it. */
function targetedHyperplanes(
  data: Dataset,
  views: Views,
  bits: FiringBits,
  samples: readonly number[],
  { norm, radius }: { readonly norm: Norm; readonly radius: Rational },
  admit: (count: number) => void,
): Hyperplanes | undefined {
  const missing = samples.flatMap((c) => {
    const mask = quietMask(bits, c * views.count);
    const others = data.labels.map((_, x) => x).filter((x) => data.labels[x] !== data.labels[c]);
    return others.flatMap((x) =>
      Array.from({ length: views.count }, (_, v) => x * views.count + v)
        .filter((row) => commonBits(bits.lower, row * bits.words, mask, bits.words) === 0)
        .map((row) => ({ c, x, row })),
    );
  });
  admit(missing.length);
  return explicitHyperplanes(
    missing.map(({ c, x, row }) => {
      const pair = (): string => samplePairText(data, c, x);
      const { kappa, bias } = pairHyperplane(viewAt(views, c * views.count), viewAt(views, row), norm, radius, pair);
      return { weights: kappa, bias };
    }),
  );
}

/** A row of the views. */
const viewAt = ({ dimension: k, points }: Views, row: number): Rational[] =>
  Array.from({ length: k }, (_, j) => rational(points.numerators[row * k + j]!, points.denominator));
