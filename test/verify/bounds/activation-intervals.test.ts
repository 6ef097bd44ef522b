import { expect, test } from 'vitest';
import { parseRational as q } from '../../../src/exact/index.js';
import type { Activation } from '../../../src/format/index.js';
import { activationIntervals } from '../../../src/verify/bounds/activation-intervals.js';
import { ends } from './cases.js';

/** [lower, attained, upper, attained] of z, and of act(z). */
type End = readonly [string, 0 | 1, string, 0 | 1];

test.each<[Activation, End, End]>([
  ['identity', ['-1/2', 0, '3/2', 1], ['-1/2', 0, '3/2', 1]],
  ['relu', ['1/2', 0, '3/2', 0], ['1/2', 0, '3/2', 0]],
  ['relu', ['0', 0, '3/2', 0], ['0', 0, '3/2', 0]],
  ['relu', ['-1/2', 0, '3/2', 0], ['0', 1, '3/2', 0]],
  ['relu', ['-1/2', 0, '0', 0], ['0', 1, '0', 1]],
  ['relu', ['-3/2', 1, '-1/2', 0], ['0', 1, '0', 1]],
  ['step', ['1/2', 1, '3/2', 1], ['1', 1, '1', 1]],
  ['step', ['0', 0, '3/2', 1], ['1', 1, '1', 1]],
  ['step', ['0', 1, '3/2', 1], ['0', 1, '1', 1]],
  ['step', ['-1/2', 0, '1/2', 0], ['0', 1, '1', 1]],
  ['step', ['-1/2', 1, '0', 1], ['0', 1, '0', 1]],
  ['step', ['-1/2', 1, '0', 0], ['0', 1, '0', 1]],
])('%s of %j is %j', (activation, z, expected) => {
  const [lower, lowerAttained, upper, upperAttained] = z;
  for (const big of [false, true]) {
    const numerators = (text: string) => {
      const n = q(text).n * (2n / q(text).d);
      return big ? [n] : Float64Array.of(Number(n));
    };
    const out = activationIntervals(activation, {
      lower: numerators(lower),
      upper: numerators(upper),
      denominator: 2n,
      lowerAttained: Uint8Array.of(lowerAttained),
      upperAttained: Uint8Array.of(upperAttained),
    });
    expect(ends(out)).toEqual({
      lower: [q(expected[0])],
      upper: [q(expected[2])],
      lowerAttained: [expected[1]],
      upperAttained: [expected[3]],
    });
  }
});

test('intervals that are not clipped are handed on as they are', () => {
  const z = { lower: Float64Array.of(0, 2), upper: Float64Array.of(1, 2), denominator: 1n };
  expect(activationIntervals('relu', z).lower).toBe(z.lower);
  const below = { ...z, lower: Float64Array.of(-1, -2) };
  expect(activationIntervals('relu', below).lower).toEqual(Float64Array.of(0, 0));
  expect(below.lower).toEqual(Float64Array.of(-1, -2));
});
