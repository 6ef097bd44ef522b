/**
 * Random integers beyond 32 bits, and rounded normal numbers, from a seeded source.
 *
 * Main definitions: `bigBelow`, `roundedNormals`. Marsaglia's polar method needs √, which IEEE 754 rounds correctly, and
 * one logarithm; its last digit is far below what rounding to an integer keeps.
 */
import { bitLength } from './integer.js';
import type { RandomSource } from './random.js';

const word = 2 ** 32;

/** A uniform integer in [0, n), n ≥ 1. @throws RangeError for other n. */
export function bigBelow(random: RandomSource, n: bigint): bigint {
  if (n < 1n) throw new RangeError(`bigBelow: expected n ≥ 1, got ${n}`);
  if (n <= BigInt(word)) return BigInt(random.below(Number(n)));
  const bits = bitLength(n - 1n);
  for (;;) {
    let value = 0n;
    for (let have = 0; have < bits; have += 32) value = (value << 32n) | BigInt(random.below(word));
    value >>= BigInt((32 - (bits % 32)) % 32);
    // Below 2^bits ≤ 2n, so half of the tries succeed or more.
    if (value < n) return value;
  }
}

/** `count` independent numbers round(scale · g) with g standard normal. */
export function roundedNormals(random: RandomSource, count: number, scale: number): Float64Array {
  const out = new Float64Array(count);
  for (let k = 0; k < count; ) {
    const u = (2 * random.below(word) + 1) / word - 1;
    const v = (2 * random.below(word) + 1) / word - 1;
    const s = u * u + v * v;
    if (s >= 1) continue;
    const factor = scale * Math.sqrt((-2 * Math.log(s)) / s);
    // `+ 0` turns −0 into 0.
    out[k++] = Math.round(u * factor) + 0;
    if (k < count) out[k++] = Math.round(v * factor) + 0;
  }
  return out;
}
