import { describe, expect, test } from 'vitest';
import { parseRational as q } from '../../../src/exact/index.js';
import { ball } from '../../../src/geometry/index.js';
import { boxAround, reducedIntervals } from '../../../src/verify/bounds/intervals.js';
import { vector } from '../fixtures/networks.js';
import { ends } from './cases.js';

describe('boxAround', () => {
  test.each(['l1', 'l2', 'linf'] as const)('%s balls', (norm) => {
    expect(ends(boxAround(ball(norm, vector('1/2 -1'), q('1/3'))))).toEqual({
      lower: [q('1/6'), q('-4/3')],
      upper: [q('5/6'), q('-2/3')],
      lowerAttained: [1, 1],
      upperAttained: [1, 1],
    });
    expect(ends(boxAround(ball(norm, vector('1/2 -1'), q('1/3'), true)))).toMatchObject({
      lowerAttained: [0, 0],
      upperAttained: [0, 0],
    });
  });

  test('a box is itself', () => {
    const box = { kind: 'box' as const, lower: vector('1/2 -1'), upper: vector('1/2 7/3') };
    expect(ends(boxAround(box))).toMatchObject({ lower: box.lower, upper: box.upper, upperAttained: [1, 1] });
  });

  test('numbers beyond doubles stay exact', () => {
    const huge = 2n ** 80n;
    const region = ball('linf', [{ n: huge, d: 1n }], { n: 1n, d: huge });
    expect(ends(boxAround(region)).upper).toEqual([{ n: huge * huge + 1n, d: huge }]);
  });
});

test('reducedIntervals removes a common factor and keeps values and flags', () => {
  const flags = { lowerAttained: Uint8Array.of(0, 1), upperAttained: Uint8Array.of(1, 0) };
  for (const x of [
    { lower: Float64Array.of(6, -12), upper: Float64Array.of(12, 18), denominator: 30n, ...flags },
    { lower: [6n * 2n ** 60n, 0n], upper: [2n ** 61n * 3n, 2n ** 60n * 12n], denominator: 2n ** 60n * 30n, ...flags },
  ]) {
    const short = reducedIntervals(x);
    expect(short.denominator).toBe(5n);
    expect(short.lower).toBeInstanceOf(Float64Array);
    expect(ends(short)).toEqual(ends(x));
  }
});
