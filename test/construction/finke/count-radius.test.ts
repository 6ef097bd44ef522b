import { describe, expect, test } from 'vitest';
import {
  countRadii,
  explicitHyperplanes,
  type ThresholdFit,
  thresholdNetwork,
} from '../../../src/construction/index.js';
import { formatRational, parseRational, type Rational } from '../../../src/exact/index.js';
import type { Norm } from '../../../src/format/index.js';
import { evaluate } from '../../../src/network/index.js';

const q = (text: string): Rational => parseRational(text);

/** A fit with the hyperplanes `weights | bias` and neurons [label, members, threshold]. */
const fitOf = (rows: readonly string[], neurons: readonly [number, number[], number][]): ThresholdFit => ({
  hyperplanes: [
    explicitHyperplanes(
      rows.map((row) => {
        const [weights, bias] = row.split(' | ');
        return { weights: weights!.split(' ').map(q), bias: q(bias!) };
      }),
    )!,
  ],
  neurons: neurons.map(([label, members, threshold]) => ({
    label,
    sample: 0,
    members: Uint32Array.from(members),
    threshold,
  })),
  base: 0,
  rounds: [],
  targeted: 0,
  left: [],
  success: true,
});

const shown = (fit: ThresholdFit, norm: Norm, ...x: string[]) => {
  const { cell, count } = countRadii(fit, norm)(x.map(q));
  const text = (r: Rational | undefined): string => (r === undefined ? '∞' : formatRational(r));
  return {
    f: formatRational(evaluate(thresholdNetwork(fit, [1, 2]), x.map(q))[0]!),
    cell: text(cell),
    count: text(count),
  };
};

/** x > 1, x > 2, x > 4, x < −8 on a line. */
const line = ['1 | -1', '1 | -2', '1 | -4', '-1 | -8'];

describe('a neuron counts what must change before it does', () => {
  // At 0 all are quiet: the s-th smallest of 1, 2, 4, 8.
  test.each([
    [1, '1'],
    [2, '2'],
    [3, '4'],
    [4, '8'],
    [5, '∞'],
  ])('it fires below %i: up to %s', (threshold, count) => {
    const fit = fitOf(line, [[1, [0, 1, 2, 3], threshold]]);
    expect(shown(fit, 'linf', '0')).toEqual({ f: '1', cell: '1', count });
  });

  // At 10 three fire, at distances 9, 8, 6.
  test.each([
    [3, '6'],
    [2, '8'],
    [1, '9'],
  ])('it is quiet though it fires below %i: up to %s', (threshold, count) => {
    const fit = fitOf(line, [[1, [0, 1, 2, 3], threshold]]);
    expect(shown(fit, 'linf', '10')).toEqual({ f: '0', cell: '6', count });
  });

  test('only its own hyperplanes count', () => {
    expect(shown(fitOf(line, [[1, [2, 3], 1]]), 'linf', '0')).toEqual({ f: '1', cell: '1', count: '4' });
    expect(shown(fitOf(line, [[1, [], 1]]), 'linf', '0')).toEqual({ f: '1', cell: '1', count: '∞' });
  });

  test('a hyperplane without weights never changes, one through the centre at once', () => {
    expect(shown(fitOf(['0 | 1', '0 | 0', '1 | 0'], [[1, [1, 2], 1]]), 'linf', '0')).toEqual({
      f: '1',
      cell: '0',
      count: '0',
    });
    expect(shown(fitOf(['0 | 1', '0 | 0'], [[1, [1], 1]]), 'linf', '0')).toEqual({ f: '1', cell: '∞', count: '∞' });
  });
});

test('a class fires as long as one neuron does, and is quiet as long as all are', () => {
  // Class 1 fires for x ≤ 1 and for x ≤ 4, class 2 for x ≤ −6.
  const fit = fitOf(
    [...line, '1 | 6'],
    [
      [1, [0], 1],
      [1, [2], 1],
      [2, [4], 1],
    ],
  );
  expect(shown(fit, 'linf', '0')).toEqual({ f: '1', cell: '1', count: '4' });
  expect(shown(fit, 'linf', '3')).toEqual({ f: '1', cell: '1', count: '1' });
  expect(shown(fit, 'linf', '-5')).toEqual({ f: '1', cell: '1', count: '1' });
  expect(shown(fit, 'linf', '9/2')).toEqual({ f: '0', cell: '1/2', count: '1/2' });
});

test.each([
  ['linf', '5/7'],
  ['l1', '5/4'],
])('distances are in the norm: %s', (norm, expected) => {
  expect(shown(fitOf(['3 -4 | -5'], [[1, [0], 1]]), norm as Norm, '0', '0')).toEqual({
    f: '1',
    cell: expected,
    count: expected,
  });
});

test('in ℓ2 they are exact where the norm is rational, else rounded down', () => {
  expect(shown(fitOf(['3 -4 | -5'], [[1, [0], 1]]), 'l2', '0', '0').count).toBe('1');
  const { count } = countRadii(fitOf(['1 1 | -1'], [[1, [0], 1]]), 'l2')([q('0'), q('0')]);
  // 2r² against 1.
  const twice = 2n * count!.n ** 2n;
  const unit = count!.d ** 2n;
  expect(twice < unit && twice * 2n ** 90n > unit * (2n ** 90n - 1n)).toBe(true);
});
