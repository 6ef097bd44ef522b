import { expect, test } from 'vitest';
import { widthSweep } from '../../src/experiment/width-sweep.js';

test('X5: radii grow with k, fall with N, and stay between guarantee and δ/2', async () => {
  const { tables } = await widthSweep.run({ quick: true });
  const rows = tables[0]!.rows as [number, number, number, number, number][];
  expect(rows).toHaveLength(6);
  for (const [N, k, ratio, guaranteed] of rows) {
    expect(ratio).toBeGreaterThan(guaranteed);
    expect(ratio).toBeLessThan(0.5);
    for (const [otherN, otherK, other] of rows) {
      if (otherN === N && otherK > k) expect(other).toBeGreaterThan(ratio);
      if (otherK === k && otherN > N) expect(other).toBeLessThan(ratio);
    }
  }
});
