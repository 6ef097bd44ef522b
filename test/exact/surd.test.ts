import { describe, expect, it } from 'vitest';
import {
  add,
  compare,
  decimalValue,
  less,
  mul,
  power,
  randomSource,
  rational,
  rationalSurd,
  rootAbove,
  rootBelow,
  type Surd,
  sign,
  signOfSurd,
  surdBelow,
} from '../../src/exact/index.js';

const surd = (u: number, q: number, v: number, d = 1): Surd => ({
  u: rational(u, d),
  q: rational(q),
  v: rational(v, d),
});

describe('signOfSurd', () => {
  it.each([
    [surd(0, 2, 0), 0],
    [surd(1, 0, 0), 0],
    [surd(0, 5, -3), -1],
    [surd(5, 0, 3), 1],
    [surd(1, 2, 0), 1],
    [surd(-1, 2, 0), -1],
    [surd(1, 4, -2), 0],
    [surd(-3, 4, 6), 0],
    [surd(1, 2, -1), 1],
    [surd(1, 2, -2), -1],
    [surd(-1, 2, 2), 1],
    [surd(-1, 2, 1), -1],
    [surd(-1, 2, -1), -1],
    [surd(1, 2, 1), 1],
    // Convergents of √2 on either side, far closer than a double can tell.
    [surd(1_311_738_121, 2, -1_855_077_841), 1],
    [surd(543_339_720, 2, -768_398_401), -1],
  ])('of %o is %s', (number, s) => expect(signOfSurd(number)).toBe(s));

  it('agrees with an enclosure of 400 bits', () => {
    const random = randomSource(9);
    for (let k = 0; k < 200; k++) {
      const number = surd(
        random.between(-20, 20),
        random.between(0, 30),
        random.between(-60, 60),
        random.between(1, 9),
      );
      const ends = [rootBelow(number.q, 400), rootAbove(number.q, 400)].map((r) =>
        sign(add(mul(number.u, r.value), number.v)),
      );
      expect(ends).toEqual([signOfSurd(number), signOfSurd(number)]);
    }
  });
});

describe('rationalSurd', () => {
  it.each([
    [surd(0, 2, 3), rational(3)],
    [surd(2, 9, 1, 2), rational(7, 2)],
    [surd(1, 0, 5), rational(5)],
  ])('of %o', (number, value) => expect(rationalSurd(number)).toEqual(value));

  it('of an irrational number is undefined', () => expect(rationalSurd(surd(1, 2, 3))).toBeUndefined());
});

describe('surdBelow', () => {
  it.each([
    [surd(1, 2, 0), 10, 1414213562n, 9],
    [surd(1, 2, 0), 20, 14142135623730950488n, 19],
    [surd(-1, 2, 2), 3, 585n, 3],
    [surd(0, 2, 1, 3), 4, 3333n, 4],
    [surd(1000, 2, 0), 2, 14n, -2],
    // 1.5·10⁻¹⁰ after the cancellation of nineteen digits.
    [surd(1_311_738_121, 2, -1_855_077_841), 2, 26n, 11],
  ])('%o with %s digits', (number, digits, numerator, places) => {
    expect(surdBelow(number, digits)).toEqual({ numerator, places });
  });

  it('is below, by less than one unit of its last digit', () => {
    const random = randomSource(4);
    let seen = 0;
    for (let k = 0; k < 300; k++) {
      const number = surd(random.between(-9, 9), random.between(1, 40), random.between(-50, 50), random.between(1, 9));
      if (signOfSurd(number) <= 0) continue;
      seen++;
      const below = surdBelow(number, 6);
      const value = decimalValue(below);
      const side = (v: typeof value) => signOfSurd({ ...number, v: add(number.v, mul(rational(-1), v)) });
      expect(side(value)).toBeGreaterThanOrEqual(0);
      expect(side(add(value, power(rational(10), -below.places)))).toBe(-1);
      expect(below.numerator.toString()).toHaveLength(6);
    }
    expect(seen).toBeGreaterThan(100);
  });

  it('sees through cancellation of a hundred digits, with either sign of the root', () => {
    // p² − 2q² = ±1 by turns, so |p − q√2| is near 1/(2p).
    let [p, q] = [1n, 1n];
    for (let k = 1; k < 130; k++) [p, q] = [p + 2n * q, p + q];
    for (let k = 0; k < 2; k++) {
      const s = p * p > 2n * q * q ? 1n : -1n;
      const number: Surd = { u: rational(-s * q), q: rational(2), v: rational(s * p) };
      const below = surdBelow(number, 5);
      expect(below.numerator).toBe(10n ** BigInt(below.places) / (2n * p));
      [p, q] = [p + 2n * q, p + q];
    }
  });

  it('refuses numbers that are not above 0', () => {
    expect(() => surdBelow(surd(-1, 2, 1), 5)).toThrow(new RangeError('surdBelow: expected a number above 0'));
    expect(() => surdBelow(surd(1, 4, -2), 5)).toThrow(RangeError);
  });

  it('never exceeds the number: √(13/100)', () => {
    const value = decimalValue(surdBelow({ u: rational(1), q: rational(13, 100), v: rational(0) }, 10));
    expect(value).toEqual(rational(3605551275n, 10n ** 10n));
    expect(less(mul(value, value), rational(13, 100)) && compare(value, rational(0)) > 0).toBe(true);
  });
});
