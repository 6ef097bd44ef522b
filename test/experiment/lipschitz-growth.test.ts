/** X13 in its quick size: bounds around exact constants, and exponents near those of the theory. */
import { expect, test } from 'vitest';
import { experimentNamed } from '../../src/experiment/index.js';

test('exact constants lie between the bounds; in ℓ∞ constants grow nearly like d, in ℓ2 and ℓ1 more slowly', async () => {
  const { tables, findings } = await experimentNamed('X13').run({ quick: true });
  const exact = tables.find(({ name }) => name === 'exact')!;
  const at = (name: string): number => exact.columns.indexOf(name);
  expect(exact.rows).toHaveLength(12);
  for (const row of exact.rows) {
    expect(Number(row[at('lower')])).toBeLessThanOrEqual(Number(row[at('exact')]));
    expect(Number(row[at('exact')])).toBeLessThanOrEqual(Number(row[at('upper')]));
  }
  expect(findings[0]).toBe('lower bound ≤ exact ≤ upper bound in every network');

  const { columns, rows } = tables.find(({ name }) => name === 'dimension')!;
  /** Growth of a column from the least to the largest d. */
  const growth = (p: string, column: string): number => {
    const own = rows
      .filter((row) => row[columns.indexOf('p')] === p)
      .map((row) => Number(row[columns.indexOf(column)]));
    return own.at(-1)! / own[0]!;
  };
  // From d = 4 to 32: 8 for the exponent 1, 2.8 for 1/2.
  expect(growth('ℓ∞', 'aligned')).toBeGreaterThan(5);
  expect(growth('ℓ∞', 'aligned')).toBeLessThan(12);
  expect(growth('ℓ2', 'aligned')).toBeLessThan(4);
  expect(growth('ℓ1', 'aligned')).toBeLessThan(4);
  // In ℓ1 random points see less than aligned ones, and ever less.
  expect(growth('ℓ1', 'sampled')).toBeLessThan(growth('ℓ1', 'aligned'));
  expect(findings).toContainEqual(expect.stringMatching(/^ℓ1: aligned points grow like d\^/));
});
