import { expect, test } from 'vitest';
import { fisherTest } from '../../src/experiment/fisher-test.js';

test.each([
  // Fisher's tea: 3 of 4 right against 1 of 4; both tails are 17/70.
  [3, 4, 1, 4, 34 / 70],
  [4, 4, 0, 4, 2 / 70],
  // 8 of 10 against 1 of 10: (2·C(10,8)·C(10,1) + 2·C(10,9)·C(10,0))/C(20,9).
  [8, 10, 1, 10, (2 * 45 * 10 + 2 * 10) / 167_960],
  [2, 4, 2, 4, 1],
  [0, 50, 0, 50, 1],
])('%i of %i against %i of %i', (a, m, b, n, p) => {
  expect(fisherTest(a, m, b, n)).toBeCloseTo(p, 12);
  expect(fisherTest(b, n, a, m)).toBeCloseTo(p, 12);
  expect(fisherTest(m - a, m, n - b, n)).toBeCloseTo(p, 12);
});

test('p falls as shares part, and samples of different sizes are allowed', () => {
  const values = [0, 3, 6, 9, 12].map((a) => fisherTest(a, 12, 50, 50));
  expect(values).toEqual([...values].sort((x, y) => x - y));
  expect(values[0]).toBeLessThan(1e-9);
  expect(values.at(-1)).toBe(1);
});

test.each([
  [5, 4, 1, 4],
  [-1, 4, 1, 4],
  [0.5, 4, 1, 4],
])('refuses %d successes of %d', (a, m, b, n) => {
  expect(() => fisherTest(a, m, b, n)).toThrow(/^fisherTest: expected whole numbers of successes among trials, got /);
});
