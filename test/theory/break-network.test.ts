import { describe, expect, test } from 'vitest';
import { theoremNamed } from '../../src/construction/index.js';
import {
  add,
  compare,
  half,
  mul,
  randomSource,
  rational,
  rootAbove,
  square,
  subVectors,
} from '../../src/exact/index.js';
import type { Norm } from '../../src/format/index.js';
import { ball, contains, type Dataset, datasetOf, magnitude, point, preserves } from '../../src/geometry/index.js';
import { evaluate, layerBuilder, type Network, readLabel } from '../../src/network/index.js';
import { breakNetwork, firstLayer, sameOutputs } from '../../src/theory/index.js';
import { networkAfter, randomFirstLayer } from './random-first-layer.js';

const norms: readonly Norm[] = ['l1', 'l2', 'linf'];

function randomData(seed: number, size: number, d: number): Dataset {
  const random = randomSource(seed);
  const points = Array.from({ length: size }, () => Array.from({ length: d }, () => rational(random.between(-60, 60))));
  return datasetOf(
    points,
    points.map((_, i) => i % 2),
  );
}

test('a projected memorizer is right on its balls and broken by larger ones', () => {
  const data = randomData(3, 10, 5);
  const radius = rational(2);
  const { network } = theoremNamed('eys-projected-pair').construct(data, { norm: 'l2', radius, projected: 3 });
  expect(preserves(firstLayer(network), data, radius)).toBe(true);
  const { samples, x, other, radiusMagnitude, outputs } = breakNetwork(network, data, 'l2')!;
  // The network keeps its promise, so the pair lies outside of what it promises.
  expect(compare(radiusMagnitude, square(radius))).toBe(1);
  const reading = network.output!;
  const wrong = [x, other].filter((at, side) => {
    const i = samples[side]!;
    expect(readLabel(reading, evaluate(network, point(data, i)))).toBe(data.labels[i]);
    expect(contains(ball('l2', point(data, i), rootAbove(radiusMagnitude).value), at)).toBe(true);
    return readLabel(reading, evaluate(network, at)) !== data.labels[i];
  });
  expect(wrong.length).toBeGreaterThanOrEqual(1);
  expect(evaluate(network, x)).toEqual(outputs);
});

test('random networks and data, every norm: both points in their balls, one output', () => {
  const random = randomSource(12);
  let broken = 0;
  for (let t = 0; t < 40; t++) {
    const d = random.between(2, 5);
    const data = randomData(t, random.between(2, 6), d);
    const network = networkAfter(randomFirstLayer(random, random.between(1, d), d), random);
    for (const norm of norms) {
      const found = breakNetwork(network, data, norm)!;
      const [i, k] = found.samples;
      expect(data.labels[i]).not.toBe(data.labels[k]);
      expect(magnitude(norm, subVectors(found.x, point(data, i)))).toEqual(found.radiusMagnitude);
      expect(magnitude(norm, subVectors(found.other, point(data, k)))).toEqual(found.radiusMagnitude);
      expect(evaluate(network, found.x)).toEqual(evaluate(network, found.other));
      // Any smaller radius is kept apart by the first layer.
      const radius = norm === 'l2' ? undefined : found.radiusMagnitude;
      if (radius !== undefined && radius.n > 0n) {
        expect(preserves(firstLayer(network), data, mul(radius, rational(99, 100)), norm)).toBe(true);
        expect(preserves(firstLayer(network), data, radius, norm)).toBe(false);
      }
      broken++;
    }
  }
  expect(broken).toBe(120);
});

describe('controls', () => {
  const data = datasetOf(
    [
      [rational(0), rational(0)],
      [rational(3), rational(4)],
    ],
    [0, 1],
  );
  const affine = (rows: number[][]): Network => {
    const layer = layerBuilder(2, 'identity', { merge: false });
    for (const row of rows) {
      layer.neuron(
        [0, 1],
        row.map((w) => rational(w, 3)),
        rational(1, 7),
      );
    }
    return { layers: [layer.build()] };
  };

  test('an injective first layer is broken only where the balls meet anyway, at δ/2', () => {
    const found = breakNetwork(
      affine([
        [1, 2],
        [0, 1],
      ]),
      data,
      'l2',
    )!;
    expect(found.radiusMagnitude).toEqual(rational(25, 4));
    expect(found.x).toEqual(found.other);
  });

  test('one neuron along the difference does as well, one across does not', () => {
    expect(breakNetwork(affine([[3, 4]]), data, 'l2')!.radiusMagnitude).toEqual(rational(25, 4));
    expect(breakNetwork(affine([[4, -3]]), data, 'l2')!.radiusMagnitude).toEqual(rational(0));
    // dist∞((3, 4), ker (1, 0)) = 3.
    expect(breakNetwork(affine([[1, 0]]), data, 'linf')!.radiusMagnitude).toEqual(rational(3, 2));
  });

  test('rows keep their place and a common denominator', () => {
    expect(
      firstLayer(
        affine([
          [1, 0],
          [2, -5],
        ]),
      ),
    ).toEqual({
      rows: [
        [1n, 0n],
        [2n, -5n],
      ],
      columns: 2,
    });
  });

  test('one class has no pair, other dimensions are refused, different outputs are no collision', () => {
    const alike = { ...data, labels: [2, 2] };
    expect(breakNetwork(affine([[1, 0]]), alike, 'l2')).toBeUndefined();
    const line = datasetOf([[rational(0)], [rational(1)]], [0, 1]);
    expect(() => breakNetwork(affine([[1, 0]]), line, 'l2')).toThrow('network: expected 1 inputs, got 2');
    const apart = [add(half, half), rational(0)];
    expect(() => sameOutputs(affine([[1, 0]]), apart, [rational(0), rational(0)])).toThrow('to have one output');
  });
});
