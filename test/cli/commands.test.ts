/** One named command is loaded alone; the table's names are the commands' own. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { commandsFor } from '../../src/cli/commands.js';

async function namesOf(asked?: string): Promise<string[]> {
  const program = new Command();
  for (const add of await commandsFor(asked)) add(program);
  return program.commands.map((command) => command.name());
}

const files = readdirSync(join(import.meta.dirname, '..', '..', 'src', 'cli', 'command')).map((file) =>
  file.replace('.ts', ''),
);

describe('commandsFor', () => {
  it.each(files)('loads %s alone, under its own name', async (name) => {
    expect(await namesOf(name)).toEqual([name]);
  });

  it.each([undefined, '--help', 'prve', 'constructor'])('loads every command for %s', async (asked) => {
    const all = await namesOf(asked);
    expect([...all].sort()).toEqual([...files].sort());
  });
});
