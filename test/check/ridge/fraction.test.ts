/** Fractions of the checker: one form for each value, exact arithmetic, and a limit. */
import { expect, test } from 'vitest';
import { orRefusal } from '../../../src/check/refusal.js';
import {
  type Fraction,
  fraction,
  isBelow,
  larger,
  minus,
  opposite,
  over,
  plus,
  size,
  smaller,
  times,
} from '../../../src/check/ridge/fraction.js';

const at = (text: string): Fraction => {
  const [n, d = '1'] = text.split('/');
  return { n: BigInt(n!), d: BigInt(d) };
};

test.each([
  [6n, 4n, '3/2'],
  [6n, -4n, '-3/2'],
  [-6n, -4n, '3/2'],
  [0n, 5n, '0'],
  [0n, -5n, '0'],
  [7n, 1n, '7'],
  [7n, -1n, '-7'],
  [-12n, 4n, '-3'],
  [5n, 3n, '5/3'],
] as const)('%d / %d is %s', (n, d, text) => expect(fraction(n, d)).toEqual(at(text)));

test.each([
  ['1/2', '1/3', '5/6', '1/6', '1/6', '3/2'],
  ['1/6', '-1/6', '0', '1/3', '-1/36', '-1'],
  ['-3/4', '-1/4', '-1', '-1/2', '3/16', '3'],
  ['0', '2/7', '2/7', '-2/7', '0', '0'],
  ['5', '1/10', '51/10', '49/10', '1/2', '50'],
])('%s and %s', (a, b, sum, difference, product, quotient) => {
  const [x, y] = [at(a), at(b)];
  expect([plus(x, y), minus(x, y), times(x, y), over(x, y)]).toEqual([sum, difference, product, quotient].map(at));
});

test('order, size and sign', () => {
  const inOrder = ['-2', '-1/2', '-1/3', '0', '1/3', '2/5', '2'].map(at);
  for (const [i, a] of inOrder.entries()) {
    for (const [k, b] of inOrder.entries()) {
      expect(isBelow(a, b)).toBe(i < k);
      expect(smaller(a, b)).toEqual(i < k ? a : b);
      expect(larger(a, b)).toEqual(i < k ? b : a);
    }
  }
  expect(['-2/3', '0', '2/3'].map((text) => [size(at(text)), opposite(at(text))])).toEqual([
    [at('2/3'), at('2/3')],
    [at('0'), at('0')],
    [at('2/3'), at('-2/3')],
  ]);
});

test('2^65536 is the largest numerator and the largest denominator', () => {
  const most = 1n << 65_536n;
  const refusal = {
    outcome: 'invalid',
    where: 'certificate.ridges',
    why: 'too large: a fraction of more than 65536 bits',
  };
  for (const [n, d] of [
    [most, 1n],
    [-most, 1n],
    [1n, most],
  ] as const) {
    expect(orRefusal(() => fraction(n, d))).toEqual({ n, d });
  }
  for (const [n, d] of [
    [most + 1n, 1n],
    [-most - 1n, 1n],
    [1n, most + 1n],
  ] as const) {
    expect(orRefusal(() => fraction(n, d))).toEqual(refusal);
  }
  expect(orRefusal(() => fraction(2n * most, 2n))).toEqual({ n: most, d: 1n });
});
