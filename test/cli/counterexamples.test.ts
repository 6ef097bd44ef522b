/** `muball counterexamples`: what is kept is listed, and only what is named is deleted. */
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rational } from '../../src/exact/index.js';
import { datasetOf } from '../../src/geometry/index.js';
import { keepCase, keepCounterexample } from '../../src/regression/kept-cases.js';
import { filesIn, folderWith, muball } from './run-muball.js';

const data = datasetOf([[rational(1, 2)], [rational(2)]], [0, 1]);

/** A folder with two cases of one property, one of another, and a counterexample to a query; with their names. */
function keptFolder(folder = 'counterexamples'): { cwd: string; names: string[]; query: string } {
  const cwd = folderWith();
  const kept = (property: string, values: unknown[], message: string): string =>
    basename(keepCase(join(cwd, folder), { property, seed: 7, path: '3:1', values, message }), '.json');
  const names = [
    kept('mine > labels', [{ data, radius: rational(1, 3) }], 'not robust\n  second line'),
    kept('mine > labels', [17], 'too large'),
    kept('other > claims', [2n], 'too wide'),
  ];
  const network = { format: 'muball-network', version: 1, layers: [] } as const;
  const region = { kind: 'ball', norm: 'l1', centre: ['0'], radius: '1' } as const;
  const query = { format: 'muball-query', version: 1, network, region, unsafe: [] } as const;
  const found = { format: 'muball-counterexample', version: 1, query, point: ['0'], outputs: ['0'] } as const;
  return { cwd, names, query: basename(keepCounterexample(join(cwd, folder), found)) };
}

describe('list', () => {
  test('shows name, property, values and the first line of the cause; it is what is meant without a word', async () => {
    const { cwd, names } = keptFolder();
    const listed = await muball(['counterexamples', 'list'], { cwd });
    expect(listed).toMatchObject({ code: 0, stderr: '' });
    const parts = listed.stdout.trimEnd().split('\n\n');
    expect(parts.at(-1)).toBe('3 kept in counterexamples');
    expect([...parts.slice(0, -1)].sort()).toEqual(
      [
        `${names[0]}  mine > labels\n  value    { data: dataset of 2 in dimension 1: (1/2) ↦ 0, (2) ↦ 1, radius: 1/3 }\n  cause    not robust`,
        `${names[1]}  mine > labels\n  value    17\n  cause    too large`,
        `${names[2]}  other > claims\n  value    2n\n  cause    too wide`,
      ].sort(),
    );
    expect((await muball(['counterexamples'], { cwd })).stdout).toBe(listed.stdout);
  });

  test('--json for programs, of a folder that is named by a flag or by the environment', async () => {
    const { cwd, names } = keptFolder('kept');
    const flagged = await muball(['counterexamples', 'list', '--folder', 'kept', '--json'], { cwd });
    const { folder, cases } = JSON.parse(flagged.stdout) as {
      folder: string;
      cases: { property: string; seed: number; path: string; file: string }[];
    };
    expect(folder).toBe('kept');
    expect(cases.map(({ file }) => basename(file, '.json')).sort()).toEqual([...names].sort());
    expect(cases.map(({ seed, path }) => [seed, path])).toEqual(Array(3).fill([7, '3:1']));
    const env = { MUBALL_COUNTEREXAMPLES: 'kept' };
    expect((await muball(['counterexamples', 'list', '--json'], { cwd, env })).stdout).toBe(flagged.stdout);
  });

  test('a folder that is missing holds nothing; a file that is broken is named', async () => {
    const cwd = folderWith({ 'kept/a.json': '{"format":"muball-kept-case"}' });
    expect(await muball(['counterexamples', 'list'], { cwd })).toEqual({
      code: 0,
      stdout: '0 kept in counterexamples\n',
      stderr: '',
    });
    const broken = await muball(['counterexamples', 'list', '--folder', 'kept'], { cwd });
    expect(broken).toEqual({
      code: 2,
      stdout: '',
      stderr: `muball: ${join('kept', 'a.json')}: expected a kept case of version 1\n`,
    });
  });
});

describe('prune', () => {
  const prune = (cwd: string, ...args: string[]) => muball(['counterexamples', 'prune', ...args], { cwd });

  test('deletes by the beginning of a name', async () => {
    const { cwd, names, query } = keptFolder();
    const { code, stdout } = await prune(cwd, names[1]!.slice(0, 10), `${names[2]}.json`);
    expect(code).toBe(0);
    expect(stdout).toBe(
      `deleted ${names[1]}  mine > labels\ndeleted ${names[2]}  other > claims\n2 deleted, 1 kept in counterexamples\n`,
    );
    expect(filesIn(join(cwd, 'counterexamples'))).toEqual([`${names[0]}.json`, query].sort());
  });

  test('deletes by property, and all; counterexamples to queries stay', async () => {
    const { cwd, names, query } = keptFolder();
    expect((await prune(cwd, '--property', 'mine >')).stdout).toMatch(/\n2 deleted, 1 kept in counterexamples\n$/);
    expect(filesIn(join(cwd, 'counterexamples'))).toEqual([`${names[2]}.json`, query].sort());
    expect((await prune(cwd, '--all')).stdout).toMatch(/1 deleted, 0 kept in counterexamples\n$/);
    expect(filesIn(join(cwd, 'counterexamples'))).toEqual([query]);
  });

  test('refuses to guess, and then deletes nothing', async () => {
    const { cwd } = keptFolder();
    const before = filesIn(cwd);
    const said = async (...args: string[]): Promise<string> => {
      const { code, stdout, stderr } = await prune(cwd, ...args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      return stderr;
    };
    expect(await said()).toBe('muball: prune: expected names of cases, --property or --all, got none of them\n');
    expect(await said('zz')).toBe('muball: prune: expected one case named zz, got 0\n');
    expect(await said('')).toBe('muball: prune: expected one case named , got 3\n');
    expect(filesIn(cwd)).toEqual(before);
  });
});
