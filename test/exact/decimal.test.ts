import { describe, expect, it } from 'vitest';
import {
  add,
  decimalBelow,
  decimalText,
  decimalValue,
  exactDecimal,
  floorLog10,
  isInteger,
  less,
  lessEqual,
  mul,
  parseRational,
  power,
  type Rational,
  rational,
} from '../../src/exact/index.js';

const table: readonly Rational[] = [
  '1',
  '9',
  '10',
  '99',
  '1/3',
  '2/3',
  '1/7',
  '999999/1000000',
  '1e-9',
  '3e40',
  '1e-40',
]
  .map((t) => parseRational(t))
  .concat(rational(10n ** 30n + 1n, 7n), rational(7n, 10n ** 30n - 1n));

describe('floorLog10', () => {
  it('brackets every value', () => {
    for (const a of table) {
      const k = floorLog10(a);
      expect(lessEqual(power(rational(10), k), a) && less(a, power(rational(10), k + 1))).toBe(true);
    }
  });

  it('refuses 0 and below', () => {
    expect(() => floorLog10(rational(0))).toThrow(new RangeError('floorLog10: expected a > 0, got 0/1'));
  });
});

describe('decimalBelow', () => {
  it('is the next decimal of that many digits', () => {
    for (const a of table) {
      for (const digits of [1, 2, 10]) {
        const below = decimalBelow(a, digits);
        const value = decimalValue(below);
        const step = power(rational(10), -below.places);
        expect(lessEqual(value, a) && less(a, add(value, step))).toBe(true);
        expect(isInteger(mul(value, power(rational(10), below.places)))).toBe(true);
        expect(below.numerator.toString()).toHaveLength(digits);
      }
    }
  });

  it('of 1/3 with 4 digits is 3333e-4', () => {
    expect(decimalBelow(rational(1, 3), 4)).toEqual({ numerator: 3333n, places: 4 });
    expect(decimalBelow(rational(123456), 2)).toEqual({ numerator: 12n, places: -4 });
  });
});

describe('exactDecimal', () => {
  it.each([
    ['1/8', '0.125'],
    ['-1/8', '-0.125'],
    ['-5/4', '-1.25'],
    ['1/5', '0.2'],
    ['3/50', '0.06'],
    ['7', '7'],
    ['-7', '-7'],
    ['0', '0'],
    ['120', '120'],
    ['1/1000', '0.001'],
    ['12345/100', '123.45'],
  ])('of %s is %s', (text, decimal) => {
    expect(exactDecimal(parseRational(text))).toBe(decimal);
    expect(parseRational(decimal)).toEqual(parseRational(text));
  });

  it.each(['1/3', '1/6', '5/14', '1/30'])('of %s does not end', (text) =>
    expect(exactDecimal(parseRational(text))).toBeUndefined(),
  );
});

describe('decimalText', () => {
  it.each([
    ['1/3', 10, '0.3333333333'],
    ['-2/3', 3, '-0.666'],
    ['0', 5, '0'],
    ['1/8', 10, '0.125'],
    ['1234567/10', 3, '123000'],
    ['1e-6', 10, '0.000001'],
    ['15e-8', 10, '1.5e-7'],
    ['1e20', 4, '100000000000000000000'],
    ['1.25e21', 10, '1.25e+21'],
    ['-1e-9999', 10, '-1e-9999'],
  ])('of %s with %s digits is %s', (text, digits, decimal) =>
    expect(decimalText(parseRational(text), digits)).toBe(decimal),
  );
});
