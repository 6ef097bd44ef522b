/**
 * Parts of a regression run for several machines.
 *
 * Main definitions: `Shard`, `shardAt`, `shareOf`.
 *
 * The units of work of an instance are its balls and, once, its sizes. They are put in an order that depends on nothing
 * but the instance's name and their number (by hash, so that no pattern in the data meets a pattern in the parts) and
 * dealt to the parts in turn. So each unit belongs to exactly one part, parts differ by at most one unit for each
 * instance, and a unit stays where it is when other instances come or go.
 */
import { createHash } from 'node:crypto';
import { refuse } from '../format/index.js';

export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly of: number;
}

/** The whole as one part. */
export const wholeRun: Shard = { index: 1, of: 1 };

const mostShards = 10_000;

/** Reads `2/3`. @throws InputError unless it is i/n with 1 ≤ i ≤ n ≤ 10,000. */
export function shardAt(text: string, where = '--shard'): Shard {
  const [, i, n] = /^(\d{1,5})\/(\d{1,5})$/.exec(text) ?? refuse(where, 'i/n such as 1/3', JSON.stringify(text));
  const shard = { index: Number(i), of: Number(n) };
  if (shard.of < 1 || shard.of > mostShards) refuse(where, `a number of parts from 1 to ${mostShards}`, String(n));
  if (shard.index < 1 || shard.index > shard.of) refuse(where, `a part from 1 to ${shard.of}`, String(i));
  return shard;
}

export interface Share {
  /** Samples whose balls belong to the part, increasing. */
  readonly samples: readonly number[];
  /** Whether the comparison of dataset, network and sizes belongs to it. */
  readonly whole: boolean;
}

/** The share of a part in an instance with so many samples. */
export function shareOf(name: string, samples: number, shard: Shard): Share {
  if (shard.of === 1) return { samples: Array.from({ length: samples }, (_, i) => i), whole: true };
  const units = Array.from({ length: samples + 1 }, (_, unit) => ({ unit, key: sha256(`${name}\n${unit}`) }));
  units.sort((a, b) => (a.key < b.key ? -1 : 1));
  const offset = Number.parseInt(sha256(name).slice(0, 8), 16) % shard.of;
  const own = units.filter((_, k) => (k + offset) % shard.of === shard.index - 1).map(({ unit }) => unit);
  // The last unit stands for the sizes.
  return { samples: own.filter((unit) => unit < samples).sort((a, b) => a - b), whole: own.includes(samples) };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
