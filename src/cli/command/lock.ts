/** `muball lock`: record what is true of the project's instances now. */
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { writeFileWhole } from '../../data/index.js';
import { lockText } from '../../format/index.js';
import { type InstanceResult, lockedInstance, mergedLock, wholeRun } from '../../regression/index.js';
import { tally } from '../../report/proof-report.js';
import { outcomeText } from '../../report/report-words.js';
import { grouped } from '../../report/value-text.js';
import { exitCodes } from '../exit-codes.js';
import { readInstances, readLock, selected } from '../instance-problem.js';
import { note, plainTable, print } from '../print.js';
import { defaultLock, type RegressionFlags, regressionOptions, runOptions } from '../regression-options.js';
import { regressionBall, regressionExit } from '../regression-report-of.js';
import { regressionRun } from '../regression-run.js';
import { requireWritable } from '../require-writable.js';
import { version } from '../version.js';

interface Flags extends RegressionFlags {
  readonly out: string;
}

export function addLock(program: Command): void {
  regressionOptions(
    program
      .command('lock')
      .description('record verdicts, evidence and sizes of named instances, for muball regress to guard')
      .option('--out <file>', 'lock file to write', defaultLock),
  )
    .addHelpText(
      'after',
      '\nExamples:\n  $ muball lock\n  $ muball lock --only iris-l1 iris-l2\n' +
        '  $ muball lock --instances guarded.json --out guarded.lock.json --cache .muball-cache\n' +
        '\nWhat is found is recorded as it is, counterexamples too. Nothing is written unless every instance could be run.' +
        '\n\nExit codes: 0 written, 2 bad input, 4 hypothesis violated, 5 internal, 130 interrupted',
    )
    .action(async (flags: Flags) => {
      requireWritable(flags.out, 'file');
      const listed = readInstances(flags.instances).instances;
      const instances = selected(listed, flags.only);
      const before = flags.only === undefined || !existsSync(flags.out) ? [] : readLock(flags.out).instances;
      const options = runOptions(flags);
      const run = await regressionRun(instances, { ...options, shard: wholeRun });
      for (const text of options.cache?.notes ?? []) note(text);
      for (const { name, failure } of run.instances) {
        if (failure !== undefined) note(`muball: ${name}: ${failure.message}`);
      }
      process.exitCode = regressionExit({ ...run, changes: [] });
      if (process.exitCode !== exitCodes.asAsked) {
        note(`${run.interrupted ? 'interrupted: ' : ''}${flags.out} is not written`);
        return;
      }
      const results = run.instances.map(({ result }) => result!);
      const names = listed.map(({ name }) => name);
      const all = mergedLock(names, before, results.map(lockedInstance));
      writeFileWhole(flags.out, [lockText({ format: 'muball-lock', version: 1, muball: version, instances: all })]);
      print(lockTable(results));
      print(`\n${flags.out} written, with ${all.length} ${all.length === 1 ? 'instance' : 'instances'}`);
    });
}

const lockTable = (results: readonly InstanceResult[]): string =>
  plainTable(
    ['instance', 'verdicts', 'width', 'depth', 'nonzero', 'parameters', 'bits'],
    results.map(({ asked, balls, sizes }) => [
      asked.name,
      outcomeText(tally(balls.map(regressionBall))),
      ...[sizes.width, sizes.depth, sizes.nonzero, sizes.parameters, sizes.bits].map(grouped),
    ]),
  );
