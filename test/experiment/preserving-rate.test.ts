import { describe, expect, test } from 'vitest';
import { preservingRate } from '../../src/experiment/preserving-rate.js';

describe('X4', () => {
  test('the share falls with the radius, grows with k, and keeps what the lemma promises', async () => {
    const { tables } = await preservingRate.run({ quick: true });
    const rates = tables[0]!.rows as [number, number, number, number][];
    for (const [k, ratio, share, promised] of rates) {
      expect(share, `k = ${k}, μ/δ = ${ratio}`).toBeGreaterThanOrEqual(promised - 0.15);
      for (const [otherK, otherRatio, otherShare] of rates) {
        if (otherK === k && otherRatio > ratio) expect(otherShare).toBeLessThanOrEqual(share);
      }
    }
    const at = (k: number, ratio: number) => rates.find((row) => row[0] === k && row[1] === ratio)![2];
    expect(at(1, 0.1)).toBe(0);
    expect(at(4, 0.01)).toBe(1);
  });

  test('the same seed gives the same maps, another seed others', async () => {
    const [first, again, other] = await Promise.all([1, 1, 2].map((seed) => preservingRate.run({ quick: true, seed })));
    expect(again).toEqual(first);
    expect(other!.tables[1]!.rows).not.toEqual(first!.tables[1]!.rows);
  });
});
