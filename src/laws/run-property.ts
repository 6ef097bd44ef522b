/**
 * Running one property, honestly.
 *
 * Main definitions: `runProperty`, `runLaw`, `PropertyRun`, `PropertyOptions`.
 *
 * fast-check reports success when a time limit stops it after a few runs, so the number of runs is compared with what
 * was asked for, and anything less is a failure. Kept cases are replayed before new data is drawn. The generator is
 * seeded, so a failure is repeated by its seed.
 */
import fc from 'fast-check';
import { hasOwnText, isPlainObject, shownValue } from '../regression/encoded-value.js';
import { counterexampleFolder, forgetCase, keepCase, keptCases, type ReadCase } from '../regression/kept-cases.js';
import type { Law } from './law.js';

export interface PropertyOptions {
  /** Runs that must happen, each on new data. @defaultValue 100, for a law its own number */
  readonly runs?: number;
  /** Milliseconds after which the property stops, and fails: a run cut short is no success. @defaultValue none */
  readonly timeLimit?: number;
}

export interface PropertySetting extends PropertyOptions {
  /** A whole number of 32 bits. @defaultValue 20260101 */
  readonly seed?: number;
  /** Folder of kept cases. @defaultValue what `MUBALL_COUNTEREXAMPLES` says, else `counterexamples` */
  readonly folder?: string;
  /** Whether kept cases that pass, or are no longer drawn, are deleted. @defaultValue false */
  readonly prune?: boolean;
  /** Lines that say how a failure is repeated. @defaultValue MUBALL_SEED and the path, for a new one */
  readonly howToRepeat?: (failed: FailedRun) => readonly string[];
}

/** What is known of a failure when it is told how to repeat it. */
export interface FailedRun {
  /** What the property threw. */
  readonly error: unknown;
  readonly seed: number;
  readonly path: string;
  /** Whether the case had been kept by an earlier run. */
  readonly kept: boolean;
}

/** The seed when none is given: every run of an unchanged property then tries the same data. */
export const defaultSeed = 20260101;

/** What happened: recorded for every property, failed or not. */
export interface PropertyRun {
  readonly seed: number;
  readonly asked: number;
  /** Runs that passed on new data. */
  readonly runs: number;
  /** Kept cases that passed. */
  readonly replayed: number;
  /** Kept cases that the property no longer draws. */
  readonly stale: number;
  /** What failed, complete enough to be repeated. */
  readonly failure?: Error;
  /** The values that it failed on, shrunk; left out when a failure is that runs are missing. */
  readonly counterexample?: readonly unknown[];
}

export type Arbitraries<Ts extends unknown[]> = { [K in keyof Ts]: fc.Arbitrary<Ts[K]> };
/** Holds unless it throws or returns false. */
export type Predicate<Ts extends unknown[]> = (...values: Ts) => unknown;

/** Runs a law as `runProperty` does, under the name `<subject> > <name>`. */
export const runLaw = (law: Law, setting: PropertySetting = {}): Promise<PropertyRun> =>
  runProperty(`${law.subject} > ${law.name}`, [law.arbitrary], law.holds, { runs: law.runs, ...setting });

/** Replays the kept cases of a property, then tries it on `runs` new values. Does not throw for a property that fails. */
export async function runProperty<Ts extends [unknown, ...unknown[]]>(
  name: string,
  arbitraries: Arbitraries<Ts>,
  predicate: Predicate<Ts>,
  setting: PropertySetting = {},
): Promise<PropertyRun> {
  const {
    seed = defaultSeed,
    folder = counterexampleFolder(),
    runs: asked = 100,
    timeLimit,
    prune = false,
    howToRepeat = seedAndPath,
  } = setting;
  const all = fc.tuple<Ts>(...arbitraries);
  const checked = fc.asyncProperty(all, async (values) => {
    if ((await predicate(...values)) === false) throw new Error('the property returned false');
  });
  let replayed = 0;
  let stale = 0;
  for (const old of keptCases(folder, name)) {
    const found = await replay(old, all, checked);
    if (found?.failed) {
      const counterexample = found.counterexample?.[0] ?? [];
      return {
        seed,
        asked,
        runs: 0,
        replayed,
        stale,
        failure: keptFailure(name, old, found, howToRepeat),
        counterexample,
      };
    }
    if (found === undefined) stale++;
    else replayed++;
    if (prune) forgetCase(old);
  }
  const found = await fc.check(checked, {
    seed,
    numRuns: asked,
    ...(timeLimit === undefined ? {} : { interruptAfterTimeLimit: timeLimit, markInterruptAsFailure: true }),
  });
  const runs = found.failed ? Math.max(0, found.numRuns - 1) : found.numRuns;
  const report = { seed, asked, runs, replayed, stale };
  if (found.counterexample !== null) {
    const failure = newFailure(name, found, folder, asked, howToRepeat);
    return { ...report, failure, counterexample: found.counterexample[0] };
  }
  if (found.failed || found.interrupted || found.numRuns !== asked) {
    const why = found.interrupted ? 'stopped by the time limit' : `${found.numSkips} values were skipped`;
    return {
      ...report,
      runs: found.numRuns,
      failure: new Error(`✗ ${name}: expected ${asked} runs, got ${found.numRuns} (${why})`),
    };
  }
  return report;
}

