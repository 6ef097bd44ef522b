import { describe, expect, it } from 'vitest';
import { parseRational, rational } from '../../src/exact/index.js';
import { equationText, fixedText, grouped, rootText, valueText } from '../../src/report/value-text.js';

const q = (text: string) => parseRational(text);

describe('fixedText', () => {
  it.each([
    ['1/3', 2, '0.33'],
    ['2/3', 2, '0.67'],
    ['1/8', 2, '0.13'],
    ['-1/8', 2, '-0.13'],
    ['-1/1000', 2, '0'],
    ['5', 2, '5'],
    ['123.4', 0, '123'],
    ['10', 0, '10'],
    ['99.999', 2, '100'],
    ['1/20', 1, '0.1'],
  ])('writes %s with %i decimals as %s', (value, digits, text) => {
    expect(fixedText(q(value), digits)).toBe(text);
  });
});

describe('valueText and equationText', () => {
  it('are exact while short and marked when not', () => {
    expect(valueText(q('-99/2000'))).toBe('-99/2000');
    expect(valueText(rational(10n ** 30n + 1n, 3n * 10n ** 30n))).toBe('≈ 0.3333333333');
    expect(equationText('μ', q('99/2000'))).toBe('μ = 99/2000');
    expect(equationText('μ', rational(1n, 7n ** 40n))).toMatch(/^μ ≈ 1\.5\d+e-34$/);
  });
});

describe('rootText', () => {
  it.each([
    ['9/16', '3/4'],
    ['2', '√2 ≈ 1.414213562'],
    ['5/64', '√(5/64) ≈ 0.2795084971'],
    ['0', '0'],
  ])('writes √(%s) as %s', (value, text) => {
    expect(rootText(q(value))).toBe(text);
  });

  it('gives only the decimal of a long square', () => {
    expect(rootText(rational(2n * 10n ** 40n + 1n, 10n ** 40n))).toBe('≈ 1.414213562');
  });
});

describe('grouped', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [-1234567n, '-1,234,567'],
    ['17000000', '17,000,000'],
    ['1000/3', '1000/3'],
  ])('writes %s as %s', (value, text) => {
    expect(grouped(value)).toBe(text);
  });
});
