import { expect, test } from 'vitest';
import {
  integerKernel,
  integerRank,
  kernelVector,
  randomSource,
  rational,
  sparseMatrix,
} from '../../src/exact/index.js';

const times = (rows: readonly (readonly bigint[])[], z: readonly bigint[]): bigint[] =>
  rows.map((row) => row.reduce((sum, v, j) => sum + v * z[j]!, 0n));

/** That z is a kernel vector, and that there is none exactly when elimination finds none. */
function expectKernel(rows: readonly (readonly bigint[])[], columns: number): bigint[] | undefined {
  const z = integerKernel(rows, columns);
  const exact = kernelVector(
    sparseMatrix(
      rows.map((row) => row.map((v) => rational(v))),
      columns,
    ),
  );
  expect(z === undefined).toBe(exact === undefined);
  if (z === undefined) return z;
  expect(z.some((v) => v !== 0n)).toBe(true);
  expect(times(rows, z).every((v) => v === 0n)).toBe(true);
  return z;
}

test('random matrices of every shape and rank', () => {
  const random = randomSource(11);
  const seen = { kernel: 0, none: 0 };
  for (let t = 0; t < 300; t++) {
    const [m, n, r] = [random.between(1, 7), random.between(1, 8), random.between(0, 7)];
    const factor = (rows: number, columns: number, most: number) =>
      Array.from({ length: rows }, () => Array.from({ length: columns }, () => BigInt(random.between(-most, most))));
    const [left, right] = [factor(m, r, 3), factor(r, n, 1000)];
    const rows = left.map((a) =>
      Array.from({ length: n }, (_, j) => a.reduce((sum, v, k) => sum + v * right[k]![j]!, 0n)),
    );
    seen[expectKernel(rows, n) === undefined ? 'none' : 'kernel']++;
  }
  expect(Math.min(seen.kernel, seen.none)).toBeGreaterThan(20);
});

test('forty rows: numbers of hundreds of digits', () => {
  const random = randomSource(3);
  const rows = Array.from({ length: 40 }, () => Array.from({ length: 41 }, () => BigInt(random.between(-99, 99))));
  const z = expectKernel(rows, 41)!;
  expect(String(z[40]).length).toBeGreaterThan(80);
});

test('what the prime hides, and entries beyond the doubles', () => {
  const p = 2_097_143n;
  // The first column is 0 modulo p, and still no kernel vector.
  expectKernel(
    [
      [p, 1n, 0n],
      [0n, 0n, 1n],
    ],
    3,
  );
  expect(
    expectKernel(
      [
        [p, 0n],
        [0n, 1n],
      ],
      2,
    ),
  ).toBeUndefined();
  expectKernel(
    [
      [1n, 1n, 0n],
      [1n, p + 1n, 5n],
    ],
    3,
  );
  expectKernel(
    [
      [2n ** 200n, 3n ** 100n, 1n],
      [7n, -5n, 2n ** 90n],
    ],
    3,
  );
  expect(integerKernel([[0n, 0n]], 2)).toEqual([1n, 0n]);
  expect(integerKernel([], 2)).toEqual([1n, 0n]);
  expect(() => integerKernel([[1n]], 2)).toThrow('integerKernel: row 0: expected 2 entries, got 1');
  expect(
    integerRank([
      [p, 0n],
      [0n, 1n],
    ]),
  ).toBe(2);
});
