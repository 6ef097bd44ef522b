import { describe, expect, it } from 'vitest';
import { datasetFileAt, InputError, largestLabel } from '../../src/format/index.js';

const good = {
  format: 'muball-dataset',
  version: 1,
  points: [
    ['1/2', '3'],
    [0, '-0.5'],
  ],
  labels: [0, 2],
};

describe('datasetFileAt', () => {
  it('gives back what it has checked; JSON integers become text', () => {
    expect(datasetFileAt(good)).toEqual({
      ...good,
      points: [
        ['1/2', '3'],
        ['0', '-0.5'],
      ],
    });
    const named = { ...good, labelNames: ['a', 'b', 'c'] };
    expect(datasetFileAt(named).labelNames).toEqual(['a', 'b', 'c']);
    expect(datasetFileAt({ ...good, labels: [0, largestLabel] }).labels).toEqual([0, 1_000_000]);
  });

  it.each<[unknown, string]>([
    [[], 'dataset: expected an object, got []'],
    [{ ...good, colour: 1 }, 'dataset.colour: unknown field, expected format, version, points, labels, labelNames'],
    [{ ...good, format: 'muball-network' }, 'dataset.format: expected "muball-dataset", got "muball-network"'],
    [{ ...good, version: 9 }, 'dataset.version: expected 1, got 9'],
    [{ ...good, points: {} }, 'dataset.points: expected an array, got {}'],
    [{ ...good, points: [] }, 'dataset.points: expected at least one point, got none'],
    [{ ...good, points: [[], []] }, 'dataset.points[0]: expected at least one coordinate, got none'],
    [{ ...good, points: [['1'], ['1', '2']] }, 'dataset.points[1]: expected 1 coordinates, got 2'],
    [
      {
        ...good,
        points: [
          [0.5, '1'],
          ['1', '2'],
        ],
      },
      'dataset.points[0][0]: write "0.5" as text, a JSON number is not exact',
    ],
    [
      {
        ...good,
        points: [
          ['1', 'x'],
          ['1', '2'],
        ],
      },
      'dataset.points[0][1]: expected rational text such as "3/8", got "x"',
    ],
    [
      {
        ...good,
        points: [
          ['1', '1/0'],
          ['1', '2'],
        ],
      },
      'dataset.points[0][1]: expected a denominator other than 0, got "1/0"',
    ],
    [{ ...good, labels: undefined }, 'dataset.labels: expected an array, got nothing'],
    [{ ...good, labels: [0] }, 'dataset.labels: expected 2 entries, got 1'],
    [{ ...good, labels: [0, -1] }, 'dataset.labels[1]: expected a whole number from 0 to 1000000, got -1'],
    [{ ...good, labels: [0, 1_000_001] }, 'dataset.labels[1]: expected a whole number from 0 to 1000000, got 1000001'],
    [{ ...good, labels: [0, 'a'] }, 'dataset.labels[1]: expected a whole number from 0 to 1000000, got "a"'],
    [{ ...good, labelNames: ['a', 3] }, 'dataset.labelNames[1]: expected a string, got 3'],
    [{ ...good, labelNames: ['a', 'b'] }, 'dataset.labelNames: expected a name for each class up to 2, got 2 names'],
  ])('refuses %j', (value, message) => expect(() => datasetFileAt(value)).toThrow(new InputError(message)));
});
