import { describe, expect, test } from 'vitest';
import { ygzNarrow } from '../../../src/construction/index.js';
import {
  formatRational,
  parseRational,
  type Rational,
  randomSource,
  rational,
  zero,
} from '../../../src/exact/index.js';
import { datasetOf } from '../../../src/geometry/index.js';
import { complexity, evaluate, rowOf } from '../../../src/network/index.js';

const q = (text: string): Rational => parseRational(text);
const points = (rows: readonly (readonly number[])[]) => rows.map((p) => p.map((v) => rational(v)));
const data = datasetOf(
  points([
    [0, 0],
    [2, 1],
    [1, 4],
  ]),
  [0, 1, 2],
);
const built = ygzNarrow.construct(data, { norm: 'linf', radius: q('3/4') });

/** Rows as `w w … | bias`, dense, in order. */
const rowsOf = (l: number): string[] => {
  const layer = built.network.layers[l]!;
  return Array.from({ length: layer.rowStart.length - 1 }, (_, r) => {
    const { columns, weights, bias } = rowOf(layer, r);
    const dense = Array.from({ length: layer.inputs }, (_, c) => {
      const k = columns.indexOf(c);
      return k < 0 ? '0' : formatRational(weights[k]!);
    });
    return `${dense.join(' ')} | ${formatRational(bias)}`;
  });
};

describe('the narrow memorizer on three points, δ = 2, μ = 3/4', () => {
  test.each([
    [0, ['1 0 | 3/4', '0 1 | 3/4', '1 0 | -11/4', '-1 0 | 5/4', '0 1 | -7/4', '0 -1 | 1/4']],
    [1, ['1 0 0 0 0 0 | 0', '0 1 0 0 0 0 | 0', '0 0 0 0 0 0 | 0', '0 0 -2 -2 -2 -2 | 1']],
    [2, ['1 0 0 0 | -5/2', '-1 0 0 0 | 1', '0 1 0 0 | -11/2', '0 -1 0 0 | 4', '0 0 1 1 | 0']],
    [3, ['0 0 0 0 1 | 0', '-4 -4 -4 -4 -1 | 2']],
    [4, ['1 1 | 0']],
  ])('layer %d is that of the worked example', (l, rows) => expect(rowsOf(l)).toEqual(rows));

  test.each([
    ['3/4', '-3/4', '0'],
    ['5/4', '1/4', '1'],
    ['7/4', '13/4', '2'],
    ['1', '1/2', '1/2'],
    ['1', '5/2', '0'],
  ])('F(%s, %s) = %s', (x, y, value) => expect(evaluate(built.network, [q(x), q(y)])).toEqual([q(value)]));
});

/** N samples in general position, labels 0 and 1 in turn; the first one, of the base class, is the least in every coordinate. */
function scattered(n: number, d: number) {
  const random = randomSource(n + d);
  const rows = Array.from({ length: n }, (_, i) =>
    Array.from({ length: d }, () => rational(i === 0 ? 1 : random.between(8, 1 << 30), 7)),
  );
  return datasetOf(
    rows,
    rows.map((_, i) => i % 2),
  );
}

test.each([
  [10, 4, { nonzero: 179, width: 13, depth: 11 }],
  [40, 4, { nonzero: 734, width: 13, depth: 41 }],
  [160, 4, { nonzero: 2954, width: 13, depth: 161 }],
  [40, 16, { nonzero: 2642, width: 49, depth: 41 }],
  [40, 64, { nonzero: 10274, width: 193, depth: 41 }],
])(
  '%d samples in general position, d = %d, half of them of the base class: (8d + 5)T − d − 2 weights',
  (n, d, sizes) => {
    const { network } = ygzNarrow.construct(scattered(n, d), { norm: 'linf', radius: q('1/1000') });
    expect(complexity(network)).toMatchObject(sizes);
  },
);

test('a base sample left of all others keeps its label: the carried coordinates start at the minimum over all samples', () => {
  const line = datasetOf(points([[-10], [0], [4]]), [0, 1, 0]);
  const { network } = ygzNarrow.construct(line, { norm: 'linf', radius: q('3/2') });
  for (const [x, value] of [
    [q('-23/2'), 0],
    [q('-17/2'), 0],
    [q('3/2'), 1],
    [q('5/2'), 0],
    [q('11/2'), 0],
  ] as const)
    expect(evaluate(network, [x])).toEqual([rational(value)]);
});

test('the maximum keeps overlapping balls of one class exact, where a sum would count twice', () => {
  const overlap = datasetOf(points([[0], [1], [2], [9]]), [3, 3, 5, 1]);
  const mu = q('49/100');
  const { network } = ygzNarrow.construct(overlap, { norm: 'linf', radius: mu });
  const at = (text: string): Rational => evaluate(network, [q(text)])[0]!;
  expect(at('1/2')).not.toEqual(rational(5));
  expect(['-49/100', '0', '49/100', '51/100', '149/100'].map(at)).toEqual(Array(5).fill(rational(3)));
  expect(at('151/100')).toEqual(rational(5));
  expect(at('9')).toEqual(rational(1));
});

test('one sample beside the base class: two hidden layers and no carried coordinate', () => {
  const two = datasetOf(points([[0], [1]]), [0, 4]);
  const { network, variables } = ygzNarrow.construct(two, { norm: 'linf', radius: zero });
  expect(complexity(network)).toMatchObject({ width: 2, depth: 3, nonzero: 8 });
  expect(variables).toEqual({ N: 2n, d: 1n, C: 2n, T: 1n, Z: 2n, Zo: 0n });
  expect(evaluate(network, [q('-1000')])).toEqual([zero]);
});
