import { describe, expect, it } from 'vitest';
import { fromDouble, type Rational, randomSource, rational } from '../../src/exact/index.js';

/** By repeated doubling, which is exact for doubles, until the value is whole. */
function byDoubling(x: number): Rational {
  let k = 0n;
  let y = x;
  for (; !Number.isInteger(y); k++) y *= 2;
  return rational(BigInt(y), 1n << k);
}

const smallestNormal = 2 ** -1022;

describe('fromDouble', () => {
  it.each([
    [0.1, 3602879701896397n, 36028797018963968n],
    [-0.125, -1n, 8n],
    [-0, 0n, 1n],
    [Number.MIN_VALUE, 1n, 1n << 1074n],
    [-Number.MIN_VALUE, -1n, 1n << 1074n],
    [5 * Number.MIN_VALUE, 5n, 1n << 1074n],
    [smallestNormal - Number.MIN_VALUE, (1n << 52n) - 1n, 1n << 1074n],
    [smallestNormal, 1n, 1n << 1022n],
    [smallestNormal + Number.MIN_VALUE, (1n << 52n) + 1n, 1n << 1074n],
    [Number.MAX_VALUE, ((1n << 53n) - 1n) << 971n, 1n],
    [2 ** 53, 1n << 53n, 1n],
    [2 ** 53 + 2, (1n << 53n) + 2n, 1n],
    [1 + Number.EPSILON, (1n << 52n) + 1n, 1n << 52n],
    [0.1 + 0.2, 1351079888211149n, 4503599627370496n],
  ])('%s', (x, n, d) => expect(fromDouble(x)).toEqual({ n, d }));

  it('agrees with repeated doubling on words of random bits', () => {
    const random = randomSource(5);
    const view = new DataView(new ArrayBuffer(8));
    let finite = 0;
    for (let k = 0; k < 400; k++) {
      view.setUint32(0, random.below(2 ** 32));
      view.setUint32(4, random.below(2 ** 32));
      const x = view.getFloat64(0);
      if (!Number.isFinite(x)) continue;
      finite++;
      expect(fromDouble(x)).toEqual(byDoubling(x));
    }
    expect(finite).toBeGreaterThan(300);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('refuses %s', (x) => {
    expect(() => fromDouble(x)).toThrow(new RangeError(`fromDouble: expected a finite number, got ${x}`));
  });
});
