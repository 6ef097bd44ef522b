/**
 * The rule `leaf`: a combination of the constraints is bounded from below by back-substitution.
 *
 * Main definitions: `Goal`, `About`, `leaf`.
 *
 * Main statement. Let w ≥ 0 and P = -Σ w_k row_k, so that P ≤ 0 wherever the goal's conjunction holds, and P < 0 if a
 * strict constraint has w_k > 0. A coefficient a that arrives at h = act(z) with z in its range obeys a·act(z) ≥ λ·z + m
 * for any λ, where m is the infimum of a·act(z) - λ·z on the range. From the top down this ends in P ≥ G·x + H on the
 * node. If G·x + H > 0 on the region, the conjunction holds nowhere on the node; ≥ 0 is enough with a strict
 * constraint, and when one of the m is not reached, since then P > G·x + H.
 *
 * Notes. `a` is kept over `scale`, the constant over scale · common. Each layer costs one common denominator, and no
 * greatest common divisor is taken but for denominators that are new.
 *
 * References. S. Boyd, L. Vandenberghe, Convex Optimization, Cambridge 2004, Section 5.1 (Lagrangian bounds).
 */
import type { LeafProof } from '../format/certificate-file.js';
import type { Activation } from '../format/network-file.js';
import { type Bound, type Interval, isAbove0, zero } from './intervals.js';
import type { Layer } from './network.js';
import { bitsAbove, type Fraction, lcm, limitBits, parsed } from './rational.js';
import { same } from './read.js';
import { refuse } from './refusal.js';
import { type InputRegion, staysPositive } from './region.js';
import { combined, type Rows } from './rows.js';

/** To be refuted: the conjunction of rows[k] ≥ 0, or > 0 where strict, on the outputs of the layer `level`. */
export type Goal = { readonly level: number; readonly rows: Rows; readonly strict: readonly boolean[] };

/** What the leaves of a certificate are about. */
export interface About {
  readonly layers: readonly Layer[];
  readonly input: InputRegion;
  /** inForce[i][r] / common is where neuron r of layer i has its pre-activation on the node. Splits and lemmas change it. */
  readonly inForce: readonly Interval[][];
  readonly common: bigint;
  /** The lemmas proved so far. The one row of such a goal is ≤ 0 on the region. */
  readonly lemmas: Goal[];
}

/** Accepts the leaf by returning, or refuses it at its place. */
export function leaf(proof: LeafProof, goal: Goal, about: About, where: string): void {
  const { weights = ['1'], slopes = [], cuts = [] } = proof;
  const { layers, input, inForce, common, lemmas } = about;
  same(weights.length, goal.strict.length, `${where}.weights`);
  // P, and the multiples of lemmas that are added to it: functions of the outputs of a layer.
  const terms = weights.map((text, k) => ({ ...goal, k, sign: -1n, text }));
  for (const [j, text] of cuts)
    terms.push({ ...(lemmas[j] ?? refuse(where, 'misplaced', 'cuts')), k: 0, sign: 1n, text });
  if (terms.some(({ text }) => text.startsWith('-'))) refuse(where, 'negative');
  if (terms.some(({ level }) => level > goal.level)) refuse(where, 'misplaced', 'cuts');

  let a = new Array<bigint>(layers[goal.level]!.rows.rows.length).fill(0n);
  let [constant, scale, isOpen, used] = [0n, 1n, false, 0];
  /** Makes the scale a multiple of d, and returns how often d goes into it. */
  const rescale = (d: bigint): bigint => {
    const next = lcm(scale, d, a.length, where);
    const factor = next / scale;
    if (factor !== 1n) [a, constant, scale] = [a.map((value) => value * factor), constant * factor, next];
    return scale / d;
  };
  for (let i = goal.level; i >= 0; i--) {
    const { activation, inputs, rows: affine } = layers[i]!;
    for (const { level, rows, k, sign, text } of terms) {
      if (level !== i) continue;
      const { n, d } = parsed(text);
      const factor = sign * n * rescale(d * rows.denominator);
      const { columns, weights, bias } = rows.rows[k]!;
      limitBits(columns.length, bitsAbove([factor]) + rows.bits, where);
      for (const [m, r] of columns.entries()) a[r]! += factor * weights[m]!;
      constant += factor * bias * common;
    }
    if (activation !== 'identity') {
      const ranges = inForce[i]!;
      const codes = new Map(slopes.flatMap(([layer, r, code]) => (layer === i && r < a.length ? [[r, code]] : [])));
      used += codes.size;
      const passed = a.map((value, r) => slope(codes.get(r), activation, value, scale, ranges[r]!));
      for (const { d } of passed) rescale(d);
      a = passed.map(({ n, d }, r) => {
        const lambda = n * (scale / d);
        const { at, closed } = leastGap(activation, a[r]!, lambda, ranges[r]!, common);
        constant += at;
        isOpen ||= !closed;
        return lambda;
      });
    }
    const below = combined(a, affine, inputs, where);
    [a, constant, scale] = [
      [...below.weights],
      constant * affine.denominator + below.bias * common,
      scale * affine.denominator,
    ];
  }
  if (used < slopes.length) refuse(where, 'misplaced', 'slopes');
  const isEnough = isOpen || goal.strict.some((isStrict, k) => isStrict && weights[k] !== '0');
  const g = { columns: [...a.keys()], weights: a, bias: 0n };
  if (!staysPositive(g, constant, common, input, isEnough)) refuse(where, 'notClosed');
}

