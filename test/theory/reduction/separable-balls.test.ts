import { expect, test } from 'vitest';
import {
  abs,
  dot,
  lessEqual,
  mul,
  outcomeHolds,
  randomSource,
  rational,
  sumOfAbs,
  zero,
} from '../../../src/exact/index.js';
import { datasetOf, point } from '../../../src/geometry/index.js';
import { complexity } from '../../../src/network/index.js';
import { collinearSamples, separableBalls, setSplitting, splittingDataset } from '../../../src/theory/index.js';
import { checkedSearch, intervalEngine, robustnessQuery } from '../../../src/verify/index.js';

test('random balls of the plane: a network with exact labels, proved whole, or multipliers that refute every hyperplane', async () => {
  const random = randomSource(7);
  const seen = { separable: 0, not: 0 };
  for (let t = 0; t < 80; t++) {
    const N = random.between(2, 6);
    const samples = Array.from({ length: N }, () => [0, 1].map(() => rational(random.between(-9, 9))));
    const data = datasetOf(
      samples,
      samples.map((_, i) => i % 2),
    );
    const radius = rational(random.between(1, 6), 4);
    const found = separableBalls(data, radius);
    if (!found.separable) {
      seen.not++;
      expect(outcomeHolds(found.program, { status: 'infeasible', multipliers: found.multipliers })).toBe(true);
      // Either class has the same weight.
      const y = found.multipliers;
      expect(
        dot(
          y,
          y.map(() => rational(1)),
        ),
      ).toEqual(zero);
      continue;
    }
    seen.separable++;
    const { network } = found;
    expect(complexity(network)).toMatchObject({ width: 2, depth: 2 });
    const engine = intervalEngine(network);
    for (let i = 0; i < N; i++) {
      const query = robustnessQuery(network, data, i, { norm: 'linf', radius, reading: network.output! });
      expect((engine.verify(query) ?? (await checkedSearch(query))).verdict).toBe('unsat');
    }
    // The same network beyond what the program was asked for.
    const wide = { norm: 'linf', radius: mul(radius, rational(50)), reading: network.output! } as const;
    expect((await checkedSearch(robustnessQuery(network, data, 0, wide))).verdict).toBe('sat');
  }
  expect(Math.min(seen.separable, seen.not)).toBeGreaterThan(15);
});

test('three balls on a line: separable up to the radius where they touch', () => {
  const data = datasetOf([[rational(0)], [rational(1)], [rational(5)]], [0, 0, 1]);
  expect(separableBalls(data, rational(1999, 1000)).separable).toBe(true);
  expect(separableBalls(data, rational(2)).separable).toBe(false);
  const middle = { ...data, labels: [0, 1, 0] };
  expect(separableBalls(middle, rational(1, 1000)).separable).toBe(false);
  expect(separableBalls({ ...data, labels: [1, 1, 1] }, rational(7)).separable).toBe(true);
});

test('the balls of set splitting are never separable, split or not: e_i/2 is between 0 and e_i', () => {
  for (const sets of [
    [[0, 1]],
    [
      [0, 1],
      [1, 2],
      [0, 2],
    ],
  ]) {
    const { data, radius } = splittingDataset(setSplitting(3, sets));
    const found = separableBalls(data, radius);
    expect(found.separable).toBe(false);
    if (found.separable) continue;
    // What the multipliers say: two convex combinations of samples are no farther apart than their balls reach.
    const y = found.multipliers;
    const reach = mul(radius, sumOfAbs(y));
    [0, 1, 2].forEach((j) => {
      const apart = dot(
        y,
        y.map((_, i) => point(data, i)[j]!),
      );
      expect(lessEqual(abs(apart), reach)).toBe(true);
    });
    expect(reach.n > 0n).toBe(true);
    const few = collinearSamples(splittingDataset(setSplitting(3, sets)));
    expect([few.size, few.labels]).toEqual([3, [0, 0, 1]]);
    expect(separableBalls(few, radius).separable).toBe(false);
    // With room for nothing but the centres it is the same.
    expect(separableBalls(data, mul(radius, rational(1, 1000))).separable).toBe(false);
  }
});

test('other classes and a radius of 0 are refused', () => {
  const data = datasetOf([[rational(0)], [rational(1)]], [0, 2]);
  expect(() => separableBalls(data, rational(1))).toThrow('dataset.labels: expected classes 0 and 1, got 2');
  expect(() => separableBalls({ ...data, labels: [0, 1] }, zero)).toThrow('radius: expected a radius > 0');
});
