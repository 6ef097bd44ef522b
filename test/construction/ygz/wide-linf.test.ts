import { describe, expect, test } from 'vitest';
import { ygzWide } from '../../../src/construction/index.js';
import { parseRational, type Rational, rational } from '../../../src/exact/index.js';
import { datasetOf } from '../../../src/geometry/index.js';
import { complexity, evaluate, rowOf } from '../../../src/network/index.js';

const q = (text: string): Rational => parseRational(text);
const data = datasetOf(
  [
    [0, 0],
    [2, 1],
    [1, 4],
  ].map((p) => p.map((v) => rational(v))),
  [0, 1, 2],
);
const built = ygzWide.construct(data, { norm: 'linf', radius: q('3/4') });

/** Rows as `w at column … | bias`, sorted: the order of neurons in a layer is free. */
const rowsOf = (l: number): string[] => {
  const layer = built.network.layers[l]!;
  return Array.from({ length: layer.rowStart.length - 1 }, (_, r) => {
    const row = rowOf(layer, r);
    const terms = row.columns.map((c, k) => `${row.weights[k]!.n}/${row.weights[k]!.d}@${c}`);
    return `${terms.join(' ')} | ${row.bias.n}/${row.bias.d}`;
  }).sort();
};

describe('the wide memorizer on three points, δ = 2, μ = 3/4', () => {
  test('has the first layer of the worked example', () => {
    expect(rowsOf(0)).toEqual(
      [
        '1/1@0 | -11/4',
        '-1/1@0 | 5/4',
        '1/1@1 | -7/4',
        '-1/1@1 | 1/4',
        '1/1@0 | -7/4',
        '-1/1@0 | 1/4',
        '1/1@1 | -19/4',
        '-1/1@1 | 13/4',
      ].sort(),
    );
  });

  test('has weights −1/γ = −2 over four neurons per sample, a clip per class and the output 3 − L1 − 2·L2', () => {
    const second = built.network.layers[1]!;
    expect(second.rowStart).toEqual(Uint32Array.of(0, 4, 8));
    expect(rowOf(second, 0).weights).toEqual([rational(-2), rational(-2), rational(-2), rational(-2)]);
    expect(rowsOf(2)).toEqual(['-1/1@0 | 1/1', '-1/1@1 | 1/1']);
    expect(rowsOf(3)).toEqual(['-1/1@0 -2/1@1 | 3/1']);
  });

  test.each([
    ['3/4', '-3/4', '0'],
    ['5/4', '1/4', '1'],
    ['7/4', '13/4', '2'],
    ['1', '1/2', '1/2'],
    ['1', '5/2', '0'],
  ])('F(%s, %s) = %s', (x, y, value) => {
    expect(evaluate(built.network, [q(x), q(y)])).toEqual([q(value)]);
  });

  test('has the sizes that its claims name', () => {
    expect(complexity(built.network)).toEqual({
      width: 8,
      depth: 4,
      parameters: 24n + 18n + 6n + 3n,
      nonzero: 33,
      bits: 7,
    });
    expect(built.variables).toEqual({ N: 3n, d: 2n, C: 3n, H: 8n, T: 2n, Z: 8n, Zo: 1n });
  });
});

test('neurons of samples with a common coordinate are built once', () => {
  const square = datasetOf(
    [
      [0, 0],
      [0, 2],
      [2, 0],
      [2, 2],
    ].map((p) => p.map((v) => rational(v))),
    [0, 1, 1, 0],
  );
  const { network } = ygzWide.construct(square, { norm: 'linf', radius: q('1/2') });
  expect(network.layers[0]!.biases).toHaveLength(8);
  const three = datasetOf(
    [
      [0, 0],
      [0, 2],
      [0, 4],
    ].map((p) => p.map((v) => rational(v))),
    [0, 1, 1],
  );
  // Base is class 1; the only other sample has one threshold per coordinate and side.
  expect(ygzWide.construct(three, { norm: 'linf', radius: q('1/2') }).network.layers[0]!.biases).toHaveLength(4);
});

test('a denominator of γ beyond 2^53 is kept exactly', () => {
  const tiny = datasetOf([[rational(0)], [rational(1)]], [0, 1]);
  const mu = { n: 2n ** 60n - 1n, d: 2n ** 61n };
  const { network } = ygzWide.construct(tiny, { norm: 'linf', radius: mu });
  expect(evaluate(network, [mu])).toEqual([rational(0)]);
  expect(evaluate(network, [{ n: 2n ** 61n - mu.n, d: 2n ** 61n }])).toEqual([rational(1)]);
});
