/** X9: the shares are those that were published, as far as a few restarts tell, and would not be with another bias bound. */
import { expect, test } from 'vitest';
import { publishedMoons } from '../../src/experiment/moons-published.js';
import { agreementOf, alarm, moonsRestarts, moonsTable } from '../../src/experiment/moons-table.js';

test('every published cell agrees by Fisher’s test; Λ = 0 never succeeds', async () => {
  const { tables, findings } = await moonsTable.run({ quick: true });
  const { columns, rows } = tables[0]!;
  const column = (name: string): number => columns.indexOf(name);
  expect(rows).toHaveLength(publishedMoons.length);
  for (const row of rows) {
    const cell = `n₁ = ${row[0]}, Λ = ${row[1]}`;
    expect(Number(row[column('p')]), cell).toBeGreaterThan(alarm);
    const zero = row[1] === '0';
    if (zero) expect(row[column('share')], cell).toBe(0);
    // Hyperplanes through the origin leave samples that lie on a ray with one of the other class.
    expect(Number(row[column('best accuracy')]) < 0.95, cell).toBe(zero);
  }
  expect(rows.filter((row) => row[1] === '0')).toHaveLength(5);
  expect(findings[0]).toMatch(/^the shares agree with the published ones in 28 of 28 cells/);
});

test('half the bias bound is told apart from the published shares, the right one is not', () => {
  const cell = publishedMoons.find(({ hyperplanes, bias }) => hyperplanes === 200 && bias === '0.25')!;
  expect(agreementOf(moonsRestarts(1000, 200, '0.25', 50, 1), cell)).toBeGreaterThan(alarm);
  expect(agreementOf(moonsRestarts(1000, 200, '0.125', 50, 1), cell)).toBeLessThan(alarm);
});

test('the width of the second layer does not grow with the samples where hyperplanes suffice', () => {
  const [few, many] = [300, 3000].map((N) => moonsRestarts(N, 1000, '1', 3, 2));
  expect([few!.successes, many!.successes]).toEqual([3, 3]);
  expect(many!.width).toBeLessThan(2 * few!.width);
});
