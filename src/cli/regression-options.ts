/** Options that `lock` and `regress` share. */
import { availableParallelism } from 'node:os';
import { type Command, Option } from 'commander';
import { verdictCache } from '../regression/index.js';
import { seconds, wholeNumber } from './options.js';
import type { RegressionRunOptions } from './regression-run.js';
import { requireWritable } from './require-writable.js';
import { version } from './version.js';

export interface RegressionFlags {
  readonly instances: string;
  readonly only?: readonly string[];
  readonly cache?: string;
  readonly trustCache?: boolean;
  readonly counterexamples: string;
  readonly timeout: number;
  readonly memory: number;
  readonly jobs: number;
}

export const defaultLock = 'muball.lock.json';

/** Which instances, and how they are run. */
export function regressionOptions(command: Command): Command {
  return command
    .option('--instances <file>', 'list of named instances', 'muball.instances.json')
    .option('--only <name...>', 'only the instances of these names')
    .option('--cache <folder>', 'keep verdicts here and take over those that stand')
    .option('--trust-cache', 'do not hand certificates from the cache to the checker again')
    .option('--counterexamples <folder>', 'where counterexamples are kept', 'counterexamples')
    .addOption(
      new Option('--timeout <seconds>', 'time limit for z3, per ball')
        .argParser(seconds('--timeout'))
        .default(60_000, '60'),
    )
    .addOption(
      new Option('--memory <megabytes>', 'memory limit per z3 process')
        .argParser(wholeNumber('--memory', 64))
        .default(1500),
    )
    .addOption(
      new Option('--jobs <n>', 'balls worked on at once')
        .argParser(wholeNumber('--jobs', 1))
        .default(availableParallelism(), 'number of cores'),
    );
}

/** The flags as options of a run. @throws InputError for a cache that could not be written. */
export function runOptions(flags: RegressionFlags): Omit<RegressionRunOptions, 'shard'> {
  if (flags.cache !== undefined) requireWritable(flags.cache, 'folder');
  const { instances, jobs, timeout, memory, counterexamples, cache, trustCache } = flags;
  return {
    file: instances,
    jobs,
    timeoutMs: timeout,
    memoryMb: memory,
    counterexamples,
    ...(cache === undefined ? {} : { cache: verdictCache(cache, { version, trust: trustCache ?? false }) }),
  };
}
