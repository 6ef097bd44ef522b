import { expect, test } from 'vitest';
import { failingProjection } from '../../src/experiment/failing-projection.js';

test('X3: the closest pair is not kept apart, and its two inputs have one image and one output', async () => {
  const { tables, plots, findings } = await failingProjection.run({ quick: true });
  const [pairs, inputs, picture] = tables;
  const first = pairs!.rows[0]!;
  expect(first.at(-1)).toBe('no');
  expect(Number(first[3])).toBeLessThan(Number(first[4]));
  // The rows are in order, and some pair is kept apart.
  const distances = pairs!.rows.map((row) => Number(row[3]));
  expect(distances).toEqual([...distances].sort((a, b) => a - b));
  expect(pairs!.rows.some((row) => row.at(-1) === 'yes')).toBe(true);
  const [one, other] = inputs!.rows;
  expect(one![1]).not.toBe(other![1]);
  expect(one![2]).not.toBe(other![2]);
  expect([one![3], one![4]]).toEqual([other![3], other![4]]);
  expect(new Set([one![0], other![0]])).toEqual(new Set([first[0], first[1]]));
  // Two closed outlines and the common image, which lies inside of both.
  const curves = new Map<string, [number, number][]>();
  for (const [x, y, curve] of picture!.rows as [number, number, string][]) {
    curves.set(curve, [...(curves.get(curve) ?? []), [x, y]]);
  }
  const common = curves.get('T x = T x′')![0]!;
  const outlines = [...curves.entries()].filter(([name]) => name.startsWith('sample'));
  expect(outlines).toHaveLength(2);
  for (const [, points] of outlines) {
    expect(points[0]![0]).toBeCloseTo(points.at(-1)![0], 9);
    expect(inside(common, points)).toBe(true);
    expect(inside([common[0] + 1000, common[1]], points)).toBe(false);
  }
  expect(plots[0]!.order).toBe('step');
  expect(findings.join()).toMatch(/2 of 36 pairs are too close/);
});

/** Whether a point lies left of all edges of a convex outline that runs counterclockwise, or right of all. */
function inside([x, y]: [number, number], points: readonly [number, number][]): boolean {
  const sides = points.slice(1).map(([u, v], s) => {
    const [p, q] = points[s]!;
    return Math.sign((u - p) * (y - q) - (v - q) * (x - p));
  });
  return sides.every((side) => side >= 0) || sides.every((side) => side <= 0);
}
