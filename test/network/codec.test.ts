import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { parseRational } from '../../src/exact/index.js';
import { networkFileAt } from '../../src/format/index.js';
import {
  canonicalText,
  layerOf,
  type Network,
  networkFileText,
  networkFromFile,
  networkFromLines,
  networkHash,
  networkToFile,
  readNetwork,
} from '../../src/network/index.js';

const q = parseRational;
const network: Network = {
  layers: [
    layerOf(2, 'relu', [
      { columns: [0], weights: [q('-3/8')], bias: q('12') },
      { columns: [0, 1], weights: [q('1'), { n: 3n ** 60n, d: 2n ** 70n }], bias: q('0') },
    ]),
    layerOf(2, 'identity', [{ columns: [1], weights: [q('1/3')], bias: q('-1/7') }]),
  ],
  output: { notion: 'exact', labels: ['0', '3/2'] },
  provenance: { construction: 'by hand' },
};
const canonical =
  '{"format":"muball-network","version":1,"output":{"notion":"exact","labels":["0","3/2"]},"layers":[' +
  '{"activation":"relu","inputs":2,"rows":[{"bias":"12","columns":[0],"weights":["-3/8"]},' +
  `{"bias":"0","columns":[0,1],"weights":["1","${3n ** 60n}/${2n ** 70n}"]}]},` +
  '{"activation":"identity","inputs":2,"rows":[{"bias":"-1/7","columns":[1],"weights":["1/3"]}]}]}';

test('the canonical text has the documented order, no blanks, reduced rationals and no provenance', () => {
  expect([...canonicalText(network)].join('')).toBe(canonical);
  expect(networkHash(network)).toBe(createHash('sha256').update(canonical).digest('hex'));
});

test('file and memory form are inverse, and unreduced text names the same network', () => {
  const file = networkToFile(network);
  expect(networkFromFile(networkFileAt(JSON.parse(JSON.stringify(file))))).toEqual(network);
  const loose = JSON.parse(JSON.stringify(file).replace('"-3/8"', '"-0.375"').replace('"12"', '"24/2"'));
  expect(networkHash(networkFromFile(networkFileAt(loose)))).toBe(networkHash(network));
});

const lines = (text: string): AsyncIterable<string> => Readable.from(text.split('\n').filter((line) => line !== ''));

describe('files', () => {
  test('one value with a row a line', async () => {
    const text = [...networkFileText(network)].join('');
    expect(JSON.parse(text)).toEqual(networkToFile(network));
    expect(text.split('\n').filter((line) => line.includes('"bias"'))).toHaveLength(3);
    expect(await networkFromLines(lines(text), 'net.json')).toEqual(network);
  });

  test('lines: a header, then rows, with the same hash', async () => {
    const text = [...networkFileText(network, { linesAbove: 3 })].join('');
    expect(text.split('\n')[0]).toBe(
      '{"format":"muball-network","version":1,"form":"lines","output":{"notion":"exact","labels":["0","3/2"]},' +
        '"provenance":{"construction":"by hand"},"layers":[{"activation":"relu","inputs":2,"rows":2},{"activation":"identity","inputs":2,"rows":1}]}',
    );
    expect(text.split('\n')).toHaveLength(5);
    expect([...networkFileText(network, { linesAbove: 4 })].join('')).not.toContain('"form"');
    const file = join(mkdtempSync(join(tmpdir(), 'muball-')), 'wide.json');
    writeFileSync(file, text);
    const read = await readNetwork(file);
    expect(read).toEqual(network);
    expect(networkHash(read)).toBe(networkHash(network));
  });

  const header =
    '{"format":"muball-network","version":1,"form":"lines","layers":[{"activation":"relu","inputs":1,"rows":2}]}';
  const row = '{"bias":"0","columns":[0],"weights":["1"]}';
  test.each([
    ['a row too few', [header, row], 'net.json: expected 1 more rows of layers[0], got the end of the file'],
    ['a row too many', [header, row, row, row], 'net.json:4: expected the end of the file, got another row'],
    ['a bad row', [header, row, row.replace('[0]', '[1]')], 'net.json:3.columns[0]: expected a column below 1, got 1'],
    ['no JSON', ['{"format"'], /^net\.json: expected JSON, got /],
    [
      'an unknown version',
      [header.replace('"version":1', '"version":9')],
      'net.json: network.version: expected 1, got 9',
    ],
  ])('%s is refused with its place', async (_, text, message) => {
    await expect(networkFromLines(Readable.from(text), 'net.json')).rejects.toThrow(message);
  });

  test('a missing file and a folder are refused', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'muball-'));
    await expect(readNetwork(join(folder, 'none.json'))).rejects.toThrow('none.json: cannot be read (ENOENT)');
    await expect(readNetwork(folder)).rejects.toThrow(`${folder}: expected a file, got a folder`);
  });
});
