import { describe, expect, test } from 'vitest';
import { theorems } from '../../src/construction/index.js';
import { randomSource, rational } from '../../src/exact/index.js';
import { datasetOf, ratioRadius, resolveRadius, separation } from '../../src/geometry/index.js';
import { complexity } from '../../src/network/index.js';
import { parameterBound, parameterBounds, shatteredPoints } from '../../src/theory/index.js';

const at = (samples: number, dimension: number, norm: 'l1' | 'l2' | 'linf', n: number, d: number) =>
  parameterBounds({ samples, dimension, norm, ratio: rational(n, d) });
const [rows, vc] = [/unit vectors/, /VC/];
const of = (bounds: ReturnType<typeof at>, reason: RegExp): bigint =>
  bounds.find((bound) => reason.test(bound.reason))!.parameters;

test('first layer: more than ρ² min(N − 1, d) rows of d + 1 parameters', () => {
  // ℓ2 takes ρ² = 9/16: ⌈9/16·6⌉ = 4 rows of 6 weights and a bias.
  expect(of(at(7, 6, 'l2', 9, 16), rows)).toBe(28n);
  expect(of(at(4, 6, 'l2', 9, 16), rows)).toBe(14n);
  expect(of(at(7, 6, 'l2', 0, 1), rows)).toBe(7n);
  // Balls are closed, so three rows are not enough for ρ²·6 = 3.
  expect(of(at(7, 6, 'l2', 1, 2), rows)).toBe(28n);
  // ℓ1: ρ²/d; ℓ∞: all of min(N − 1, d) from ρ = 1/2 on.
  expect(of(at(7, 6, 'l1', 9, 10), rows)).toBe(7n);
  expect(of(at(7, 6, 'linf', 49, 100), rows)).toBe(14n);
  expect(of(at(7, 6, 'linf', 1, 2), rows)).toBe(42n);
});

describe('VC dimension', () => {
  test('12P² + 8P reaches the number of shattered points, and not before', () => {
    for (let samples = 2; samples < 400; samples += 7) {
      const given = { samples, dimension: 9, norm: 'l2', ratio: rational(5, 6) } as const;
      const points = shatteredPoints(given);
      expect(points).toBe(6n * BigInt(Math.floor(samples / 2)));
      const P = of(parameterBounds(given), vc);
      expect(12n * P * P + 8n * P >= points).toBe(true);
      expect(12n * (P - 1n) * (P - 1n) + 8n * (P - 1n) < points).toBe(true);
    }
  });

  test('at most d points in a group, one in ℓ∞', () => {
    expect(shatteredPoints({ samples: 10, dimension: 3, norm: 'l2', ratio: rational(99, 100) })).toBe(15n);
    expect(shatteredPoints({ samples: 11, dimension: 3, norm: 'linf', ratio: rational(99, 100) })).toBe(5n);
    expect(shatteredPoints({ samples: 10, dimension: 3, norm: 'l1', ratio: rational(0) })).toBe(5n);
  });
});

test('the largest bound comes first, and every construction of a hard dataset is above it', () => {
  const random = randomSource(4);
  const [N, d] = [16, 4];
  const data = datasetOf(
    Array.from({ length: N }, () => Array.from({ length: d }, () => rational(random.between(-99, 99)))),
    Array.from({ length: N }, (_, i) => i % 2),
  );
  for (const norm of ['l1', 'l2', 'linf'] as const) {
    const { radius } = resolveRadius(ratioRadius('0.9'), separation(data, norm), data);
    const ratio = norm === 'l2' ? rational(81, 100) : rational(9, 10);
    const bounds = parameterBounds({ samples: N, dimension: d, norm, ratio });
    expect(bounds[0]!.parameters >= bounds[1]!.parameters).toBe(true);
    const bound = parameterBound({ samples: N, dimension: d, norm, ratio });
    expect(bound).toEqual(bounds[0]);
    const built = theorems.filter((t) => t.norms.includes(norm) && t.range === undefined && t.notion === undefined);
    expect(built.length).toBeGreaterThan(1);
    for (const theorem of built) {
      const { network } = theorem.construct(data, { norm, radius });
      expect(complexity(network).parameters).toBeGreaterThanOrEqual(bound.parameters);
    }
  }
});

test('numbers out of range are refused', () => {
  const good = { samples: 2, dimension: 1, norm: 'l2', ratio: rational(1, 2) } as const;
  expect(() => parameterBounds({ ...good, samples: 1 })).toThrow('samples: expected a whole number ≥ 2, got 1');
  expect(() => parameterBounds({ ...good, dimension: 0 })).toThrow('dimension: expected a whole number ≥ 1, got 0');
  expect(() => parameterBounds({ ...good, ratio: rational(1) })).toThrow(
    'ratio: expected a rational from 0 to below 1, got 1/1',
  );
  expect(() => shatteredPoints({ ...good, ratio: rational(-1, 2) })).toThrow('got -1/2');
});
