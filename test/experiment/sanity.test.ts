import { expect, test } from 'vitest';
import { sanity } from '../../src/experiment/sanity.js';

test('X1: every norm, size and radius; all points exact, width at most d + 6', async () => {
  const { tables } = await sanity.run({ quick: true });
  const { columns, rows } = tables[0]!;
  const at = (row: readonly (string | number)[], column: string) => row[columns.indexOf(column)]!;
  expect(new Set(rows.map((row) => at(row, 'norm')))).toEqual(new Set(['ℓ1', 'ℓ2', 'ℓ∞']));
  expect(new Set(rows.map((row) => at(row, 'μ/δ')))).toEqual(new Set(['0', '1/4', '9/20', '49/100']));
  expect(rows).toHaveLength(3 * 4 * 2 * 2);
  for (const row of rows) {
    expect(at(row, 'exact')).toBe(at(row, 'points'));
    expect(at(row, 'points')).toBe(5 * Number(at(row, 'N')));
    expect(Number(at(row, 'width'))).toBeLessThanOrEqual(Number(at(row, 'd')) + 6);
    // Two thirds of the samples are not of the smallest class; each costs d layers but in ℓ2.
    const layers = Number(at(row, 'N')) * Number(at(row, 'd'));
    if (at(row, 'norm') !== 'ℓ2') expect(Number(at(row, 'depth'))).toBeLessThanOrEqual(layers + 5);
  }
});
