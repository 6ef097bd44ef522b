import { describe, expect, it } from 'vitest';
import { parseRational } from '../../src/exact/index.js';
import { InputError } from '../../src/format/index.js';
import {
  classes,
  coordinate,
  datasetOf,
  distinctSamples,
  labelText,
  point,
  points,
  samplePairText,
  sampleText,
  selectClasses,
  selectSamples,
} from '../../src/geometry/index.js';

const vectors = (...rows: string[]) => rows.map((row) => row.split(' ').map((t) => parseRational(t)));
const huge = `${10n ** 40n}`;

describe('datasetOf', () => {
  it.each([
    ['in doubles', vectors('1/2 3', '-1/3 0', '5 7/6')],
    ['in BigInt', vectors(`${huge} 1/3`, `-1/7 ${huge}1`, '0 0')],
  ])('keeps every coordinate, %s', (_, rows) => {
    const data = datasetOf(rows, [2, 0, 2]);
    expect([data.size, data.dimension, data.labels]).toEqual([3, 2, [2, 0, 2]]);
    expect(points(data)).toEqual(rows);
    rows.forEach((row, i) => {
      expect(point(data, i)).toEqual(row);
      expect(row.map((_, j) => coordinate(data, i, j))).toEqual(row);
    });
    expect(classes(data)).toEqual([0, 2]);
  });

  it.each<[() => unknown, string]>([
    [() => datasetOf([], []), 'dataset.points: expected at least one point, got none'],
    [() => datasetOf([[]], [0]), 'dataset.points[0]: expected at least one coordinate, got none'],
    [() => datasetOf(vectors('1 2', '3'), [0, 1]), 'dataset.points[1]: expected 2 coordinates, got 1'],
    [() => datasetOf(vectors('1', '2'), [0]), 'dataset.labels: expected 2 labels, got 1'],
    [() => datasetOf(vectors('1', '2'), [0, -1]), 'dataset.labels[1]: expected a whole number ≥ 0, got -1'],
    [() => datasetOf(vectors('1', '2'), [0.5, 1]), 'dataset.labels[0]: expected a whole number ≥ 0, got 0.5'],
  ])('%s', (make, message) => expect(make).toThrow(new InputError(message)));
});

describe('names in messages', () => {
  const plain = datasetOf(vectors('0', '1'), [0, 1]);
  const named = datasetOf(vectors('0', '1'), [0, 1], { lines: [2, 5], labelNames: ['no', 'yes'] });

  it('have the lines and class names that are known', () => {
    expect(sampleText(plain, 1)).toBe('sample 1');
    expect(sampleText(named, 1)).toBe('sample 1 (line 5)');
    expect(samplePairText(plain, 0, 1)).toBe('samples 0 and 1');
    expect(samplePairText(named, 0, 1)).toBe('samples 0 and 1 (lines 2 and 5)');
    expect([labelText(plain, 1), labelText(named, 1), labelText(named, 7)]).toEqual(['1', 'yes', '7']);
  });
});

describe('distinctSamples', () => {
  it.each([
    ['in doubles', '1/2'],
    ['in BigInt', huge],
  ])('keeps the first of equal points, %s', (_, x) => {
    expect(distinctSamples(datasetOf(vectors(`${x} 0`, '1 1', `${x} 0`, `0 ${x}`, '1 1'), [3, 1, 3, 3, 1]))).toEqual([
      0, 1, 3,
    ]);
  });

  it('tells −0 and 0, 12|3 and 1|23 apart only when they differ', () => {
    expect(distinctSamples(datasetOf(vectors('-0', '0'), [1, 1]))).toEqual([0]);
    expect(distinctSamples(datasetOf(vectors('12 3', '1 23'), [0, 1]))).toEqual([0, 1]);
  });

  it('refuses one point with two labels', () => {
    const data = datasetOf(vectors('1/2', '0', '0.5'), [0, 0, 1], { lines: [2, 3, 4], labelNames: ['a', 'b'] });
    expect(() => distinctSamples(data)).toThrow(
      new InputError(
        'dataset: expected one label per point, got labels a and b on the same point, samples 0 and 2 (lines 2 and 4)',
      ),
    );
  });
});

describe('selectSamples', () => {
  it.each([
    ['in doubles', '1/2'],
    ['in BigInt', huge],
  ])('keeps points, labels, lines and names in the asked order, %s', (_, x) => {
    const rows = vectors(`${x} 1`, '2 3', '4 5/3');
    const data = datasetOf(rows, [0, 1, 2], { lines: [10, 20, 30], labelNames: ['a', 'b', 'c'], name: 'n' });
    const picked = selectSamples(data, [2, 0]);
    expect(points(picked)).toEqual([rows[2], rows[0]]);
    expect(picked).toMatchObject({ size: 2, labels: [2, 0], lines: [30, 10], labelNames: ['a', 'b', 'c'], name: 'n' });
    expect(Object.keys(selectSamples(datasetOf(rows, [0, 1, 2]), [1])).sort()).toEqual([
      'coordinates',
      'dimension',
      'labels',
      'size',
    ]);
  });
});

describe('selectClasses', () => {
  const data = datasetOf(vectors('0', '1', '2', '3', '4'), [0, 2, 4, 2, 0], {
    labelNames: ['ash', 'beech', '4', 'birch', 'elm'],
    lines: [2, 3, 5, 6, 7],
  });

  it('keeps the samples of the named classes, numbered in the order given', () => {
    const chosen = selectClasses(data, ['elm', '4']);
    expect(points(chosen)).toEqual(vectors('1', '2', '3'));
    expect(chosen).toMatchObject({ labels: [1, 0, 1], labelNames: ['elm', '4'], lines: [3, 5, 6], dimension: 1 });
  });

  it('takes a name before a number', () => {
    // Class 2 is called 4; class 4 is called elm.
    expect(selectClasses(data, ['4', '0']).labels).toEqual([1, 0, 0, 1]);
    expect(selectClasses(data, ['2']).labelNames).toEqual(['4']);
  });

  it.each([
    [[], '--classes: expected classes among ash, 4, elm, got none'],
    [['oak'], '--classes: expected classes among ash, 4, elm, got "oak"'],
    // No sample is a beech.
    [['beech'], '--classes: expected classes among ash, 4, elm, got "beech"'],
    [['elm', '4', 'elm'], '--classes: expected each class once, got elm twice'],
  ])('refuses %j', (names, message) => {
    expect(() => selectClasses(data, names, '--classes')).toThrow(new InputError(message));
  });
});
