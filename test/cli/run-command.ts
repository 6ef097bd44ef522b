/** A command inside this process: what it writes to stdout, and the sentence and exit code that it leaves with. */
import { Command } from 'commander';
import { vi } from 'vitest';
import { exitCodes } from '../../src/cli/exit-codes.js';
import { failure } from '../../src/cli/failure.js';
import type { Ran } from './run-muball.js';

/** Runs a command that `add` adds to a program, without starting another process. */
export async function runCommand(add: (program: Command) => void, args: readonly string[]): Promise<Ran> {
  const program = new Command('muball').exitOverride();
  add(program);
  const written: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return { code: exitCodes.asAsked, stdout: written.join(''), stderr: '' };
  } catch (error) {
    const { code, message } = failure(error);
    return { code, stdout: written.join(''), stderr: `${message}\n` };
  } finally {
    write.mockRestore();
  }
}
