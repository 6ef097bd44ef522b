import { describe, expect, test } from 'vitest';
import { one, parseRational, rational, zero } from '../../src/exact/index.js';
import { layerBuilder, layerOf, rowCount, rowOf, scaledLayerBuilder } from '../../src/network/index.js';

const q = parseRational;

describe('layerBuilder', () => {
  test('gives equal neurons one row, and different ones two', () => {
    const builder = layerBuilder(3, 'relu');
    expect(builder.neuron([0, 2], [q('1/2'), q('3')], q('-1'))).toBe(0);
    expect(builder.neuron([2, 0], [q('3'), q('2/4')], q('-1'))).toBe(0);
    expect(builder.neuron([0, 2], [q('1/2'), q('3')], q('1'))).toBe(1);
    expect(builder.neuron([0, 1], [q('1/2'), q('3')], q('-1'))).toBe(2);
    expect(builder.size()).toBe(3);
    expect(rowOf(builder.build(), 0)).toEqual({ columns: [0, 2], weights: [q('1/2'), q('3')], bias: q('-1') });
  });

  test('adds up repeated columns and drops zero weights', () => {
    const builder = layerBuilder(4, 'identity');
    builder.neuron([3, 1, 3, 0], [one, one, q('1/2'), zero], zero);
    builder.neuron([2, 2], [one, q('-1')], q('5'));
    const layer = builder.build();
    expect(rowOf(layer, 0)).toEqual({ columns: [1, 3], weights: [one, q('3/2')], bias: zero });
    expect(rowOf(layer, 1)).toEqual({ columns: [], weights: [], bias: q('5') });
  });

  test('keeps equal neurons apart when asked to', () => {
    const builder = layerBuilder(1, 'relu', { merge: false });
    builder.neuron([0], [one], zero);
    expect(builder.neuron([0], [one], zero)).toBe(1);
    expect(rowCount(builder.build())).toBe(2);
  });

  test('refuses a column that the layer does not have', () => {
    expect(() => layerBuilder(2, 'relu').neuron([2], [one], zero)).toThrow('layer: expected a column below 2, got 2');
  });
});

describe('scaledLayerBuilder', () => {
  test('agrees with the builder of rationals on many rows with repetitions', () => {
    const scaled = scaledLayerBuilder(50, 'relu', { weights: 6n, biases: 4n }, 4);
    const plain = layerBuilder(50, 'relu');
    let repeated = 0;
    for (let t = 0; t < 3000; t++) {
      const k = t % 997;
      const columns = [k % 7, 10 + (k % 5), 20 + (k % 3)];
      const weights = [1 + (k % 4), -2 - (k % 2), 2 ** 40 + (k % 2)];
      const bias = (k % 11) - 5;
      const before = plain.size();
      const row = plain.neuron(
        columns,
        weights.map((w) => rational(w, 6n)),
        rational(bias, 4n),
      );
      if (plain.size() === before) repeated++;
      expect(scaled.neuron(columns, weights, bias)).toBe(row);
    }
    expect(repeated).toBeGreaterThan(100);
    const [a, b] = [scaled.build(), plain.build()];
    expect(rowCount(a)).toBe(rowCount(b));
    for (let r = 0; r < rowCount(a); r++) expect(rowOf(a, r)).toEqual(rowOf(b, r));
  });

  test('tells rows apart that differ in the last bit of a weight, the bias, or the number of columns', () => {
    const builder = scaledLayerBuilder(4, 'relu', { weights: 1n, biases: 1n });
    const rows = [
      builder.neuron([0, 1], [2 ** 52, 1], 0),
      builder.neuron([0, 1], [2 ** 52 + 1, 1], 0),
      builder.neuron([0, 1], [2 ** 52, 1], 2 ** 33),
      builder.neuron([0, 1], [2 ** 52, 1], 0, 1),
      builder.neuron([0, 2], [2 ** 52, 1], 0),
    ];
    expect(rows).toEqual([0, 1, 2, 3, 4]);
    expect(builder.neuron([0, 1], [2 ** 52 + 1, 1], 0)).toBe(1);
  });
});

test('layerOf keeps every row in its place', () => {
  const row = { columns: [0], weights: [q('1/3')], bias: q('1/7') };
  const layer = layerOf(1, 'step', [row, row, { columns: [], weights: [], bias: zero }]);
  expect(rowCount(layer)).toBe(3);
  expect(layer.weightDenominator).toBe(3n);
  expect(layer.biasDenominator).toBe(7n);
  expect(rowOf(layer, 1)).toEqual(row);
});
