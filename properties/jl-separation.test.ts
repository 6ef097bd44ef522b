/**
 * The Johnson–Lindenstrauss-type separation property: a linear map keeps differently labelled closed ℓ2 balls apart
 * exactly when dist₂(x_i − x_k, ker T) > 2μ for all their pairs; where it does not, two inputs collide.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dataset, linearMap, pointInBall } from '../src/arbitrary/index.js';
import { preservingMap } from '../src/construction/index.js';
import {
  compare,
  formatRational,
  half,
  kernelVector,
  mul,
  parseRational,
  type Rational,
  rational,
  sparseMatrix,
  square,
  subVectors,
  sumOfSquares,
} from '../src/exact/index.js';
import {
  ball,
  collision,
  contains,
  type Dataset,
  datasetOf,
  hadamardMap,
  image,
  type LinearMap,
  orthogonalRows,
  point,
  preserves,
  separation,
  separationUnderMap,
} from '../src/geometry/index.js';
import { separationLaws } from '../src/laws/index.js';
import { laws, property } from './property.js';

const d = 4;
const data = dataset({
  dimension: { min: d, max: d },
  labels: { min: 2, max: 3 },
  size: { min: 2, max: 6 },
  norm: 'l2',
});
const maps = linearMap({ rows: { min: 1, max: d }, columns: { min: d, max: d } });

property(
  'a map that preserves separates the images of any two points of differently labelled balls',
  [data, maps, fc.nat({ max: 2 ** 30 })],
  (points, map, seed) => {
    const found = separationUnderMap(orthogonalRows(map), points);
    // The largest dyadic radius that is still preserved, from below.
    const mu = found === undefined ? rational(0) : dyadicBelow(found.magnitude);
    if (!preserves(map, points, mu)) return;
    for (let i = 0; i < points.size; i++) {
      for (let k = 0; k < points.size; k++) {
        if (points.labels[i] === points.labels[k]) continue;
        const [a, b] = [point(points, i), point(points, k)];
        const [x] = fc.sample(pointInBall(a, mu, 'l2', { towards: [b] }), { seed, numRuns: 1 });
        const [y] = fc.sample(pointInBall(b, mu, 'l2', { towards: [a] }), { seed: seed + 1, numRuns: 1 });
        expect(image(map, x!)).not.toEqual(image(map, y!));
      }
    }
  },
  { runs: 400 },
);

/** Half of a rational whose square is at most q/… so that 4μ² < q strictly, unless q = 0. */
function dyadicBelow(q: Rational): Rational {
  let mu = rational(1);
  while (compare(mul(rational(4), square(mu)), q) >= 0 && mu.d < 2n ** 80n) mu = mul(mu, half);
  return mu.d < 2n ** 80n ? mu : rational(0);
}

property(
  'where a map does not preserve, two inputs of differently labelled balls have one image',
  [data, maps],
  (points, map) => {
    const found = collision(map, points)!;
    const [i, k] = found.samples;
    expect(points.labels[i]).not.toBe(points.labels[k]);
    expect(image(map, found.x)).toEqual(image(map, found.other));
    // They lie on the spheres of the critical radius: no smaller closed balls collide, and these do.
    expect(sumOfSquares(subVectors(found.x, point(points, i)))).toEqual(found.radiusMagnitude);
    expect(sumOfSquares(subVectors(found.other, point(points, k)))).toEqual(found.radiusMagnitude);
    expect(
      compare(found.radiusMagnitude, mul(rational(1, 4), separation(points, 'l2')!.magnitude)),
    ).toBeLessThanOrEqual(0);
  },
  { runs: 400 },
);

property(
  'the criterion depends on the row space only',
  [data, maps, fc.integer({ min: -3, max: 3 })],
  (points, map, factor) => {
    const [first, ...rest] = map.rows;
    const mixed: LinearMap = {
      ...map,
      rows: [first!, ...rest.map((row) => row.map((t, j) => 2n * t + BigInt(factor) * first![j]!))],
    };
    expect(separationUnderMap(orthogonalRows(mixed), points)?.magnitude).toEqual(
      separationUnderMap(orthogonalRows(map), points)?.magnitude,
    );
  },
  { runs: 300 },
);

property(
  'a kernel direction of the map between two samples is never preserved',
  [linearMap({ rows: { min: 1, max: 2 }, columns: { min: 3, max: 5 } })],
  (map) => {
    const z = kernelVector(
      sparseMatrix(
        map.rows.map((row) => row.map((t) => rational(t))),
        map.columns,
      ),
    )!;
    const points = datasetOf([z.map(() => rational(0)), z], [0, 1]);
    expect(preserves(map, points, rational(0))).toBe(false);
    expect(collision(map, points)!.radiusMagnitude).toEqual(rational(0));
  },
  { runs: 200 },
);

describe('maps chosen for the projected pair network', () => {
  const chosen = (points: Dataset, radius: Rational): LinearMap => preservingMap(points, radius, undefined, 1);
  laws(separationLaws(chosen, { instances: { size: { max: 6 }, labels: { max: 3 }, dimension: { min: 2, max: 6 } } }));
});

test('control: coordinate projection of sparse differences does not preserve, with two colliding inputs', () => {
  const e = (j: number) => Array.from({ length: 4 }, (_, m) => rational(m === j ? 1 : 0));
  const points = datasetOf([0, 1, 2, 3].map(e), [0, 1, 0, 1]);
  const map: LinearMap = { rows: [[1n, 0n, 0n, 0n]], columns: 4 };
  const mu = parseRational('1/10');
  const found = collision(map, points)!;
  const text = (x: readonly Rational[]): string => `(${x.map(formatRational).join(', ')})`;
  console.log(
    `T = (1, 0, 0, 0) does not preserve: T${text(found.x)} = T${text(found.other)}, samples ${found.samples.join(' and ')}`,
  );
  expect(preserves(map, points, mu)).toBe(false);
  expect(image(map, found.x)).toEqual(image(map, found.other));
  expect(contains(ball('l2', point(points, found.samples[0]), mu), found.x)).toBe(true);
  expect(contains(ball('l2', point(points, found.samples[1]), mu), found.other)).toBe(true);
  // Hadamard rows spread every difference, and do preserve.
  expect(preserves(hadamardMap(3, 4, 1), points, mu)).toBe(true);
});
