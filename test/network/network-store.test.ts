import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { parseRational as q } from '../../src/exact/index.js';
import { layerOf, networkFileText, networkFromLines } from '../../src/network/index.js';

const provenance = { construction: 'x'.repeat(500), form: 'free' };
const layer = layerOf(1, 'identity', [{ columns: [0], weights: [q('1/2')], bias: q('3') }]);
const network = { layers: [layer], provenance };
const read = (...lines: string[]) => networkFromLines(Readable.from(lines), 'net.json');

test('the line form is recognised however much stands before the field that says so', async () => {
  const [header, row] = [...networkFileText(network, { linesAbove: 0 })].join('').split('\n');
  const { form, ...rest } = JSON.parse(header!);
  expect(await read(JSON.stringify({ ...rest, form }), row!)).toEqual(network);
  await expect(read(JSON.stringify({ ...rest, form: 'rows' }), row!)).rejects.toThrow('network.form: expected lines');
});

test('a whole file on one line is not taken for it', async () => {
  const text = [...networkFileText(network)].join('').replaceAll('\n', '');
  expect(await read(text)).toEqual(network);
});
