/**
 * Which hyperplanes fire somewhere, and which everywhere, on the closed balls around points: one bit each.
 *
 * Main definitions: `firing`, `FiringBits`, `emptyBits`, `joinBits`.
 *
 * up_i(x) = [w_i·x + b_i + μ‖w_i‖* > 0] and lo_i(x) = [w_i·x + b_i − μ‖w_i‖* > 0] bound step(w_i·z + b_i) on the ball of
 * radius μ around x. Pre-activations are integers over one denominator, so reaches are rounded to integers, up for `up`
 * and down for `lo`, without changing a bit; ‖w‖₂ is a rational bound from above. Integers stay in doubles where every
 * sum is provably below 2⁵³, else in BigInt.
 */
import {
  bigNumerators,
  ceil,
  constructionRootBits,
  floor,
  largestExactDouble,
  lcm,
  mul,
  type Rational,
  rational,
  type ScaledVector,
} from '../../exact/index.js';
import type { Norm } from '../../format/index.js';
import { dualNormAbove } from '../../geometry/index.js';
import type { Hyperplanes } from './hyperplanes.js';

/** Bits of `rows` points: hyperplane i of row r is bit i % 32 of word r·words + ⌊i/32⌋. Padding is 0 in lo, 1 in up. */
export interface FiringBits {
  readonly rows: number;
  readonly words: number;
  /** Number of hyperplanes that each block of words holds, in order: padding follows every block. */
  readonly blocks: readonly number[];
  readonly lower: Uint32Array;
  readonly upper: Uint32Array;
}

export interface FiringOptions {
  readonly norm: Norm;
  /** μ ≥ 0. */
  readonly radius: Rational;
}

/** The bits of points that no hyperplane has seen yet. */
export const emptyBits = (rows: number): FiringBits => ({
  rows,
  words: 0,
  blocks: [],
  lower: new Uint32Array(0),
  upper: new Uint32Array(0),
});

/** The bits of all points, row-major, under the hyperplanes. */
export function firing(h: Hyperplanes, points: ScaledVector, options: FiringOptions): FiringBits {
  const { count, dimension: d } = h;
  const rows = points.numerators.length / d;
  const words = Math.ceil(count / 32);
  const bits = {
    rows,
    words,
    blocks: [count],
    lower: new Uint32Array(rows * words),
    upper: new Uint32Array(rows * words),
  };
  const product = h.weightDenominator * points.denominator;
  const denominator = lcm(product, h.biasDenominator);
  const scales = { sums: denominator / product, biases: denominator / h.biasDenominator };
  const reaches = reachesOf(h, denominator, options);
  if (!inDoubles(h, points, scales, reaches, bits)) inBigInt(h, points, scales, reaches, bits);
  const padding = (0xffffffff << (count % 32)) >>> 0;
  if (count % 32 !== 0) for (let r = 0; r < rows; r++) bits.upper[(r + 1) * words - 1]! |= padding;
  return bits;
}

interface Scales {
  readonly sums: bigint;
  readonly biases: bigint;
}

/** z − ⌊reach⌋ > 0 decides lo, z + ⌈reach⌉ > 0 decides up, for integers z. */
interface Reaches {
  readonly down: readonly bigint[];
  readonly up: readonly bigint[];
}

function reachesOf(h: Hyperplanes, denominator: bigint, { norm, radius }: FiringOptions): Reaches {
  if (radius.n === 0n) {
    const none: bigint[] = new Array(h.count).fill(0n);
    return { down: none, up: none };
  }
  const weights = bigNumerators(h.weights);
  const down: bigint[] = [];
  const up: bigint[] = [];
  for (let i = 0; i < h.count; i++) {
    const row = Array.from({ length: h.dimension }, (_, j) => rational(weights[j * h.count + i]!, h.weightDenominator));
    const reach = mul(mul(radius, dualNormAbove(norm, row, constructionRootBits).value), rational(denominator));
    down.push(floor(reach));
    up.push(ceil(reach));
  }
  return { down, up };
}

