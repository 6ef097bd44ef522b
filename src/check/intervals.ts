/**
 * Exact interval propagation through affine functions and activations.
 *
 * Main definitions: `Bound`, `Interval`, `Intervals`, `affineImage`, `affineEnd`, `activated`, `half`,
 * `isEmpty`, `reduced`.
 *
 * Main statement. If a point has its values h in the intervals x, then the values of the rows at h lie in
 * `affineImage(rows, x)`, and those of the activation at h in `activated(activation, x)`.
 *
 * Notes. All ends of a layer are integers over one denominator, and no greatest common divisor is taken in an inner
 * loop.
 *
 * References. R. E. Moore, Interval Analysis, Prentice-Hall 1966.
 */
import type { Activation } from '../format/network-file.js';
import { bitsAbove, gcd, limitBits } from './rational.js';
import { carryBits, type Row, type Rows } from './rows.js';

/** A bound `at`, over a denominator kept elsewhere. What it bounds is equal to it only if it is closed. */
export type Bound = { readonly at: bigint; readonly closed: boolean };

/** The values between two bounds. */
export type Interval = readonly [low: Bound, high: Bound];

/** Value j lies in the interval ends[j], over the denominator. */
export type Intervals = { readonly denominator: bigint; readonly ends: Interval[] };

export const closedAt = (at: bigint): Bound => ({ at, closed: true });
export const zero = closedAt(0n);

/** Bits above all integers of the intervals. */
export const bitsOf = (x: Intervals) => bitsAbove([x.denominator, ...x.ends.flat().map(({ at }) => at)]);

/** The intervals of the rows, given those of their inputs. */
export function affineImage({ rows, denominator, bits }: Rows, x: Intervals, where: string): Intervals {
  limitBits(2 * rows.length, bitsOf(x) + bits + carryBits, where);
  const ends = rows.map((row) => [affineEnd(row, x, 0), affineEnd(row, x, 1)] as const);
  return { denominator: denominator * x.denominator, ends };
}

/** The low (0) or high (1) end of a row: positive weights take the input's end on that side, negative ones the other. */
export function affineEnd({ columns, weights, bias }: Row, { denominator, ends }: Intervals, side: 0 | 1): Bound {
  let [at, closed] = [bias * denominator, true];
  for (let k = 0; k < columns.length; k++) {
    const weight = weights[k]!;
    if (weight === 0n) continue;
    const end = ends[columns[k]!]![weight > 0n ? side : 1 - side]!;
    at += weight * end.at;
    closed &&= end.closed;
  }
  return { at, closed };
}

/** The intervals of the activation of each value. */
export function activated(activation: Activation, z: Intervals): Intervals {
  if (activation === 'identity') return z;
  const ends = z.ends.map(([low, high]): Interval => {
    // The step has to be 1 iff its argument has to be positive, and can be 1 iff its argument can be positive.
    if (activation === 'step') return [isAbove0(low) ? closedAt(1n) : zero, high.at > 0n ? closedAt(1n) : zero];
    // An end below 0 moves to 0, which is reached; so is an upper end 0 that is only approached from below.
    return [low.at < 0n ? zero : low, high.at > 0n ? high : zero];
  });
  return { denominator: activation === 'step' ? 1n : z.denominator, ends };
}

/** Whether all values above this lower bound are positive. */
const isAbove0 = ({ at, closed }: Bound): boolean => at > 0n || (at === 0n && !closed);

/** The part of a range on one side of 0: z ≤ 0 | z ≥ 0 for relu, z ≤ 0 | z > 0 for step. */
export function half([low, high]: Interval, isAbove: boolean, activation: Activation): Interval {
  if (!isAbove) return [low, high.at > 0n ? zero : high];
  return [isAbove0(low) ? low : { at: 0n, closed: activation !== 'step' }, high];
}

/** Whether no value lies between the bounds. */
export function isEmpty([low, high]: Interval): boolean {
  return low.at > high.at || (low.at === high.at && !(low.closed && high.closed));
}

/** The intervals with all ends multiplied by `factor` and divided by `divisor`, where that is exact. */
export function scaled(ends: readonly Interval[], factor: bigint, divisor: bigint): Interval[] {
  const part = ({ at, closed }: Bound): Bound => ({ at: (at * factor) / divisor, closed });
  return ends.map(([low, high]) => [part(low), part(high)]);
}

/** The same intervals over their least denominator. */
export function reduced({ denominator, ends }: Intervals): Intervals {
  const divisor = ends.flat().reduce((common, { at }) => gcd(common, at), denominator);
  return { denominator: denominator / divisor, ends: scaled(ends, 1n, divisor) };
}
