/** Integers beyond 32 bits and rounded normal numbers: repeatable, in range, and spread as they should be. */
import { describe, expect, it } from 'vitest';
import { bigBelow, distinctBelow, randomSource, roundedNormals } from '../../src/exact/index.js';

const many = (n: bigint, count: number, seed = 1): bigint[] => {
  const random = randomSource(seed);
  return Array.from({ length: count }, () => bigBelow(random, n));
};

describe('bigBelow', () => {
  it('is the 32-bit generator where that is enough', () => {
    const [a, b] = [randomSource(3), randomSource(3)];
    for (const n of [1, 2, 1000, 2 ** 32]) expect(bigBelow(a, BigInt(n))).toBe(BigInt(b.below(n)));
  });

  it('is the same for the same seed, and else another', () => {
    expect(many(10n ** 30n, 3)).toEqual(many(10n ** 30n, 3));
    expect(many(10n ** 30n, 3)).not.toEqual(many(10n ** 30n, 3, 2));
  });

  it.each([2n ** 32n + 1n, 2n ** 33n, 2n ** 40n + 12345n, 2n ** 64n, 3n * 2n ** 64n, 2n ** 96n - 1n, 10n ** 30n])(
    'covers [0, %d) evenly: each quarter, and the lowest digit',
    (n) => {
      const drawn = many(n, 4000);
      expect(drawn.every((v) => v >= 0n && v < n)).toBe(true);
      for (let q = 0n; q < 4n; q++) {
        const count = drawn.filter((v) => (4n * v) / n === q).length;
        expect(Math.abs(count - 1000), `quarter ${q}`).toBeLessThan(150);
      }
      expect(Math.abs(drawn.filter((v) => v % 2n === 0n).length - 2000)).toBeLessThan(200);
    },
  );

  it('refuses an empty range', () => {
    for (const n of [0n, -5n]) expect(() => many(n, 1)).toThrow(`bigBelow: expected n ≥ 1, got ${n}`);
  });
});

describe('roundedNormals', () => {
  // Drawn inside tests, so that what throws is seen by one.
  const normals = () => roundedNormals(randomSource(11), 20_001, 1000);

  it('gives as many as asked for, whole, without −0, the same for a seed', () => {
    const drawn = normals();
    expect(drawn.length).toBe(20_001);
    expect(drawn.every((v) => Number.isInteger(v) && !Object.is(v, -0))).toBe(true);
    expect(roundedNormals(randomSource(11), 20_001, 1000)).toEqual(drawn);
    expect(roundedNormals(randomSource(11), 0, 1000).length).toBe(0);
    expect(roundedNormals(randomSource(5), 400, 0.01).every((v) => Object.is(v, 0))).toBe(true);
  });

  it('has mean 0, deviation 1000, no skew, and the tails of a normal number', () => {
    const drawn = normals();
    const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
    const values = [...drawn];
    expect(Math.abs(mean(values))).toBeLessThan(30);
    expect(Math.abs(Math.sqrt(mean(values.map((v) => v * v))) - 1000)).toBeLessThan(20);
    expect(Math.abs(mean(values.map((v) => (v / 1000) ** 3)))).toBeLessThan(0.1);
    expect(Math.abs(mean(values.map((v) => (v / 1000) ** 4)) - 3)).toBeLessThan(0.25);
    const beyond = (k: number): number => values.filter((v) => Math.abs(v) > 1000 * k).length / values.length;
    expect(Math.abs(beyond(1) - 0.3173)).toBeLessThan(0.015);
    expect(Math.abs(beyond(2) - 0.0455)).toBeLessThan(0.008);
  });

  it('draws pairs that do not depend on each other', () => {
    const drawn = normals();
    let product = 0;
    for (let k = 0; k + 1 < drawn.length; k += 2) product += drawn[k]! * drawn[k + 1]!;
    expect(Math.abs(product / 10_000 / 1e6)).toBeLessThan(0.05);
  });
});

describe('distinctBelow', () => {
  it('gives different integers in range, all of them when asked for all', () => {
    const random = randomSource(4);
    for (let round = 0; round < 20; round++) {
      const some = distinctBelow(random, 12, 5);
      expect(some.length).toBe(5);
      expect(new Set(some).size).toBe(5);
      expect(some.every((v) => Number.isInteger(v) && v >= 0 && v < 12)).toBe(true);
    }
    expect(distinctBelow(random, 6, 6).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(distinctBelow(random, 3, 0)).toEqual([]);
  });

  it('puts every integer everywhere equally often', () => {
    const random = randomSource(9);
    const first = new Array(5).fill(0);
    const last = new Array(5).fill(0);
    for (let round = 0; round < 5000; round++) {
      const [a, , c] = distinctBelow(random, 5, 3);
      first[a!]++;
      last[c!]++;
    }
    for (const count of [...first, ...last]) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('refuses more than there are', () => {
    expect(() => distinctBelow(randomSource(1), 3, 4)).toThrow('distinctBelow: expected at most 3 integers, got 4');
  });
});
