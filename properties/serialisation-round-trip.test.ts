/** Memory → file → JSON text → file → memory is the identity, for datasets and networks. */
import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { dataset, network } from '../src/arbitrary/index.js';
import { datasetFromFile, datasetToFile } from '../src/data/index.js';
import { datasetFileAt, networkFileAt } from '../src/format/index.js';
import {
  canonicalText,
  networkFileText,
  networkFromFile,
  networkFromLines,
  networkHash,
  networkToFile,
} from '../src/network/index.js';
import { property } from './property.js';

property(
  'a dataset comes back from its file',
  [dataset({ size: { max: 12 }, dimension: { max: 6 } })],
  (data) => {
    const text = JSON.stringify(datasetToFile(data));
    const back = datasetFromFile(datasetFileAt(JSON.parse(text)));
    expect(back).toEqual(data);
    expect(JSON.stringify(datasetToFile(back))).toBe(text);
  },
  { runs: 500 },
);

const anyNetwork = network({
  extremes: true,
  activations: ['relu', 'step', 'identity'],
  outputActivations: ['identity', 'relu', 'step'],
});

property(
  'a network comes back from its file, with the same hash',
  [anyNetwork],
  (given) => {
    const back = networkFromFile(networkFileAt(JSON.parse(JSON.stringify(networkToFile(given)))));
    expect(back).toEqual(given);
    expect(networkHash(back)).toBe(networkHash(given));
  },
  { runs: 500 },
);

property(
  'a network comes back from the text that is written to disk',
  [anyNetwork],
  async (given) => {
    const text = [...networkFileText(given)].join('');
    const back = await networkFromLines(linesOf(text), 'memory');
    expect(back).toEqual(given);
    expect(networkHash(back)).toBe(networkHash(given));
  },
  { runs: 300 },
);

property(
  'the hash of a network is the SHA-256 of its canonical text, which is itself a network file',
  [anyNetwork],
  (given) => {
    const text = [...canonicalText(given)].join('');
    expect(networkHash(given)).toBe(createHash('sha256').update(text).digest('hex'));
    expect(networkFromFile(networkFileAt(JSON.parse(text)))).toEqual(given);
  },
  { runs: 300 },
);

async function* linesOf(text: string): AsyncGenerator<string> {
  yield* text.split('\n');
}
