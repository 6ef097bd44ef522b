import { describe, expect, it } from 'vitest';
import { randomSource } from '../../../src/exact/index.js';
import { scaledValue, signAt } from '../../../src/report/plane/affine-row.js';
import { enclosedValue, nearby } from '../../../src/report/plane/nearby.js';
import { planePoint } from '../../../src/report/plane/polygon.js';

const row = (x: bigint, y: bigint, one: bigint, scale: bigint) => ({
  x,
  y,
  one,
  scale,
  near: [nearby(x, scale), nearby(y, scale), nearby(one, scale)] as const,
});
const signOf = (v: bigint) => (v > 0n ? 1 : v < 0n ? -1 : 0);

describe('signAt', () => {
  it('is exact where doubles cancel', () => {
    // (10^20 + 1)·x − 10^20·y at (10^20, 10^20 + 1) is 0, and one part in 10^40 beside it is not.
    const n = 10n ** 20n;
    const line = row(n + 1n, -n, 0n, 1n);
    expect(signAt(line, planePoint(n, n + 1n, 1n))).toBe(0);
    expect(signAt(line, planePoint(n * n * n + 1n, (n + 1n) * n * n, n * n))).toBe(1);
    expect(signAt(line, planePoint(n * n * n - 1n, (n + 1n) * n * n, n * n))).toBe(-1);
  });

  it('agrees with integers on values of all sizes, also beyond the range of doubles', () => {
    const random = randomSource(11);
    const big = () => {
      const shift = BigInt(random.below(1500));
      const v = BigInt(random.below(2 ** 32)) << shift;
      return random.coin() ? v : -v;
    };
    for (let k = 0; k < 400; k++) {
      const line = row(big(), big(), big(), (1n << BigInt(random.below(1500))) + 1n);
      const p = planePoint(big(), big(), (1n << BigInt(random.below(1500))) + 1n);
      expect(signAt(line, p)).toBe(signOf(scaledValue(line, p)));
    }
  });
});

describe('enclosedValue', () => {
  it('contains the value and is narrow', () => {
    const [low, high] = enclosedValue(
      [nearby(1n, 3n), nearby(-1n, 7n), nearby(1n, 11n)],
      nearby(5n, 13n),
      nearby(2n, 3n),
    );
    const exact = 5 / 39 - 2 / 21 + 1 / 11;
    expect(low).toBeLessThan(exact);
    expect(high).toBeGreaterThan(exact);
    expect(high - low).toBeLessThan(1e-12);
  });

  it('decides nothing on overflow', () => {
    const huge = nearby(1n << 5000n, 1n);
    const [low, high] = enclosedValue([huge, -huge, 0], 1, 1);
    expect(low > 0).toBe(false);
    expect(high < 0).toBe(false);
  });
});
