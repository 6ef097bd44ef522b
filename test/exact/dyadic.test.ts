import { expect, test } from 'vitest';
import { compare, formatRational, parseRational, rational, simplestDyadic } from '../../src/exact/index.js';

const q = parseRational;

test.each([
  ['0', '1', '0'],
  ['1/3', '1', '1'],
  ['1/3', '2/3', '1/2'],
  ['3/5', '7/10', '5/8'],
  ['-7/3', '-2/3', '-2'],
  ['-1/3', '-1/5', '-1/4'],
  ['5/8', '5/8', '5/8'],
  ['100/3', '101/3', '67/2'],
])('between %s and %s: %s', (low, high, wanted) => {
  expect(formatRational(simplestDyadic(q(low), q(high)))).toBe(wanted);
});

test('no dyadic number with fewer places lies between', () => {
  for (let n = -12; n < 12; n++) {
    const [low, high] = [rational(n, 7), rational(8 * n + 3, 56)];
    const found = simplestDyadic(low, high);
    expect(compare(low, found) <= 0 && compare(found, high) <= 0).toBe(true);
    for (let d = 1n; d < found.d; d *= 2n) {
      for (let m = -100n; m < 100n; m++) {
        const other = rational(m, d);
        expect(compare(low, other) <= 0 && compare(other, high) <= 0).toBe(false);
      }
    }
  }
});

test('an empty interval, and one number that is not dyadic, are refused', () => {
  expect(() => simplestDyadic(q('1/2'), q('1/3'))).toThrow('expected low ≤ high');
  expect(() => simplestDyadic(q('1/3'), q('1/3'))).toThrow('expected a dyadic number, got 1/3');
});
