import { expect, test } from 'vitest';
import { convolutionWidth } from '../../src/experiment/convolution-width.js';
import { turnedSignals } from '../../src/experiment/turned-signals.js';

test('X12: two convolutional neurons whatever the number of shifts, and more dense ones for more shifts', async () => {
  const { tables } = await convolutionWidth.run({ quick: true });
  const { columns, rows } = tables[0]!;
  const column = (name: string): number[] => rows.map((row) => Number(row[columns.indexOf(name)]));
  expect(column('D')).toEqual([4, 8, 16]);
  expect(column('share')).toEqual([1, 1, 1]);
  expect(column('share dense')).toEqual([1, 1, 1]);
  // Two prototypes of the covered class; one neuron may cover both.
  for (const most of column('at most')) expect([1, 2]).toContain(most);
  const dense = column('n₂ dense');
  expect(dense[1]).toBeGreaterThan(1.5 * dense[0]!);
  expect(dense[2]).toBeGreaterThan(1.5 * dense[1]!);
  expect(column('parameters conv.')[2]).toBeLessThan(column('parameters dense')[2]!);
});

test('signals are shifts of one prototype but for noise', () => {
  const D = 6;
  const data = turnedSignals(8, D, 3, { prototypes: 2, noise: 0 });
  const row = (i: number): number[] =>
    Array.from({ length: D }, (_, p) => Number(data.coordinates.numerators[i * D + p]!));
  const turns = (x: readonly number[]): string[] => x.map((_, t) => [...x.slice(t), ...x.slice(0, t)].join());
  expect(data.labels).toEqual([0, 1, 0, 1, 0, 1, 0, 1]);
  for (let i = 2; i < 8; i++) expect(turns(row(i))).toContain(row(i % 2).join());
  expect(turns(row(0))).not.toContain(row(1).join());
  expect(Math.hypot(...row(0)) / 2 ** 14).toBeCloseTo(1, 3);
});
