/**
 * The rules `leaf` and `interval`: a combination of the constraints is bounded from below by back-substitution.
 *
 * Main definitions: `Goal`, `About`, `leaf`, `byInterval`.
 *
 * Main statement. Let w ≥ 0 and P = -Σ w_k row_k, so that P ≤ 0 wherever the goal's conjunction holds, and P < 0 if a
 * strict constraint has w_k > 0. A coefficient a that arrives at h = act(z) with z in its range obeys a·act(z) ≥ λ·z + m
 * for any λ, where m is the infimum of a·act(z) - λ·z on the range. From the top down this ends in P ≥ G·x + H on the
 * node. If G·x + H > 0 on the region, the conjunction holds nowhere on the node; ≥ 0 is enough with a strict
 * constraint, and when one of the m is not reached, since then P > G·x + H.
 *
 * Notes. `a` is kept over `scale`, the constant over scale · common. A greatest common divisor is taken only for a
 * denominator that is new.
 *
 * References. S. Boyd, L. Vandenberghe, Convex Optimization, Cambridge 2004, Section 5.1 (Lagrangian bounds).
 */
import type { LeafProof } from '../format/certificate-file.js';
import type { Activation } from '../format/network-file.js';
import type { Tree } from './files.js';
import { type Bound, half, type Interval, type Intervals, isEmpty, zero } from './intervals.js';
import type { Layer } from './network.js';
import { type Fraction, lcm, parsed } from './rational.js';
import { same } from './read.js';
import { type Holey, refuse } from './refusal.js';
import { type InputRegion, staysPositive } from './region.js';
import { combined, type Rows } from './rows.js';

/** To be refuted: the conjunction of rows[k] ≥ 0, or > 0 where strict, on the outputs of the layer `level`. */
export type Goal = { readonly level: number; readonly rows: Rows; readonly strict: readonly boolean[] };

/** What a certificate is about, and what is known at one place of it. */
export interface About {
  readonly layers: readonly Layer[];
  readonly input: InputRegion;
  /** The ranges in force of the pre-activations of each layer. Splits and lemmas change them. */
  readonly ranges: Intervals[];
  /** The lemmas proved so far. The one row of such a goal is ≤ 0 on the region. */
  readonly lemmas: Goal[];
  /** The holes met so far. */
  readonly holes: Holey[];
}

/** The rule `interval`: one constraint alone is refuted, with slope 0 for all neurons of the last layer that has any. */
export function byInterval([{ where }]: Tree, goal: Goal, about: About): void {
  const top = about.layers.findLastIndex(({ activation }) => activation !== 'identity');
  const slopes = (about.layers[top]?.rows.rows ?? []).map((_, r) => [top, r, '0'] as const);
  const only = (k: number) => goal.strict.map((_, j) => (j === k ? '1' : '0'));
  const isRefuted = goal.strict.some((_, k) => closes({ rule: 'leaf', weights: only(k), slopes }, goal, about, where));
  if (!isRefuted) refuse(where, `exact intervals refute none of the ${goal.strict.length} constraints`);
}

/** Accepts the leaf by returning, or refuses it at its place. */
export function leaf(proof: LeafProof, goal: Goal, about: About, where: string): void {
  if (!closes(proof, goal, about, where)) refuse(where, 'the bound of this leaf does not refute the conjunction');
}

