import { describe, expect, test } from 'vitest';
import { muball, readJson, root } from './run-muball.js';

const commands = [
  'demo',
  'prove',
  'check',
  'radius',
  'construct',
  'inspect',
  'replay',
  'export',
  'test',
  'counterexamples',
  'lock',
  'regress',
  'break',
  'bounds',
  'reduce',
  'lipschitz',
  'experiment',
  'list',
];

/** The flags that a help text lists. */
const flagsIn = (help: string): Set<string> =>
  new Set([...help.matchAll(/^ {2,}(?:-\w, )?(--[\w-]+)/gm)].map((m) => m[1]!));

describe.each(commands)('muball %s --help', (command) => {
  test('shows at least two examples, of this command and with flags that it has', async () => {
    const { code, stdout, stderr } = await muball([command, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const examples = [...stdout.matchAll(/^ {2}\$ (.*)$/gm)].map((m) => m[1]!);
    expect(examples.length).toBeGreaterThanOrEqual(2);
    const known = flagsIn(stdout);
    for (const example of examples) {
      expect(example.split(' ').slice(0, 2)).toEqual(['muball', command]);
      for (const [flag] of example.matchAll(/--[\w-]+/g)) expect(known, example).toContain(flag);
    }
  });
});

test('the help of the program names every command and shows examples', async () => {
  const { code, stdout } = await muball(['--help']);
  expect(code).toBe(0);
  const listed = [...stdout.slice(stdout.indexOf('Commands:')).matchAll(/^ {2}(\w+) .*/gm)].map((found) => found[1]!);
  expect(listed).toEqual([...commands, 'help']);
  expect(stdout).toMatch(/Examples:\n {2}\$ muball /);
});

test('the version is that of the package', async () => {
  const { version } = readJson<{ version: string }>(root, 'package.json');
  expect(await muball(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

describe('usage errors', () => {
  test.each<[string, string[], RegExp]>([
    [
      'a misspelt flag',
      ['prove', '--data', 'xor', '--raito', '0.5'],
      /unknown option '--raito'\n\(Did you mean --ratio\?\)/,
    ],
    ['a misspelt command', ['prov'], /unknown command 'prov'\n\(Did you mean prove\?\)/],
    ['an unknown command', ['frobnicate'], /unknown command 'frobnicate'/],
    ['an unknown flag', ['list', '--frobnicate'], /unknown option '--frobnicate'/],
    ['a flag without its value', ['prove', '--data'], /'--data <file>' argument missing/],
    ['no data', ['prove', '--ratio', '0.5'], /required option '--data <file>'/],
    ['a ratio and a radius', ['prove', '--data', 'xor', '--ratio', '0.5', '--radius', '1/4'], /cannot be used with/],
    [
      'a theorem beside a network',
      ['prove', '--data', 'xor', '--ratio', '0.5', '--network', 'n.json', '--construction', 'eys-pair'],
      /'--construction <name>' cannot be used with option '--network <file>'/,
    ],
    ['too much', ['list', 'extra'], /too many arguments/],
    ['nothing to inspect', ['inspect'], /expected --data or --network, got neither/],
    ['nothing to replay', ['replay'], /missing required argument 'file'/],
    ['no format', ['export', '--data', 'xor', '--ratio', '0.5'], /required option '--format <format>'/],
    [
      'JSON about nothing',
      ['export', '--format', 'smt2', '--data', 'xor', '--ratio', '0.5', '--json'],
      /--json needs --out/,
    ],
  ])('%s exits with 2 and prints to stderr only', async (_, args, message) => {
    const { code, stdout, stderr } = await muball(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^muball: /);
    expect(stderr).toMatch(message);
  });

  test('without a command the help goes to stderr', async () => {
    const { code, stdout, stderr } = await muball([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: muball /);
  });
});
