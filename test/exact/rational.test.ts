import { describe, expect, it } from 'vitest';
import {
  abs,
  add,
  bits,
  ceil,
  compare,
  div,
  equal,
  floor,
  floorLog2,
  gcd,
  half,
  inverse,
  isInteger,
  less,
  lessEqual,
  max,
  min,
  mul,
  neg,
  one,
  power,
  powerOfTwo,
  type Rational,
  rational,
  sign,
  square,
  sub,
  toNumber,
  zero,
} from '../../src/exact/index.js';

const huge = 10n ** 30n + 1n;
const values: readonly Rational[] = [
  rational(0),
  rational(1),
  rational(-1),
  rational(1, 2),
  rational(-3, 2),
  rational(7, 6),
  rational(-1, 3),
  rational(huge, 3n),
  rational(-7n, huge),
];

describe('rational', () => {
  it.each([
    [6n, 4n, 3n, 2n],
    [-6n, 4n, -3n, 2n],
    [6n, -4n, -3n, 2n],
    [-6n, -4n, 3n, 2n],
    [0n, -5n, 0n, 1n],
    [8n, 4n, 2n, 1n],
    [7, 1, 7n, 1n],
    [3, 9, 1n, 3n],
  ])('%s/%s is stored as %s/%s', (n, d, p, q) => expect(rational(n, d)).toEqual({ n: p, d: q }));

  it('has its constants', () => expect([zero, half, one]).toEqual([rational(0), rational(1, 2), rational(1)]));

  it('refuses a denominator 0', () => {
    expect(() => rational(3, 0)).toThrow(new RangeError('rational: expected a denominator other than 0, got 3/0'));
  });
});

describe('laws of an ordered field', () => {
  const reduced = (a: Rational) => expect(a.d > 0n && gcd(a.n, a.d) === 1n).toBe(true);

  it('holds for all pairs of the table, and results are reduced', () => {
    for (const a of values) {
      expect(add(a, neg(a))).toEqual(rational(0));
      expect(abs(a)).toEqual(sign(a) < 0 ? neg(a) : a);
      expect(square(a)).toEqual(mul(a, a));
      for (const b of values) {
        const results = [add(a, b), sub(a, b), mul(a, b), min(a, b), max(a, b)];
        results.forEach(reduced);
        expect(add(a, b)).toEqual(add(b, a));
        expect(mul(a, b)).toEqual(mul(b, a));
        expect(sub(add(a, b), b)).toEqual(a);
        // By the definition on numerators, without reduction.
        expect(add(a, b).n * a.d * b.d).toBe((a.n * b.d + b.n * a.d) * add(a, b).d);
        expect(mul(a, b).n * a.d * b.d).toBe(a.n * b.n * mul(a, b).d);
        if (sign(b) !== 0) {
          reduced(div(a, b));
          expect(mul(div(a, b), b)).toEqual(a);
          expect(inverse(b)).toEqual(div(rational(1), b));
        }
        expect(compare(a, b)).toBe(sign(sub(a, b)));
        expect(equal(a, b)).toBe(a === b);
        expect(less(a, b)).toBe(compare(a, b) === -1);
        expect(lessEqual(a, b)).toBe(compare(a, b) !== 1);
        expect([min(a, b), max(a, b)]).toEqual(compare(a, b) < 0 ? [a, b] : [b, a]);
      }
    }
  });

  it('holds for all triples of the table', () => {
    for (const a of values) {
      for (const b of values) {
        for (const c of values) {
          expect(add(add(a, b), c)).toEqual(add(a, add(b, c)));
          expect(mul(mul(a, b), c)).toEqual(mul(a, mul(b, c)));
          expect(mul(a, add(b, c))).toEqual(add(mul(a, b), mul(a, c)));
        }
      }
    }
  });

  it('refuses division by 0', () => {
    expect(() => div(rational(1), rational(0))).toThrow(RangeError);
    expect(() => inverse(rational(0))).toThrow(RangeError);
  });
});

describe('whole parts', () => {
  it.each([
    [rational(7, 2), 3n, 4n],
    [rational(-7, 2), -4n, -3n],
    [rational(4), 4n, 4n],
    [rational(-4), -4n, -4n],
    [rational(1n, huge), 0n, 1n],
    [rational(-1n, huge), -1n, 0n],
  ])('of %o are %s and %s', (a, down, up) => {
    expect(floor(a)).toBe(down);
    expect(ceil(a)).toBe(up);
    expect(isInteger(a)).toBe(down === up);
  });
});

describe('powers', () => {
  it.each([
    [rational(-2, 3), 3, rational(-8, 27)],
    [rational(-2, 3), -3, rational(-27, 8)],
    [rational(-2, 3), 0, rational(1)],
    [rational(0), 0, rational(1)],
    [rational(5), -1, rational(1, 5)],
  ])('%o to the %s', (a, k, b) => expect(power(a, k)).toEqual(b));

  it('refuses 0 to a negative power and a fraction as exponent', () => {
    expect(() => power(rational(0), -1)).toThrow(RangeError);
    expect(() => power(rational(2), 0.5)).toThrow(new RangeError('power: expected a whole exponent, got 0.5'));
  });

  it('of two, on both sides of 0', () => {
    for (const k of [-1074, -3, -1, 0, 1, 64, 1024]) expect(powerOfTwo(k)).toEqual(power(rational(2), k));
  });
});

describe('floorLog2', () => {
  it('brackets every value of a table', () => {
    for (const p of [1n, 2n, 3n, 5n, 8n, 255n, 256n, 257n, huge]) {
      for (const q of [1n, 2n, 3n, 7n, 16n, 1000n, huge]) {
        const a = rational(p, q);
        const k = floorLog2(a);
        expect(lessEqual(powerOfTwo(k), a) && less(a, powerOfTwo(k + 1))).toBe(true);
      }
    }
  });

  it('refuses 0 and below', () => {
    expect(() => floorLog2(rational(0))).toThrow(new RangeError('floorLog2: expected a > 0, got 0/1'));
    expect(() => floorLog2(rational(-1, 2))).toThrow(RangeError);
  });
});

it.each([
  [rational(0), 0],
  [rational(1), 1],
  [rational(-5, 8), 6],
  [rational(1, 1024), 11],
])('bits of %o', (a, count) => expect(bits(a)).toBe(count));

describe('toNumber', () => {
  it.each([
    [rational(1, 3), 1 / 3],
    [rational(-5, 4), -1.25],
    [rational(0), 0],
  ])('of %o is %s', (a, x) => expect(toNumber(a)).toBe(x));

  it('stays close when numerator and denominator are beyond the range of doubles', () => {
    const a = rational(3n * 7n ** 2000n + 1n, 4n * 7n ** 2000n);
    expect(Math.abs(toNumber(a) - 0.75)).toBeLessThan(1e-15);
    expect(toNumber(rational(-(7n ** 2000n)))).toBe(Number.NEGATIVE_INFINITY);
    expect(toNumber(powerOfTwo(-1060))).toBe(2 ** -1060);
  });
});
