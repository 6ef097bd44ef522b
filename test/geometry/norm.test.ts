import { describe, expect, it } from 'vitest';
import { add, dot, less, mul, parseRational, rational, rootAbove, square } from '../../src/exact/index.js';
import { type Norm, norms } from '../../src/format/index.js';
import { compareToRadius, dualNorm, dualNormAbove, magnitude, radiusMagnitude } from '../../src/geometry/index.js';

const vector = (text: string) => text.split(' ').map((t) => parseRational(t));
const value = (text: string) => parseRational(text);

describe('magnitude', () => {
  it.each<[Norm, string, string]>([
    ['l1', '1/2 -3 0', '7/2'],
    ['linf', '1/2 -3 0', '3'],
    ['l2', '1/2 -3 0', '37/4'],
    ['l1', '0 0', '0'],
    ['linf', '0 0', '0'],
    ['l2', '0 0', '0'],
  ])('%s of (%s) is %s', (norm, v, m) => expect(magnitude(norm, vector(v))).toEqual(value(m)));
});

it('radiusMagnitude squares in ℓ2 only', () => {
  expect(norms.map((norm) => radiusMagnitude(norm, value('3/2')))).toEqual([value('3/2'), value('3/2'), value('9/4')]);
});

describe('compareToRadius', () => {
  it.each<[Norm, string, string, number]>([
    ['l2', '3 4', '5', 0],
    ['l2', '3 4', '5000000001/1000000000', -1],
    ['l2', '3 4', '4999999999/1000000000', 1],
    ['l1', '3 -4', '7', 0],
    ['l1', '3 -4', '6', 1],
    ['linf', '3 -4', '4', 0],
    ['linf', '3 -4', '9/2', -1],
    ['l2', '0 0', '0', 0],
  ])('%s of (%s) against %s', (norm, v, r, side) => expect(compareToRadius(norm, vector(v), value(r))).toBe(side));
});

describe('the dual norm', () => {
  it('pairs ℓ1 with ℓ∞, ℓ2 with itself', () => {
    expect(norms.map((norm) => dualNorm[norm])).toEqual(['l1', 'linf', 'l2']);
  });

  it.each<[Norm, string, string]>([
    ['linf', '1/2 -3', '7/2'],
    ['l1', '1/2 -3', '3'],
    ['l2', '3 -4', '5'],
    ['l2', '0 0', '0'],
  ])('over %s of (%s) is %s', (norm, w, size) =>
    expect(dualNormAbove(norm, vector(w))).toEqual({ value: value(size), exact: true }),
  );

  it('is rounded up in ℓ2, to 96 bits or as asked', () => {
    const w = vector('1 1');
    expect(dualNormAbove('l2', w)).toEqual(rootAbove(rational(2), 96));
    expect(dualNormAbove('l2', w, 3)).toEqual({ value: value('3/2'), exact: false });
    expect(less(rational(2), square(dualNormAbove('l2', w).value))).toBe(true);
  });

  it('bounds w·x over the unit ball, attained at a vertex or rational sphere point', () => {
    const w = vector('3 -4');
    const best: Record<Norm, string> = { linf: '1 -1', l1: '0 -1', l2: '3/5 -4/5' };
    for (const norm of norms) {
      const x = vector(best[norm]);
      expect(compareToRadius(norm, x, rational(1))).toBe(0);
      expect(dot(w, x)).toEqual(dualNormAbove(norm, w).value);
      expect(add(mul(w[0]!, x[0]!), mul(w[1]!, x[1]!))).toEqual(dot(w, x));
    }
  });
});
