/** Bad input: exit code 2, one sentence on stderr that names the place, nothing on stdout, no file left. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { NetworkFile } from '../../src/format/index.js';
import { buildNetwork, filesIn, folderWith, muball, type Ran, readJson, tinyCsv } from './run-muball.js';

function expectRefusal(ran: Ran, message: RegExp): void {
  expect({ code: ran.code, stdout: ran.stdout }).toEqual({ code: 2, stdout: '' });
  expect(ran.stderr).toMatch(/^muball: [^\n]+\n$/);
  expect(ran.stderr).not.toMatch(/^\s+at /m);
  expect(ran.stderr.length).toBeLessThan(600);
  expect(ran.stderr.slice('muball: '.length, -1)).toMatch(message);
}

describe('datasets', () => {
  test.each<[string, string, string, RegExp]>([
    ['ragged rows', 'p.csv', '1,2,0\n3,4\n', /^p\.csv:2: expected 3 fields, got 2$/],
    ['NaN', 'p.csv', '1,NaN,0\n3,4,1\n', /^p\.csv:1: column 2: expected rational text .*, got "NaN"$/],
    ['infinity', 'p.csv', '1,2,0\n3,-inf,1\n', /^p\.csv:2: column 2: expected rational text .*, got "-inf"$/],
    ['an empty file', 'p.csv', '', /^p\.csv: expected at least one sample, got an empty file$/],
    ['a header only', 'p.csv', 'x,label\n', /^p\.csv: expected at least one sample, got a header only$/],
    ['one column', 'p.csv', '1\n2\n', /^p\.csv:1: expected at least 2 columns/],
    [
      'a denominator of 0',
      'p.csv',
      '1/0,2,0\n',
      /^p\.csv:1: column 1: expected a denominator other than 0, got "1\/0"$/,
    ],
    [
      'one point with two labels',
      'p.csv',
      '1,2,0\n3,4,1\n1,2,1\n',
      /^p\.csv: expected one label per point, got labels 0 and 1 on the same point, samples 0 and 2 \(lines 1 and 3\)$/,
    ],
    [
      'a first line of 5 MB',
      'p.csv',
      `1,${'2'.repeat(5e6)},0\n`,
      /^p\.csv:1: expected a line of at most 1000000 characters/,
    ],
    ['a later line of 5 MB', 'p.csv', `1,2,0\n1,${'2'.repeat(5e6)},0`, /^p\.csv:2: expected a line of at most 1000000/],
    ['half a file', 'p.json', '{"format":"muball-dataset",', /^p\.json: expected JSON, got /],
    [
      'another format',
      'p.json',
      '{"format":"muball-network","version":1,"layers":[]}',
      /dataset\.format: expected "muball-dataset"/,
    ],
    ['version 9', 'p.json', '{"format":"muball-dataset","version":9,"new":1}', /dataset\.version: expected 1, got 9$/],
    [
      'a number that is not exact',
      'p.json',
      '{"format":"muball-dataset","version":1,"points":[[0.1]],"labels":[0]}',
      /dataset\.points\[0\]\[0\]: write "0\.1" as text/,
    ],
    [
      'a coordinate of 5 MB',
      'p.json',
      `{"format":"muball-dataset","version":1,"points":[["${'1'.repeat(5e6)}"]],"labels":[0]}`,
      /dataset\.points\[0\]\[0\]: expected at most 10000 characters, got 5000000$/,
    ],
  ])('%s', async (_, name, text, message) => {
    const cwd = folderWith({ [name]: text });
    expectRefusal(await muball(['prove', '--data', name, '--ratio', '0.5', '--out', 'out'], { cwd }), message);
    expect(filesIn(cwd)).toEqual([name]);
  });

  test.each<[string, string[], RegExp]>([
    ['no such file', ['--data', 'none.csv'], /^none\.csv: cannot be read \(ENOENT\)$/],
    ['a folder', ['--data', '.'], /^\.: expected a file, got a folder$/],
    [
      'a label column of another name',
      ['--data', 'p.csv', '--label', 'kind'],
      /^p\.csv:1: expected a column named "kind"/,
    ],
    [
      'a label column out of range',
      ['--data', 'p.csv', '--label', '4'],
      /^p\.csv:1: expected a label column from 1 to 3/,
    ],
    [
      'a label column of a bundled dataset',
      ['--data', 'iris', '--label', '1'],
      /^--label: expected a CSV file, got the bundled/,
    ],
    ['a label column of JSON', ['--data', 'p.json', '--label', '1'], /^p\.json: expected CSV, .*got JSON$/],
  ])('%s', async (_, args, message) => {
    const cwd = folderWith({ 'p.csv': tinyCsv, 'p.json': '{}' });
    expectRefusal(await muball(['inspect', ...args], { cwd }), message);
  });

  test('standard input without text', async () => {
    const ran = await muball(['inspect', '--data', '-'], { cwd: folderWith(), input: '' });
    expectRefusal(ran, /^standard input: expected at least one sample, got an empty file$/);
  });
});

describe('flags', () => {
  test.each<[string, string[], RegExp]>([
    ['a negative radius', ['--radius', '-1/4'], /^--radius: expected a radius ≥ 0, got -1\/4$/],
    ['a radius of 1/0', ['--radius', '1/0'], /^--radius: expected a denominator other than 0, got "1\/0"$/],
    [
      'a radius not linear in δ',
      ['--radius', 'delta^2'],
      /^--radius: expected a radius of the form a\*delta \+ b, got delta\^2$/,
    ],
    ['a negative ratio', ['--ratio', '-0.5'], /^--ratio: expected a ratio ≥ 0, got -0\.5$/],
    ['a ratio that is none', ['--ratio', 'half'], /^--ratio: expected rational text .*, got "half"$/],
    ['neither ratio nor radius', [], /^--radius: expected --ratio or --radius, got neither$/],
    ['an unknown norm', ['--ratio', '0.5', '--norm', 'l3'], /^--norm: expected l1, l2 or linf, got "l3"$/],
    [
      'a theorem of another norm',
      ['--ratio', '0.5', '--norm', 'l2', '--construction', 'ygz-wide'],
      /^--norm: expected linf for ygz-wide, got l2$/,
    ],
    [
      'an unknown theorem',
      ['--ratio', '0.5', '--construction', 'none'],
      /^--construction: expected ygz-wide, .*, got "none"$/,
    ],
    [
      'an unknown engine',
      ['--ratio', '0.5', '--engine', 'cvc5'],
      /^--engine: expected auto, interval, search, ridge, lipschitz, z3, both, got "cvc5"$/,
    ],
    [
      'an unknown level',
      ['--ratio', '0.5', '--require', 'most'],
      /^--require: expected any, two, certificate, got "most"$/,
    ],
    [
      'an unknown notion',
      ['--ratio', '0.5', '--notion', 'close'],
      /^--notion: expected exact, round, sign, argmax, got "close"$/,
    ],
    ['no time', ['--ratio', '0.5', '--timeout', '0'], /^--timeout: expected seconds > 0, got "0"$/],
    ['no jobs', ['--ratio', '0.5', '--jobs', '0'], /^--jobs: expected a whole number ≥ 1, got "0"$/],
    ['a seed that is none', ['--ratio', '0.5', '--seed', '-1'], /^--seed: expected a whole number ≥ 0, got "-1"$/],
    [
      'a network too large',
      ['--ratio', '0.5', '--max-nonzero', '3'],
      /^--max-nonzero: expected a network of at most 3 nonzero weights/,
    ],
    [
      'open balls without points',
      ['--radius', '0', '--open'],
      /sample 0: region\.radius: expected a radius > 0 for an open ball, got 0$/,
    ],
  ])('%s', async (_, args, message) => {
    const cwd = folderWith();
    expectRefusal(await muball(['prove', '--data', 'xor', '--out', 'out', ...args], { cwd }), message);
    expect(filesIn(cwd)).toEqual([]);
  });

  test('a sample that is not there', async () => {
    const args = ['export', '--data', 'xor', '--ratio', '0.5', '--format', 'query', '--sample', '4'];
    expectRefusal(await muball(args, { cwd: folderWith() }), /^--sample: expected a sample below 4, got 4$/);
  });
});

describe('networks', () => {
  type Open = {
    version: number;
    layers: { activation: string; inputs: number; rows: { bias: unknown; columns: number[]; weights: string[] }[] }[];
  };

  test('each damage is named with its place', async () => {
    const cwd = folderWith({ 'p.csv': tinyCsv, 'half.json': '{"format":' });
    await buildNetwork(cwd, '--data', 'p.csv', '--ratio', '0.5');
    const before = filesIn(cwd);
    const cases: [(network: Open) => void, RegExp][] = [
      [(n) => (n.version = 9), /^bad\.json: network\.version: expected 1, got 9$/],
      [
        (n) => (n.layers[0]!.rows[0]!.columns = [5]),
        /layers\[0\]\.rows\[0\]\.columns\[0\]: expected a column below 2, got 5$/,
      ],
      [
        (n) => n.layers[1]!.rows[0]!.columns.reverse(),
        /layers\[1\]\.rows\[0\]\.columns\[1\]: expected a column above 3 \(strictly increasing\), got 2$/,
      ],
      [
        (n) => n.layers[1]!.rows[0]!.columns.fill(0),
        /columns\[1\]: expected a column above 0 \(strictly increasing\), got 0$/,
      ],
      [(n) => n.layers[1]!.rows[0]!.columns.pop(), /layers\[1\]\.rows\[0\]\.weights: expected 3 entries, got 4$/],
      [(n) => (n.layers[0]!.rows[0]!.weights[0] = '0'), /weights\[0\]: expected a weight other than 0/],
      [
        (n) => (n.layers[0]!.rows[0]!.bias = '1/0'),
        /rows\[0\]\.bias: expected a denominator other than 0, got "1\/0"$/,
      ],
      [(n) => (n.layers[0]!.rows[0]!.bias = 0.5), /rows\[0\]\.bias: write "0\.5" as text/],
      [
        (n) => (n.layers[0]!.activation = 'tanh'),
        /layers\[0\]\.activation: expected relu or step or identity, got "tanh"$/,
      ],
      [
        (n) => (n.layers[0]!.inputs = 3),
        /^bad\.json: network\.layers\[0\]\.inputs: expected 2 as the dataset's dimension, got 3$/,
      ],
      [(n) => n.layers.splice(1, 1), /layers\[1\]\.inputs: expected 4, the rows of the layer before, got 1$/],
      [(n) => (n.layers = []), /network\.layers: expected at least one layer, got none$/],
      [(n) => Object.assign(n, { extra: 1 }), /network\.extra: unknown field/],
    ];
    for (const [change, message] of cases) {
      const network = readJson<Open & NetworkFile>(cwd, 'net.json');
      change(network);
      writeFileSync(join(cwd, 'bad.json'), JSON.stringify(network));
      const args = ['prove', '--data', 'p.csv', '--radius', '1/4', '--network', 'bad.json', '--out', 'out'];
      expectRefusal(await muball(args, { cwd }), message);
    }
    const half = ['prove', '--data', 'p.csv', '--radius', '1/4', '--network', 'half.json'];
    expectRefusal(await muball(half, { cwd }), /^half\.json: expected JSON, got /);
    expectRefusal(await muball(['inspect', '--network', 'bad.json'], { cwd }), /network\.extra: unknown field/);
    expectRefusal(
      await muball(['replay', 'net.json'], { cwd }),
      /format: expected "muball-counterexample", got "muball-network"$/,
    );
    expect(filesIn(cwd)).toEqual([...before, 'bad.json'].sort());
  });
});

describe('places that cannot be written to', () => {
  test.each<[string, string[]]>([
    ['prove', ['prove', '--ratio', '0.5', '--out', 'file/out']],
    ['prove, counterexamples', ['prove', '--ratio', '0.5', '--counterexamples', 'file/kept']],
    ['construct', ['construct', '--ratio', '0.5', '--out', 'file/net.json']],
    ['construct onto a folder', ['construct', '--ratio', '0.5', '--out', 'folder']],
    ['export', ['export', '--ratio', '0.5', '--format', 'query', '--out', 'file/query.json']],
  ])('%s', async (_, args) => {
    const cwd = folderWith({ file: '', 'folder/kept': '' });
    const [command, ...flags] = args;
    expectRefusal(
      await muball([command!, '--data', 'xor', ...flags], { cwd }),
      /^(file|folder).*: cannot be written \(/,
    );
    expect(filesIn(cwd)).toEqual(['file', 'folder/kept']);
  });

  test('the main job', async () => {
    const cwd = folderWith({ file: '' });
    expectRefusal(
      await muball(['demo', '--out', 'file/out'], { cwd }),
      /^file\/out: cannot be written \(.*file is no folder\)$/,
    );
    expect(filesIn(cwd)).toEqual(['file']);
  });

  test.runIf(process.platform === 'linux')('a folder that the system refuses to make', async () => {
    const args = ['export', '--format', 'query', '--data', 'xor', '--ratio', '0.5', '--out', '/proc/muball/query.json'];
    expectRefusal(await muball(args), /^\/proc\/muball\/query\.json: cannot be written \(/);
  });
});
