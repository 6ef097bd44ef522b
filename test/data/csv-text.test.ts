import { expect, it } from 'vitest';
import { csvText, datasetFromCsv, linesOf } from '../../src/data/index.js';
import { parseRational } from '../../src/exact/index.js';
import { InputError } from '../../src/format/index.js';
import { datasetOf, points } from '../../src/geometry/index.js';

const vectors = (...rows: string[]) => rows.map((row) => row.split(' ').map((t) => parseRational(t)));
const back = (text: string) => datasetFromCsv(linesOf([text], 'f'), 'f');

it('writes decimals where they are exact, fractions otherwise', () => {
  expect(csvText(datasetOf(vectors('1/8 1/3', '-2 0.5'), [0, 1]))).toBe('x,y,label\n0.125,1/3,0\n-2,0.5,1\n');
  expect(csvText(datasetOf(vectors('1 2 3'), [4]))).toBe('x1,x2,x3,label\n1,2,3,4\n');
  expect(csvText(datasetOf(vectors('1'), [0]), ['width, m'])).toBe('"width, m",label\n1,0\n');
});

it('is read back as it was', async () => {
  const data = datasetOf(vectors('1/8 1/3', '-2 1e-30', '0 7/11', '1 1', '2 2'), [1, 0, 2, 3, 4], {
    labelNames: ['a "b"', ' c, d ', 'e', '"f"', ' g'],
  });
  const again = await back(csvText(data));
  expect(points(again)).toEqual(points(data));
  // Names are numbered again, in order of appearance.
  expect(again.labels.map((c) => again.labelNames![c])).toEqual([' c, d ', 'a "b"', 'e', '"f"', ' g']);
});

it('refuses names with a line end', () => {
  const data = datasetOf(vectors('1'), [0], { labelNames: ['a\nb'] });
  expect(() => csvText(data)).toThrow(new InputError('CSV: expected a name on one line, got "a\\nb"'));
});
