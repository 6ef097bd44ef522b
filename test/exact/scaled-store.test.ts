import { describe, expect, it } from 'vitest';
import { type Rational, randomSource, rational, scaled, scaledStore } from '../../src/exact/index.js';

function stored(values: readonly Rational[]) {
  const store = scaledStore();
  for (const v of values) store.push(v);
  expect(store.length()).toBe(values.length);
  return store.finish();
}

const limit = 1n << 53n;

describe('scaledStore', () => {
  it.each<[string, Rational[]]>([
    ['nothing', []],
    ['whole numbers', [rational(1), rational(-7), rational(0)]],
    ['growing denominators', [rational(1), rational(1, 2), rational(-1, 3), rational(5, 4), rational(1, 7)]],
    ['numbers around 2⁵³', [rational(limit - 1n), rational(limit), rational(limit + 1n), rational(-limit)]],
    ['a denominator that lifts small numbers above 2⁵³', [rational(3), rational(1n, limit)]],
    ['a denominator above 2⁵³', [rational(0), rational(1n, limit + 1n), rational(1, 3)]],
    ['a large number first', [rational(limit * limit), rational(1, 6)]],
    ['more than the first block holds', Array.from({ length: 200 }, (_, k) => rational(k - 100, 1 + (k % 9)))],
  ])('of %s equals the plain form', (_, values) => expect(stored(values)).toEqual(scaled(values)));

  it('equals the plain form on random sequences of both tiers', () => {
    const random = randomSource(3);
    for (let round = 0; round < 40; round++) {
      const values = Array.from({ length: random.below(40) }, () => {
        const n = random.below(6) === 0 ? limit * BigInt(random.between(-9, 9)) : random.between(-50, 50);
        return rational(n, random.below(9) === 0 ? random.between(1, 2 ** 31) : random.between(1, 12));
      });
      expect(stored(values)).toEqual(scaled(values));
    }
  });

  it('can go on after a look at it', () => {
    const store = scaledStore();
    store.push(rational(1, 2));
    expect(store.finish()).toEqual({ numerators: Float64Array.of(1), denominator: 2n });
    store.push(rational(1, 3));
    expect(store.finish()).toEqual({ numerators: Float64Array.of(3, 2), denominator: 6n });
  });
});
