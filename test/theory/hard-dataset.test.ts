import { describe, expect, test } from 'vitest';
import { eysPair } from '../../src/construction/index.js';
import {
  compare,
  half,
  mul,
  randomSource,
  rational,
  scaleVector,
  square,
  subVectors,
  type Vector,
} from '../../src/exact/index.js';
import type { Norm } from '../../src/format/index.js';
import {
  collision,
  datasetOf,
  distinctSamples,
  image,
  type LinearMap,
  magnitude,
  point,
  points,
  separation,
} from '../../src/geometry/index.js';
import { evaluate, readLabel } from '../../src/network/index.js';
import { attackFirstLayer, collisionBound, firstLayer, hardDataset, hardDatasetSize } from '../../src/theory/index.js';
import { networkAfter, randomFirstLayer } from './random-first-layer.js';

const norms: readonly Norm[] = ['l1', 'l2', 'linf'];
/** k, q, d and the number of samples. */
const cases = [
  [1, 4, 2, 12],
  [2, 2, 3, 16],
  [2, 4, 4, 28],
  [2, 8, 3, 52],
  [3, 4, 5, 68],
  [4, 4, 6, 172],
  [6, 2, 8, 184],
] as const;

describe.each(cases)('width %i, %i steps, %i dimensions', (k, q, d, size) => {
  const hard = hardDataset(k, q, d);

  test(`${size} distinct samples of two classes with δ = 1 in every norm`, () => {
    expect(hard.data.size).toBe(size);
    expect(hardDatasetSize(k, q)).toBe(BigInt(size));
    if (k % 2 === 0) expect(size).toBeLessThanOrEqual((k + 4) * (q + 1) ** (k / 2));
    expect(distinctSamples(hard.data)).toHaveLength(size);
    expect(new Set(hard.data.labels)).toEqual(new Set([0, 1]));
    for (const norm of norms) expect(separation(hard.data, norm)!.magnitude).toEqual(rational(1));
  });

  test('every coordinate is in the window of some block', () => {
    expect(new Set(hard.blocks.flatMap(({ window }) => window)).size).toBe(k + 1);
    for (const { window, outside } of hard.blocks) {
      expect([...window, ...outside].sort((a, b) => a - b)).toEqual(Array.from({ length: k + 1 }, (_, j) => j));
    }
  });
});

test('the attack breaks 1,000 random integer first layers, each replayed through a network', () => {
  const random = randomSource(20261121);
  let broken = 0;
  const shapes = new Set<string>();
  for (const [k, q, d] of cases) {
    const hard = hardDataset(k, q, d);
    const share = k === 1 ? 100 : 150;
    for (let t = 0; t < share; t++) {
      // Few distinct weights, so that dependent rows and zero columns occur.
      const map = randomFirstLayer(random, k, d, t % 3 === 0 ? 1 : 50);
      const { samples, x, other, residual } = attackFirstLayer(hard, map);
      const [i, j] = samples;
      expect([hard.data.labels[i], hard.data.labels[j]]).toEqual([0, 1]);
      expect(image(map, x)).toEqual(image(map, other));
      // Both points lie as near to their samples as promised, in every norm.
      for (const norm of norms) {
        const promised = collisionBound(norm, k, q);
        const radius = mul(promised, norm === 'l2' ? square(half) : half);
        expect(compare(magnitude(norm, subVectors(x, point(hard.data, i))), radius)).toBeLessThanOrEqual(0);
        expect(compare(magnitude(norm, subVectors(other, point(hard.data, j))), radius)).toBeLessThanOrEqual(0);
      }
      expect(residual.filter((v) => v.n !== 0n).length).toBeLessThanOrEqual(k);
      const network = networkAfter(map, random);
      expect(firstLayer(network)).toEqual(map);
      const [y, z] = [evaluate(network, x), evaluate(network, other)];
      expect(y).toEqual(z);
      shapes.add(`${k} ${q} ${d}`);
      broken++;
    }
  }
  expect(broken).toBe(1000);
  expect(shapes.size).toBe(cases.length);
});

test('the best pair of a first layer is at least as close as the one attacked, and the best layers stay below the bound', () => {
  const random = randomSource(4);
  for (const [k, q, d] of [
    [2, 4, 3],
    [3, 2, 4],
  ] as const) {
    const hard = hardDataset(k, q, d);
    for (let t = 0; t < 12; t++) {
      const map = randomFirstLayer(random, k, d);
      const attacked = attackFirstLayer(hard, map);
      for (const norm of norms) {
        const best = collision(map, hard.data, norm)!.radiusMagnitude;
        const at = magnitude(norm, scaleVector(attacked.residual, half));
        expect(compare(best, at)).toBeLessThanOrEqual(0);
      }
    }
  }
});

describe('controls', () => {
  const hard = hardDataset(2, 4, 4);
  const map = (...rows: number[][]): LinearMap => ({ rows: rows.map((r) => r.map(BigInt)), columns: rows[0]!.length });

  test('a first layer of full rank in the k + 1 coordinates is not attacked', () => {
    const full = map([1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]);
    expect(() => attackFirstLayer(hard, full)).toThrow(
      'first layer: expected a kernel vector in the first 3 coordinates, got rank 3',
    );
    expect(() => attackFirstLayer(hard, map([1, 0, 0]))).toThrow('first layer: expected 4 inputs, got 3');
  });

  test('three rows of rank two are', () => {
    const { x, other } = attackFirstLayer(hard, map([1, 2, 0, 5], [2, 4, 0, 0], [0, 0, 1, 0]));
    expect(x).not.toEqual(other);
  });

  test('the wide pair network is right on the same balls', () => {
    const { data } = hard;
    const radius = rational(49, 100);
    const { network } = eysPair.construct(data, { norm: 'linf', radius });
    const { samples, x, other } = attackFirstLayer(hard, map([1, 2, 0, 5], [2, 4, 1, 0]));
    const labels = (at: Vector) => readLabel(network.output!, evaluate(network, at));
    expect([labels(x), labels(other)]).toEqual(samples.map((i) => data.labels[i]));
  });

  test('without the rounded points there is nothing to attack with', () => {
    const few = { ...hard, data: datasetOf(points(hard.data).slice(0, 3), [0, 0, 1]) };
    expect(() => attackFirstLayer(few, map([1, 2, 0, 5], [2, 4, 1, 0]))).toThrow(
      'expected a sample of class 0 at the rounded point, got none',
    );
  });

  test.each([
    [0, 2, 3, 'width: expected a whole number ≥ 1, got 0'],
    [2, 3, 3, 'grid: expected an even number ≥ 2, got 3'],
    [2, 2, 2, 'dimension: expected more than the width 2, got 2'],
    [8, 100, 9, 'grid: expected at most 1000000 samples'],
  ])('width %i, %i steps, %i dimensions are refused', (k, q, d, why) => {
    expect(() => hardDataset(k, q, d)).toThrow(why);
  });
});
