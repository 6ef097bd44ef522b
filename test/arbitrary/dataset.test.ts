import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DatasetConstraints, dataset, type Geometry, geometries } from '../../src/arbitrary/index.js';
import {
  compare,
  equal,
  maxOfAbs,
  mul,
  type Rational,
  rational,
  square,
  subVectors,
  sumOfAbs,
  sumOfSquares,
  type Vector,
} from '../../src/exact/index.js';
import { InputError, type Norm, norms } from '../../src/format/index.js';
import { type Dataset, datasetOf, points } from '../../src/geometry/index.js';
import { arbitraryLaws } from '../laws/arbitrary.js';

// Everything below is computed from the points by plain loops over all pairs, apart from src/geometry and src/arbitrary.

const two32 = rational(2n ** 32n);

function distance(norm: Norm, a: Vector, b: Vector): Rational {
  const v = subVectors(a, b);
  return norm === 'l1' ? sumOfAbs(v) : norm === 'linf' ? maxOfAbs(v) : sumOfSquares(v);
}

function pairs(data: Dataset, differing: boolean): [Vector, Vector][] {
  const list = points(data);
  return list.flatMap((a, i) =>
    list
      .slice(i + 1)
      .filter((_, k) => !differing || data.labels[i] !== data.labels[i + 1 + k])
      .map((b): [Vector, Vector] => [a, b]),
  );
}

function least(norm: Norm, list: [Vector, Vector][]): Rational | undefined {
  return list
    .map(([a, b]) => distance(norm, a, b))
    .reduce<Rational | undefined>((best, v) => (best === undefined || compare(v, best) < 0 ? v : best), undefined);
}

const inNorm = (norm: Norm, s: Rational): Rational => (norm === 'l2' ? square(s) : s);
const classCount = (data: Dataset): number => new Set(data.labels).size;
const flat = (data: Dataset): Rational[] => points(data).flat();

function separated(data: Dataset, { norm = 'linf', separation }: DatasetConstraints): boolean {
  const delta = least(norm, pairs(data, true));
  if (delta === undefined) return true;
  return separation === undefined ? delta.n > 0n : compare(delta, inNorm(norm, separation)) >= 0;
}

function datasetCost(data: Dataset): (number | bigint)[] {
  const values = flat(data);
  const denominators = values.reduce((sum, v) => sum + v.d, 0n);
  const numerators = values.reduce((sum, v) => sum + (v.n < 0n ? 1n - 2n * v.n : 2n * v.n), 0n);
  return [data.size, data.dimension, denominators, numerators, data.labels.reduce((a, b) => a + b, 0)];
}

const samplesOf = (values: readonly (readonly number[])[], labels: readonly number[]): Dataset =>
  datasetOf(
    values.map((row) => row.map((v) => rational(v))),
    labels,
  );

function tight(data: Dataset, norm: Norm, s: Rational): boolean {
  const delta = least(norm, pairs(data, true));
  return delta === undefined || equal(delta, inNorm(norm, s));
}

const drawnAs: Readonly<Record<Geometry, (data: Dataset, norm: Norm, s: Rational) => boolean>> = {
  cells: () => true,
  clusters: (data, norm, s) =>
    points(data).every((a, i) => {
      const others = points(data).filter((_, k) => k !== i && data.labels[k] === data.labels[i]);
      return others.length === 0 || others.some((b) => compare(distance(norm, a, b), inNorm(norm, s)) < 0);
    }),
  tight,
  collinear: (data) => {
    const [first, ...rest] = points(data);
    const differences = rest.map((p) => subVectors(p, first!));
    return differences.every((u) =>
      differences.every((v) => u.every((a, j) => v.every((_, k) => equal(mul(a, v[k]!), mul(u[k]!, v[j]!))))),
    );
  },
  sparse: (data) =>
    points(data).some((hub) => points(data).every((p) => p.filter((v, j) => !equal(v, hub[j]!)).length <= 1)),
  dominant: (data) => {
    const sizes = [...new Set(data.labels)].map((c) => data.labels.filter((label) => label === c).length);
    return sizes.filter((size) => size > 1).length <= 1;
  },
  huge: (data) => compare(maxOfAbs(flat(data)), two32) >= 0,
  tiny: (data) => flat(data).reduce((d, v) => (d % v.d === 0n ? d : d * v.d), 1n) >= two32.n,
  packed: (data, norm, s) => {
    const all = least(norm, pairs(data, false));
    return tight(data, norm, s) && (all === undefined || compare(all, inNorm(norm, s)) >= 0);
  },
  line: (data) => data.dimension === 1,
};