/** Whether the bound of the leaf refutes the goal. */
function closes({ weights = ['1'], slopes = [], cuts = [] }: LeafProof, goal: Goal, about: About, where: string) {
  const { layers, input, ranges, lemmas } = about;
  same(weights.length, goal.strict.length, `${where}.weights`);
  // P, and the multiples of lemmas that are added to it: functions of the outputs of a layer.
  const terms = weights.map((text, k) => ({ ...goal, k, sign: -1n, ...parsed(text) }));
  for (const [j, text] of cuts) {
    const lemma = lemmas[j] ?? refuse(where, `there is no lemma ${j} before this place`);
    terms.push({ ...lemma, k: 0, sign: 1n, ...parsed(text) });
  }
  if (terms.some(({ n }) => n < 0n)) refuse(where, 'a constraint or lemma is taken less than 0 times');
  if (terms.some(({ level }) => level > goal.level)) refuse(where, 'a lemma is about a later layer than this proof');

  let a = new Array<bigint>(layers[goal.level]!.rows.rows.length).fill(0n);
  let scale = terms.reduce((multiple, { d, rows }) => lcm(multiple, d * rows.denominator, a.length, where), 1n);
  let [constant, common, isOpen, used] = [0n, 1n, false, 0];
  for (let i = goal.level; i >= 0; i--) {
    const { activation, inputs, rows: affine } = layers[i]!;
    for (const { level, rows, k, sign, n, d } of terms) {
      if (level !== i) continue;
      const factor = (sign * n * scale) / (d * rows.denominator);
      const { columns, weights, bias } = rows.rows[k]!;
      for (const [m, r] of columns.entries()) a[r]! += factor * weights[m]!;
      constant += factor * bias * common;
    }
    if (activation !== 'identity') {
      const { denominator, ends } = ranges[i]!;
      const codes = new Map(slopes.flatMap(([layer, r, code]) => (layer === i && r < a.length ? [[r, code]] : [])));
      used += codes.size;
      const passed = a.map((value, r) => slope(codes.get(r), activation, value, scale, ends[r]!));
      const next = passed.reduce((multiple, { d }) => lcm(multiple, d, a.length, where), scale);
      const factor = next / scale;
      let gap = 0n;
      a = passed.map(({ n, d }, r) => {
        const lambda = n * (next / d);
        const { at, closed } = leastGap(activation, a[r]! * factor, lambda, ends[r]!, denominator);
        gap += at;
        isOpen ||= !closed;
        return lambda;
      });
      const over = gap === 0n ? common : lcm(common, denominator, 1, where);
      constant = constant * factor * (over / common) + gap * (over / denominator);
      [scale, common] = [next, over];
    }
    const below = combined(a, affine, inputs, where);
    constant = constant * affine.denominator + below.bias * common;
    [a, scale] = [below.weights, scale * affine.denominator];
  }
  if (used < slopes.length) refuse(where, 'a slope has no relu or step neuron here, or is not the only one of it');
  const isEnough = isOpen || goal.strict.some((isStrict, k) => isStrict && weights[k] !== '0');
  return staysPositive(a, constant, common, input, isEnough);
}

/** A default slope that is no coefficient is a multiple of 1 / slopeUnit. */
const slopeUnit = 2n ** 24n;
const none: Fraction = { n: 0n, d: 1n };

/** What is passed on of the coefficient a / scale that arrives at the activation of z. */
function slope(code: string | undefined, activation: Activation, a: bigint, scale: bigint, range: Interval): Fraction {
  const [low, high] = [range[0].at, range[1].at];
  const all = { n: a, d: scale };
  if (code !== undefined && code !== 'u') return code === 'a' ? all : parsed(code);
  if (code === undefined && (activation === 'step' || a === 0n)) return none;
  if (low >= 0n) return all;
  if (high <= 0n) return none;
  const [n, d] = [a * high, scale * (high - low)];
  if (code === 'u') return { n, d };
  if (a > 0n) return high >= -low ? all : none;
  return { n: (n * slopeUnit - d + 1n) / d, d: slopeUnit }; // towards minus infinity
}

/** The infimum of a·act(z) - lambda·z on the range, all over `one`; it is not closed only if it is not reached. */
function leastGap(activation: Activation, a: bigint, lambda: bigint, range: Interval, one: bigint): Bound {
  if (a === 0n && lambda === 0n) return zero;
  // The function is linear on both sides of 0, so that its infimum is the least of the values at their ends.
  const values = [false, true].flatMap((isAbove) => {
    const ends = half(range, isAbove, activation);
    const act = (z: bigint) => (!isAbove ? 0n : activation === 'step' ? one : z);
    return isEmpty(ends) ? [] : ends.map(({ at, closed }) => ({ at: a * act(at) - lambda * at, closed }));
  });
  const least = values.reduce((x, y) => (y.at < x.at ? y : x), values[0] ?? zero);
  // Two ends with the least value: it is reached between them, or at one of them.
  return { ...least, closed: least.closed || values.filter(({ at }) => at === least.at).length > 1 };
}
