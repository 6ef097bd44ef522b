/** Planted bugs: what a failing property is reduced to. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DatasetConstraints, dataset } from '../../src/arbitrary/index.js';
import {
  add,
  compare,
  equal,
  lessEqual,
  maxOfAbs,
  mul,
  type Rational,
  rational,
  subVectors,
  sumOfAbs,
  type Vector,
} from '../../src/exact/index.js';
import { type Dataset, points, separation } from '../../src/geometry/index.js';

const threeHalves = rational(3, 2);

function closePair(data: Dataset): boolean {
  const delta = separation(data, 'linf')?.magnitude;
  if (delta === undefined) return false;
  const list = points(data);
  return list.some((a, i) =>
    list.some(
      (b, k) => data.labels[i] !== data.labels[k] && lessEqual(maxOfAbs(subVectors(a, b)), mul(threeHalves, delta)),
    ),
  );
}

const largeSum = (data: Dataset): boolean =>
  points(data).some((p) => compare(p.reduce<Rational>(add, rational(0)), rational(10)) > 0);

function collinear(a: Vector, b: Vector, c: Vector): boolean {
  const [u, v] = [subVectors(b, a), subVectors(c, a)];
  return u.every((x, j) => v.every((_, k) => equal(mul(x, v[k]!), mul(u[k]!, v[j]!))));
}

const threeCollinear = (data: Dataset): boolean => {
  const list = points(data);
  return list.some((a, i) => list.some((b, j) => j > i && list.some((c, k) => k > j && collinear(a, b, c))));
};

const farPair = (data: Dataset): boolean => {
  const list = points(data);
  return list.some((a, i) =>
    list.some((b, k) => data.labels[i] !== data.labels[k] && compare(sumOfAbs(subVectors(a, b)), rational(5)) > 0),
  );
};

/** Name, bug, and the fewest samples and dimensions that show it. */
const bugs: readonly (readonly [string, (data: Dataset) => boolean, number, number])[] = [
  ['any sample of class 2', (data) => data.labels.includes(2), 1, 1],
  ['two differently labelled samples within 3δ/2', closePair, 2, 1],
  ['a coordinate sum above 10 in d = 2', (data) => data.dimension === 2 && largeSum(data), 1, 2],
  ['a coordinate sum above 10', largeSum, 1, 1],
  ['three collinear samples', threeCollinear, 3, 1],
  ['different labels more than 5 apart in ℓ1', farPair, 2, 1],
];

const settings: readonly (readonly [string, DatasetConstraints])[] = [
  ['any δ', {}],
  ['δ ≥ 3/4', { separation: rational(3, 4) }],
];

/** Where the nearest pair has to stay 3/4 apart, a far pair needs other samples beside it: no fixed least. */
const tightBugs = bugs.filter(([, bug]) => bug !== farPair);

describe.each([
  ...settings.map(([name, constraints]) => ({ name, constraints, bugs })),
  { name: 'tight, δ = 3/4', constraints: { ...settings[1]![1], geometry: 'tight' as const }, bugs: tightBugs },
])('$name', ({ constraints, bugs }) => {
  test.each(bugs)('%s: 30 seeds of 30 shrink to the least', (_, bug, samples, dimension) => {
    for (let seed = 1; seed <= 30; seed++) {
      const found = fc.check(
        fc.property(dataset(constraints), (data) => !bug(data)),
        { seed, numRuns: 1000 },
      );
      const [least] = found.counterexample!;
      expect({ seed, size: least.size, dimension: least.dimension }).toEqual({ seed, size: samples, dimension });
    }
  });
});

test('what is left is readable: class 2 leaves the point 0, a sum above 10 leaves 11', () => {
  const leastOf = (bug: (data: Dataset) => boolean): Dataset =>
    fc.check(
      fc.property(dataset(), (data) => !bug(data)),
      { seed: 1, numRuns: 1000 },
    ).counterexample![0];
  expect(points(leastOf((data) => data.labels.includes(2)))).toEqual([[rational(0)]]);
  expect(points(leastOf(largeSum))).toEqual([[rational(11)]]);
});
