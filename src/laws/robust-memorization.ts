/**
 * The laws of robust memorization, for the theorems of the registry and for anyone's construction.
 *
 * Main definitions: `robustMemorizationLaws`, `RobustMemorizationOptions`.
 *
 * All but the law of small cases sample, so they can refute and never prove; every wrong point is replayed exactly.
 */
import fc from 'fast-check';
import { type InstanceConstraints, instance, type MemorizationInstance } from '../arbitrary/index.js';
import { half, mul, one, powerOfTwo, type Rational, rootAbove, sub } from '../exact/index.js';
import type { Norm, Notion } from '../format/index.js';
import { classes, type Dataset, separation } from '../geometry/index.js';
import { outputReading, readAs } from '../network/index.js';
import { attackBalls, attackCorners, type BallCase } from './ball-attack.js';
import { requireClaims } from './claims-hold.js';
import { changes } from './equivariance.js';
import { requireRefused } from './impossible-input.js';
import { type Law, law, seeded } from './law.js';
import { requireDeterministic, requireFile } from './reproducible.js';
import { requireSameLabels } from './same-labels.js';
import { smallCaseProver } from './small-cases.js';
import {
  type Built,
  builtOf,
  type ConstructFunction,
  subjectOf,
  type TestedConstruction,
} from './tested-construction.js';

export interface RobustMemorizationOptions {
  /** Norms of the problems. @defaultValue those of the construction */
  readonly norms?: readonly Norm[];
  /** How outputs are read. @defaultValue as the construction or its network says */
  readonly notion?: Notion;
  /** The problems to draw. @defaultValue up to 8 samples in 4 dimensions: they find most bugs and shrink fast */
  readonly instances?: Omit<InstanceConstraints, 'norms'>;
  /** Runs of each law; laws that build two networks make half as many, proofs a quarter. @defaultValue 100 */
  readonly runs?: number;
  /** Points drawn in each ball. @defaultValue 4 */
  readonly points?: number;
  /** Points that a search along the network's slopes evaluates in each ball. @defaultValue 12 */
  readonly searched?: number;
  /** Milliseconds that z3 has for a ball of a small case that intervals do not decide. @defaultValue 10000 */
  readonly timeoutMs?: number;
  /** Whether the construction claims sizes. @defaultValue true for a theorem, which has a reference, else false */
  readonly claims?: boolean;
  /** Laws to leave out, by name. @defaultValue none */
  readonly without?: readonly string[];
}

type Drawn = MemorizationInstance & { readonly seed: number };
type Constraints = Omit<InstanceConstraints, 'norms'>;

/**
 * Named laws that hold for every construction whose labels are right on all closed balls.
 * @throws InputError when no problem satisfies the constraints.
 */
export function robustMemorizationLaws(
  construction: ConstructFunction | TestedConstruction,
  options: RobustMemorizationOptions = {},
): Law[] {
  const { runs = 100, points: drawn = 4, searched = 12, timeoutMs = 10_000, without = [] } = options;
  const subject = subjectOf(construction, options.norms);
  const notion = options.notion ?? subject.notion;
  // Signs name the classes 0 and 1; other readings have a value or an output for every class.
  const twoClasses = notion === 'sign';
  const limits: Constraints = { ...options.instances, ...(twoClasses ? { labels: { max: 2 } } : {}) };
  const isTheorem = typeof construction === 'object' && 'reference' in construction;

  const build = (problem: MemorizationInstance): BallCase & Built => {
    const { data, norm, radius } = problem;
    const made = builtOf(subject.build(data, { norm, radius, seed: 1 }));
    const classCount = data.labels.reduce((most, c) => Math.max(most, c), 0) + 1;
    const { network } = made;
    const reading = notion === undefined ? outputReading(network, classCount) : readAs(network, classCount, notion);
    return { data, norm, radius, ...made, reading };
  };
  const on = (name: string, part: number, holds: (value: Drawn) => unknown, constraints = limits): Law =>
    law<Drawn>(
      subject.name,
      name,
      Math.max(1, Math.ceil(runs / part)),
      seeded(instance({ ...constraints, norms: subject.norms })),
      (value) => holds(inRange(twoClasses ? { ...value, data: signed(value.data) } : value)),
    );
  /** The problem with its radius scaled down to what is promised; problems for which nothing is promised are left out. */
  const inRange = (value: Drawn): Drawn => {
    if (subject.range === undefined || separation(value.data, value.norm) === undefined) return value;
    const end = subject.range.end(value.data, value.norm);
    fc.pre(end.n > 0n);
    return { ...value, radius: mul(value.radius, end) };
  };
  const prove = smallCaseProver(timeoutMs);

  const laws = [
    on('labels are right on the balls', 1, (given) => attackBalls(build(given), { seed: given.seed, drawn, searched })),
    on('labels are right at centres and corners', 1, (given) => attackCorners(build(given))),
    ...(subject.balls === 'closed'
      ? []
      : [
          on('labels are right on the open balls of radius δ/2', 1, (given) => {
            const whole = halfSeparation(given);
            fc.pre(whole !== undefined);
            const wide = { ...build(given), radius: mul(whole!, sub(one, powerOfTwo(-20))) };
            attackBalls(wide, { seed: given.seed, drawn, searched });
            attackCorners(wide);
          }),
        ]),
    ...((options.claims ?? isTheorem) ? [on('claims hold', 1, (given) => requireClaims(build(given)))] : []),
    ...changes(twoClasses, subject.signal).map((change) =>
      on(`${change.name}: labels correspond`, 2, (given) =>
        requireSameLabels(change, given, { seed: given.seed, drawn }, build),
      ),
    ),
    on(
      'impossible input is refused',
      2,
      (given) =>
        requireRefused(given, (data, radius) => subject.build(data, { norm: given.norm, radius, seed: 1 }), isTheorem),
      { ...limits, labels: { ...limits.labels, min: Math.max(2, limits.labels?.min ?? 2) } },
    ),
    on('the same input gives the same network', 2, (given) => requireDeterministic(given, build)),
    on('the network comes back from its file', 2, (given) => requireFile(build(given).network)),
    on(
      'small cases are proved, ball by ball',
      4,
      (given) => prove(build(given), subject.balls === 'open' ? halfSeparation(given) : undefined),
      {
        ...limits,
        size: atMost(4, limits.size),
        dimension: atMost(2, limits.dimension),
        labels: atMost(3, limits.labels),
      },
    ),
  ];
  return laws.filter(({ name }) => !without.includes(name));
}

/** A range without what lies above a bound, but never empty. */
const atMost = (most: number, range: { readonly min?: number; readonly max?: number } = {}) => ({
  ...range,
  max: Math.max(range.min ?? 1, Math.min(most, range.max ?? most)),
});

/** The dataset with its classes numbered 0 and 1, in order; a single class keeps to 0 if it was 0. */
function signed(data: Dataset): Dataset {
  const [first, second] = classes(data);
  const zero = second === undefined ? 0 : first;
  return { ...data, labels: data.labels.map((c) => (c === zero ? 0 : 1)) };
}

/** δ/2 where it is rational; undefined where it is not, and for one class. */
function halfSeparation({ data, norm }: MemorizationInstance): Rational | undefined {
  const found = separation(data, norm);
  if (found === undefined) return undefined;
  if (norm !== 'l2') return mul(half, found.magnitude);
  const root = rootAbove(found.magnitude);
  return root.exact ? mul(half, root.value) : undefined;
}