for (const norm of norms) {
  arbitraryLaws(`dataset, ${norm}`, {
    make: () => dataset({ norm }),
    valid: (data) =>
      data.size <= 8 && data.dimension <= 4 && classCount(data) <= 4 && separated(data, { norm }) && canonical(data),
    size: datasetCost,
    refused: [{ ...samplesOf([[0]], [0]), size: 2 }, samplesOf([[0], [0]], [0, 1])],
    classes: {
      'one sample': (data) => data.size === 1,
      'eight samples': (data) => data.size === 8,
      'one class': (data) => data.size > 1 && classCount(data) === 1,
      'four classes': (data) => classCount(data) === 4,
      'a label above the number of classes': (data) => Math.max(...data.labels) >= classCount(data),
      'd = 1 with six samples': (data) => data.dimension === 1 && data.size >= 6,
      'd = 4': (data) => data.dimension === 4,
      'equal samples': (data) => pairs(data, false).some(([a, b]) => a.every((v, j) => equal(v, b[j]!))),
      'same label, nearer than δ': (data) => {
        const delta = least(norm, pairs(data, true));
        return delta !== undefined && compare(least(norm, pairs(data, false))!, delta) < 0;
      },
      'not an integer': (data) => flat(data).some((v) => v.d > 1n),
      'a negative coordinate': (data) => flat(data).some((v) => v.n < 0n),
      huge: (data) => data.size > 1 && drawnAs.huge(data, norm, two32),
      tiny: (data) => data.size > 1 && drawnAs.tiny(data, norm, two32),
      'beyond doubles': (data) => !(data.coordinates.numerators instanceof Float64Array),
      'collinear, d > 1': (data) => data.size > 2 && data.dimension > 1 && drawnAs.collinear(data, norm, two32),
      'sparse, d > 1': (data) => data.size > 2 && data.dimension > 1 && drawnAs.sparse(data, norm, two32),
      dominant: (data) => data.size > 4 && classCount(data) > 1 && drawnAs.dominant(data, norm, two32),
    },
  });
}

/** Equal to the dataset built anew from its points. */
const canonical = (data: Dataset): boolean =>
  JSON.stringify(plain(datasetOf(points(data), data.labels))) === JSON.stringify(plain(data));

const plain = (data: Dataset): unknown => ({
  ...data,
  coordinates: {
    denominator: String(data.coordinates.denominator),
    doubles: data.coordinates.numerators instanceof Float64Array,
    numerators: Array.from<number | bigint, string>(data.coordinates.numerators, (v) =>
      Object.is(v, -0) ? '-0' : String(v),
    ),
  },
});

const s = rational(3, 4);
const larger: DatasetConstraints = {
  size: { min: 2, max: 12 },
  dimension: { min: 1, max: 5 },
  labels: { min: 2, max: 3 },
  separation: s,
};

/** The geometries that measure distances are tried in each norm, the others in one. */
const normsOf = (geometry: Geometry): readonly Norm[] =>
  ['clusters', 'tight', 'packed'].includes(geometry) ? norms : [norms[geometries.indexOf(geometry) % 3]!];

for (const geometry of geometries) {
  for (const norm of normsOf(geometry)) {
    const constraints: DatasetConstraints = { ...larger, norm, geometry };
    arbitraryLaws(`dataset, ${norm}, ${geometry}, δ ≥ 3/4`, {
      make: () => dataset(constraints),
      valid: (data) =>
        data.size >= 2 &&
        data.size <= 12 &&
        data.dimension <= 5 &&
        classCount(data) >= 2 &&
        classCount(data) <= 3 &&
        separated(data, constraints) &&
        drawnAs[geometry](data, norm, s),
      size: datasetCost,
      refused: [samplesOf([[0]], [0]), samplesOf([[0], [0]], [0, 1])],
    });
  }
}

