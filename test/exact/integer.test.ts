import { describe, expect, it } from 'vitest';
import {
  absInt,
  bitLength,
  ceilDiv,
  ceilRoot,
  floorDiv,
  floorRoot,
  gcd,
  gcdNumber,
  isqrt,
  lcm,
  randomSource,
} from '../../src/exact/index.js';

const big = 10n ** 40n;

describe('gcd and lcm', () => {
  it.each([
    [0n, 0n, 0n],
    [0n, -7n, 7n],
    [12n, 18n, 6n],
    [-12n, 18n, 6n],
    [1n << 60n, 1n << 40n, 1n << 40n],
    [big * 21n, big * 14n, big * 7n],
    // One operand is beyond the doubles, the other is not.
    [(1n << 53n) + 1n, 3n, 3n],
    [(1n << 53n) - 1n, 6361n, 6361n],
  ])('gcd(%s, %s) = %s', (a, b, g) => {
    expect(gcd(a, b)).toBe(g);
    expect(gcd(b, a)).toBe(g);
  });

  it('agrees between doubles and BigInt', () => {
    for (let a = -30; a <= 30; a++) {
      for (let b = -30; b <= 30; b++) expect(gcdNumber(a, b)).toBe(Number(gcd(BigInt(a), BigInt(b))));
    }
  });

  it.each([
    [4n, 6n, 12n],
    [7n, 7n, 7n],
    [1n, big, big],
    [big * 2n, big * 3n, big * 6n],
  ])('lcm(%s, %s) = %s', (a, b, m) => expect(lcm(a, b)).toBe(m));
});

describe('division', () => {
  it.each([
    [7n, 2n, 3n, 4n],
    [-7n, 2n, -4n, -3n],
    [6n, 3n, 2n, 2n],
    [-6n, 3n, -2n, -2n],
    [0n, 5n, 0n, 0n],
    [-1n, big, -1n, 0n],
  ])('%s / %s lies between %s and %s', (a, b, down, up) => {
    expect(floorDiv(a, b)).toBe(down);
    expect(ceilDiv(a, b)).toBe(up);
  });
});

describe('bitLength', () => {
  it.each([
    [0n, 0],
    [1n, 1],
    [-1n, 1],
    [7n, 3],
    [8n, 4],
    [15n, 4],
    [16n, 5],
    [-255n, 8],
    [256n, 9],
  ])('of %s is %s', (a, bits) => expect(bitLength(a)).toBe(bits));

  it('of 2ᵏ − 1, 2ᵏ, 2ᵏ + 1', () => {
    for (let k = 2; k < 300; k++) {
      const power = 1n << BigInt(k);
      expect([bitLength(power - 1n), bitLength(power), bitLength(-power - 1n)]).toEqual([k, k + 1, k + 1]);
    }
  });
});

describe('isqrt', () => {
  it('is the integer root of all small numbers', () => {
    for (let n = 0; n < 2000; n++) {
      const r = isqrt(BigInt(n));
      expect(r * r <= BigInt(n) && (r + 1n) * (r + 1n) > BigInt(n)).toBe(true);
    }
  });

  it.each([1n, 3n, big, (1n << 521n) - 1n, 7n ** 1000n])('turns over exactly at the square of %s', (r) => {
    expect(isqrt(r * r - 1n)).toBe(r - 1n);
    expect(isqrt(r * r)).toBe(r);
    expect(isqrt(r * r + 2n * r)).toBe(r);
    expect(isqrt((r + 1n) ** 2n)).toBe(r + 1n);
  });

  it('refuses negative numbers', () =>
    expect(() => isqrt(-1n)).toThrow(new RangeError('isqrt: expected n ≥ 0, got -1')));
});

it('absInt', () => expect([absInt(-3n), absInt(0n), absInt(big)]).toEqual([3n, 0n, big]));

describe('roots of any degree', () => {
  it('agree with their powers for all small numbers', () => {
    for (const k of [1, 2, 3, 5, 8]) {
      for (let n = 0n; n < 700n; n++) {
        const [low, high] = [floorRoot(n, k), ceilRoot(n, k)];
        const e = BigInt(k);
        expect(low ** e <= n && (low + 1n) ** e > n).toBe(true);
        expect(high ** e >= n && (high === 0n || (high - 1n) ** e < n)).toBe(true);
      }
    }
  });

  it.each([3n, 10n ** 20n + 1n, (1n << 333n) - 1n])('turn over exactly at the powers of %s', (r) => {
    for (const k of [2, 3, 7]) {
      const power = r ** BigInt(k);
      expect([floorRoot(power - 1n, k), ceilRoot(power - 1n, k)]).toEqual([r - 1n, r]);
      expect([floorRoot(power, k), ceilRoot(power, k)]).toEqual([r, r]);
      expect([floorRoot(power + 1n, k), ceilRoot(power + 1n, k)]).toEqual([r, r + 1n]);
    }
  });

  it('refuse what has no root', () => {
    expect(() => floorRoot(-1n, 3)).toThrow(new RangeError('floorRoot: expected n ≥ 0, got -1'));
    expect(() => ceilRoot(4n, 0)).toThrow(new RangeError('floorRoot: expected k ≥ 1, got 0'));
  });
});

describe('gcd of numbers of hundreds of digits', () => {
  /** Euclid's algorithm, step by step. */
  const euclid = (a: bigint, b: bigint): bigint => {
    let [x, y] = [absInt(a), absInt(b)];
    while (y !== 0n) [x, y] = [y, x % y];
    return x;
  };

  it('is what single steps give, whatever the two have in common', () => {
    const random = randomSource(4);
    const large = (bits: number): bigint => {
      let v = 1n;
      for (let k = 0; k < bits; k += 20) v = (v << 20n) | BigInt(random.between(0, 2 ** 20 - 1));
      return random.between(0, 1) === 0 ? v : -v;
    };
    let common = 0;
    for (let t = 0; t < 400; t++) {
      const g = large(random.between(0, 900));
      const [a, b] = [g * large(random.between(1, 2400)), g * large(random.between(1, 2400))];
      const found = gcd(a, b);
      expect(found).toBe(euclid(a, b));
      if (found > 1n << 300n) common++;
    }
    expect(common).toBeGreaterThan(100);
  });

  it.each([
    ['multiples', (v: bigint) => [v * 3n, v]],
    ['equal', (v: bigint) => [v, v]],
    ['neighbours', (v: bigint) => [v, v + 1n]],
    ['a number and its square', (v: bigint) => [v * v + 1n, v]],
    ['powers of two', (v: bigint) => [1n << 2000n, v]],
    ['leading digits that are alike', (v: bigint) => [v + (1n << 3000n), (1n << 3000n) - v]],
    ['one of them 0', (v: bigint) => [0n, v]],
  ] as const)('%s', (_, pair) => {
    for (const v of [3n ** 400n, 2n ** 900n - 1n, 10n ** 300n + 7n]) {
      const [a, b] = pair(v) as [bigint, bigint];
      expect(gcd(a, b)).toBe(euclid(a, b));
      expect(gcd(b, -a)).toBe(euclid(a, b));
    }
  });

  it('neighbours in the Fibonacci sequence, where every quotient is 1', () => {
    let [a, b] = [1n, 1n];
    for (let k = 0; k < 3000; k++) [a, b] = [b, a + b];
    expect(gcd(b, a)).toBe(1n);
    expect(gcd(a * b, a * a)).toBe(a);
  });
});
