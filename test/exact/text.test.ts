import { describe, expect, it } from 'vitest';
import { formatRatio, formatRational, parseRational, rational } from '../../src/exact/index.js';
import { InputError } from '../../src/format/index.js';

describe('parseRational', () => {
  it.each([
    ['3/8', 3n, 8n],
    ['-3/8', -3n, 8n],
    ['+3/6', 1n, 2n],
    ['-0.125', -1n, 8n],
    ['1e-3', 1n, 1000n],
    ['1E+3', 1000n, 1n],
    ['.5', 1n, 2n],
    ['+.5e1', 5n, 1n],
    ['5.', 5n, 1n],
    ['0.1', 1n, 10n],
    ['-0', 0n, 1n],
    ['-0.0e5', 0n, 1n],
    ['0/7', 0n, 1n],
    ['007', 7n, 1n],
    ['12', 12n, 1n],
    ['1.50', 3n, 2n],
    ['9007199254740993', 9007199254740993n, 1n],
    ['0.12345678901234567890123', 12345678901234567890123n, 10n ** 23n],
    ['12.5e-2', 1n, 8n],
  ])('%s', (text, n, d) => expect(parseRational(text)).toEqual({ n, d }));

  it('reads the largest exponent there is', () => expect(parseRational('1e9999').n).toBe(10n ** 9999n));

  it.each([
    ['1/0', 'a: expected a denominator other than 0, got "1/0"'],
    ['1/000', 'a: expected a denominator other than 0, got "1/000"'],
    ['NaN', 'a: expected rational text such as "3/8", got "NaN"'],
    ['', 'a: expected rational text such as "3/8", got ""'],
    ['.', 'a: expected rational text such as "3/8", got "."'],
    ['1/-2', 'a: expected rational text such as "3/8", got "1/-2"'],
    ['1.5/2', 'a: expected rational text such as "3/8", got "1.5/2"'],
    ['1e', 'a: expected rational text such as "3/8", got "1e"'],
    ['1e99999', 'a: expected rational text such as "3/8", got "1e99999"'],
    [' 1', 'a: expected rational text such as "3/8", got " 1"'],
    ['1\n', 'a: expected rational text such as "3/8", got "1\\n"'],
    ['0x10', 'a: expected rational text such as "3/8", got "0x10"'],
    ['Infinity', 'a: expected rational text such as "3/8", got "Infinity"'],
    ['--1', 'a: expected rational text such as "3/8", got "--1"'],
    ['1,5', 'a: expected rational text such as "3/8", got "1,5"'],
    ['½', 'a: expected rational text such as "3/8", got "½"'],
    ['٣', 'a: expected rational text such as "3/8", got "٣"'],
  ])('refuses %j', (text, message) => expect(() => parseRational(text, 'a')).toThrow(new InputError(message)));
});

describe('formatRational', () => {
  it.each([
    [rational(-3, 8), '-3/8'],
    [rational(12), '12'],
    [rational(0), '0'],
    [rational(10, 4), '5/2'],
  ])('%o', (a, text) => {
    expect(formatRational(a)).toBe(text);
    expect(parseRational(text)).toEqual(a);
  });

  it('of a ratio that is not reduced', () => {
    expect(formatRatio(6, 4n)).toBe('3/2');
    expect(formatRatio(-6n, 3n)).toBe('-2');
    expect(formatRatio(6, 1n)).toBe('6');
    expect(formatRatio(-0, 5n)).toBe('0');
  });

  it('round trips through every text form', () => {
    for (let n = -40; n <= 40; n++) {
      for (let d = 1; d <= 12; d++) expect(parseRational(formatRational(rational(n, d)))).toEqual(rational(n, d));
      expect(parseRational((n / 8).toString())).toEqual(rational(n, 8));
    }
  });
});
