/** `muball regress`: has anything got worse since it was locked? */
import { appendFileSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { writeFileWhole } from '../../data/index.js';
import { InputError, type LockFile, lockText } from '../../format/index.js';
import { lockedInstance, mergedLock, type Shard, shardAt, wholeRun } from '../../regression/index.js';
import { githubAnnotations, githubSummary, largestSummary } from '../../report/github.js';
import { junitXml } from '../../report/junit.js';
import { regressJson } from '../../report/regress-json.js';
import { regressText } from '../../report/regress-text.js';
import type { RegressionReport } from '../../report/regression-report.js';
import { exitCodes } from '../exit-codes.js';
import { instanceLines, readInstances, readLock, selected } from '../instance-problem.js';
import { oneOf } from '../options.js';
import { note, print, wantsColor } from '../print.js';
import { defaultLock, type RegressionFlags, regressionOptions, runOptions } from '../regression-options.js';
import { regressionExit, regressionReportOf } from '../regression-report-of.js';
import { type RegressionRun, regressionRun } from '../regression-run.js';
import { version } from '../version.js';

const reporters = ['text', 'json', 'junit', 'github'] as const;

interface Flags extends RegressionFlags {
  readonly lock: string;
  readonly reporter: (typeof reporters)[number];
  readonly shard?: Shard;
  readonly update?: boolean;
}

export function addRegress(program: Command): void {
  regressionOptions(
    program
      .command('regress')
      .description('run named instances again and fail when a verdict, its evidence or a size got worse than locked')
      .option('--lock <file>', 'lock file to hold the run against', defaultLock)
      .addOption(
        new Option('--reporter <name>', reporters.join(', ')).argParser(oneOf('--reporter', reporters)).default('text'),
      )
      .addOption(new Option('--shard <i/n>', 'only the i-th of n parts of the work').argParser((text) => shardAt(text)))
      .option('--update', 'record improvements in the lock file, when nothing got worse'),
  )
    .addHelpText(
      'after',
      '\nExamples:\n  $ muball regress\n  $ muball regress --reporter junit > muball.xml\n' +
        '  $ muball regress --reporter github --shard 2/3 --cache .muball-cache\n  $ muball regress --update\n' +
        '\nExit codes: 0 nothing worse than locked, 1 something is, 2 bad input, 4 hypothesis violated,' +
        '\n5 internal or a contradiction to the lock file, 130 interrupted; of several 5, then 1, then 2, then 4',
    )
    .action(async (flags: Flags) => {
      const start = performance.now();
      const shard = flags.shard ?? wholeRun;
      if (flags.update === true && flags.shard !== undefined) {
        throw new InputError('--update: expected a run of the whole, got one of a part (--shard)');
      }
      const locked = readLock(flags.lock);
      const { instances } = readInstances(flags.instances);
      const listed = instances.map(({ name }) => name);
      const known = [...new Set([...listed, ...locked.instances.map(({ name }) => name)])];
      const options = runOptions(flags);
      const run = await regressionRun(selected(instances, flags.only, known), { ...options, shard });
      const report = regressionReportOf(run, {
        lock: flags.lock,
        locked,
        instancesFile: flags.instances,
        listed,
        ...(flags.only === undefined ? {} : { only: flags.only }),
        lines: instanceLines(flags.instances),
        shard,
        notes: options.cache?.notes ?? [],
        seconds: (performance.now() - start) / 1000,
      });
      show(report, flags.reporter);
      process.exitCode = regressionExit(report);
      if (flags.update === true) update(flags.lock, locked, listed, run);
    });
}

function show(report: RegressionReport, reporter: Flags['reporter']): void {
  switch (reporter) {
    case 'text':
      print(regressText(report, { color: wantsColor() }));
      break;
    case 'json':
      print(regressJson(report));
      break;
    case 'junit':
      print(junitXml(report));
      break;
    case 'github': {
      // Annotations name files from the root of the repository.
      const root = process.env.GITHUB_WORKSPACE;
      const instancesFile = root ? relative(root, resolve(report.instancesFile)) : report.instancesFile;
      print(regressText(report) + githubAnnotations({ ...report, instancesFile }));
      appendSummary(report);
    }
  }
}

/** Adds to the summary of the step, within what GitHub takes of one. */
function appendSummary(report: RegressionReport): void {
  const path = process.env.GITHUB_STEP_SUMMARY;
  if (!path) return;
  try {
    const before = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    appendFileSync(path, githubSummary(report, largestSummary - before));
  } catch (error) {
    note(`GITHUB_STEP_SUMMARY: cannot be written (${(error as NodeJS.ErrnoException).code ?? 'error'})`);
  }
}

/** Writes the lock file anew, when nothing speaks against it. */
function update(path: string, locked: LockFile, listed: readonly string[], run: RegressionRun): void {
  if (process.exitCode !== exitCodes.asAsked) {
    note(`${path} is not changed: only a run without anything worse updates it`);
    return;
  }
  const now = run.instances.map(({ result }) => lockedInstance(result!));
  const instances = mergedLock(listed, locked.instances, now);
  const text = lockText({ format: 'muball-lock', version: 1, muball: version, instances });
  const current = text === lockText(locked);
  if (!current) writeFileWhole(path, [text]);
  note(`${path} ${current ? 'is up to date' : 'updated'}`);
}
