/** Points of regions: always inside, as close to the boundary as asked, exact where that is possible. */
import { describe, expect, it } from 'vitest';
import {
  compare,
  mul,
  one,
  powerOfTwo,
  type Rational,
  randomSource,
  rational,
  sub,
  subVectors,
} from '../../src/exact/index.js';
import { type Ball, ball, compareToRadius, contains, magnitude, type Region } from '../../src/geometry/index.js';
import { centreOf, extremePoint, rayPoint, spherePoint } from '../../src/verify/region-points.js';
import { vector } from './fixtures/networks.js';

const norms = ['linf', 'l1', 'l2'] as const;
const centre = vector('1/3 -2 5');
const radius = rational(7, 5);
const box: Region = { kind: 'box', lower: vector('-1 0 2'), upper: vector('3 1 2') };
const directions: Rational[][] = [];
const random = randomSource(1);
for (let k = 0; k < 40; k++) directions.push(centre.map(() => rational(random.between(-9, 9), random.between(1, 5))));

describe('rayPoint', () => {
  it.each(norms)('lies in the %s ball, within 2^−bits of its boundary, on the ray', (norm) => {
    for (const open of [false, true]) {
      const region = ball(norm, centre, radius, open);
      for (const v of directions) {
        if (v.every((x) => x.n === 0n)) continue;
        const x = rayPoint(region, v, 20);
        expect(contains(region, x)).toBe(true);
        const almost = mul(radius, sub(one, powerOfTwo(-17)));
        expect(compareToRadius(norm, subVectors(x, centre), almost)).toBe(1);
        const moved = subVectors(x, centre);
        for (const j of [0, 1]) expect(mul(moved[j]!, v[j + 1]!)).toEqual(mul(moved[j + 1]!, v[j]!));
      }
    }
  });

  it('reaches the boundary exactly where it can', () => {
    expect(rayPoint(ball('l2', vector('0 0'), rational(5)), vector('3 4'))).toEqual(vector('3 4'));
    expect(rayPoint(ball('l1', vector('1 1'), rational(1)), vector('1 -3'))).toEqual(vector('5/4 1/4'));
    expect(rayPoint(ball('linf', vector('0 0'), rational(1)), vector('0 0'))).toEqual(vector('0 0'));
    expect(rayPoint(box, vector('9 -1/4 1'))).toEqual(vector('3 1/4 2'));
  });
});

describe('extremePoint', () => {
  it('is the corner, the vertex, the point of the sphere where the form is largest', () => {
    const at = (region: Region, g: number[]) => extremePoint(region, g);
    expect(at(ball('linf', vector('1 1 1'), rational(2)), [3, -1, 0])).toEqual(vector('3 -1 1'));
    expect(at(ball('l1', vector('1 1 1'), rational(2)), [3, -4, 0])).toEqual(vector('1 -1 1'));
    expect(at(ball('l2', vector('0 0'), rational(5)), [0, -2])).toEqual(vector('0 -5'));
    expect(at(box, [-1, 1, 5])).toEqual(vector('-1 1 2'));
    expect(at(box, [0, 0, 0])).toEqual(centreOf(box));
  });

  it.each(norms)('stays inside open %s balls', (norm) => {
    const region = ball(norm, centre, radius, true);
    for (const v of directions)
      expect(
        contains(
          region,
          extremePoint(
            region,
            v.map((x) => Number(x.n)),
          ),
        ),
      ).toBe(true);
  });
});

describe('spherePoint', () => {
  it('lies on the sphere exactly, near the direction', () => {
    const region = ball('l2', centre, radius) as Ball;
    for (const v of directions) {
      const g = v.map((x) => Number(x.n) / Number(x.d));
      const length = Math.hypot(...g);
      if (length === 0) continue;
      const moved = subVectors(spherePoint(region, g, 10), centre);
      expect(magnitude('l2', moved)).toEqual(mul(radius, radius));
      for (const j of [0, 1, 2]) {
        expect(Number(moved[j]!.n) / Number(moved[j]!.d)).toBeCloseTo((1.4 * g[j]!) / length, 2);
      }
    }
    expect(spherePoint(region, [0, 0, 0])).toEqual(centre);
    expect(spherePoint(region, [Number.NaN, 1, 0])).toEqual(centre);
  });

  it('is a little inside for open balls', () => {
    const region = ball('l2', vector('0 0'), rational(1), true) as Ball;
    const x = spherePoint(region, [3, 4]);
    expect(contains(region, x)).toBe(true);
    expect(compare(magnitude('l2', x), rational(99, 100))).toBe(1);
  });
});