describe('what a geometry is for', () => {
  const share = (geometry: Geometry, norm: Norm, holds: (data: Dataset) => boolean): number => {
    const list = fc.sample(dataset({ ...larger, norm, geometry }), { seed: 3, numRuns: 400 });
    return list.filter(holds).length / list.length;
  };

  test('clusters: differently large groups whose balls overlap', () => {
    const overlapping = (data: Dataset): boolean => compare(least('l2', pairs(data, false))!, square(s)) < 0;
    expect(share('clusters', 'l2', overlapping)).toBeGreaterThan(0.7);
  });

  test('packed in ℓ1 is denser than the whole lattice', () => {
    const dense = (data: Dataset): boolean =>
      data.dimension > 1 &&
      flat(data).some((v) => (2n * v.n * s.d) % (v.d * s.n) === 0n && (v.n * s.d) % (v.d * s.n) !== 0n);
    expect(share('packed', 'l1', dense)).toBeGreaterThan(0.2);
  });

  test('tight in ℓ2 is not always along an axis', () => {
    const slanted = (data: Dataset): boolean =>
      pairs(data, true).some(
        ([a, b]) => equal(distance('l2', a, b), square(s)) && subVectors(a, b).filter((v) => v.n !== 0n).length > 1,
      );
    expect(share('tight', 'l2', slanted)).toBeGreaterThan(0.2);
  });

  test('sparse: often exactly the e_j', () => {
    const units = (data: Dataset): boolean => pairs(data, false).some(([a, b]) => equal(distance('l1', a, b), s));
    expect(share('sparse', 'l1', units)).toBeGreaterThan(0.4);
  });
});

describe('large datasets', () => {
  test('300 samples on a line, and 40 samples in 64 dimensions', () => {
    const [line] = fc.sample(dataset({ size: { min: 300, max: 300 }, geometry: 'line', separation: s }), {
      seed: 1,
      numRuns: 1,
    });
    expect(line!.size).toBe(300);
    expect(separated(line!, { separation: s })).toBe(true);
    for (const geometry of geometries.filter((name) => name !== 'line')) {
      const wide = dataset({
        size: { min: 40, max: 40 },
        dimension: { min: 64, max: 64 },
        norm: 'l2',
        separation: s,
        geometry,
      });
      const [data] = fc.sample(wide, { seed: 2, numRuns: 1 });
      expect(data!.dimension).toBe(64);
      expect(separated(data!, { norm: 'l2', separation: s }), geometry).toBe(true);
    }
  });
});

describe('constraints', () => {
  test.each<[string, DatasetConstraints, string]>([
    ['separation 0', { separation: rational(0) }, 'dataset.separation: expected a separation > 0, got 0'],
    ['no sample', { size: { min: 0 } }, 'dataset.size.min: expected a whole number ≥ 1, got 0'],
    ['an empty range', { size: { min: 3, max: 2 } }, 'dataset.size.min: expected at most dataset.size.max = 2, got 3'],
    ['half a dimension', { dimension: { max: 1.5 } }, 'dataset.dimension.max: expected a whole number ≥ 1, got 1.5'],
    [
      'more classes than samples',
      { size: { max: 2 }, labels: { min: 3 } },
      'dataset.labels.min: expected at most size.max = 2, got 3',
    ],
    [
      'a line in the plane',
      { dimension: { min: 2 }, geometry: 'line' },
      "dataset.geometry: expected dimension.min = 1 for 'line', got 2",
    ],
    ['no geometry', { geometry: [] }, 'dataset.geometry: expected at least one geometry, got none'],
  ])('%s is refused', (_, constraints, message) => {
    expect(() => dataset(constraints)).toThrow(new InputError(message));
  });

  test('a bound moves the other one with it', () => {
    for (const data of fc.sample(dataset({ size: { min: 20 }, dimension: { min: 9 }, labels: { min: 10 } }), {
      seed: 1,
      numRuns: 50,
    })) {
      expect(data.size).toBeGreaterThanOrEqual(20);
      expect(data.dimension).toBe(9);
      expect(classCount(data)).toBe(10);
    }
  });
});