/** A default slope that is no coefficient is a multiple of 1 / slopeUnit. */
const slopeUnit = 2n ** 24n;
const none: Fraction = { n: 0n, d: 1n };

/** What is passed on of the coefficient a / scale that arrives at the activation of z. */
function slope(code: string | undefined, activation: Activation, a: bigint, scale: bigint, range: Interval): Fraction {
  const [low, high] = [range[0].at, range[1].at];
  const all = { n: a, d: scale };
  if (code === 'a') return all;
  if (code !== undefined && code !== 'u') return parsed(code);
  if (code === undefined && (activation === 'step' || a === 0n)) return none;
  if (low >= 0n) return all;
  if (high <= 0n) return none;
  const [n, d] = [a * high, scale * (high - low)];
  if (code === 'u') return { n, d };
  if (a > 0n) return high >= -low ? all : none;
  return { n: (n * slopeUnit - d + 1n) / d, d: slopeUnit }; // towards minus infinity
}

/** The infimum of a·act(z) - lambda·z on the range, all over `common`; it is not closed only if it is not reached. */
function leastGap(activation: Activation, a: bigint, lambda: bigint, [low, high]: Interval, common: bigint): Bound {
  if (a === 0n && lambda === 0n) return zero;
  const isSplit = low.at < 0n && high.at > 0n;
  const corners = isSplit ? [low, zero, high] : [low, high];
  const values = (height: (z: bigint) => bigint, ends: readonly Bound[]) =>
    ends.map(({ at, closed }): Bound => ({ at: height(at) - lambda * at, closed }));
  // The step has values on both sides of 0, and 0 itself is on the lower one.
  const below = isAbove0(low) ? [] : corners.filter(({ at }) => at <= 0n);
  const above =
    high.at <= 0n ? [] : corners.filter(({ at }) => at >= 0n).map((z) => (z.at === 0n ? { at: 0n, closed: false } : z));
  const found =
    activation === 'relu'
      ? values((z) => (z > 0n ? a * z : 0n), corners)
      : [...values(() => 0n, below), ...values(() => a * common, above)];
  const least = found.reduce((x, y) => (y.at < x.at ? y : x), found[0] ?? zero);
  // Two ends with the least value: it is reached between them, or at one of them.
  return found.filter(({ at }) => at === least.at).length > 1 ? { ...least, closed: true } : least;
}
