import { expect, test } from 'vitest';
import { robustThreshold } from '../../src/experiment/robust-threshold.js';

test('X10: axis-parallel hyperplanes cover every ball, normal ones fail in higher dimensions', async () => {
  const { tables } = await robustThreshold.run({ quick: true });
  const [moons, dimensions] = tables;
  const successes = (rows: readonly (readonly (string | number)[])[], family: string): number[] =>
    rows.filter((row) => row.includes(family)).map((row) => Number(row.at(-3)));
  expect(successes(moons!.rows, 'axis')).toEqual([2, 2, 2, 2]);
  expect(successes(moons!.rows, 'gaussian')[0]).toBe(2);
  expect(successes(dimensions!.rows, 'axis')).toEqual([2, 2]);
  const [low, high] = dimensions!.rows.filter((row) => row.includes('gaussian')).map((row) => Number(row.at(-1)));
  expect(high).toBeGreaterThan(low!);
  expect(high).toBeGreaterThan(0);
});
