#!/usr/bin/env node
/**
 * The command line: one file per command, one exit for all failures.
 */
import { Command, CommanderError } from 'commander';
import { addBounds } from './command/bounds.js';
import { addBreak } from './command/break.js';
import { addCheck } from './command/check.js';
import { addConstruct } from './command/construct.js';
import { addCounterexamples } from './command/counterexamples.js';
import { addDemo } from './command/demo.js';
import { addExperiment } from './command/experiment.js';
import { addExport } from './command/export.js';
import { addInspect } from './command/inspect.js';
import { addLipschitz } from './command/lipschitz.js';
import { addList } from './command/list.js';
import { addLock } from './command/lock.js';
import { addProve } from './command/prove.js';
import { addRadius } from './command/radius.js';
import { addReduce } from './command/reduce.js';
import { addRegress } from './command/regress.js';
import { addReplay } from './command/replay.js';
import { addTest } from './command/test.js';
import { exitCodes } from './exit-codes.js';
import { failure } from './failure.js';
import { version } from './version.js';

const program = new Command('muball')
  .description('build robust memorization networks in exact arithmetic, attack them, and prove every ball')
  .version(version, '--version')
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'muball: ')) })
  .showHelpAfterError('(muball --help, or muball <command> --help, lists what is possible)')
  .addHelpText(
    'after',
    '\nExamples:\n  $ muball demo\n  $ muball prove --data points.csv --norm linf --ratio 0.99\n  $ muball list',
  );

for (const add of [
  addDemo,
  addProve,
  addCheck,
  addRadius,
  addConstruct,
  addInspect,
  addReplay,
  addExport,
  addTest,
  addCounterexamples,
  addLock,
  addRegress,
  addBreak,
  addBounds,
  addReduce,
  addLipschitz,
  addExperiment,
  addList,
])
  add(program);
for (const command of program.commands)
  command.exitOverride().showHelpAfterError(`(muball ${command.name()} --help lists its flags)`);

// A closed pipe, as in `muball list | head -1`, is the reader's choice and no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCodes.asAsked : exitCodes.badInput;
  } else {
    const { message, code } = failure(error);
    process.stderr.write(`${message}\n`);
    process.exitCode = code;
  }
}
