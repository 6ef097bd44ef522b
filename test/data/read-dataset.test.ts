import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type ReadDatasetOptions, readDataset } from '../../src/data/index.js';
import { formatRational } from '../../src/exact/index.js';
import { InputError } from '../../src/format/index.js';
import { points } from '../../src/geometry/index.js';

const folder = mkdtempSync(join(tmpdir(), 'muball-data-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
async function* pieces(...texts: string[]): AsyncGenerator<string> {
  yield* texts;
}
const json = (change: object = {}) =>
  JSON.stringify({ format: 'muball-dataset', version: 1, points: [['1/2'], ['3']], labels: [1, 0], ...change });
const csv = 'x,c\n0.5,1\n3,0\n';

async function values(source: string, options?: ReadDatasetOptions) {
  const data = await readDataset(source, options);
  return [data.name, points(data).flat().map(formatRational).join(' '), data.labels.join(' '), data.lines?.join(' ')];
}

describe('readDataset', () => {
  it.each([
    ['a.csv', csv, 'a', '2 3'],
    ['b.CSV', csv, 'b', '2 3'],
    ['c.data', csv, 'c', '2 3'],
    ['d.json', json(), 'd', undefined],
    ['e.data', ` \n${json()}`, 'e', undefined],
    ['f.json', `\ufeff${json()}`, 'f', undefined],
    ['g', `\ufeff${json()}`, 'g', undefined],
  ])('%s', async (name, text, called, lines) => {
    expect(await values(file(name, text))).toEqual([called, '1/2 3', '1 0', lines]);
  });

  it.each<[string, string[], string | undefined]>([
    ['CSV', [csv], '2 3'],
    ['CSV in pieces', ['', ' ', '\n', ...csv], '3 4'],
    ['JSON', [json()], undefined],
    ['JSON in pieces', ['\n', '', ...json()], undefined],
  ])('- reads %s from standard input', async (_, texts, lines) => {
    expect(await values('-', { input: pieces(...texts) })).toEqual(['standard input', '1/2 3', '1 0', lines]);
  });

  it('follows the options', async () => {
    const path = file('h.json', 'c,x\na,5\nb,6\n');
    expect(await values(path, { format: 'csv', label: 'c' })).toEqual(['h', '5 6', '0 1', '2 3']);
    expect(await values(file('i.csv', json()), { format: 'json' })).toEqual(['i', '1/2 3', '1 0', undefined]);
  });
});

describe('refusals', () => {
  it('of what cannot be read', async () => {
    const missing = join(folder, 'nothing.csv');
    await expect(readDataset(missing)).rejects.toThrow(new InputError(`${missing}: cannot be read (ENOENT)`));
    await expect(readDataset(folder)).rejects.toThrow(new InputError(`${folder}: expected a file, got a folder`));
    await expect(readDataset(folder, { format: 'json' })).rejects.toThrow(InputError);
  });

  it.each<[string, string, string]>([
    ['empty.csv', '', ': expected at least one sample, got an empty file'],
    ['empty.txt', '', ': expected at least one sample, got an empty file'],
    [
      'two-labels.csv',
      'x,c\n1,a\n2,b\n1.0,b\n',
      ': expected one label per point, got labels a and b on the same point, samples 0 and 2 (lines 2 and 4)',
    ],
    [
      'two-labels.json',
      json({ points: [['1'], ['1']] }),
      ': expected one label per point, got labels 1 and 0 on the same point, samples 0 and 1',
    ],
    ['version.json', json({ version: 9 }), ': dataset.version: expected 1, got 9'],
    ['list.JSON', '[]', ': dataset: expected an object, got []'],
    ['ragged.json', json({ points: [['1'], ['1', '2']] }), ': dataset.points[1]: expected 1 coordinates, got 2'],
    [
      'double.json',
      json({ points: [[0.5], ['1']] }),
      ': dataset.points[0][0]: write "0.5" as text, a JSON number is not exact',
    ],
    ['ragged.csv', '1,2,0\n1,0\n', ':2: expected 3 fields, got 2'],
    [
      'long.csv',
      `1,0\n${'9'.repeat(5_000_000)},1\n`,
      ':2: expected a line of at most 1000000 characters, got a longer one',
    ],
  ])('of %s', async (name, text, message) => {
    const path = file(name, text);
    await expect(readDataset(path)).rejects.toThrow(new InputError(path + message));
  });

  it('of broken JSON, on one line', async () => {
    const path = file('broken.json', '{"format":\n');
    const error = await readDataset(path).catch((e: unknown) => e as Error);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(/broken\.json: expected JSON, got [^\n]+$/);
  });

  it('name standard input', async () => {
    await expect(readDataset('-', { input: pieces('1,0\n', '2\n') })).rejects.toThrow(
      new InputError('standard input:2: expected 2 fields, got 1'),
    );
  });
});
