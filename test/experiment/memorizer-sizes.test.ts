import { expect, test } from 'vitest';
import { theorems } from '../../src/construction/index.js';
import { memorizerSizes } from '../../src/experiment/memorizer-sizes.js';

test('X14: every theorem at every size, zeros counted and not; the networks of [YGZ] stay below their formulas', async () => {
  const { tables } = await memorizerSizes.run({ quick: true });
  const [growth, sizes] = tables;
  expect(growth!.rows.map(([name]) => name)).toEqual(theorems.map(({ name }) => name));
  expect(sizes!.rows).toHaveLength(4 * theorems.length);
  const at = (column: string): number => sizes!.columns.indexOf(column);
  const bounds: Readonly<Record<string, (N: number, d: number) => number>> = {
    'ygz-wide': (N, d) => (N / 2) * (6 * d + 2) + 3,
    'ygz-narrow': (N, d) => (8 * d + 5) * (N / 2) - d - 1,
    'ygz-lipschitz': (N, d) => N * (10 * d + 6 + 2 * Math.ceil(Math.log2(d))) + 4 * Math.ceil(Math.log2(N)),
  };
  let compared = 0;
  for (const row of sizes!.rows) {
    const [N, d, rho, nonzero, parameters] = ['N', 'd', 'ρ', 'nonzero', 'parameters'].map((name) =>
      Number(row[at(name)]),
    );
    expect(parameters).toBeGreaterThanOrEqual(nonzero!);
    expect(nonzero).toBeGreaterThan(0);
    expect(rho! > 0 && rho! <= 0.5).toBe(true);
    const bound = bounds[String(row[0])];
    if (bound === undefined) continue;
    expect(nonzero).toBeLessThanOrEqual(bound(N!, d!));
    compared++;
  }
  expect(compared).toBe(12);
  // Exponents are those of the rows: two sizes, one quotient.
  const wide = (N: number): number =>
    Number(
      sizes!.rows.find((row) => row[0] === 'ygz-wide' && row[at('N')] === N && row[at('d')] === 3)![at('nonzero')],
    );
  expect(growth!.rows[0]![1]).toBeCloseTo(Math.log2(wide(8) / wide(4)), 10);
});
