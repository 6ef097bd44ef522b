import { describe, expect, test } from 'vitest';
import { simplerIntegers, simplerRationals, simplestBetween, totalCost } from '../../src/arbitrary/simpler.js';
import { compare, equal, formatRational, parseRational, rational } from '../../src/exact/index.js';

const texts = (text: string): string[] => [...simplerRationals(parseRational(text))].map(formatRational);

describe('simplerIntegers', () => {
  test('0, the positive, then half-way back again and again', () => {
    expect([...simplerIntegers(0n)]).toEqual([]);
    expect([...simplerIntegers(1n)]).toEqual([0n]);
    expect([...simplerIntegers(10n)]).toEqual([0n, 5n, 8n, 9n]);
    expect([...simplerIntegers(-9n)]).toEqual([0n, 9n, -5n, -7n, -8n]);
  });
});

describe('simplerRationals', () => {
  test('whole numbers around, and the cut continued fraction', () => {
    expect(texts('0')).toEqual([]);
    expect(texts('-3')).toEqual(['0', '3', '-2']);
    expect(texts('7/2').slice(0, 4)).toEqual(['0', '3', '3', '4']);
    // 355/113 = 3 + 1/(7 + 1/16)
    expect(texts('355/113')).toContain('22/7');
    expect(texts('-1/3')).toContain('1/3');
  });

  test('always some value of lower cost, for any value but 0', () => {
    for (const text of ['1', '-1', '1/2', '-1/2', '17/5', '-999999999999/7', '1/1000000000000']) {
      const [d, n] = totalCost([parseRational(text)]);
      const costs = [...simplerRationals(parseRational(text))].map((v) => totalCost([v]));
      expect(
        costs.some(([e, m]) => e < d || (e === d && m < n)),
        text,
      ).toBe(true);
    }
  });
});

describe('simplestBetween', () => {
  test.each([
    ['-1', '1', '0'],
    ['1/3', '1/2', '1/2'],
    ['1/3', '2/5', '1/3'],
    ['5/2', '7/2', '3'],
    ['-7/2', '-5/2', '-3'],
    ['2/7', '1/3', '1/3'],
    ['31/100', '33/100', '5/16'],
    ['314/100', '315/100', '22/7'],
    ['2/3', '2/3', '2/3'],
  ])('[%s, %s] → %s', (low, high, expected) => {
    expect(formatRational(simplestBetween(parseRational(low), parseRational(high)))).toBe(expected);
  });

  test('no rational between has a smaller denominator', () => {
    for (let a = 0; a < 12; a++) {
      for (let b = a; b < 24; b++) {
        const [low, high] = [rational(a, 11), rational(b, 23)];
        if (compare(low, high) > 0) continue;
        const found = simplestBetween(low, high);
        expect(compare(low, found) <= 0 && compare(found, high) <= 0).toBe(true);
        for (let d = 1n; d < found.d; d++) {
          const up = rational((low.n * d + low.d - 1n) / low.d, d);
          expect(compare(up, high), `${a}/11, ${b}/23, ${d}`).toBe(1);
        }
        if (a === 0) expect(equal(found, rational(0))).toBe(true);
      }
    }
  });

  test('an empty interval is refused', () => {
    expect(() => simplestBetween(rational(1), rational(0))).toThrow(RangeError);
  });
});
