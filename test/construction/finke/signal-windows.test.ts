import { describe, expect, test } from 'vitest';
import {
  shiftText,
  signalWindows,
  type WindowOptions,
  windowSeparation,
  windowViews,
} from '../../../src/construction/index.js';
import {
  abs,
  add,
  bigNumerators,
  compare,
  max,
  mul,
  type Rational,
  rational,
  subVectors,
  zero,
} from '../../../src/exact/index.js';
import { type Norm, norms } from '../../../src/format/index.js';
import { type Dataset, datasetOf, point } from '../../../src/geometry/index.js';

describe('windows', () => {
  test('of a row go round its end', () => {
    const { shifts, size, coordinates } = signalWindows(4, { window: [2] });
    expect([shifts, size]).toEqual([4, 2]);
    expect([...coordinates]).toEqual([0, 1, 1, 2, 2, 3, 3, 0]);
  });

  test('of a grid go round both ends', () => {
    const windows = signalWindows(6, { shape: [2, 3], window: [2, 2] });
    expect([windows.shifts, windows.size]).toEqual([6, 4]);
    // Places (0, 0), (0, 1), (1, 0), (1, 1), moved by (1, 2).
    expect([...windows.coordinates.slice(20)]).toEqual([5, 3, 2, 0]);
    expect(shiftText(windows, 5)).toBe('1x2');
  });

  test('are the whole row when nothing is said', () => {
    expect([...signalWindows(3).coordinates]).toEqual([0, 1, 2, 1, 2, 0, 2, 0, 1]);
  });

  test.each([
    [{ shape: [2, 2] }, '--shape: expected sizes whose product is the dimension 6, got 2x2'],
    [{ shape: [] }, '--shape: expected sizes whose product is the dimension 6, got '],
    [{ shape: [-2, -3] }, '--shape: expected sizes whose product is the dimension 6, got -2x-3'],
    [{ shape: [4, 1.5] }, '--shape: expected sizes whose product is the dimension 6, got 4x1.5'],
    [{ window: [7] }, '--window: expected sizes from 1 up to those of 6, got 7'],
    [{ window: [0] }, '--window: expected sizes from 1 up to those of 6, got 0'],
    [{ shape: [2, 3], window: [2] }, '--window: expected sizes from 1 up to those of 2x3, got 2'],
    [{ shape: [2, 3], window: [3, 2] }, '--window: expected sizes from 1 up to those of 2x3, got 3x2'],
  ] as readonly [WindowOptions, string][])('%o is refused', (options, message) => {
    expect(() => signalWindows(6, options)).toThrow(message);
  });
});

const big = 2 ** 31;
const small = [
  [1, 2, 3, 4],
  [4, 0, -1, 2],
  [3, 3, 1, 0],
];
const dataOf = (rows: readonly (readonly number[])[]): Dataset =>
  datasetOf(
    rows.map((row) => row.map((v) => rational(v, 2))),
    [0, 1, 0],
  );
const datasets = {
  small: dataOf(small),
  'beyond doubles': dataOf(small.map((row) => row.map((v) => v * big * big + 1))),
};

describe.each(Object.entries(datasets))('%s', (_, data) => {
  test('views are the windows of all shifts, in order', () => {
    const windows = signalWindows(4, { shape: [2, 2], window: [1, 2] });
    const { count, dimension, points } = windowViews(data, windows);
    expect([count, dimension]).toEqual([4, 2]);
    const shown = Array.from(bigNumerators(points.numerators), (v) => rational(v, points.denominator));
    const expected = [0, 1, 2].flatMap((i) => [...windows.coordinates].map((c) => point(data, i)[c]!));
    expect(shown).toEqual(expected);
  });

  test.each(norms)('separation over shifts in %s, from its definition', (norm) => {
    for (const options of [{}, { window: [2] }, { shape: [2, 2], window: [2, 1] }] as readonly WindowOptions[]) {
      const windows = signalWindows(4, options);
      const seen = (i: number, t: number): Rational[] =>
        [...windows.coordinates.slice(t * windows.size, (t + 1) * windows.size)].map((c) => point(data, i)[c]!);
      // Class 1 is told from class 0: its window in place, theirs in all shifts.
      const all = [0, 2].flatMap((x) =>
        [0, 1, 2, 3].map((t) => ({ x, t, size: size(norm, subVectors(seen(1, 0), seen(x, t))) })),
      );
      const closest = all.reduce((a, b) => (compare(b.size, a.size) < 0 ? b : a));
      expect(windowSeparation(data, windows, norm, 0)).toEqual({
        norm,
        magnitude: closest.size,
        pair: [1, closest.x],
        shift: closest.t,
      });
    }
  });
});

/** The norm of a vector, squared in ℓ2. */
function size(norm: Norm, v: readonly Rational[]): Rational {
  if (norm === 'linf') return v.map(abs).reduce(max);
  return v.map((x) => (norm === 'l1' ? abs(x) : mul(x, x))).reduce(add, zero);
}

test('one class has no separation; too many windows are refused', () => {
  const alike = datasetOf([[rational(1), rational(2)]], [3]);
  expect(windowSeparation(alike, signalWindows(2), 'linf', 3)).toBeUndefined();
  const many = { ...datasets.small, size: 2 ** 24 };
  expect(() => windowViews(many, signalWindows(4))).toThrow(
    '--window: expected at most 134217728 numbers in all windows, got 268435456',
  );
});
