/** Options that `lock` and `regress` share. */
import type { Command } from 'commander';
import { verdictCache } from '../regression/index.js';
import { counterexampleFolder } from '../regression/kept-cases.js';
import { limitOptions } from './options.js';
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
  return limitOptions(
    command
      .option('--instances <file>', 'list of named instances', 'muball.instances.json')
      .option('--only <name...>', 'only the instances of these names')
      .option('--cache <folder>', 'keep verdicts here and take over those that stand')
      .option('--trust-cache', 'do not hand certificates from the cache to the checker again')
      .option('--counterexamples <folder>', 'where counterexamples are kept', counterexampleFolder()),
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
