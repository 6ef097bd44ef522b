/**
 * `property` and `laws`: tests that must hold for all data, run on random data.
 *
 * Every property goes through here, so that all have one seed, none counts a run that did not happen, and the number
 * of runs reaches the report at the end. The running itself is the library's own.
 */
import { basename, join } from 'node:path';
import { inject, type RunnerTestCase, test } from 'vitest';
import {
  type Arbitraries,
  type Law,
  type Predicate,
  type PropertyOptions,
  type PropertyRun,
  runProperty,
} from '../src/laws/index.js';

declare module 'vitest' {
  interface TaskMeta {
    property?: Omit<PropertyRun, 'failure' | 'counterexample'>;
  }
}

/** Where failing cases are kept. */
const folder = join(import.meta.dirname, 'counterexamples');

/** Declares a property: `predicate` must not throw, nor return false, on any values of the arbitraries. */
export function property<Ts extends [unknown, ...unknown[]]>(
  title: string,
  arbitraries: Arbitraries<Ts>,
  predicate: Predicate<Ts>,
  options: PropertyOptions = {},
): void {
  test(title, async ({ task }) => {
    const run = await runProperty(nameOf(task), arbitraries, predicate, { ...options, seed: inject('seed'), folder });
    const { failure, counterexample: _, ...meta } = run;
    task.meta.property = meta;
    if (failure !== undefined) throw failure;
    // A case that nothing draws guards nothing.
    if (run.stale > 0)
      throw new Error(`${nameOf(task)}: expected every kept case to be drawn, got ${run.stale} that is not`);
  });
}

/** Declares a property for each law, with its number of runs. */
export function laws(all: readonly Law[]): void {
  for (const law of all) property(law.name, [law.arbitrary], law.holds, { runs: law.runs });
}

/** The file's name, the suites around the test, and its title: what names a kept case. */
function nameOf(task: Readonly<RunnerTestCase>): string {
  const names = [task.name];
  for (let suite = task.suite; suite !== undefined && suite !== task.file; suite = suite.suite)
    names.unshift(suite.name);
  names.unshift(basename(task.file.name, '.test.ts'));
  return names.join(' > ');
}
