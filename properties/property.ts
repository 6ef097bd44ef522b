/**
 * `property`: a test that must hold for all data, run on random data.
 *
 * Every property goes through here, so that all have one seed, none counts a run that did not happen, and the number
 * of runs reaches the report at the end.
 */
import { basename, join } from 'node:path';
import { inject, type RunnerTestCase, test } from 'vitest';
import {
  type Arbitraries,
  type Predicate,
  type PropertyOptions,
  type PropertyRun,
  runProperty,
} from './run-property.js';

declare module 'vitest' {
  interface TaskMeta {
    property?: Omit<PropertyRun, 'failure'>;
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
    const { failure, ...run } = await runProperty(nameOf(task), arbitraries, predicate, {
      ...options,
      seed: inject('seed'),
      folder,
    });
    task.meta.property = run;
    if (failure !== undefined) throw failure;
  });
}

/** The file's name, the suites around the test, and its title: what names a kept case. */
function nameOf(task: Readonly<RunnerTestCase>): string {
  const names = [task.name];
  for (let suite = task.suite; suite !== undefined && suite !== task.file; suite = suite.suite)
    names.unshift(suite.name);
  names.unshift(basename(task.file.name, '.test.ts'));
  return names.join(' > ');
}