/** Fills the bits when all integers fit doubles; says whether they did. */
function inDoubles(h: Hyperplanes, points: ScaledVector, scales: Scales, reaches: Reaches, bits: FiringBits): boolean {
  const { weights, biases, count, dimension: d } = h;
  const x = points.numerators;
  if (!(weights instanceof Float64Array && biases instanceof Float64Array && x instanceof Float64Array)) return false;
  const sums = Number(scales.sums);
  const biasFactor = Number(scales.biases);
  let widest = 0;
  for (const v of x) widest = Math.max(widest, Math.abs(v));
  const down = Float64Array.from(reaches.down, Number);
  const up = Float64Array.from(reaches.up, Number);
  const weightSums = new Float64Array(count);
  for (let k = 0; k < weights.length; k++) weightSums[k % count]! += Math.abs(weights[k]!);
  for (let i = 0; i < count; i++) {
    const bound = weightSums[i]! * widest * sums + Math.abs(biases[i]!) * biasFactor + up[i]! + 1;
    // Doubles that overestimate by rounding only make this stricter; half the range covers what they lose.
    if (!(bound < largestExactDouble / 2)) return false;
  }
  const offsets = biases.map((b) => b * biasFactor);
  const z = new Float64Array(count);
  const starts = new Uint32Array(d + 3);
  const values = new Float64Array(d + 3);
  for (let r = 0; r < bits.rows; r++) {
    let nonzero = 0;
    for (let j = 0; j < d; j++) {
      const v = x[r * d + j]! * sums;
      if (v === 0) continue;
      starts[nonzero] = j * count;
      values[nonzero++] = v;
    }
    // Four coordinates at a time, so that z is read and written a quarter as often; zeros fill up the last four.
    values.fill(0, nonzero);
    z.set(offsets);
    for (let n = 0; n < nonzero; n += 4) {
      const [a, b, c, e] = [starts[n]!, starts[n + 1]!, starts[n + 2]!, starts[n + 3]!];
      const [va, vb, vc, ve] = [values[n]!, values[n + 1]!, values[n + 2]!, values[n + 3]!];
      for (let i = 0; i < count; i++) {
        z[i] = z[i]! + weights[a + i]! * va + weights[b + i]! * vb + weights[c + i]! * vc + weights[e + i]! * ve;
      }
    }
    const at = r * bits.words;
    for (let i = 0; i < count; i++) {
      const bit = 1 << (i & 31);
      if (z[i]! > down[i]!) bits.lower[at + (i >> 5)]! |= bit;
      if (z[i]! > -up[i]!) bits.upper[at + (i >> 5)]! |= bit;
    }
  }
  return true;
}

function inBigInt(h: Hyperplanes, points: ScaledVector, scales: Scales, reaches: Reaches, bits: FiringBits): void {
  const { count, dimension: d } = h;
  const weights = bigNumerators(h.weights);
  const biases = bigNumerators(h.biases);
  const x = bigNumerators(points.numerators);
  for (let r = 0; r < bits.rows; r++) {
    const at = r * bits.words;
    for (let i = 0; i < count; i++) {
      let sum = 0n;
      for (let j = 0; j < d; j++) sum += weights[j * count + i]! * x[r * d + j]!;
      const z = sum * scales.sums + biases[i]! * scales.biases;
      const bit = 1 << (i & 31);
      if (z > reaches.down[i]!) bits.lower[at + (i >> 5)]! |= bit;
      if (z > -reaches.up[i]!) bits.upper[at + (i >> 5)]! |= bit;
    }
  }
}

/** The bits of the hyperplanes of both, those of `a` first. */
export function joinBits(a: FiringBits, b: FiringBits): FiringBits {
  const words = a.words + b.words;
  const join = (p: Uint32Array, q: Uint32Array): Uint32Array => {
    const out = new Uint32Array(a.rows * words);
    for (let r = 0; r < a.rows; r++) {
      out.set(p.subarray(r * a.words, (r + 1) * a.words), r * words);
      out.set(q.subarray(r * b.words, (r + 1) * b.words), r * words + a.words);
    }
    return out;
  };
  return {
    rows: a.rows,
    words,
    blocks: [...a.blocks, ...b.blocks],
    lower: join(a.lower, b.lower),
    upper: join(a.upper, b.upper),
  };
}

/** The hyperplanes of a mask over the words, numbered across blocks without padding. */
export function maskMembers(mask: Uint32Array, blocks: readonly number[]): Uint32Array {
  const out: number[] = [];
  let word = 0;
  let first = 0;
  for (const count of blocks) {
    for (let i = 0; i < count; i++) if ((mask[word + (i >> 5)]! >>> (i & 31)) & 1) out.push(first + i);
    word += Math.ceil(count / 32);
    first += count;
  }
  return Uint32Array.from(out);
}

/** Number of bits set in both masks of `words` words, from the given starts. */
export function commonBits(a: Uint32Array, from: number, mask: Uint32Array, words: number): number {
  let count = 0;
  for (let k = 0; k < words; k++) {
    let v = a[from + k]! & mask[k]!;
    v -= (v >>> 1) & 0x55555555;
    v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
    count += Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return count;
}
