/** `muball test`: the laws on a module of one's own, its counterexamples, and what it refuses. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesIn, folderWith, muball, type Ran, readJson, root } from './run-muball.js';

const right = join(root, 'examples', '04-your-own-construction', 'construction.ts');
const wrong = join(root, 'examples', '05-a-wrong-construction', 'construction.ts');

/** Counterexamples to queries, which `muball replay` takes. */
const queriesIn = (folder: string): string[] =>
  filesIn(folder).filter((file) => readJson<{ format: string }>(folder, file).format === 'muball-counterexample');
const keptIn = (folder: string): string[] =>
  filesIn(folder).filter((file) => readJson<{ format: string }>(folder, file).format === 'muball-kept-case');

/** The commands that a report says reproduce a counterexample. */
const replays = (stdout: string): string[][] =>
  [...stdout.matchAll(/^ {2}replay {3}muball (.*)$/gm)].map((found) => found[1]!.split(' '));

/** The number of samples of each shrunk dataset that a report shows. */
const sizes = (stdout: string): number[] =>
  [...stdout.matchAll(/^ {2}data {5}dataset of (\d+) in dimension /gm)].map((found) => Number(found[1]));

/** A module in plain JavaScript around a construction of the registry. */
const around = (body: string): string => `
import { theoremNamed } from 'muball';
const theorem = theoremNamed('ygz-wide');
export function construction(data, options) {
  const { network } = theorem.construct(data, options);
  ${body}
}
`;

describe('a construction with a bug', () => {
  test('two samples show it, they replay, they come first in the next run, and they can be pruned', async () => {
    const cwd = folderWith();
    const first = await muball(['test', wrong], { cwd });
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 1, stderr: '' });
    expect(first.stdout).toMatch(/^sum-of-indicators in linf · seed 20260101\n/);
    expect(first.stdout).toMatch(/^ {2}✗ labels are right on the balls +\d+ of 100 runs passed$/m);
    expect(first.stdout).toMatch(/^ {2}✓ impossible input is refused +50 runs$/m);
    expect(first.stdout).toMatch(
      /\n\nsum-of-indicators: 8 of 12 laws hold on all data tried, \d+ runs · tested, not proved\n/,
    );
    expect(sizes(first.stdout)).toEqual([2, 2, 2, 2]);

    const commands = replays(first.stdout);
    expect(commands.map((args) => args[0])).toEqual(['replay', 'replay', 'replay']);
    for (const args of commands) {
      const replayed = await muball(args, { cwd });
      expect(replayed).toMatchObject({ code: 0, stderr: '' });
      expect(replayed.stdout).toMatch(/^reproduced: yes, in exact arithmetic\n/);
    }
    expect(keptIn(join(cwd, 'counterexamples'))).toHaveLength(4);

    const second = await muball(['test', wrong, '--seed', '5'], { cwd });
    expect(second.code).toBe(1);
    expect(second.stdout.match(/: a kept case still fails$/gm)).toHaveLength(4);
    expect(second.stdout).toMatch(/^ {2}✗ labels are right on the balls +0 of 100 runs passed$/m);
    expect(sizes(second.stdout)).toEqual([2, 2, 2, 2]);

    const pruned = await muball(['counterexamples', 'prune', '--property', 'sum-of-indicators >'], { cwd });
    expect(pruned.stdout).toMatch(/\n4 deleted, 0 kept in counterexamples\n$/);
    expect(keptIn(join(cwd, 'counterexamples'))).toEqual([]);
    expect(queriesIn(join(cwd, 'counterexamples'))).not.toEqual([]);
  });

  test('what reproduces a failure repeats every flag that it depends on', async () => {
    const cwd = folderWith();
    const flags = ['--norm', 'linf', '--notion', 'exact', '--runs', '60', '--seed', '3'];
    const { stdout } = await muball(['test', wrong, ...flags], { cwd });
    expect(stdout).toContain(`  again    muball test ${wrong} ${flags.join(' ')}\n`);
  });

  test('once mended, kept cases pass and --prune deletes them', async () => {
    const cwd = folderWith({ 'mine.mjs': around('network.layers[2].biasNumerators[0] += 1; return network;') });
    const broken = await muball(['test', 'mine.mjs', '--norm', 'linf', '--runs', '10'], { cwd });
    expect(broken.code).toBe(1);
    const kept = keptIn(join(cwd, 'counterexamples')).length;
    expect(kept).toBeGreaterThan(0);
    const mended = folderWith({ 'mine.mjs': around('return network;') });
    const run = [
      'test',
      'mine.mjs',
      '--norm',
      'linf',
      '--runs',
      '10',
      '--counterexamples',
      join(cwd, 'counterexamples'),
    ];
    const replayed = await muball(run, { cwd: mended });
    expect(replayed).toMatchObject({ code: 0, stderr: '' });
    expect(replayed.stdout.match(/ runs, 1 kept$/gm)).toHaveLength(kept);
    expect(keptIn(join(cwd, 'counterexamples'))).toHaveLength(kept);
    expect((await muball([...run, '--prune'], { cwd: mended })).code).toBe(0);
    expect(keptIn(join(cwd, 'counterexamples'))).toEqual([]);
  });
});

