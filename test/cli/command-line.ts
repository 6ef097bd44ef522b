/** Commands run in this process: their output, and the exit code that they would leave with. */
import { Command } from 'commander';
import { vi } from 'vitest';
import { addBreak } from '../../src/cli/command/break.js';
import { addLock } from '../../src/cli/command/lock.js';
import { addReduce } from '../../src/cli/command/reduce.js';
import { addRegress } from '../../src/cli/command/regress.js';
import { failure } from '../../src/cli/failure.js';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Commands that are quick enough to be run here, as a program of their own. */
export function regressionProgram(): Command {
  const program = new Command('muball').exitOverride();
  addLock(program);
  addRegress(program);
  addReduce(program);
  addBreak(program);
  for (const command of program.commands) command.exitOverride();
  return program;
}

/** Runs `muball` with these arguments. */
export async function muball(...args: readonly string[]): Promise<Ran> {
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      written[stream] += String(text);
      return true;
    }),
  );
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await regressionProgram().parseAsync(['node', 'muball', ...args]);
    return { code: process.exitCode, ...written };
  } catch (error) {
    const { message, code } = failure(error);
    return { code, stdout: written.stdout, stderr: `${written.stderr}${message}\n` };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}
