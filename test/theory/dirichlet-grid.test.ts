/** [YGZ, Thm 4.7] at small ratios: grids on which every first layer of rank below d fails. */
import { describe, expect, test } from 'vitest';
import { compare, maxOfAbs, randomSource, rational, subVectors } from '../../src/exact/index.js';
import type { Norm } from '../../src/format/index.js';
import { collision, identityMap, image, magnitude, point, separation } from '../../src/geometry/index.js';
import { evaluate } from '../../src/network/index.js';
import { attackGrid, gridDataset } from '../../src/theory/index.js';
import { networkAfter, randomFirstLayer } from './random-first-layer.js';

const norms: readonly Norm[] = ['l1', 'l2', 'linf'];

describe.each([
  [2, 2, 9],
  [2, 6, 49],
  [3, 2, 125],
  [3, 3, 1000],
] as const)('%i dimensions, Q = %i', (d, Q, size) => {
  const data = gridDataset(d, Q);

  test(`${size} points, each with a label of its own, δ = 1 in every norm`, () => {
    expect([data.size, new Set(data.labels).size]).toEqual([size, size]);
    for (const norm of size > 200 ? [] : norms) expect(separation(data, norm)!.magnitude).toEqual(rational(1));
  });

  test('every first layer of rank below d merges balls of radius 1/(2Q), whatever follows', () => {
    const random = randomSource(d * 100 + Q);
    const bound = rational(1, 2 * Q);
    for (let t = 0; t < 25; t++) {
      const map = randomFirstLayer(random, random.between(1, d - 1), d, 40);
      const { samples, x, other } = attackGrid(d, Q, map);
      const [i, k] = samples;
      expect(i).not.toBe(k);
      expect(compare(magnitude('linf', subVectors(x, point(data, i))), bound)).toBeLessThanOrEqual(0);
      expect(compare(magnitude('linf', subVectors(other, point(data, k))), bound)).toBeLessThanOrEqual(0);
      expect(image(map, x)).toEqual(image(map, other));
      const network = networkAfter(map, random);
      expect(evaluate(network, x)).toEqual(evaluate(network, other));
      if (size > 50 || t > 4) continue;
      // No pair is closer than the best of all pairs, found by linear programs.
      const best = collision(map, data, 'linf')!.radiusMagnitude;
      expect(compare(best, maxOfAbs(subVectors(x, point(data, i))))).toBeLessThanOrEqual(0);
    }
  });
});

test('a kernel vector on the grid merges samples themselves', () => {
  const found = attackGrid(2, 4, { rows: [[3n, 2n]], columns: 2 });
  expect(found.x).toEqual([rational(0), rational(3)]);
  expect(found.other).toEqual([rational(2), rational(0)]);
  expect(found.residual.every((v) => v.n === 0n)).toBe(true);
});

test('full rank, other columns and impossible numbers are refused', () => {
  expect(() => attackGrid(3, 2, identityMap(3))).toThrow(
    'expected a kernel vector in the first 3 coordinates, got rank 3',
  );
  expect(() => attackGrid(3, 2, identityMap(2))).toThrow('first layer: expected 3 inputs, got 2');
  expect(() => gridDataset(1, 2)).toThrow('dimension: expected a whole number ≥ 2, got 1');
  expect(() => gridDataset(2, 1)).toThrow('grid: expected a whole number ≥ 2, got 1');
  expect(() => gridDataset(4, 8)).toThrow('grid: expected at most 1000000 samples');
});
