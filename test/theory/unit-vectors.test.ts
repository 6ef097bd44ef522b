/** [KMY, Prop. 3.2 and C.7], exactly, on random first layers. */
import { describe, expect, test } from 'vitest';
import { add, compare, mul, type Rational, randomSource, rational, subVectors, zero } from '../../src/exact/index.js';
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
import { evaluate, layerBuilder, type Network } from '../../src/network/index.js';
import {
  firstLayer,
  halfwayCollision,
  unitVectorDistances,
  unitVectors,
  unitVectorWidth,
} from '../../src/theory/index.js';
import { networkAfter, randomFirstLayer } from './random-first-layer.js';

/** A network with this first layer, one neuron of relu on it, and nothing else. */
function layersOf(rows: readonly (readonly Rational[])[]): Network {
  const all = rows[0]!.map((_, j) => j);
  const first = layerBuilder(all.length, 'relu', { merge: false });
  for (const row of rows) first.neuron(all, row, rational(1, 3));
  const output = layerBuilder(rows.length, 'identity');
  output.neuron(
    rows.map((_, r) => r),
    rows.map((_, r) => rational(r + 1)),
    zero,
  );
  return { layers: [first.build(), output.build()] };
}

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
      const { samples, x, other } = halfwayCollision(data, map);
      const [sample, origin] = samples;
      expect(origin).toBe(0);
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

  test('200 random rational first layers of rank below n, the radius they need, and that 1/4 is needed at times', () => {
    const random = randomSource(77);
    const quarter = rational(1, 4);
    let most = zero;
    const widths = new Set<number>();
    for (let t = 0; t < 200; t++) {
      const n = 2 + (t % 11);
      const k = 1 + (Math.floor(t / 11) % (n - 1));
      // Rows of fractions: a common denominator changes no kernel.
      const rows = Array.from({ length: k }, () =>
        Array.from({ length: n }, () => rational(random.between(-9, 9), random.between(1, 5))),
      );
      const network = layersOf(rows);
      const map = firstLayer(network);
      const data = unitVectors(n + 1, n);
      const { samples, x, other } = halfwayCollision(data, map);
      const [radius, again] = [x, other].map((at, side) =>
        magnitude('linf', subVectors(at, point(data, samples[side]!))),
      );
      expect(radius).toEqual(again);
      expect(compare(radius!, quarter)).toBeLessThanOrEqual(0);
      expect(data.labels[samples[0]]).not.toBe(data.labels[samples[1]]);
      expect(evaluate(network, x)).toEqual(evaluate(network, other));
      most = compare(radius!, most) > 0 ? radius! : most;
      widths.add(100 * n + k);
    }
    expect(widths.size).toBe(66);
    expect(compare(most, rational(6, 25))).toBe(1);
    // Consecutive differences: the kernel is (1, …, 1), and 1/4 is needed by any pair.
    const steps = layersOf([0, 1, 2].map((r) => [0, 1, 2, 3].map((j) => rational(j === r ? 1 : j === r + 1 ? -1 : 0))));
    const data = unitVectors(5, 4);
    expect(magnitude('linf', halfwayCollision(data, firstLayer(steps)).other)).toEqual(quarter);
    expect(collision(firstLayer(steps), data, 'linf')!.radiusMagnitude).toEqual(quarter);
    // A kernel vector along a coordinate axis: radius 0.
    const blind = layersOf([[rational(1), rational(0)]]);
    expect(halfwayCollision(unitVectors(3, 2), firstLayer(blind))).toMatchObject({
      samples: [2, 0],
      x: [zero, zero].map((_, j) => rational(j)),
    });
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
