/**
 * Separation modulo a kernel in ℓ1, ℓ2 and ℓ∞: distances with a proof from above and one from below, the search over maps
 * of all families, and the collision of a map that does not preserve.
 */
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { dataset, linearMap } from '../src/arbitrary/index.js';
import { preservingMap } from '../src/construction/index.js';
import { compare, mul, type Rational, rational, subVectors } from '../src/exact/index.js';
import { norms } from '../src/format/index.js';
import {
  bestMap,
  collision,
  type Dataset,
  image,
  kernelDistance,
  kernelDistanceBounds,
  kernelDistanceHolds,
  type LinearMap,
  labelledPairs,
  magnitude,
  mapFamilies,
  mapOfFamily,
  orthogonalRows,
  point,
  preserves,
  separationUnderMap,
} from '../src/geometry/index.js';
import { separationLaws } from '../src/laws/index.js';
import { laws, property } from './property.js';

const d = 4;
const data = (norm: 'l1' | 'l2' | 'linf') =>
  dataset({ dimension: { min: d, max: d }, labels: { min: 2, max: 3 }, size: { min: 2, max: 5 }, norm });
const maps = linearMap({ rows: { min: 1, max: d }, columns: { min: d, max: d } });

for (const norm of norms) {
  property(
    `distances to a kernel in ${norm} have both proofs, within their bounds, and the least of them is found`,
    [data(norm), maps],
    (points, map) => {
      let least: Rational | undefined;
      for (const [i, k] of labelledPairs(points)) {
        const v = subVectors(point(points, k), point(points, i));
        const found = kernelDistance(map, v, norm);
        expect(kernelDistanceHolds(map, v, norm, found)).toBe(true);
        const { low, high } = kernelDistanceBounds(map, orthogonalRows(map), v, norm);
        expect(compare(low, found.magnitude)).toBeLessThanOrEqual(0);
        expect(compare(found.magnitude, high)).toBeLessThanOrEqual(0);
        // A distance a little off has no proofs.
        const off = { ...found, magnitude: mul(found.magnitude, rational(65, 64)) };
        if (found.magnitude.n !== 0n) expect(kernelDistanceHolds(map, v, norm, off)).toBe(false);
        if (least === undefined || compare(found.magnitude, least) < 0) least = found.magnitude;
      }
      expect(separationUnderMap(map, points, norm)?.magnitude).toEqual(least);
      // At the critical radius itself the images touch.
      if (norm !== 'l2') expect(preserves(map, points, mul(least!, rational(1, 2)), norm)).toBe(false);
      if (norm !== 'l2' && least!.n > 0n)
        expect(preserves(map, points, mul(least!, rational(63, 128)), norm)).toBe(true);
    },
    { runs: 120 },
  );

  property(
    `two inputs collide at the critical radius in ${norm}`,
    [data(norm), maps],
    (points, map) => {
      const found = collision(map, points, norm)!;
      const [i, k] = found.samples;
      expect(points.labels[i]).not.toBe(points.labels[k]);
      expect(image(map, found.x)).toEqual(image(map, found.other));
      expect(magnitude(norm, subVectors(found.x, point(points, i)))).toEqual(found.radiusMagnitude);
      expect(magnitude(norm, subVectors(found.other, point(points, k)))).toEqual(found.radiusMagnitude);
    },
    { runs: 100 },
  );

  describe(`maps chosen in ${norm}`, () => {
    const chosen = (points: Dataset, radius: Rational): LinearMap => preservingMap(points, radius, undefined, 1, norm);
    const instances = { size: { max: 5 }, labels: { max: 3 }, dimension: { min: 2, max: 4 } };
    laws(separationLaws(chosen, { norm, instances, runs: 40 }));
  });
}

property(
  'families give maps of full size, and improving never loses',
  [data('l2'), fc.constantFrom(...mapFamilies), fc.nat({ max: 1000 }), fc.integer({ min: 1, max: d - 1 })],
  (points, family, seed, k) => {
    const map = mapOfFamily(family, k, d, seed);
    expect([map.rows.length, map.columns]).toEqual([k, d]);
    expect(map.rows.every((row) => row.length === d && row.some((v) => v !== 0n))).toBe(true);
    if (['householder', 'cayley', 'coordinates'].includes(family)) {
      const rows = map.rows.map((row) => row.map((v) => rational(v)));
      for (const [r, a] of rows.entries())
        for (const b of rows.slice(r + 1)) expect(a.reduce((sum, v, j) => sum + v.n * b[j]!.n, 0n)).toBe(0n);
    }
    const options = { families: [family], attempts: 2, seed };
    const [plain, better] = [bestMap(points, k, options)!, bestMap(points, k, { ...options, improvements: 6 })!];
    expect(compare(better.magnitude, plain.magnitude)).toBeGreaterThanOrEqual(0);
    expect(separationUnderMap(better.map, points)!.magnitude).toEqual(better.magnitude);
  },
  { runs: 150 },
);