/**
 * A kept case again: its value where the arbitraries accept it, else its seed and path. Undefined when neither leads to
 * a value that the property looks at, because arbitraries or preconditions have changed since.
 */
async function replay<Ts extends [unknown, ...unknown[]]>(
  old: ReadCase,
  all: fc.Arbitrary<Ts>,
  checked: fc.IAsyncPropertyWithHooks<[Ts]>,
): Promise<fc.RunDetails<[Ts]> | undefined> {
  const once = { numRuns: 1, endOnFailure: true, maxSkipsPerRun: 0 } as const;
  const looked = (found: fc.RunDetails<[Ts]>) => (found.failed && found.counterexample === null ? undefined : found);
  if (old.values !== undefined && all.canShrinkWithoutContext(old.values)) {
    return looked(await fc.check(checked, { ...once, examples: [[old.values]] }));
  }
  if (old.path === '') return undefined;
  try {
    return looked(await fc.check(checked, { ...once, seed: old.seed, path: old.path }));
  } catch {
    // What fails on a value is in the report; fast-check itself throws for a path that leads nowhere.
    return undefined;
  }
}

type HowToRepeat = NonNullable<PropertySetting['howToRepeat']>;

const seedAndPath: HowToRepeat = ({ seed, path, kept }) =>
  kept ? [] : [`replay   MUBALL_SEED=${seed} (path ${path})`];

function newFailure<Ts extends [unknown, ...unknown[]]>(
  name: string,
  found: fc.RunDetails<[Ts]>,
  folder: string,
  asked: number,
  howToRepeat: HowToRepeat,
): Error {
  const [values] = found.counterexample!;
  const message = causeText(found.errorInstance);
  const path = found.counterexamplePath ?? '';
  const file = keepCase(folder, { property: name, seed: found.seed, path, values, message });
  const lines = [
    `✗ ${name}: fails on run ${found.numRuns} of ${asked}, shrunk ${times(found.numShrinks)}`,
    ...valueLines(values),
    `  cause    ${message.replaceAll('\n', '\n           ')}`,
    ...howToRepeat({ error: found.errorInstance, seed: found.seed, path, kept: false }).map((line) => `  ${line}`),
    `  kept     ${file}, replayed first from now on`,
  ];
  return new Error(lines.join('\n'), { cause: found.errorInstance });
}

function keptFailure<Ts extends [unknown, ...unknown[]]>(
  name: string,
  old: ReadCase,
  found: fc.RunDetails<[Ts]>,
  howToRepeat: HowToRepeat,
): Error {
  const { seed, path } = old;
  const lines = [
    `✗ ${name}: a kept case still fails`,
    ...valueLines(found.counterexample?.[0] ?? []),
    `  cause    ${causeText(found.errorInstance).replaceAll('\n', '\n           ')}`,
    ...howToRepeat({ error: found.errorInstance, seed, path, kept: true }).map((line) => `  ${line}`),
    `  kept     ${old.file}`,
    '  hint     delete the file when the case no longer belongs to the property',
  ];
  return new Error(lines.join('\n'), { cause: found.errorInstance });
}

/** One line for each value, and for the fields of a value that is just a list of fields. */
function valueLines(values: readonly unknown[]): string[] {
  const rows = values.flatMap((value, k): (readonly [string, unknown])[] =>
    isPlainObject(value) && !hasOwnText(value) ? Object.entries(value) : [[`value ${k + 1}`, value]],
  );
  return rows.map(([name, value]) => `  ${name.padEnd(8)} ${shownValue(value)}`);
}

const causeText = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const times = (n: number): string => (n === 1 ? 'once' : `${n} times`);
