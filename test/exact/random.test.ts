/** Seeded integers: repeatable, in range, and spread. */
import { describe, expect, it } from 'vitest';
import { randomSource } from '../../src/exact/index.js';

const take = (seed: number, n: number, count: number): number[] => {
  const random = randomSource(seed);
  return Array.from({ length: count }, () => random.below(n));
};

describe('randomSource', () => {
  it('gives the same numbers for the same seed, whatever else is drawn from other sources', () => {
    expect(take(7, 1000, 8)).toEqual(take(7, 1000, 8));
    expect(take(7, 10 ** 9, 4)).not.toEqual(take(8, 10 ** 9, 4));
    expect(take(7, 10 ** 9, 4)).not.toEqual(take(7 + 2 ** 32, 10 ** 9, 4));
    expect(take(0, 10 ** 9, 4)).not.toEqual(take(-1, 10 ** 9, 4));
  });

  it('keeps the sequence that recorded seeds rely on', () => {
    expect(take(1, 2 ** 32, 3)).toEqual([2806122666, 2006819114, 3491916141]);
  });

  it('covers its range evenly', () => {
    const counts = new Array(6).fill(0);
    for (const v of take(3, 6, 6000)) counts[v]++;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
    // Numbers cut off at 2^32 would fall twice as often into the first third.
    const low = take(4, 3 * 2 ** 30, 3000).filter((v) => v < 2 ** 30).length;
    expect(Math.abs(low - 1000)).toBeLessThan(150);
    const random = randomSource(5);
    const seen = new Set(Array.from({ length: 200 }, () => random.between(-2, 2)));
    expect([...seen].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
    expect(new Set(Array.from({ length: 40 }, () => random.coin())).size).toBe(2);
    expect(random.below(1)).toBe(0);
  });

  it('refuses other seeds and ranges', () => {
    expect(() => randomSource(0.5)).toThrow('expected a safe integer as seed, got 0.5');
    const random = randomSource(1);
    for (const n of [0, -1, 1.5, 2 ** 32 + 1, Number.NaN]) expect(() => random.below(n)).toThrow(RangeError);
    expect(() => random.between(1, 0)).toThrow(RangeError);
  });
});
