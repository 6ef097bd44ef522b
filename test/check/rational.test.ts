/** The checker's own integers and fractions: divisors, multiples, common denominators, and where they end. */
import { describe, expect, test } from 'vitest';
import { affineImage } from '../../src/check/intervals.js';
import { bitsAbove, gcd, lcm, limitBits, normalText, overOneDenominator, parsed } from '../../src/check/rational.js';
import { orRefusal } from '../../src/check/refusal.js';
import { combined } from '../../src/check/rows.js';

const tooLarge = (count: number, bits: number) => ({
  outcome: 'invalid',
  where: 'here',
  why: `too large: ${count} integers of ${bits} bits`,
});

test.each([
  [12n, 18n, 6n, 36n],
  [18n, 12n, 6n, 36n],
  [5n, 7n, 1n, 35n],
  [6n, 3n, 3n, 6n],
  [3n, 6n, 3n, 6n],
  [1n, 9n, 1n, 9n],
  [8n, 8n, 8n, 8n],
])('divisor and multiple of %d and %d', (a, b, divisor, multiple) => {
  expect([gcd(a, b), gcd(a, -b), lcm(a, b, 1, 'here')]).toEqual([divisor, divisor, multiple]);
});

test('the divisor of a number and 0 is the number', () => expect(gcd(7n, 0n)).toBe(7n));

test.each([
  [[], 4],
  [[0n], 4],
  [[1n, 15n], 4],
  [[16n], 8],
  [[-16n], 8],
  [[-15n, 3n], 4],
  [[255n, -256n, 1n], 12],
  [[-5n, 4096n, 7n], 16],
])('%o fit into %d bits', (values, bits) => expect(bitsAbove(values)).toBe(bits));

test.each([
  ['-3/8', { n: -3n, d: 8n }],
  ['12', { n: 12n, d: 1n }],
  ['0', { n: 0n, d: 1n }],
])('%s is parsed', (text, value) => expect(parsed(text)).toEqual(value));

test.each([
  ['6/4', '3/2'],
  ['-6/4', '-3/2'],
  ['+4/2', '2'],
  ['0/9', '0'],
  ['-1.250', '-5/4'],
  ['1.5e1', '15'],
  ['15e-1', '3/2'],
  ['2e0', '2'],
  ['.5E+01', '5'],
  ['1/0', undefined],
  ['e1', undefined],
  ['+', undefined],
  ['1e', undefined],
  ['x1', undefined],
  ['1x', undefined],
  ['1/2x', undefined],
  ['x1/2', undefined],
])('%s is %s', (text, normal) => expect(normalText(text)).toBe(normal));

describe('one denominator', () => {
  test('the least, for all values', () => {
    const { denominator, over, bits } = overOneDenominator(['1/6', '-3/4', '5'], 'here');
    expect(denominator).toBe(12n);
    expect(['1/6', '-3/4', '5'].map(over)).toEqual([2n, -9n, 60n]);
    expect(bits).toBe(8);
  });

  test('of nothing, and of integers: 1', () => {
    expect(overOneDenominator([], 'here')).toMatchObject({ denominator: 1n, bits: 4 });
    expect(overOneDenominator(['-16'], 'here')).toMatchObject({ denominator: 1n, bits: 8 });
  });
});

describe('limits', () => {
  const most = 2 ** 20;
  test('of one integer, and of all together', () => {
    for (const [count, bits] of [
      [1, most],
      [2 ** 11, most],
      [2 ** 31, 1],
      [0, 4],
    ] as const) {
      expect(orRefusal(() => limitBits(count, bits, 'here'))).toBeUndefined();
    }
    for (const [count, bits] of [
      [1, most + 1],
      [0, most + 1],
      [2 ** 11 + 1, most],
      [2 ** 31 + 1, 1],
    ] as const) {
      expect(orRefusal(() => limitBits(count, bits, 'here'))).toEqual(tooLarge(count, bits));
    }
  });

  test('of a multiple', () => {
    const power = (bits: number) => 1n << BigInt(bits);
    const isRefused = (a: bigint, count: number) => typeof orRefusal(() => lcm(a, 3n, count, 'here')) !== 'bigint';
    expect(orRefusal(() => lcm(power(most - 1), 3n, 3, 'here'))).toEqual(tooLarge(3, most + 4));
    expect(isRefused(power(most - 2), 1)).toBe(false);
    expect(orRefusal(() => lcm(power(most / 2), 3n, 2 ** 12, 'here'))).toEqual(tooLarge(2 ** 12, most / 2 + 4));
    expect(isRefused(power(most / 2), 2 ** 12 - 1)).toBe(false);
  });

  test('of what rows can grow to, with 32 bits for carries', () => {
    const rows = (bits: number, count = 3) => ({
      denominator: 1n,
      rows: Array.from({ length: count }, () => ({ columns: [], weights: [], bias: 0n })),
      bits,
    });
    const x = (at: bigint, denominator = 1n) => ({
      denominator,
      ends: [
        [
          { at: -1n, closed: true },
          { at, closed: true },
        ] as const,
      ],
    });
    for (const [inputs, bits] of [
      [x(15n), 4],
      [x(16n), 8],
      [x(1n, 256n), 12],
    ] as const) {
      const room = most - 32 - bits;
      expect(affineImage(rows(room), inputs, 'here').ends).toHaveLength(3);
      expect(orRefusal(() => affineImage(rows(room + 4), inputs, 'here'))).toEqual(tooLarge(6, most + 4));
    }
    for (const [factors, bits] of [
      [[1n], 4],
      [[1n, -16n], 8],
    ] as const) {
      const room = most - 32 - bits;
      expect(combined(factors, rows(room), 5, 'here')).toMatchObject({ bias: 0n });
      expect(orRefusal(() => combined(factors, rows(room + 4), 5, 'here'))).toEqual(tooLarge(5, most + 4));
    }
  });

  test('of numerators', () => {
    const n = `1${'0'.repeat(200_000)}`;
    const bits = bitsAbove([10n ** 200_000n]);
    expect(orRefusal(() => overOneDenominator([`1/${n}`, n], 'here'))).toMatchObject({ where: 'here' });
    expect(overOneDenominator([`1/${n}`, '1'], 'here').bits).toBe(bits);
  });
});
