#!/usr/bin/env node
/**
 * The command line: one file per command, one exit for all failures.
 */
import { Command, CommanderError } from 'commander';
import { commandsFor } from './commands.js';
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

for (const add of await commandsFor(process.argv[2])) add(program);
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
