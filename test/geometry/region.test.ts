import { describe, expect, it } from 'vitest';
import { parseRational } from '../../src/exact/index.js';
import type { Norm } from '../../src/format/index.js';
import { type Box, ball, boxIsEmpty, contains, regionDimension } from '../../src/geometry/index.js';

const vector = (text: string) => text.split(' ').map((t) => parseRational(t));

describe('balls', () => {
  it.each<[Norm, string, boolean, boolean]>([
    // Around (1, 1) with radius 1/2: inside closed, inside open.
    ['linf', '3/2 1/2', true, false],
    ['linf', '3/2 0.51', true, false],
    ['linf', '1.49 0.51', true, true],
    ['linf', '1.5000000000000000000001 1', false, false],
    ['l1', '5/4 3/4', true, false],
    ['l1', '5/4 0.76', true, true],
    ['l1', '3/2 1/2', false, false],
    ['l2', '1.3 0.6', true, false],
    ['l2', '1.3 0.61', true, true],
    ['l2', '1.3 0.5999999999999999999999', false, false],
    ['l2', '1 1', true, true],
  ])('%s around (1, 1): (%s) in the closed one %s, in the open one %s', (norm, x, closed, open) => {
    const centre = vector('1 1');
    const radius = parseRational('1/2');
    expect(contains(ball(norm, centre, radius), vector(x))).toBe(closed);
    expect(contains(ball(norm, centre, radius, true), vector(x))).toBe(open);
  });

  it('of radius 0 hold their centre, unless open', () => {
    for (const norm of ['l1', 'l2', 'linf'] as const) {
      const point = ball(norm, vector('1/3 2'), parseRational('0'));
      expect([contains(point, vector('1/3 2')), contains(point, vector('1/3 2.1'))]).toEqual([true, false]);
      expect(contains({ ...point, open: true }, vector('1/3 2'))).toBe(false);
    }
  });
});

describe('boxes', () => {
  const box: Box = { kind: 'box', lower: vector('0 -1'), upper: vector('1 -1/2') };

  it.each([
    ['0 -1', true],
    ['1 -1/2', true],
    ['1/2 -3/4', true],
    ['1.01 -3/4', false],
    ['-1/1000 -3/4', false],
    ['1/2 -0.49', false],
    ['1/2 -1.01', false],
  ])('(%s): %s', (x, inside) => expect(contains(box, vector(x))).toBe(inside));

  it('are empty when ends are swapped', () => {
    expect(boxIsEmpty(box)).toBe(false);
    expect(boxIsEmpty({ ...box, upper: vector('0 -1') })).toBe(false);
    expect(boxIsEmpty({ ...box, upper: vector('1 -1.1') })).toBe(true);
  });

  it('have the dimension of their points, as balls do', () => {
    expect(regionDimension(box)).toBe(2);
    expect(regionDimension(ball('l1', vector('1 2 3'), parseRational('1')))).toBe(3);
  });
});