describe('a construction that is right', () => {
  test('all laws hold, in numbers that add up, and nothing is kept', async () => {
    const cwd = folderWith();
    const { code, stdout, stderr } = await muball(['test', right], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const runs = [...stdout.matchAll(/^ {2}✓ .* (\d+) runs$/gm)].map((found) => Number(found[1]));
    expect(runs).toHaveLength(12);
    const total = runs.reduce((sum, n) => sum + n, 0);
    expect(stdout).toContain(
      `nearest-neighbour: 12 of 12 laws hold on all data tried, ${total} runs · tested, not proved`,
    );
    expect(filesIn(cwd)).toEqual([]);
  });

  test('--json says the same to programs; --runs and --seed are obeyed', async () => {
    const cwd = folderWith();
    const { code, stdout } = await muball(['test', right, '--json', '--runs', '8', '--seed', '11'], { cwd });
    expect(code).toBe(0);
    const { constructions } = JSON.parse(stdout) as {
      constructions: { name: string; norms: string[]; laws: object[] }[];
    };
    expect(constructions).toHaveLength(1);
    expect(constructions[0]).toMatchObject({ name: 'nearest-neighbour', norms: ['l1'] });
    const { laws } = constructions[0]!;
    expect(laws).toHaveLength(12);
    const base = { holds: true, seed: 11, replayed: 0, stale: 0 };
    expect(laws[0]).toEqual({ name: 'labels are right on the balls', asked: 8, runs: 8, ...base });
    expect(laws.at(-1)).toEqual({ name: 'small cases are proved, ball by ball', asked: 2, runs: 2, ...base });
  });
});

test('--json of a failure holds the shrunk value and the message', async () => {
  const { code, stdout } = await muball(['test', wrong, '--json', '--counterexamples', 'kept'], { cwd: folderWith() });
  expect(code).toBe(1);
  const { constructions } = JSON.parse(stdout) as {
    constructions: { laws: { name: string; holds: boolean; failure?: string; counterexample?: string[] }[] }[];
  };
  const failed = constructions[0]!.laws.filter(({ holds }) => !holds);
  expect(failed).toHaveLength(4);
  for (const { name, failure, counterexample } of failed) {
    expect(failure).toMatch(new RegExp(`^✗ sum-of-indicators > ${name}: fails on run \\d+ of `));
    expect(counterexample!.join()).toMatch(/^\{ data: dataset of 2 in dimension 1: /);
  }
});

test('a law that the clock stops has not passed: exit 3, and nothing is kept', async () => {
  const cwd = folderWith();
  const { code, stdout } = await muball(['test', right, '--runs', '1000000', '--timeout', '0.02'], { cwd });
  expect(code).toBe(3);
  expect(stdout).toMatch(/: expected 1000000 runs, got \d+ \(stopped by the time limit\)$/m);
  expect(stdout).toMatch(/^nearest-neighbour: 0 of 12 laws hold /m);
  expect(filesIn(cwd)).toEqual([]);
});

describe('modules', () => {
  const typed = `
import { type ConstructionOptions, type Dataset, theoremNamed } from 'muball';
import { dataset } from 'muball/arbitrary';
import { checker } from 'muball/check';
import { robustMemorizationLaws } from 'muball/laws';
import { wrapped } from './wrapped.js';

enum Kind { Wide = 'ygz-wide' }
const parts: readonly unknown[] = [dataset, checker, robustMemorizationLaws];
if (parts.some((part) => typeof part !== 'function')) throw new Error('a public module is missing');
const build = (data: Dataset, options: ConstructionOptions) => theoremNamed(Kind.Wide).construct(data, options);
export const first = wrapped('wide', build);
export const secondConstruction = build;
export const unrelated = 3 satisfies number;
`;
  const wrapped = `
import type { ConstructionOptions, Dataset, Network } from 'muball';
type Build = (data: Dataset, options: ConstructionOptions) => { readonly network: Network };
export const wrapped = (name: string, construct: Build) => ({ name, norms: ['linf'] as const, construct });
`;

  test('TypeScript runs as it is, anywhere, with muball under its public names; each export is tested', async () => {
    const cwd = folderWith({ 'mine.ts': typed, 'wrapped.ts': wrapped });
    const ran = await muball(['test', 'mine.ts', '--norm', 'linf', '--runs', '4'], { cwd });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout.match(/^.* in linf · seed 20260101$/gm)).toEqual([
      'wide in linf · seed 20260101',
      'secondConstruction in linf · seed 20260101',
    ]);
  });

  test('CommonJS, a default export and a module that is a construction itself are modules too', async () => {
    const files = {
      'common.cjs': `const { theoremNamed } = require('muball');
module.exports = { name: 'common', norms: ['linf'], construct: theoremNamed('ygz-wide').construct };`,
      'late.cjs': `exports.late = { norms: ['linf'], construct: (...given) => require('muball').theoremNamed('ygz-wide').construct(...given) };`,
      'default.mjs': around('return network;').replace(
        'export function construction',
        'export default function memorizer',
      ),
      'both.mjs': `${around('return network;')}export default construction;`,
      'whole.mjs': `export const norms = ['linf'];\n${around('return network;').replace('construction(', 'construct(')}`,
    };
    const cwd = folderWith(files);
    const names = ['common', 'late', 'memorizer', 'construction', 'whole'];
    for (const [k, file] of Object.keys(files).entries()) {
      const ran = await muball(['test', file, '--norm', 'linf', '--runs', '2'], { cwd });
      expect([file, ran.code, ran.stderr]).toEqual([file, 0, '']);
      expect(ran.stdout.match(/^.* · seed/gm)).toEqual([`${names[k]} in linf · seed`]);
    }
  });

  test('what a construction throws is known as an error of muball', async () => {
    const text = `import { theoremNamed } from 'muball';\nexport const theorem = theoremNamed('ygz-wide');`;
    const ran = await muball(['test', 'mine.mjs', '--runs', '4'], { cwd: folderWith({ 'mine.mjs': text }) });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    // Only for a theorem are other errors than InputError and AssumptionError refused, and claims checked.
    expect(ran.stdout).toMatch(/^ {2}✓ claims hold +4 runs$/m);
    expect(ran.stdout).toMatch(/^ {2}✓ impossible input is refused +2 runs$/m);
  });

  const refusal = ({ code, stdout, stderr }: Ran): string => {
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^muball: [^\n]+\n$/);
    return stderr.slice('muball: '.length, -1);
  };

  test.each<[string, string, RegExp]>([
    [
      'a syntax error',
      'export const construction = (;',
      /^mine\.ts: cannot be loaded: .*Unexpected token.*mine\.ts:1:/,
    ],
    ['no export', 'const construction = () => 0;', /^mine\.ts: expected an export named construction, got no exports$/],
    ['another export', 'export const build = () => 0;', /^mine\.ts: expected an export named construction, got build$/],
    [
      'a missing import',
      "import './none.js';\nexport const construction = 0;",
      /^mine\.ts: cannot be loaded: .*none\.js/,
    ],
    ['what it throws', "throw new Error('not today');", /^mine\.ts: cannot be loaded: not today$/],
    [
      'an unknown norm',
      "export const c = { norms: ['l3'], construct: () => 0 };",
      /^c\.norms\[0\]: expected l1, l2 or linf, got "l3"$/,
    ],
    [
      'no norm',
      'export const c = { norms: [], construct: () => 0 };',
      /^laws\.norms: expected at least one norm, got none$/,
    ],
  ])('refused with its reason: %s', async (_, text, message) => {
    const ran = await muball(['test', 'mine.ts'], { cwd: folderWith({ 'mine.ts': text }) });
    expect(refusal(ran)).toMatch(message);
  });

  test('refused with their reasons: files that are none, flags that make no sense, folders that cannot be', async () => {
    const cwd = folderWith({ 'file.json': '' });
    const said = async (...args: string[]): Promise<string> => refusal(await muball(['test', ...args], { cwd }));
    expect(await said('none.ts')).toBe('none.ts: cannot be read (ENOENT)');
    expect(await said('.')).toBe('.: cannot be read (EISDIR)');
    expect(await said(wrong, '--norm', 'l2')).toBe('laws.norms: expected linf for sum-of-indicators, got l2');
    expect(await said(wrong, '--norm', 'l3')).toMatch(/^--norm: expected /);
    expect(await said(wrong, '--runs', '0')).toBe('--runs: expected a whole number ≥ 1, got "0"');
    expect(await said(wrong, '--seed', '1.5')).toBe('--seed: expected a whole number ≥ 0, got "1.5"');
    expect(await said(wrong, '--seed', '2147483648')).toBe(
      '--seed: expected a whole number below 2^31, got 2147483648',
    );
    expect(await said(wrong, '--counterexamples', 'file.json')).toMatch(
      /^file\.json: cannot be written \(.* is no folder\)$/,
    );
    expect(filesIn(cwd)).toEqual(['file.json']);
  });

  test('a construction that returns no network breaks its laws, with the reason', async () => {
    const cwd = folderWith({ 'mine.ts': 'export const construction = () => 17;' });
    const { code, stdout } = await muball(['test', 'mine.ts', '--norm', 'l1', '--runs', '2'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain('cause    construct: expected a network or { network }, got number');
  });
});
