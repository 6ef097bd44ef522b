/** Every experiment in its quick size: well-formed tables, plots of columns that exist, and the same result for a seed. */
import { describe, expect, test } from 'vitest';
import { experimentNamed, experiments } from '../../src/experiment/index.js';
import { drawnDigits } from './drawn-digits.js';

const data = drawnDigits(12);

test('names are distinct and in order', () => {
  const numbers = experiments.map(({ name }) => Number(/^X(\d+)$/.exec(name)?.[1]));
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  expect(experimentNamed('x4').name).toBe('X4');
  expect(() => experimentNamed('X99')).toThrow(/^experiment: expected X.*, got "X99"$/);
});

describe.each(experiments.map((experiment) => [experiment.name, experiment] as const))('%s', (_, experiment) => {
  test('quick: tables, plots and findings fit together', async () => {
    const seen: [number, number][] = [];
    const { tables, plots, findings } = await experiment.run({
      quick: true,
      data,
      onProgress: (done, total) => seen.push([done, total]),
    });
    expect(tables.length).toBeGreaterThan(0);
    for (const { columns, rows } of tables) {
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) {
        expect(row).toHaveLength(columns.length);
        for (const cell of row) if (typeof cell === 'number') expect(Number.isNaN(cell)).toBe(false);
      }
    }
    for (const { table, x, y, series } of plots) {
      const drawn = tables.find(({ name }) => name === table);
      const used = [x, y, ...(series === undefined ? [] : [series])];
      expect(drawn?.columns, table).toEqual(expect.arrayContaining(used));
    }
    expect(findings.length).toBeGreaterThan(0);
    const [done, total] = seen.at(-1)!;
    expect(done).toBe(total);
    expect(seen.map(([n]) => n)).toEqual(seen.map(([n]) => n).sort((a, b) => a - b));
  });

  test('stops when told to', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect((async () => experiment.run({ quick: true, signal }))()).rejects.toThrow('enough');
  });
});
