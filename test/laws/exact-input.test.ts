import { expect, test } from 'vitest';
import { rational } from '../../src/exact/index.js';
import { exactly } from '../../src/laws/exact-input.js';

test('rationals, text, and numbers as their exact binary values', () => {
  expect(exactly(rational(1, 3), 'x')).toEqual(rational(1, 3));
  expect(exactly('0.1', 'x')).toEqual(rational(1, 10));
  expect(exactly(0.1, 'x')).toEqual(rational(3602879701896397n, 36028797018963968n));
  expect(exactly(-2, 'x')).toEqual(rational(-2));
});

test('what is no number is refused by its place', () => {
  expect(() => exactly(Number.NaN, 'point[1]')).toThrow('point[1]: expected a finite number, got NaN');
  expect(() => exactly('one', 'radius')).toThrow('radius: ');
});
