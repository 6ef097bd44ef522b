/**
 * Reduction keeps every value and every flag, whichever ends share a divisor.
 */
import { expect, test } from 'vitest';
import { type Bound, type Intervals, reduced } from '../../src/check/intervals.js';

const long = 10n ** 200n;
const closed = (at: bigint): Bound => ({ at, closed: true });
const open = (at: bigint): Bound => ({ at, closed: false });

function values({ denominator, ends }: Intervals): unknown[] {
  // Over a common multiple of all denominators used here.
  return ends
    .flat()
    .map(({ at, closed }) => [(at * 30n * long) / denominator, (at * 30n * long) % denominator, closed]);
}

test.each([
  [
    'all ends share a divisor',
    6n * long,
    [closed(-6n * long), open(2n * long)],
    [open(6n * long), closed(4n * long)],
    3n,
  ],
  ['one lower end does not', 6n * long, [closed(1n), open(2n * long)], [open(6n * long), closed(4n * long)], 6n * long],
  ['one upper end does not', 6n * long, [closed(6n), open(0n)], [open(6n * long), closed(7n)], 6n * long],
  ['ends 0', 5n * long, [closed(0n)], [closed(0n)], 1n],
] as const)('%s', (_, denominator, lows, highs, least) => {
  const ends = Array.from({ length: Math.max(lows.length, highs.length) }, (_, j) => [lows[j]!, highs[j]!] as const);
  const z = { denominator, ends };
  const got = reduced(z);
  expect(got.denominator).toBe(least);
  expect(values(got)).toEqual(values(z));
});
