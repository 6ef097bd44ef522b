/** What is lifted is right by itself; `integerKernel` would hide a wrong one behind elimination. */
import { expect, test } from 'vitest';
import { randomSource } from '../../src/exact/index.js';
import { liftedKernel } from '../../src/exact/lifted-kernel.js';
import { modularFactors } from '../../src/exact/modular-factors.js';

type Rows = readonly (readonly bigint[])[];

function lifted(rows: Rows, columns: number): bigint[] | undefined {
  const factors = modularFactors(rows, columns);
  if (factors === undefined) throw new Error('expected dependent columns');
  return liftedKernel(rows, columns, factors);
}

function expectLifted(rows: Rows, columns: number): bigint[] {
  const z = lifted(rows, columns);
  expect(z).toBeDefined();
  expect(z).toHaveLength(columns);
  expect(z!.some((v) => v !== 0n)).toBe(true);
  for (const row of rows) expect(row.reduce((sum, v, j) => sum + v * z![j]!, 0n)).toBe(0n);
  return z!;
}

const randomRows = (seed: number, m: number, n: number, most: number): bigint[][] => {
  const random = randomSource(seed);
  return Array.from({ length: m }, () => Array.from({ length: n }, () => BigInt(random.between(-most, most))));
};

test.each([
  [1, 2, 9],
  [2, 3, 1],
  [3, 4, 1000],
  [5, 9, 99],
  [12, 13, 1],
  [20, 21, 1_000_000],
  [30, 40, 7],
])('%i random rows of %i entries up to %i', (m, n, most) => {
  for (let seed = 0; seed < 12; seed++) expectLifted(randomRows(seed, m, n, most), n);
});

test('the vector ends behind the first column that depends on those before it', () => {
  expect(lifted([[2n, 1n, 5n]], 3)).toEqual([-1n, 2n, 0n]);
  expect(lifted([[0n, 3n]], 2)).toEqual([1n, 0n]);
  expect(
    lifted(
      [
        [3n, 0n, 1n],
        [0n, 7n, 1n],
      ],
      3,
    ),
  ).toEqual([-7n, -3n, 21n]);
});

test('numerators as large as Hadamard allows', () => {
  // Rows of ±1 at right angles: det = 16⁸, and as last column a row of signs.
  const hadamard = Array.from({ length: 16 }, (_, i) =>
    Array.from({ length: 16 }, (_, j) => {
      let [bits, odd] = [i & j, false];
      for (; bits > 0; bits &= bits - 1) odd = !odd;
      return odd ? -1n : 1n;
    }),
  );
  for (const scale of [1n, 1000n, 99_991n]) {
    const rows = hadamard.map((row, i) => [...row.map((v) => v * scale), i % 3 === 0 ? -1n : 1n]);
    const z = expectLifted(rows, 17);
    expect(z[16]! % scale).toBe(0n);
  }
});

test('zeros, negative determinants and rows that repeat', () => {
  expectLifted(
    [
      [0n, 2n, 1n],
      [5n, 0n, 1n],
      [0n, 4n, 2n],
    ],
    3,
  );
  expectLifted(
    [
      [0n, 0n, -1n, 3n],
      [0n, -1n, 0n, 3n],
      [-7n, 0n, 0n, 3n],
    ],
    4,
  );
});

test('sums that doubles cannot hold are not tried', () => {
  const p = 2_097_143;
  // (r + 2)·size·p < 2⁵² for r = 1
  const most = Math.floor(2 ** 52 / (3 * p));
  expectLifted([[BigInt(most), 1n]], 2);
  expect(lifted([[BigInt(most + 1), 1n]], 2)).toBeUndefined();
  expect(lifted([[1n, BigInt(-most - 1)]], 2)).toBeUndefined();
});

test('a column whose independence the prime hides gives a vector that is not in the kernel', () => {
  const rows = [
    [1n, 1n, 0n],
    [1n, 2_097_144n, 5n],
  ];
  expect(lifted(rows, 3)).toEqual([-1n, 1n, 0n]);
});
