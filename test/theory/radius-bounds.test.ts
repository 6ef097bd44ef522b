import { describe, expect, test } from 'vitest';
import { compare, mul, powerOfTwo, rational, toNumber } from '../../src/exact/index.js';
import type { Norm } from '../../src/format/index.js';
import { bestMap, datasetOf, separation } from '../../src/geometry/index.js';
import {
  finestGrid,
  hardDataset,
  hardDatasetSize,
  radiusGuarantee,
  radiusUpperBound,
  radiusUpperBounds,
  unitVectors,
} from '../../src/theory/index.js';

const norms: readonly Norm[] = ['l1', 'l2', 'linf'];

test('what is guaranteed is below what is possible, for all sizes', () => {
  let compared = 0;
  for (const norm of norms) {
    for (const width of [1, 2, 3, 6, 10]) {
      for (const dimension of [1, 2, 4, 11, 40]) {
        for (const samples of [2, 3, 16, 172, 5000, 10 ** 6]) {
          const given = { samples, dimension, width, norm };
          const possible = radiusUpperBound(given).squared;
          const promised = radiusGuarantee(given);
          expect(compare(promised, possible), JSON.stringify(given)).toBeLessThanOrEqual(0);
          compared++;
        }
      }
    }
  }
  expect(compared).toBe(450);
});

describe('upper bounds', () => {
  test('the hard dataset of 172 samples: √k/(2q) = 1/4 for k = q = 4', () => {
    const given = { samples: 172, dimension: 6, width: 4, norm: 'l2' } as const;
    expect(radiusUpperBound(given)).toEqual({
      squared: rational(1, 16),
      reason: 'hard dataset with 4 steps, 172 samples',
      reference: 'ours, after [EYS]',
    });
    // One sample less, and the coarser grid is the finest that fits.
    expect(finestGrid(4, 171)).toBe(2);
    expect(hardDatasetSize(4, 2)).toBeLessThan(171n);
    expect(radiusUpperBound({ ...given, samples: 171 }).squared).toEqual(rational(4, 4 * 6));
  });

  test('unit vectors: 1/4 in ℓ∞, √(k/n)/2 in ℓ2, nothing in ℓ1, nothing once k ≥ n', () => {
    const at = (norm: Norm, width: number) => radiusUpperBound({ samples: 9, dimension: 100, width, norm }).squared;
    expect(at('linf', 7)).toEqual(rational(1, 16));
    expect(at('linf', 8)).toEqual(rational(1, 4));
    expect(at('l2', 2)).toEqual(rational(2, 32));
    expect(at('l2', 8)).toEqual(rational(1, 4));
    expect(at('l1', 2)).toEqual(rational(1, 4));
  });

  test('the cited constant: 2416·N^(−2/k), rounded up', () => {
    const cited = radiusUpperBounds({ samples: 10 ** 9, dimension: 3, width: 2, norm: 'l2' }).find(({ reason }) =>
      reason.startsWith('2416'),
    )!;
    // N^(−4/k) = 10⁻¹⁸ is rational here, so nothing is rounded.
    expect(cited.squared).toEqual(rational(2416n ** 2n, 10n ** 18n));
    const rounded = radiusUpperBounds({ samples: 10 ** 6, dimension: 9, width: 5, norm: 'l2' }).find(({ reason }) =>
      reason.startsWith('2416'),
    )!;
    expect(toNumber(rounded.squared)).toBeCloseTo(2416 ** 2 * 10 ** (-24 / 5), 6);
    // (squared / 2416²)^5 ≥ N⁻⁴, by less than one part in 2⁴⁰.
    const scaled = mul(rounded.squared, rational(1n, 2416n ** 2n));
    const fifth = mul(mul(mul(scaled, scaled), mul(scaled, scaled)), scaled);
    expect(compare(fifth, rational(1n, 10n ** 24n))).toBe(1);
    expect(compare(fifth, mul(rational(1n, 10n ** 24n), rational(2n ** 40n + 1n, 2n ** 40n)))).toBe(-1);
  });

  test('they hold of the datasets they name: no map found is better', () => {
    const cases = [
      { data: hardDataset(2, 4, 3).data, width: 2 },
      { data: unitVectors(9, 8), width: 3 },
    ];
    for (const { data, width } of cases) {
      const bound = radiusUpperBound({ samples: data.size, dimension: data.dimension, width, norm: 'l2' }).squared;
      const found = bestMap(data, width, {
        attempts: 20,
        improvements: 60,
        families: ['small', 'cayley', 'hadamard'],
      })!;
      expect(separation(data, 'l2')!.magnitude).toEqual(rational(1));
      expect(compare(mul(powerOfTwo(-2), found.magnitude), bound)).toBeLessThanOrEqual(0);
      // Not vacuous: the search comes within a factor of three of the bound.
      expect(compare(mul(powerOfTwo(-2), found.magnitude), mul(bound, rational(1, 9)))).toBe(1);
    }
  });
});

describe('the guarantee', () => {
  test('is kept by maps that a search finds', () => {
    const points = Array.from({ length: 40 }, (_, i) =>
      Array.from({ length: 8 }, (_, j) => rational((i * i * (j + 3) + 5 * i * j) % 97)),
    );
    const data = datasetOf(
      points,
      points.map((_, i) => i % 2),
    );
    for (const k of [2, 4, 6]) {
      const promised = radiusGuarantee({ samples: 40, dimension: 8, width: k, norm: 'l2' });
      const found = bestMap(data, k, { attempts: 20 })!;
      const delta2 = separation(data, 'l2')!.magnitude;
      expect(compare(mul(powerOfTwo(-2), found.magnitude), mul(promised, delta2))).toBe(1);
    }
  });

  test('is (k/4ed)·N^(−4/k), by d less in ℓ1 and ℓ∞, and 1/4 without a projection', () => {
    const given = { samples: 100, dimension: 24, width: 4, norm: 'l2' } as const;
    expect(toNumber(radiusGuarantee(given))).toBeCloseTo(4 / (4 * Math.E * 24 * 100), 12);
    expect(toNumber(radiusGuarantee({ ...given, norm: 'l1' }))).toBeCloseTo(4 / (4 * Math.E * 24 * 24 * 100), 12);
    expect(radiusGuarantee({ ...given, width: 24 })).toEqual(rational(1, 4));
    // Below the true value, always.
    expect(toNumber(radiusGuarantee(given))).toBeLessThan(4 / (4 * Math.E * 24 * 100));
  });

  test('numbers out of range are refused', () => {
    const given = { samples: 100, dimension: 24, width: 4, norm: 'l2' } as const;
    expect(() => radiusGuarantee({ ...given, samples: 1 })).toThrow('samples: expected a whole number ≥ 2, got 1');
    expect(() => radiusUpperBound({ ...given, dimension: 0 })).toThrow('dimension: expected a whole number ≥ 1, got 0');
    expect(() => radiusUpperBounds({ ...given, width: 1.5 })).toThrow('width: expected a whole number ≥ 1, got 1.5');
  });
});
