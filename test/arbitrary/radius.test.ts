import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dataset, radius } from '../../src/arbitrary/index.js';
import { compare, equal, mul, type Rational, rational, square, zero } from '../../src/exact/index.js';
import { InputError, norms } from '../../src/format/index.js';
import { datasetOf, radiusMagnitude, separation } from '../../src/geometry/index.js';
import { arbitraryLaws } from '../laws/arbitrary.js';

const rows = (values: number[][]): Rational[][] => values.map((row) => row.map((v) => rational(v, 7)));
// δ is 3/7 in ℓ∞, 5/7 in ℓ1, √13/7 in ℓ2.
const data = datasetOf(
  rows([
    [0, 0],
    [2, 3],
    [9, 9],
  ]),
  [0, 1, 0],
);
const cost = (a: Rational): readonly bigint[] => [a.d, a.n];
const between = (low: Rational, mu: Rational, high: Rational): boolean =>
  compare(low, mu) <= 0 && compare(mu, high) <= 0;
const twice = (mu: Rational): Rational => mul(rational(2), mu);

for (const norm of norms) {
  const delta = separation(data, norm)!.magnitude;
  /** Whether 2μ ≤ ratio · δ. */
  const below = (mu: Rational, ratio: Rational): boolean =>
    compare(radiusMagnitude(norm, twice(mu)), mul(delta, radiusMagnitude(norm, ratio))) <= 0;

  arbitraryLaws(`radius, ${norm}`, {
    make: () => radius(data, { norm }),
    valid: (mu) => mu.n >= 0n && below(mu, rational(499, 500)),
    size: cost,
    refused: [rational(1), rational(-1, 9), { n: 2n, d: 4n }],
    classes: {
      'μ = 0': (mu) => mu.n === 0n,
      tiny: (mu) => mu.n > 0n && below(mu, rational(1, 1000)),
      middling: (mu) => !below(mu, rational(1, 10)) && below(mu, rational(9, 10)),
      'near the limit': (mu) => !below(mu, rational(497, 500)),
    },
  });

  arbitraryLaws(`radius, ${norm}, ρ in [1/2, 3/4]`, {
    make: () => radius(data, { norm, ratio: { min: rational(1, 2), max: rational(3, 4) } }),
    // In ℓ2 the lower end is a ratio of a rational just below δ.
    valid: (mu) =>
      below(mu, rational(3, 4)) && !below(mu, norm === 'l2' ? rational(4999, 10000) : rational(49999, 100000)),
    size: cost,
    refused: [zero],
  });
}

describe('radius', () => {
  test('2μ < δ for any dataset, in each norm', () => {
    for (const norm of norms) {
      for (const drawn of fc.sample(dataset({ norm }), { seed: 5, numRuns: 100 })) {
        const found = separation(drawn, norm);
        for (const mu of fc.sample(radius(drawn, { norm }), { seed: 6, numRuns: 5 })) {
          if (found === undefined) expect(between(zero, mu, rational(1, 2))).toBe(true);
          else expect(compare(radiusMagnitude(norm, twice(mu)), found.magnitude)).toBe(-1);
        }
      }
    }
  });

  test('exactly the asked ratio of δ, where δ is rational', () => {
    const ratio = rational(99, 100);
    const at = { min: ratio, max: ratio };
    for (const norm of ['l1', 'linf'] as const) {
      const [mu] = fc.sample(radius(data, { norm, ratio: at }), { seed: 1, numRuns: 1 });
      expect(equal(twice(mu!), mul(ratio, separation(data, norm)!.magnitude))).toBe(true);
    }
    const pythagoras = datasetOf(
      rows([
        [0, 0],
        [3, 4],
      ]),
      [0, 1],
    );
    const [mu] = fc.sample(radius(pythagoras, { norm: 'l2', ratio: at }), { seed: 1, numRuns: 1 });
    expect(equal(square(twice(mu!)), mul(square(ratio), rational(25, 49)))).toBe(true);
  });

  test.each([
    [rational(1), undefined, '0 and 1'],
    [rational(1, 4), rational(1, 2), '1/2 and 1/4'],
    [rational(1, 4), rational(-1), '-1 and 1/4'],
  ])('a ratio outside 0 ≤ min ≤ max < 1 is refused', (max, min, got) => {
    expect(() => radius(data, { ratio: { min, max } })).toThrow(
      new InputError(`radius.ratio: expected 0 ≤ min ≤ max < 1, got ${got}`),
    );
  });
});
