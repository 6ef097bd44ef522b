/**
 * The examples do what their README shows: each command of it runs, from the root as it says, and prints what stands below
 * it. Each example names its command itself, too.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { blocksOf, matches, sessionsOf, wordsOf } from './markdown-blocks.js';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'examples', 'README.md'), 'utf8');
const sessions = blocksOf(readme).flatMap(sessionsOf);
const numbered = readdirSync(join(root, 'examples'))
  .filter((name) => /^\d\d-/.test(name))
  .sort();

/** Where failing cases are kept, in place of `counterexamples`. */
const kept = mkdtempSync(join(tmpdir(), 'muball-examples-'));
afterAll(() => rmSync(kept, { recursive: true, force: true }));

/** What `npx` would start, by the first word after it. */
const programs: Readonly<Record<string, string>> = {
  muball: join(root, 'dist', 'cli', 'main.js'),
  vitest: join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs'),
};

/** Runs a command of the README. */
function run(command: string): { code: number | null; stdout: string; stderr: string } {
  const words = wordsOf(command).map((word) => word.replace(/^counterexamples\//, `${kept}/`));
  const args = words[0] === 'npx' ? [programs[words[1]!]!, ...words.slice(2)] : words.slice(1);
  const { VITEST: _, FORCE_COLOR: __, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...env, NO_COLOR: '1', MUBALL_COUNTEREXAMPLES: kept },
  });
  return { code: status, stdout: stdout.replaceAll(`${kept}/`, 'counterexamples/'), stderr };
}

describe('every example', () => {
  test('is in the README, with the command that its header gives', () => {
    expect(numbered.length).toBeGreaterThanOrEqual(5);
    const commands = sessions.map(({ command }) => command);
    for (const name of numbered) {
      expect(readme).toContain(`| [${name}](`);
      const mains = ['main.mjs', 'construction.ts', 'construction.test.ts']
        .map((file) => join(root, 'examples', name, file))
        .filter(existsSync);
      expect(mains.length).toBeGreaterThan(0);
      for (const main of mains) {
        const header = /^\/\*\*[\s\S]*?\*\//.exec(readFileSync(main, 'utf8'))![0];
        const own = [...header.matchAll(/^ \* {3}(\S.*)$/gm)].map((found) => found[1]!);
        expect(own.length, main).toBeGreaterThan(0);
        for (const command of own) expect(commands, main).toContain(command);
      }
    }
  });

  test('04 is a construction of less than 60 lines', () => {
    const [name] = numbered.filter((one) => one.startsWith('04-'));
    const text = readFileSync(join(root, 'examples', name!, 'construction.ts'), 'utf8');
    expect(text.trimEnd().split('\n').length).toBeLessThan(60);
  });
});

/** What does not leave with 0: here a bug is found. */
const failing = 'npx muball test examples/05-a-wrong-construction/construction.ts';

test.each(sessions)('$command', ({ command, expected }) => {
  const { code, stdout, stderr } = run(command);
  expect({ code, stderr }).toEqual({ code: command === failing ? 1 : 0, stderr: '' });
  expect(expected).not.toBe('');
  if (!matches(stdout, expected)) expect(stdout.trimEnd()).toBe(expected);
});
