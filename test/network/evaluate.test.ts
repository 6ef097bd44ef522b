import { describe, expect, test } from 'vitest';
import { parseRational, rational } from '../../src/exact/index.js';
import type { OutputReading } from '../../src/format/index.js';
import {
  complexity,
  evaluate,
  layerOf,
  type Network,
  outputReading,
  readLabel,
  readsClass,
  trace,
} from '../../src/network/index.js';

const q = parseRational;
/** |x| as relu(x) + relu(−x), then thirds of it. */
const absolute: Network = {
  layers: [
    layerOf(1, 'relu', [
      { columns: [0], weights: [q('1')], bias: q('0') },
      { columns: [0], weights: [q('-1')], bias: q('0') },
    ]),
    layerOf(2, 'identity', [{ columns: [0, 1], weights: [q('1/3'), q('1/3')], bias: q('-2') }]),
  ],
};

test('values are exact at points that no double holds', () => {
  const x = { n: 1n, d: 3n ** 50n };
  expect(evaluate(absolute, [x])).toEqual([{ n: 1n - 6n * 3n ** 50n, d: 3n ** 51n }]);
  expect(evaluate(absolute, [q('-9')])).toEqual([q('1')]);
  expect(trace(absolute, [q('-9')])).toEqual([[q('0'), q('9')], [q('1')]]);
});

test('a point of the wrong dimension is refused', () => {
  expect(() => evaluate(absolute, [q('1'), q('1')])).toThrow('point: expected 1 coordinates, got 2');
});

describe('labels', () => {
  const exact: OutputReading = { notion: 'exact', labels: ['0', '1', '5/2'] };
  const round: OutputReading = { notion: 'round', labels: ['0', '1'] };
  const sign: OutputReading = { notion: 'sign', negative: 4, positive: 7 };
  const argmax: OutputReading = { notion: 'argmax', classes: 3 };
  test.each([
    [exact, ['5/2'], 2],
    [exact, ['1/1000000000'], undefined],
    [round, ['499/1000'], 0],
    [round, ['1/2'], undefined],
    [round, ['-499/1000'], 0],
    [sign, ['-1/9'], 4],
    [sign, ['0'], undefined],
    [sign, ['1/9'], 7],
    [argmax, ['1', '3', '2'], 1],
    [argmax, ['3', '3', '2'], undefined],
    [argmax, ['0', '-1', '0'], undefined],
  ])('%o reads %o as %s', (reading, outputs, label) => {
    expect(
      readLabel(
        reading,
        outputs.map((v) => q(v)),
      ),
    ).toBe(label);
  });

  test('without a word on outputs, one is exact and several are argmax', () => {
    expect(outputReading(absolute, 2)).toEqual({ notion: 'exact', labels: ['0', '1'] });
    const two = {
      layers: [
        layerOf(1, 'identity', [
          { columns: [], weights: [], bias: q('0') },
          { columns: [], weights: [], bias: q('1') },
        ]),
      ],
    };
    expect(outputReading(two, 5)).toEqual({ notion: 'argmax', classes: 2 });
  });
});

test('sizes count as the theorems do', () => {
  expect(complexity(absolute)).toEqual({ width: 2, depth: 2, parameters: 4n + 3n, nonzero: 5, bits: 2 });
  const constant = { layers: [layerOf(3, 'identity', [{ columns: [], weights: [], bias: rational(-5, 4) }])] };
  expect(complexity(constant)).toEqual({ width: 0, depth: 1, parameters: 4n, nonzero: 1, bits: 5 });
});

test('classes that some outputs mean', () => {
  const classes = [0, 1, 2, 3];
  expect(classes.map((c) => readsClass({ notion: 'exact', labels: ['5', '7'] }, c))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(classes.map((c) => readsClass({ notion: 'round', labels: ['5'] }, c))).toEqual([true, false, false, false]);
  expect(classes.map((c) => readsClass({ notion: 'sign', negative: 3, positive: 1 }, c))).toEqual([
    false,
    true,
    false,
    true,
  ]);
  expect(classes.map((c) => readsClass({ notion: 'argmax', classes: 3 }, c))).toEqual([true, true, true, false]);
});
