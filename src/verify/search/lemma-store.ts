/**
 * Lemmas as the search finds them: bounds with proofs, each seeing those before it.
 *
 * Main definitions: `FoundTree`, `FoundLemma`, `simpleBelow`.
 */
import { floorDiv, type Rational, rational } from '../../exact/index.js';
import type { Slope } from './exact-leaf.js';
import type { Functional } from './problem.js';

/** A proof tree in memory; leaves hold slopes for every neuron that they pass. */
export type FoundTree =
  | { readonly rule: 'split'; readonly neuron: number; readonly below: FoundTree; readonly above: FoundTree }
  | FoundLeaf
  | { readonly rule: 'hole' };

export interface FoundLeaf {
  readonly rule: 'leaf';
  /** Weights of the constraints; empty in lemmas. */
  readonly weights: readonly Rational[];
  readonly slopes: ReadonlyMap<number, Slope>;
  /** Affine lemmas used, by number, with multiples > 0. */
  readonly cuts: ReadonlyMap<number, Rational>;
  /** Numbers of the lemmas that it needs. */
  readonly needs: ReadonlySet<number>;
}

/** How to find the tree of a bound again that was found in doubles: from the same bounds the same tree. */
export interface UnprovedTree {
  readonly rule: 'again';
  readonly start: Float64Array;
  readonly steps: number;
  readonly leaves: number;
}

/** A lemma in use, its proof perhaps still to be written. */
export type LemmaInUse = Omit<FoundLemma, 'proof'> & { readonly proof: FoundTree | UnprovedTree };

export interface FoundLemma {
  /** The functional that is bounded from below: the neuron or row, negated for an upper bound, without constant when affine. */
  readonly goal: Functional;
  /** The neuron, or undefined for an affine row. */
  readonly neuron?: number;
  readonly side: 'lower' | 'upper';
  /** Bound of the neuron or row itself. */
  readonly bound: Rational;
  readonly proof: FoundTree;
}

/** Denominators up to this size are kept as they are. */
const largestKept = 1n << 24n;
const keptDigits = 32n;

/** A rational at most `value` with a short denominator: itself when short, else rounded down on a dyadic grid of 2⁻³² of the scale. */
export function simpleBelow(value: Rational, scale: Rational): Rational {
  if (value.d <= largestKept) return value;
  // 2^k ≤ |scale| or so: only the order of magnitude of the grid matters.
  let k = 0n;
  const s = scale.n < 0n ? -scale.n : scale.n;
  if (s !== 0n) k = BigInt(s.toString(2).length - scale.d.toString(2).length);
  const shift = keptDigits - k;
  if (shift >= 0n) {
    const grid = 1n << shift;
    return grid >= value.d ? value : rational(floorDiv(value.n * grid, value.d), grid);
  }
  const grid = 1n << -shift;
  return rational(floorDiv(value.n, value.d * grid) * grid);
}
