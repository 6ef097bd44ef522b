/**
 * Running one property, honestly.
 *
 * Main definitions: `runProperty`, `PropertyRun`, `PropertyOptions`.
 *
 * fast-check reports success when a time limit stops it after a few runs, so the number of runs is compared with what
 * was asked for, and anything less is a failure. Kept cases are replayed before new data is drawn. The generator is
 * seeded, so a failure is repeated by its seed.
 */
import fc from 'fast-check';
import { keepCase, keptCases, type ReadCase } from './kept-cases.js';
import { shownValue } from './value-text.js';

export interface PropertyOptions {
  /** Runs that must happen, each on new data. @defaultValue 100 */
  readonly runs?: number;
  /** Milliseconds after which the property stops, and fails: a run cut short is no success. @defaultValue none */
  readonly timeLimit?: number;
}

export interface PropertySetting extends PropertyOptions {
  readonly seed: number;
  /** Folder of kept cases. */
  readonly folder: string;
}

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
}

export type Arbitraries<Ts extends unknown[]> = { [K in keyof Ts]: fc.Arbitrary<Ts[K]> };
/** Holds unless it throws or returns false. */
export type Predicate<Ts extends unknown[]> = (...values: Ts) => unknown;

/** Replays the kept cases of a property, then tries it on `runs` new values. Does not throw for a property that fails. */
export async function runProperty<Ts extends [unknown, ...unknown[]]>(
  name: string,
  arbitraries: Arbitraries<Ts>,
  predicate: Predicate<Ts>,
  setting: PropertySetting,
): Promise<PropertyRun> {
  const { seed, folder, runs: asked = 100, timeLimit } = setting;
  const all = fc.tuple<Ts>(...arbitraries);
  const checked = fc.asyncProperty(all, async (values) => {
    if ((await predicate(...values)) === false) throw new Error('the property returned false');
  });
  const kept = keptCases(folder, name);
  let replayed = 0;
  let stale = 0;
  for (const old of kept) {
    const found = await replay(old, all, checked);
    if (found === undefined) stale++;
    else if (found.failed) return { seed, asked, runs: 0, replayed, stale, failure: keptFailure(name, old, found) };
    else replayed++;
  }
  const found = await fc.check(checked, {
    seed,
    numRuns: asked,
    ...(timeLimit === undefined ? {} : { interruptAfterTimeLimit: timeLimit }),
  });
  const runs = found.failed ? Math.max(0, found.numRuns - 1) : found.numRuns;
  const report = { seed, asked, runs, replayed, stale };
  if (found.counterexample !== null) return { ...report, failure: newFailure(name, found, setting) };
  if (found.failed || found.numRuns !== asked) {
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
 * a value, because the arbitraries have changed since.
 */
async function replay<Ts extends [unknown, ...unknown[]]>(
  old: ReadCase,
  all: fc.Arbitrary<Ts>,
  checked: fc.IAsyncPropertyWithHooks<[Ts]>,
): Promise<fc.RunDetails<[Ts]> | undefined> {
  if (old.values !== undefined && all.canShrinkWithoutContext(old.values)) {
    return fc.check(checked, { examples: [[old.values]], numRuns: 1, endOnFailure: true });
  }
  if (old.path === '') return undefined;
  try {
    return await fc.check(checked, { seed: old.seed, path: old.path, numRuns: 1, endOnFailure: true });
  } catch {
    // What fails on a value is in the report; fast-check itself throws for a path that leads nowhere.
    return undefined;
  }
}

function newFailure<Ts extends [unknown, ...unknown[]]>(
  name: string,
  found: fc.RunDetails<[Ts]>,
  { folder, runs = 100 }: PropertySetting,
): Error {
  const [values] = found.counterexample!;
  const message = causeText(found.errorInstance);
  const path = found.counterexamplePath ?? '';
  const file = keepCase(folder, { property: name, seed: found.seed, path, values, message });
  const lines = [
    `✗ ${name}: fails on run ${found.numRuns} of ${runs}, shrunk ${times(found.numShrinks)}`,
    ...valueLines(values),
    `  cause    ${message.replaceAll('\n', '\n           ')}`,
    `  replay   MUBALL_SEED=${found.seed} (path ${path})`,
    `  kept     ${file}, replayed first from now on`,
  ];
  return new Error(lines.join('\n'), { cause: found.errorInstance });
}

function keptFailure<Ts extends [unknown, ...unknown[]]>(
  name: string,
  old: ReadCase,
  found: fc.RunDetails<[Ts]>,
): Error {
  const lines = [
    `✗ ${name}: a kept case still fails`,
    ...valueLines(found.counterexample?.[0] ?? []),
    `  cause    ${causeText(found.errorInstance).replaceAll('\n', '\n           ')}`,
    `  kept     ${old.file}`,
    '  hint     delete the file when the case no longer belongs to the property',
  ];
  return new Error(lines.join('\n'), { cause: found.errorInstance });
}

const valueLines = (values: readonly unknown[]): string[] =>
  values.map((value, k) => `  ${`value ${k + 1}`.padEnd(8)} ${shownValue(value)}`);

const causeText = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const times = (n: number): string => (n === 1 ? 'once' : `${n} times`);
