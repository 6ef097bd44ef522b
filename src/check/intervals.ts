/**
 * Exact interval propagation through affine functions and activations.
 *
 * Main definitions: `Bound`, `Intervals`, `affineImage`, `activated`, `settled`.
 *
 * Main statement. If a point has its values h in the intervals x, then the values of the rows at h lie in
 * `affineImage(rows, x)`, and those of the activation at h in `activated(activation, x)`.
 *
 * Notes. All ends of a layer are integers over one denominator, and no greatest common divisor is taken in an inner
 * loop. `settled` divides a layer by the common divisor of its ends in one pass, and only after the numbers have
 * doubled in length since the last such pass: what can stay short does, and what cannot costs few passes.
 *
 * References. R. E. Moore, Interval Analysis, Prentice-Hall 1966.
 */
import type { Activation } from '../format/network-file.js';
import { bitsAbove, gcd, limitBits } from './rational.js';
import { carryBits, type Row, type Rows } from './rows.js';

/** A bound `at`, over a denominator kept elsewhere. What it bounds is equal to it only if it is closed. */
export type Bound = { readonly at: bigint; readonly closed: boolean };

/** Value j lies between lows[j] and highs[j], both over the denominator. */
export interface Intervals {
  readonly denominator: bigint;
  readonly lows: readonly Bound[];
  readonly highs: readonly Bound[];
  /** The denominator and all ends are below 2^bits in size. */
  readonly bits: number;
  /** A reduction is due when `bits` exceeds this. */
  readonly due: number;
}

/** Integers this short are never worth a reduction. */
export const shortBits = 512;

const zero: Bound = { at: 0n, closed: true };
const one: Bound = { at: 1n, closed: true };

/** The intervals of the rows, given those of their inputs. */
export function affineImage({ rows, denominator, bits: rowBits }: Rows, x: Intervals, where: string): Intervals {
  const bits = x.bits + rowBits + carryBits;
  limitBits(2 * rows.length, bits, where);
  const lows = rows.map((row) => affineEnd(row, x.denominator, x.lows, x.highs));
  const highs = rows.map((row) => affineEnd(row, x.denominator, x.highs, x.lows));
  return { denominator: denominator * x.denominator, lows, highs, bits, due: x.due };
}

/** An end of the row's interval: positive weights take the input's end on the same side, negative ones the opposite. */
function affineEnd(row: Row, denominator: bigint, same: readonly Bound[], opposite: readonly Bound[]): Bound {
  const { columns, weights } = row;
  let at = row.bias * denominator;
  let closed = true;
  for (let k = 0; k < columns.length; k++) {
    const weight = weights[k]!;
    if (weight === 0n) continue;
    const end = (weight > 0n ? same : opposite)[columns[k]!]!;
    at += weight * end.at;
    closed &&= end.closed;
  }
  return { at, closed };
}

/** The intervals of the activation of each value. */
export function activated(activation: Activation, z: Intervals): Intervals {
  switch (activation) {
    case 'identity':
      return z;
    case 'relu': {
      // An end below 0 moves to 0, which is reached; so is an upper end 0 that is only approached from below.
      const lows = z.lows.map((end) => (end.at < 0n ? zero : end));
      const highs = z.highs.map((end) => (end.at <= 0n ? zero : end));
      return { ...z, lows, highs };
    }
    case 'step': {
      // The step has to be 1 iff its argument has to be positive, and can be 1 iff its argument can be positive.
      const lows = z.lows.map(({ at, closed }) => (at > 0n || (at === 0n && !closed) ? one : zero));
      const highs = z.highs.map(({ at }) => (at > 0n ? one : zero));
      return { denominator: 1n, lows, highs, bits: 1, due: shortBits };
    }
  }
}

/** The same intervals, over a smaller denominator if a reduction is due. */
export function settled(z: Intervals): Intervals {
  if (z.bits <= z.due) return z;
  let divisor = z.denominator;
  for (const ends of [z.lows, z.highs]) for (const { at } of ends) divisor = gcd(divisor, at);
  const divided = ({ at, closed }: Bound): Bound => ({ at: at / divisor, closed });
  const [denominator, lows, highs] = [z.denominator / divisor, z.lows.map(divided), z.highs.map(divided)];
  const bits = bitsAbove([denominator, ...[...lows, ...highs].map(({ at }) => at)]);
  return { denominator, lows, highs, bits, due: Math.max(shortBits, 2 * bits) };
}
