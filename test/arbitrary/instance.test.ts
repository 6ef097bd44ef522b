import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instance, type MemorizationInstance } from '../../src/arbitrary/index.js';
import { compare, mul, rational } from '../../src/exact/index.js';
import { InputError, norms } from '../../src/format/index.js';
import { points, radiusMagnitude, separation } from '../../src/geometry/index.js';
import { arbitraryLaws } from '../laws/arbitrary.js';

/** Whether 2μ < δ, and 2μ ≤ ratio · δ. */
function below({ data, norm, radius }: MemorizationInstance, ratio = rational(1)): boolean {
  const delta = separation(data, norm)?.magnitude;
  if (delta === undefined) return radius.n * 2n <= radius.d;
  const twice = radiusMagnitude(norm, mul(rational(2), radius));
  return compare(twice, delta) < 0 && compare(twice, mul(delta, radiusMagnitude(norm, ratio))) <= 0;
}

const clear = (at: MemorizationInstance, low: number): boolean => {
  const delta = separation(at.data, at.norm)?.magnitude;
  return delta !== undefined && !below(at, rational(low, 1000));
};

function cost({ data, norm, radius }: MemorizationInstance): (number | bigint)[] {
  const values = points(data).flat();
  return [
    data.size,
    data.dimension,
    values.reduce((sum, v) => sum + v.d, 0n),
    values.reduce((sum, v) => sum + (v.n < 0n ? 1n - 2n * v.n : 2n * v.n), 0n),
    data.labels.reduce((a, b) => a + b, 0),
    norms.indexOf(norm),
    radius.d,
    radius.n,
  ];
}

arbitraryLaws('instance', {
  make: () => instance(),
  valid: (at) => at.radius.n >= 0n && at.data.size <= 8 && at.data.dimension <= 4 && below(at, rational(499, 500)),
  size: cost,
  classes: {
    ...Object.fromEntries(norms.map((norm) => [norm, (at: MemorizationInstance) => at.norm === norm])),
    'μ = 0': (at) => at.radius.n === 0n,
    'near the limit': (at) => clear(at, 989),
    'one class': (at) => new Set(at.data.labels).size === 1,
    'd = 1': (at) => at.data.dimension === 1,
  },
});

const least = rational(3, 5);
arbitraryLaws('instance, ℓ1 and ℓ2, δ ≥ 3/5, ρ in [9/10, 19/20]', {
  make: () =>
    instance({
      norms: ['l2', 'l1'],
      labels: { min: 2 },
      separation: least,
      ratio: { min: rational(9, 10), max: rational(19, 20) },
    }),
  valid: (at) =>
    at.norm !== 'linf' &&
    compare(separation(at.data, at.norm)!.magnitude, radiusMagnitude(at.norm, least)) >= 0 &&
    below(at, rational(19, 20)) &&
    clear(at, 899),
  size: (at) => [...cost(at).slice(0, 5), at.norm === 'l2' ? 0 : 1, ...cost(at).slice(6)],
});

describe('instance', () => {
  test('dataset and radius shrink together', () => {
    // Fails when balls are wider than 1: two samples at distance 2 and the simplest radius between 1/2 and 1 suffice.
    const wide = ({ radius, data }: MemorizationInstance): boolean =>
      new Set(data.labels).size > 1 && compare(mul(rational(2), radius), rational(1)) > 0;
    for (let seed = 1; seed <= 20; seed++) {
      const found = fc.check(
        fc.property(instance(), (at) => !wide(at)),
        { seed, numRuns: 1000 },
      );
      const [smallest] = found.counterexample!;
      expect(smallest.data.size).toBe(2);
      expect(smallest.data.dimension).toBe(1);
      expect(smallest.radius).toEqual(rational(2, 3));
    }
  });

  test('no norm is refused', () => {
    expect(() => instance({ norms: [] })).toThrow(
      new InputError('instance.norms: expected at least one norm, got none'),
    );
  });
});
