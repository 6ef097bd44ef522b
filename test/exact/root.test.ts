import { describe, expect, it } from 'vitest';
import {
  add,
  boundRootBits,
  constructionRootBits,
  div,
  floorLog2,
  isInteger,
  less,
  lessEqual,
  mul,
  powerOfTwo,
  type Rational,
  rational,
  rootAbove,
  rootBelow,
  square,
  sub,
} from '../../src/exact/index.js';

const huge = 10n ** 60n + 7n;
const irrational: readonly Rational[] = [
  rational(2),
  rational(3),
  rational(1, 2),
  rational(2, 3),
  rational(13, 100),
  rational(99),
  rational(101),
  rational(255),
  rational(257),
  rational((1n << 64n) - 1n),
  rational((1n << 64n) + 1n),
  rational(1n, (1n << 64n) - 1n),
  rational(huge),
  rational(3n, huge),
  rational(huge, 3n),
];
const widths = [1, 2, 3, 5, 8, 53, constructionRootBits, boundRootBits];

describe('roots of squares', () => {
  it.each([
    [rational(0), rational(0)],
    [rational(1), rational(1)],
    [rational(9, 16), rational(3, 4)],
    [rational(huge * huge), rational(huge)],
    [rational(1n, huge * huge), rational(1n, huge)],
  ])('√%o is exact at any width', (q, root) => {
    for (const bits of widths) {
      expect(rootAbove(q, bits)).toEqual({ value: root, exact: true });
      expect(rootBelow(q, bits)).toEqual({ value: root, exact: true });
    }
  });
});

describe('other roots', () => {
  it('are the neighbours of √q with the asked number of bits', () => {
    for (const q of irrational) {
      for (const bits of widths) {
        // √q lies in [2^k, 2^(k+1)), so numbers of that width are whole multiples of 2^(k+1−bits).
        const step = powerOfTwo(Math.floor(floorLog2(q) / 2) + 1 - bits);
        const above = rootAbove(q, bits);
        const below = rootBelow(q, bits);
        expect(above.exact || below.exact).toBe(false);
        expect(isInteger(div(above.value, step)) && isInteger(div(below.value, step))).toBe(true);
        expect(less(q, square(above.value)) && less(square(sub(above.value, step)), q)).toBe(true);
        expect(less(square(below.value), q) && less(q, square(add(below.value, step)))).toBe(true);
      }
    }
  });

  it('never get worse with more bits', () => {
    for (const q of irrational) {
      for (let bits = 1; bits < 100; bits++) {
        expect(lessEqual(rootAbove(q, bits + 1).value, rootAbove(q, bits).value)).toBe(true);
        expect(lessEqual(rootBelow(q, bits).value, rootBelow(q, bits + 1).value)).toBe(true);
      }
    }
  });

  it('scale with their number: √(4ᵏq) = 2ᵏ√q, rounded the same way', () => {
    for (const q of irrational) {
      for (const k of [-300, -7, 1, 64]) {
        const scaled = mul(q, powerOfTwo(2 * k));
        expect(rootAbove(scaled, 20).value).toEqual(mul(rootAbove(q, 20).value, powerOfTwo(k)));
        expect(rootBelow(scaled, 20).value).toEqual(mul(rootBelow(q, 20).value, powerOfTwo(k)));
      }
    }
  });

  it('have 96 bits unless said otherwise', () => {
    expect(rootAbove(rational(2))).toEqual(rootAbove(rational(2), 96));
    expect(rootBelow(rational(2))).toEqual(rootBelow(rational(2), 96));
  });

  it('reach the next power of two when rounded up', () => {
    expect(rootAbove(rational(15), 1).value).toEqual(rational(4));
    expect(rootAbove(rational(255), 4).value).toEqual(rational(16));
  });

  it('do not exist below 0', () => {
    expect(() => rootAbove(rational(-1, 4))).toThrow(new RangeError('root: expected q ≥ 0, got -1/4'));
    expect(() => rootBelow(rational(-1))).toThrow(RangeError);
  });
});
