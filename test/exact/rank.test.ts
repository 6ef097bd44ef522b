import { expect, test } from 'vitest';
import { integerRank, randomSource, rank, rational, sparseMatrix } from '../../src/exact/index.js';
import { rankModuloPrime } from '../../src/exact/rank.js';

const exactly = (rows: bigint[][]): number => rank(sparseMatrix(rows.map((row) => row.map((v) => rational(v)))));

test('random matrices of every rank: as exact elimination says', () => {
  const random = randomSource(6);
  const seen = new Set<string>();
  for (let t = 0; t < 120; t++) {
    const [m, n, r] = [random.between(1, 6), random.between(1, 6), random.between(0, 5)];
    const factor = (rows: number, columns: number) =>
      Array.from({ length: rows }, () => Array.from({ length: columns }, () => BigInt(random.between(-9, 9))));
    const [left, right] = [factor(m, r), factor(r, n)];
    const rows = left.map((a) =>
      Array.from({ length: n }, (_, j) => a.reduce((sum, v, k) => sum + v * right[k]![j]!, 0n)),
    );
    expect(integerRank(rows)).toBe(exactly(rows));
    seen.add(integerRank(rows) === Math.min(m, n) ? 'full' : 'less');
  }
  expect(seen.size).toBe(2);
});

test('entries that a prime hides, and entries beyond the doubles', () => {
  const p = 2_097_143n;
  expect(
    integerRank([
      [p, 0n],
      [0n, 1n],
    ]),
  ).toBe(2);
  expect(
    integerRank([
      [1n, 1n],
      [1n, p + 1n],
    ]),
  ).toBe(2);
  expect(integerRank([[-p, 2n * p]])).toBe(1);
  expect(
    integerRank([
      [2n ** 300n, 1n],
      [2n ** 301n, 2n],
    ]),
  ).toBe(1);
  expect(
    integerRank([
      [2n ** 300n, 1n],
      [2n ** 301n, 3n],
    ]),
  ).toBe(2);
  expect(integerRank([])).toBe(0);
  expect(integerRank([[0n, 0n]])).toBe(0);
});

test('the rank modulo a prime is the rank by itself, where the prime hides nothing', () => {
  const random = randomSource(8);
  const seen = new Set<number>();
  for (let t = 0; t < 200; t++) {
    const [m, n, r] = [random.between(1, 6), random.between(1, 7), random.between(0, 6)];
    const factor = (rows: number, columns: number) =>
      Array.from({ length: rows }, () => Array.from({ length: columns }, () => BigInt(random.between(-4, 4))));
    const [left, right] = [factor(m, r), factor(r, n)];
    const rows = left.map((a) =>
      Array.from({ length: n }, (_, j) => a.reduce((sum, v, k) => sum + v * right[k]![j]!, 0n)),
    );
    const found = rankModuloPrime(rows, n);
    expect(found).toBe(exactly(rows));
    seen.add(found);
  }
  expect(seen.size).toBeGreaterThan(5);
  expect(rankModuloPrime([[0n, 0n, 3n]], 3)).toBe(1);
  expect(rankModuloPrime([[2_097_143n, 0n]], 2)).toBe(0);
  expect(
    rankModuloPrime(
      [
        [1n, 1n],
        [1n, 2_097_144n],
      ],
      2,
    ),
  ).toBe(1);
});
