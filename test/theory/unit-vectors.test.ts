/** [KMY, Prop. 3.2 and C.7], exactly, on random first layers. */
import { describe, expect, test } from 'vitest';
import { add, compare, mul, randomSource, rational, subVectors, zero } from '../../src/exact/index.js';
import type { Norm } from '../../src/format/index.js';
import {
  collision,
  identityMap,
  image,
  magnitude,
  orthogonalRows,
  point,
  separation,
  separationUnderMap,
} from '../../src/geometry/index.js';
import { evaluate } from '../../src/network/index.js';
import { halfwayCollision, unitVectorDistances, unitVectors, unitVectorWidth } from '../../src/theory/index.js';
import { networkAfter, randomFirstLayer } from './random-first-layer.js';

const norms: readonly Norm[] = ['l1', 'l2', 'linf'];

test.each([
  [2, 1],
  [4, 6],
  [7, 6],
  [10, 6],
])('N = %i, d = %i: δ = 1 in every norm', (N, d) => {
  const data = unitVectors(N, d);
  expect([data.size, data.dimension]).toEqual([N, d]);
  expect(data.labels.filter((c) => c === 0)).toHaveLength(1);
  for (const norm of norms) expect(separation(data, norm)!.magnitude).toEqual(rational(1));
});

describe('ℓ2', () => {
  test('squared distances to the kernel add up to the rank, so one is at most rank / n', () => {
    const random = randomSource(8);
    for (let t = 0; t < 60; t++) {
      const d = random.between(2, 7);
      const map = randomFirstLayer(random, random.between(1, d), d, 2);
      const distances = unitVectorDistances(map);
      const rank = orthogonalRows(map).rows.length;
      expect(distances.reduce(add, zero)).toEqual(rational(rank));
      const N = random.between(2, d + 3);
      const n = Math.min(N - 1, d);
      if (rank === 0) continue;
      const data = unitVectors(N, d);
      const closest = separationUnderMap(map, data)!.magnitude;
      expect(compare(closest, rational(rank, n))).toBeLessThanOrEqual(0);
      // The same numbers as from the general criterion.
      expect(closest).toEqual(distances.slice(0, n).reduce((a, b) => (compare(a, b) < 0 ? a : b)));
    }
  });

  test('the needed width: no map of one row less keeps the balls apart, however it is chosen', () => {
    // ρ² = 9/16 and n = 6: more than 27/8 rows, so 4.
    expect(unitVectorWidth(7, 6, rational(9, 16))).toBe(4);
    // Whole ρ²n is not enough: the balls are closed.
    expect(unitVectorWidth(7, 6, rational(1, 2))).toBe(4);
    expect(unitVectorWidth(7, 6, zero)).toBe(1);
    const random = randomSource(2);
    const data = unitVectors(7, 6);
    for (let t = 0; t < 40; t++) {
      const map = randomFirstLayer(random, 3, 6, 4);
      if (orthogonalRows(map).rows.length === 0) continue;
      expect(compare(separationUnderMap(map, data)!.magnitude, rational(1, 2))).toBeLessThanOrEqual(0);
    }
  });
});

describe('ℓ∞', () => {
  test('a first layer of rank below n merges balls of radius 1/4, replayed through a network', () => {
    const random = randomSource(31);
    let seen = 0;
    for (let t = 0; t < 60; t++) {
      const d = random.between(2, 6);
      const N = random.between(3, d + 3);
      const n = Math.min(N - 1, d);
      const map = randomFirstLayer(random, random.between(1, n - 1), d, 3);
      const data = unitVectors(N, d);
      const { sample, x, other } = halfwayCollision(data, map);
      const quarter = rational(1, 4);
      expect(compare(magnitude('linf', subVectors(x, point(data, sample))), quarter)).toBeLessThanOrEqual(0);
      expect(compare(magnitude('linf', other), quarter)).toBeLessThanOrEqual(0);
      expect(data.labels[sample]).toBe(1);
      const network = networkAfter(map, random);
      expect(evaluate(network, x)).toEqual(evaluate(network, other));
      expect(image(map, x)).toEqual(image(map, other));
      const best = collision(map, data, 'linf')!.radiusMagnitude;
      expect(compare(best, quarter)).toBeLessThanOrEqual(0);
      seen++;
    }
    expect(seen).toBe(60);
  });

  test('controls: rank n has no such pair', () => {
    const data = unitVectors(4, 3);
    expect(() => halfwayCollision(data, identityMap(3))).toThrow(
      'expected a kernel vector in the first 3 coordinates, got rank 3',
    );
    expect(collision(identityMap(3), data, 'linf')!.radiusMagnitude).toEqual(mul(rational(1, 2), rational(1)));
    expect(() => halfwayCollision(data, identityMap(2))).toThrow('first layer: expected 3 inputs, got 2');
  });

  test('impossible numbers are refused', () => {
    expect(() => unitVectors(1, 3)).toThrow('samples: expected a whole number ≥ 2, got 1');
    expect(() => unitVectors(3, 0)).toThrow('dimension: expected a whole number ≥ 1, got 0');
  });
});
