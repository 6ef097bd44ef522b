import { describe, expect, it } from 'vitest';
import {
  bigNumerators,
  commonDenominator,
  entry,
  largestSize,
  numerators,
  parseRational,
  rational,
  reduced,
  scaled,
} from '../../src/exact/index.js';

const limit = 1n << 53n;
const values = (...texts: string[]) => texts.map((t) => parseRational(t));

describe('the form of numerators', () => {
  it.each([
    [[0n, 1n - limit], true, limit - 1n],
    [[limit], true, limit],
    [[-limit], true, limit],
    [[1n, limit + 1n], false, limit + 1n],
    [[-limit - 1n, 1n], false, limit + 1n],
    [[], true, 0n],
  ])('of %s is doubles: %s', (list, inDoubles, size) => {
    const form = numerators(list);
    expect(form instanceof Float64Array).toBe(inDoubles);
    expect(bigNumerators(form)).toEqual(list);
    expect(largestSize(form)).toBe(size);
  });
});

describe('scaled', () => {
  it('brings values to the least common denominator', () => {
    const vector = scaled(values('1/2', '-1/3', '5', '1/4'));
    expect(vector.denominator).toBe(12n);
    expect(vector.numerators).toEqual(Float64Array.of(6, -4, 60, 3));
    expect([0, 1, 2, 3].map((k) => entry(vector, k))).toEqual(values('1/2', '-1/3', '5', '1/4'));
  });

  it('keeps what does not fit into doubles', () => {
    const list = [rational(limit + 1n), rational(1n, limit + 1n)];
    const vector = scaled(list);
    expect(vector.denominator).toBe(limit + 1n);
    expect(vector.numerators).toEqual([(limit + 1n) ** 2n, 1n]);
    expect([entry(vector, 0), entry(vector, 1)]).toEqual(list);
  });

  it('of nothing has denominator 1', () => {
    expect(scaled([])).toEqual({ numerators: new Float64Array(0), denominator: 1n });
    expect(commonDenominator([])).toBe(1n);
  });
});

describe('reduced', () => {
  it.each([
    [Float64Array.of(6, -4, 60), 12n, Float64Array.of(3, -2, 30), 6n],
    [Float64Array.of(5, -4), 12n, Float64Array.of(5, -4), 12n],
    [Float64Array.of(0, 0), 12n, Float64Array.of(0, 0), 1n],
    [Float64Array.of(6, 4), 1n, Float64Array.of(6, 4), 1n],
    // The denominator is beyond the doubles, the numerators are not.
    [Float64Array.of(6, -4), 2n * 3n ** 40n, Float64Array.of(3, -2), 3n ** 40n],
    // The numerators fit into doubles once the common factor is gone.
    [[limit * 6n, limit * 9n], limit * 3n, Float64Array.of(2, 3), 1n],
    [[3n * (limit + 1n), 6n * (limit + 2n)], 9n, [limit + 1n, 2n * (limit + 2n)], 3n],
  ])('%o over %s', (list, denominator, expected, d) => {
    expect(reduced({ numerators: list, denominator })).toEqual({ numerators: expected, denominator: d });
  });
});
