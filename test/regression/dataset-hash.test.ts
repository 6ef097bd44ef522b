import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { bundled, datasetToFile } from '../../src/data/index.js';
import { rational } from '../../src/exact/index.js';
import { datasetOf } from '../../src/geometry/index.js';
import { datasetHash } from '../../src/regression/index.js';

it('is SHA-256 of the dataset file without names of labels', async () => {
  const data = await bundled('iris');
  const { labelNames, ...file } = datasetToFile(data);
  expect(labelNames).toBeDefined();
  expect(datasetHash(data)).toBe(createHash('sha256').update(JSON.stringify(file)).digest('hex'));
});

it('names what the data says', () => {
  const make = (x: number, label: number, d = 2) => datasetOf([[rational(x, d)], [rational(5)]], [0, label]);
  expect(datasetHash(make(1, 1))).toBe(datasetHash(make(2, 1, 4)));
  expect(datasetHash(make(1, 1))).not.toBe(datasetHash(make(3, 1)));
  expect(datasetHash(make(1, 1))).not.toBe(datasetHash(make(1, 2)));
});
