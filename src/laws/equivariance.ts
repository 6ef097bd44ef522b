/**
 * Changes of a problem that change nothing: the labels at corresponding points correspond.
 *
 * Main definitions: `Twin` (a changed problem with its correspondence), `Change`, `changes`.
 */
import type { MemorizationInstance } from '../arbitrary/index.js';
import {
  addVectors,
  mul,
  neg,
  type RandomSource,
  type Rational,
  randomSource,
  rational,
  scaleVector,
  type Vector,
} from '../exact/index.js';
import { classes, datasetOf, points } from '../geometry/index.js';

/** A changed problem, and what corresponds to what. */
export interface Twin {
  readonly problem: MemorizationInstance;
  /** The point that corresponds to x. */
  readonly point: (x: Vector) => Vector;
  /** The class that corresponds to class c of the dataset. */
  readonly label: (c: number) => number;
}

export interface Change {
  /** What is done, as the law is named. */
  readonly name: string;
  /** A changed problem, chosen by the seed. */
  readonly twin: (problem: MemorizationInstance, seed: number) => Twin;
}

const samePoint = (x: Vector): Vector => x;
const sameLabel = (c: number): number => c;

/** 0 … n − 1 in a random order. */
function shuffled(n: number, random: RandomSource): number[] {
  const order = Array.from({ length: n }, (_, k) => k);
  for (let k = n - 1; k > 0; k--) {
    const other = random.below(k + 1);
    [order[k], order[other]] = [order[other]!, order[k]!];
  }
  return order;
}

/** The problem with other points and labels. */
function changed(
  { data, norm, radius }: MemorizationInstance,
  rows: readonly Vector[],
  labels: readonly number[] = data.labels,
  mu: Rational = radius,
): MemorizationInstance {
  return { data: datasetOf(rows, labels), norm, radius: mu };
}

/** The problem with every point, and so every ball, moved by a map that keeps the norm up to a factor. */
function moved(problem: MemorizationInstance, point: (x: Vector) => Vector, mu: Rational = problem.radius): Twin {
  return {
    problem: changed(problem, points(problem.data).map(point), problem.data.labels, mu),
    point,
    label: sameLabel,
  };
}

const permuteSamples: Change = {
  name: 'permuting the samples',
  twin(problem, seed) {
    const order = shuffled(problem.data.size, randomSource(seed));
    const rows = points(problem.data);
    const labels = order.map((i) => problem.data.labels[i]!);
    return {
      problem: changed(
        problem,
        order.map((i) => rows[i]!),
        labels,
      ),
      point: samePoint,
      label: sameLabel,
    };
  },
};

const duplicateSample: Change = {
  name: 'duplicating a sample',
  twin(problem, seed) {
    const rows = points(problem.data);
    const i = randomSource(seed).below(rows.length);
    const labels = [...problem.data.labels, problem.data.labels[i]!];
    return { problem: changed(problem, [...rows, rows[i]!], labels), point: samePoint, label: sameLabel };
  },
};

/** The classes renamed by other numbers, in another order; two classes are exchanged when there may be no others. */
const relabel = (twoClasses: boolean): Change => ({
  name: 'relabelling',
  twin(problem, seed) {
    const used = classes(problem.data);
    const order = shuffled(used.length + 2, randomSource(seed));
    const label = (c: number): number => (twoClasses ? 1 - c : order[used.indexOf(c)]!);
    return {
      problem: changed(problem, points(problem.data), problem.data.labels.map(label)),
      point: samePoint,
      label,
    };
  },
});

const denominators = [1, 1, 2, 3, 7, 1 << 20];

const translate: Change = {
  name: 'translating',
  twin(problem, seed) {
    const random = randomSource(seed);
    const shift = Array.from({ length: problem.data.dimension }, () =>
      rational(random.between(-100, 100), denominators[random.below(denominators.length)]!),
    );
    return moved(problem, (x) => addVectors(x, shift));
  },
};

const scale: Change = {
  name: 'scaling points and radius',
  twin(problem, seed) {
    const random = randomSource(seed);
    const factor = rational(random.between(1, 12), denominators[random.below(denominators.length)]!);
    return moved(problem, (x) => scaleVector(x, factor), mul(problem.radius, factor));
  },
};

const permuteCoordinates: Change = {
  name: 'permuting and mirroring coordinates',
  twin(problem, seed) {
    const random = randomSource(seed);
    const order = shuffled(problem.data.dimension, random);
    const mirrored = order.map(() => random.coin());
    return moved(problem, (x) => order.map((j, k) => (mirrored[k] ? neg(x[j]!) : x[j]!)));
  },
};

/** Each sample turned by a number of places of its own. */
const turnSignals: Change = {
  name: 'shifting signals',
  twin(problem, seed) {
    const random = randomSource(seed);
    const rows = points(problem.data).map((x) => {
      const t = random.below(x.length);
      return [...x.slice(t), ...x.slice(0, t)];
    });
    return { problem: changed(problem, rows), point: samePoint, label: sameLabel };
  },
};

/**
 * All changes, for classes of any numbers or for the two classes 0 and 1. Places of a signal are not moved one by one, and
 * what is added to it is not shifted with it.
 */
export const changes = (twoClasses: boolean, signal = false): readonly Change[] => [
  permuteSamples,
  relabel(twoClasses),
  ...(signal ? [] : [translate]),
  scale,
  signal ? turnSignals : permuteCoordinates,
  duplicateSample,
];
