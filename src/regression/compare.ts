/**
 * What changed between a lock file and a run.
 *
 * Main definitions: `Change`, `compareInstance`, `missingInstance`, `newInstance`.
 *
 * A change is for the worse when something is known less well than it was (a verdict or the level of its evidence), when
 * a size grew, or when less is asked than was locked; for the better in the opposite cases. `contradiction` is kept for
 * one query that was answered both ways: one of the two runs is wrong. All else that differs is just `changed`. A
 * counterexample that is no longer found for the same query counts as worse, for another network as changed: neither
 * says that the ball is robust.
 */
import { compare, parseRational } from '../exact/index.js';
import {
  type InstanceQuestion,
  type LockedInstance,
  lockedSizes,
  normSymbol,
  questionFields,
  rangesAt,
} from '../format/index.js';
import { certificatesHash, type InstanceResult } from './instance-result.js';
import { contradicts, type Outcome, outcomeOf, outcomeWords, rank } from './outcome.js';

export type Direction = 'contradiction' | 'worse' | 'better' | 'changed';

/** Directions, most urgent first. */
export const directions: readonly Direction[] = ['contradiction', 'worse', 'better', 'changed'];

export interface Change {
  readonly instance: string;
  readonly direction: Direction;
  /** What is compared: `verdict`, `instance`, a size, or a field of the question. */
  readonly what: string;
  /** The samples whose verdict changed in this way, increasing. */
  readonly samples?: readonly number[];
  /** Locked and found, in words. */
  readonly locked: string;
  readonly now: string;
  /** What else a person should know. */
  readonly note?: string;
}

export interface CompareOptions {
  /** Whether dataset, network and sizes are compared, and not only verdicts. @defaultValue true */
  readonly whole?: boolean;
}

/** The changes of one instance, most urgent first. Only the balls of the result are compared. */
export function compareInstance(
  locked: LockedInstance,
  now: InstanceResult,
  options: CompareOptions = {},
): readonly Change[] {
  const instance = locked.name;
  const facts = options.whole === false ? [] : [...questionChanges(locked, now), ...networkChanges(locked, now)];
  const changes = [
    ...facts.map((change) => ({ instance, ...change })),
    ...verdictChanges(instance, lockedOutcomes(locked), now, sameQueries(locked, now)),
  ];
  return changes.sort((a, b) => directions.indexOf(a.direction) - directions.indexOf(b.direction));
}

/** An instance that was locked and is no longer asked about. */
export const missingInstance = (locked: LockedInstance): Change => ({
  instance: locked.name,
  direction: 'worse',
  what: 'instance',
  locked: `${locked.samples} balls`,
  now: 'not in the list of instances',
});

/** An instance that is not locked yet: each of its balls is new. */
export const newInstance = (now: InstanceResult): readonly Change[] => verdictChanges(now.asked.name, [], now, false);

type Fact = Omit<Change, 'instance' | 'samples'>;

/** Whether all queries of the result are those that were locked. */
function sameQueries(locked: LockedInstance, { asked, dataset, radius, network }: InstanceResult): boolean {
  return (
    locked.dataset === dataset &&
    locked.network === network &&
    locked.asked.norm === asked.norm &&
    locked.asked.open === asked.open &&
    locked.asked.notion === asked.notion &&
    compare(parseRational(locked.radius), parseRational(radius)) === 0
  );
}

function questionChanges(locked: LockedInstance, now: InstanceResult): Fact[] {
  const { asked: before } = locked;
  const { asked } = now;
  const facts: Fact[] = [];
  const add = (direction: Direction, what: string, from: string, to: string): void => {
    facts.push({ direction, what, locked: from, now: to });
  };
  if (locked.dataset !== now.dataset) {
    add(
      'worse',
      'dataset',
      `${short(locked.dataset)}, ${locked.samples} samples`,
      `${short(now.dataset)}, ${now.samples} samples`,
    );
  }
  if (before.norm !== asked.norm) add('worse', 'norm', normSymbol[before.norm], normSymbol[asked.norm]);
  const larger = compare(parseRational(now.radius), parseRational(locked.radius));
  if (larger !== 0) add(larger > 0 ? 'better' : 'worse', 'radius', locked.radius, now.radius);
  if (before.open !== asked.open) {
    const [from, to] = before.open ? ['open', 'closed'] : ['closed', 'open'];
    add(to === 'open' ? 'worse' : 'better', 'balls', from!, to!);
  }
  if (before.notion !== asked.notion) add('worse', 'notion', textOf(before.notion), textOf(asked.notion));
  for (const field of questionFields) {
    if (judged.includes(field) || JSON.stringify(before[field]) === JSON.stringify(asked[field])) continue;
    add('changed', field, textOf(before[field]), textOf(asked[field]));
  }
  return facts;
}

