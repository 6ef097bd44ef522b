/**
 * The covering step of the threshold construction: one second-layer neuron after another, until a class is covered.
 *
 * Main definitions: `coverClass`, `CoverNeuron`, `Cover`.
 *
 * A candidate c of the class has U = {i : up_i(c) = 0}, the hyperplanes that fire nowhere on its ball, and
 * m = min over all other samples of the hyperplanes of U that fire everywhere on their balls. If m > 0, the neuron
 * step(m − Σ_U Φ_i) is 0 on all other balls, and 1 on the ball of every x with fewer than m hyperplanes of U firing
 * somewhere; x is covered. A sample may have several views, all its shifts: other samples then count all of theirs, and
 * one covered view is enough.
 * Reference: [DFG, Algorithm 2], at μ = 0; on balls and with views it is ours.
 */
import type { RandomSource } from '../../exact/index.js';
import { commonBits, type FiringBits } from './firing.js';

export interface CoverNeuron {
  /** The candidate that it was made for. */
  readonly sample: number;
  /** U over the words of the bits. */
  readonly mask: Uint32Array;
  /** m ≥ 1; the neuron fires when fewer than m hyperplanes of U do. */
  readonly threshold: number;
}

export interface Cover {
  readonly neurons: readonly CoverNeuron[];
  /** Samples of the class that no neuron covers. */
  readonly uncovered: readonly number[];
}

export interface CoverProblem {
  readonly bits: FiringBits;
  /** Rows v·i to v·i + v − 1 of the bits are the views of sample i. */
  readonly views: number;
  /** Samples to cover. */
  readonly inside: readonly number[];
  /** Samples where every neuron must stay 0. @throws RangeError when there are none: the class needs no network. */
  readonly outside: readonly number[];
}

/** Covers the class, candidates drawn from the source without replacement. */
export function coverClass({ bits, views, inside, outside }: CoverProblem, random: RandomSource): Cover {
  if (outside.length === 0) throw new RangeError('coverClass: expected samples outside the class, got none');
  const { words, lower, upper } = bits;
  const neurons: CoverNeuron[] = [];
  let candidates = [...inside];
  let uncovered = [...inside];
  while (candidates.length > 0) {
    const drawn = random.below(candidates.length);
    const sample = candidates[drawn]!;
    candidates[drawn] = candidates.at(-1)!;
    candidates.pop();
    const mask = quietMask(bits, sample * views);
    let threshold = Number.POSITIVE_INFINITY;
    for (const x of outside) {
      for (let v = x * views; v < (x + 1) * views && threshold > 0; v++) {
        threshold = Math.min(threshold, commonBits(lower, v * words, mask, words));
      }
      if (threshold === 0) break;
    }
    if (threshold === 0) continue;
    neurons.push({ sample, mask, threshold });
    const open = (x: number): boolean => {
      for (let v = x * views; v < (x + 1) * views; v++) {
        if (commonBits(upper, v * words, mask, words) < threshold) return false;
      }
      return true;
    };
    candidates = candidates.filter(open);
    uncovered = uncovered.filter(open);
  }
  return { neurons, uncovered };
}

/** U of a row: the hyperplanes that fire nowhere on its ball. */
export function quietMask({ words, upper }: FiringBits, row: number): Uint32Array {
  const mask = new Uint32Array(words);
  for (let k = 0; k < words; k++) mask[k] = ~upper[row * words + k]!;
  return mask;
}
