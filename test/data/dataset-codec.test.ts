import { expect, it } from 'vitest';
import { datasetFromFile, datasetToFile } from '../../src/data/index.js';
import { formatRational } from '../../src/exact/index.js';
import { type DatasetFile, datasetFileAt } from '../../src/format/index.js';
import { points } from '../../src/geometry/index.js';

const file: DatasetFile = {
  format: 'muball-dataset',
  version: 1,
  points: [
    ['1/2', '-3'],
    ['0', `1/${10n ** 50n}`],
  ],
  labels: [3, 0],
  labelNames: ['a', 'b', 'c', 'd'],
};

it('a file survives the way into memory and back', () => {
  expect(datasetToFile(datasetFromFile(file))).toEqual(file);
  const { labelNames: _, ...plain } = file;
  expect(datasetToFile(datasetFromFile(plain))).toEqual(plain);
  expect(datasetFileAt(JSON.parse(JSON.stringify(datasetToFile(datasetFromFile(file)))))).toEqual(file);
});

it('values appear exactly, and are written reduced', () => {
  const data = datasetFromFile({
    ...file,
    points: [
      ['2/4', '1e-3'],
      ['-0.5', '7.'],
    ],
  });
  expect(points(data).flat().map(formatRational)).toEqual(['1/2', '1/1000', '-1/2', '7']);
  expect(datasetToFile(data).points).toEqual([
    ['1/2', '1/1000'],
    ['-1/2', '7'],
  ]);
});

it('name and lines stay behind', () => {
  const data = { ...datasetFromFile(file), name: 'n', lines: [1, 2] };
  expect(datasetToFile(data)).toEqual(file);
});