/** Fields that are compared by what they mean; of the others it is only told that they differ. */
const judged: readonly (keyof InstanceQuestion)[] = ['norm', 'radius', 'open', 'notion'];

function networkChanges(locked: LockedInstance, now: InstanceResult): Fact[] {
  const facts: Fact[] = [];
  for (const size of lockedSizes) {
    const [from, to] = [String(locked.sizes[size]), String(now.sizes[size])];
    if (from === to) continue;
    facts.push({ direction: BigInt(to) > BigInt(from) ? 'worse' : 'better', what: size, locked: from, now: to });
  }
  if (locked.network !== now.network) {
    facts.push({ direction: 'changed', what: 'network', locked: short(locked.network), now: short(now.network) });
  } else if (now.balls.length === now.samples && sameQueries(locked, now)) {
    const certificates = certificatesHash(now.balls);
    if (certificates !== locked.certificates) {
      const [from, to] = [locked.certificates, certificates].map((hash) => (hash === undefined ? 'none' : short(hash)));
      facts.push({ direction: 'changed', what: 'certificates', locked: from!, now: to! });
    }
  }
  return facts;
}

/** Changed and new verdicts, those that changed alike in one. `same`: whether the queries are those that were locked. */
function verdictChanges(instance: string, before: readonly Outcome[], now: InstanceResult, same: boolean): Change[] {
  const groups = new Map<string, { change: Change; samples: number[] }>();
  for (const ball of now.balls) {
    const from = before[ball.sample];
    const to = outcomeOf(ball.verdict);
    const direction = from === undefined ? newDirection(to) : verdictDirection(from, to, same);
    if (direction === undefined) continue;
    const [was, is] = told(from, to);
    const key = `${direction} ${was} ${is}`;
    const group = groups.get(key);
    if (group !== undefined) {
      group.samples.push(ball.sample);
      continue;
    }
    const note = noteOf(direction, ball);
    const change = {
      instance,
      direction,
      what: 'verdict',
      locked: was,
      now: is,
      ...(note === undefined ? {} : { note }),
    };
    groups.set(key, { change, samples: [ball.sample] });
  }
  return [...groups.values()].map(({ change, samples }) => ({ ...change, samples }));
}

/** A ball that was not locked: a counterexample is for the worse wherever it turns up. */
const newDirection = ({ verdict }: Outcome): Direction =>
  verdict === 'unsat' ? 'better' : verdict === 'sat' ? 'worse' : 'changed';

/** Both outcomes in words that differ. */
function told(from: Outcome | undefined, to: Outcome): readonly [string, string] {
  if (from === undefined) return ['nothing', outcomeWords(to)];
  const [was, is] = [outcomeWords(from), outcomeWords(to)];
  return was === is ? [`${was} by ${enginesOf(from)}`, `${is} by ${enginesOf(to)}`] : [was, is];
}

const enginesOf = ({ evidence }: Outcome): string => evidence?.engines.join(' and ') ?? '';

function verdictDirection(from: Outcome, to: Outcome, same: boolean): Direction | undefined {
  if (same && contradicts(from, to)) return 'contradiction';
  const gain = rank(to) - rank(from);
  if (gain === 0) return enginesOf(from) === enginesOf(to) ? undefined : 'changed';
  if (from.verdict === 'sat' && to.verdict !== 'unsat') return same ? 'worse' : 'changed';
  return gain > 0 ? 'better' : 'worse';
}

function noteOf(
  direction: Direction,
  { verdict, counterexample }: InstanceResult['balls'][number],
): string | undefined {
  const parts = [
    ...(direction === 'contradiction'
      ? ['one query, answered both ways: one of the runs is wrong, or the lock file was edited']
      : []),
    ...(counterexample === undefined ? [] : [`muball replay ${counterexample}`]),
    ...((verdict.verdict === 'unknown' || verdict.verdict === 'timed-out') && verdict.reason !== undefined
      ? [verdict.reason]
      : []),
  ];
  return parts.length === 0 ? undefined : parts.join('; ');
}

/** The locked outcome of every sample. */
export function lockedOutcomes(locked: LockedInstance): readonly Outcome[] {
  const outcomes: Outcome[] = new Array(locked.samples);
  for (const { samples, verdict, evidence } of locked.balls) {
    const outcome = evidence === undefined ? { verdict } : { verdict, evidence };
    for (const sample of rangesAt(samples, `${locked.name}: samples`, locked.samples)) outcomes[sample] = outcome;
  }
  return outcomes;
}

const short = (hash: string): string => hash.slice(0, 12);
const textOf = (value: unknown): string =>
  value === undefined ? 'not given' : typeof value === 'string' ? value : JSON.stringify(value);
