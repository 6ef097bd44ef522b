import { describe, expect, test } from 'vitest';
import { eysPair } from '../../src/construction/index.js';
import { randomSource, rational, subVectors } from '../../src/exact/index.js';
import { ballPoints, exactPoints } from '../../src/experiment/ball-points.js';
import { randomData } from '../../src/experiment/random-data.js';
import { sawtoothDepth } from '../../src/experiment/sawtooth-depth.js';
import type { Norm } from '../../src/format/index.js';
import { ball, compareToRadius, contains, point } from '../../src/geometry/index.js';

test('X6: accuracy is below 1 under the predicted number of levels, and 1 from there on', async () => {
  const { tables } = await sawtoothDepth.run({ quick: true });
  const rows = tables[0]!.rows as [string, number, number, number, number, number][];
  const names = new Set(rows.map(([name]) => name));
  expect(names.size).toBe(2);
  for (const name of names) {
    const own = rows.filter((row) => row[0] === name);
    const predicted = own[0]![2];
    expect(predicted).toBeGreaterThan(2);
    for (const [, levels, , , points, share] of own) {
      expect(points).toBeGreaterThan(50);
      if (levels < predicted) expect(share, `${name}, ${levels} levels`).toBeLessThan(1);
      else expect(share, `${name}, ${levels} levels`).toBe(1);
    }
    // Each level costs as many layers as there are dimensions.
    const depths = own.map(([, , , depth]) => depth);
    expect(new Set(depths.slice(1).map((depth, m) => depth - depths[m]!)).size).toBe(1);
  }
});

describe('points of balls', () => {
  const data = randomData(6, 3, 5, { classes: 3 });

  test.each<Norm>(['l1', 'l2', 'linf'])('lie in the closed balls of %s, most of them near the sphere', (norm) => {
    const radius = rational(7, 3);
    const found = ballPoints(data, 1, { norm, radius, random: 6, source: randomSource(1) });
    expect(found).toHaveLength(1 + 1 + 2 + 6);
    expect(found[0]).toEqual(point(data, 1));
    for (const x of found) expect(contains(ball(norm, point(data, 1), radius), x)).toBe(true);
    for (const x of found.slice(1)) {
      expect(compareToRadius(norm, subVectors(x, point(data, 1)), rational(69, 30))).toBeGreaterThanOrEqual(0);
    }
  });

  test('are counted, and a wrong network is not exact on all', () => {
    const options = { norm: 'l2', radius: rational(1), random: 2 } as const;
    const { network } = eysPair.construct(data, options);
    const right = exactPoints(network, data, { ...options, source: randomSource(1) });
    expect(right).toEqual({ points: 6 * 6, exact: 6 * 6 });
    const relabelled = { ...data, labels: data.labels.map((c, i) => (i === 2 ? (c + 1) % 3 : c)) };
    expect(exactPoints(network, relabelled, { ...options, source: randomSource(1) }).exact).toBe(5 * 6);
  });

  test('the data is that of its seed', () => {
    expect(randomData(6, 3, 5, { classes: 3 })).toEqual(data);
    expect(randomData(6, 3, 6, { classes: 3 }).coordinates).not.toEqual(data.coordinates);
    expect(data.labels).toEqual([0, 1, 2, 0, 1, 2]);
  });
});
