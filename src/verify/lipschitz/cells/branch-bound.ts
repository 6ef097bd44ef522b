/**
 * How large a gradient can be below a node of the walk.
 *
 * Main definitions: `branchBound`, `BranchBound`, `Place`.
 *
 * Main statement. Where all layers before l are decided, the pre-activations of layer l are affine forms with gradients g_k,
 * and the slope of an output with respect to neuron k of layer l is in an interval [lo_k, hi_k] that the layers above
 * give, whatever they do (interval-gradient.ts). So DF lies entry by entry in Σ_k σ_k [lo_k, hi_k] g_k, σ_k decided or in [0, 1].
 *
 * Notes. Doubles with a bound of their error are compared first; where they do not decide, integers do.
 */
import { bitLength, compare, type Rational, rational, toNumber } from '../../../exact/index.js';
import type { Norm } from '../../../format/index.js';
import type { Layer } from '../../../network/index.js';
import { throughActivation, throughWeights } from '../interval-gradient.js';
import { operatorMagnitude } from '../operator-magnitude.js';
import type { Slope } from '../slope-ranges.js';
import type { Homogeneous } from './homogeneous.js';

/** A node: all layers before one are decided, and some of its neurons. */
export interface Place {
  readonly layer: number;
  /** The pre-activations of the layer. */
  readonly forms: readonly Homogeneous[];
  /** 1 on, 0 off, 2 undecided. */
  readonly decided: Uint8Array;
}

export const undecided = 2;

export interface BranchBound {
  /** At least the bound but for a part 2⁻⁴⁰ of it, and near it, in doubles; NaN where they do not reach. */
  near(place: Place): number;
  /** The bound; undefined is ∞. */
  exactly(place: Place): Rational | undefined;
}

/** Binary digits of denominators that doubles are used for. */
const mostDigits = 500;

/** Part of the sizes of its terms by which a sum of doubles is enlarged, far more than its rounding error. */
const nearError = 2 ** -30;

interface Coefficients {
  readonly lower: readonly bigint[];
  readonly upper: readonly bigint[];
  readonly nearLower: Float64Array;
  readonly nearUpper: Float64Array;
}

/** Bounds for the layers of a network, the last of which is affine, over d inputs. */
export function branchBound(
  layers: readonly Layer[],
  slopes: readonly (readonly Slope[])[],
  norm: Norm,
  denominators: readonly bigint[],
): BranchBound {
  const d = layers[0]!.inputs;
  const outer = coefficientsOf(layers, slopes);
  const scale = outer.map(({ denominator }, l) => denominator * denominators[l]!);
  // A unit whose square is beyond the doubles would make every bound 0.
  const units = scale.map((s) => (bitLength(s) < mostDigits ? toNumber(rational(1n, s)) : Number.NaN));
  return {
    near({ layer, forms, decided }) {
      const { rows } = outer[layer]!;
      if (rows === undefined) return Number.NaN;
      const sizes = rows.map((row) => nearSizes(row, { forms, decided }, d));
      const found = nearMagnitude(norm, sizes);
      const unit = units[layer]!;
      return norm === 'l2' ? found * unit * unit : found * unit;
    },
    exactly({ layer, forms, decided }) {
      const { rows } = outer[layer]!;
      if (rows === undefined) return undefined;
      const entries = rows.map((row) => exactSizes(row, { forms, decided }, d));
      return operatorMagnitude(norm, { entries, denominator: scale[layer]! });
    },
  };
}

/** Intervals of the slopes of each output with respect to the activations of each layer. */
function coefficientsOf(layers: readonly Layer[], slopes: readonly (readonly Slope[])[]) {
  const last = layers.at(-1)!;
  const outputs = last.rowStart.length - 1;
  let rows: { lower: readonly bigint[]; upper: readonly bigint[] }[] | undefined = Array.from(
    { length: outputs },
    (_, r) => {
      const unit = Array.from({ length: outputs }, (_, k) => (k === r ? 1n : 0n));
      return { lower: unit, upper: unit };
    },
  );
  let denominator = 1n;
  const found: { readonly rows: readonly Coefficients[] | undefined; readonly denominator: bigint }[] = [];
  for (let l = layers.length - 1; l >= 0; l--) {
    found[l] = { rows: rows?.map(withDoubles), denominator };
    const through: typeof rows = [];
    for (const row of rows ?? []) {
      const past = throughActivation(slopes[l]!, row);
      if (past !== undefined) through.push(throughWeights(layers[l]!, past));
    }
    rows = rows !== undefined && through.length === rows.length ? through : undefined;
    denominator *= layers[l]!.weightDenominator;
  }
  return found;
}

const withDoubles = ({ lower, upper }: { lower: readonly bigint[]; upper: readonly bigint[] }): Coefficients => ({
  lower,
  upper,
  nearLower: Float64Array.from(lower, Number),
  nearUpper: Float64Array.from(upper, Number),
});

/** About the largest sizes of the entries of a row of DF, each enlarged by what rounding may have taken from it. */
function nearSizes(row: Coefficients, { forms, decided }: Omit<Place, 'layer'>, d: number): Float64Array {
  const lower = new Float64Array(d);
  const upper = new Float64Array(d);
  const size = new Float64Array(d);
  for (let k = 0; k < decided.length; k++) {
    if (decided[k] === 0) continue;
    let lo = row.nearLower[k]!;
    let hi = row.nearUpper[k]!;
    if (decided[k] === undecided) {
      if (lo > 0) lo = 0;
      if (hi < 0) hi = 0;
    }
    const form = forms[k]!.near;
    for (let j = 0; j < d; j++) {
      const g = form[j]!;
      const least = g > 0 ? lo * g : hi * g;
      const most = g > 0 ? hi * g : lo * g;
      lower[j]! += least;
      upper[j]! += most;
      size[j]! += Math.abs(least) + Math.abs(most);
    }
  }
  for (let j = 0; j < d; j++) size[j] = Math.max(-lower[j]!, upper[j]!, 0) + size[j]! * nearError;
  return size;
}

function nearMagnitude(norm: Norm, sizes: readonly Float64Array[]): number {
  if (norm === 'l1') {
    const columns = Array.from(sizes[0] ?? [], (_, j) => sizes.reduce((sum, row) => sum + row[j]!, 0));
    return columns.reduce((a, b) => Math.max(a, b), 0);
  }
  return sizes.reduce(
    (best, row) =>
      Math.max(
        best,
        row.reduce((sum, v) => sum + (norm === 'l2' ? v * v : v), 0),
      ),
    0,
  );
}

function exactSizes(row: Coefficients, { forms, decided }: Omit<Place, 'layer'>, d: number): bigint[] {
  const lower: bigint[] = new Array(d).fill(0n);
  const upper: bigint[] = new Array(d).fill(0n);
  for (let k = 0; k < decided.length; k++) {
    if (decided[k] === 0) continue;
    let [lo, hi] = [row.lower[k]!, row.upper[k]!];
    if (decided[k] === undecided) {
      if (lo > 0n) lo = 0n;
      if (hi < 0n) hi = 0n;
    }
    if (lo === 0n && hi === 0n) continue;
    const form = forms[k]!.values;
    for (let j = 0; j < d; j++) {
      const g = form[j]!;
      lower[j]! += g > 0n ? lo * g : hi * g;
      upper[j]! += g > 0n ? hi * g : lo * g;
    }
  }
  return lower.map((lo, j) => (-lo > upper[j]! ? -lo : upper[j]!));
}

/** Whether no gradient at or below a place is larger than `best`. */
export function isHopeless(bound: BranchBound, place: Place, best: Rational): boolean {
  const [near, nearBest] = [bound.near(place), toNumber(best)];
  if (near < nearBest * (1 - nearError)) return true;
  if (near > nearBest * (1 + 2 ** -10)) return false;
  const exact = bound.exactly(place);
  return exact !== undefined && compare(exact, best) <= 0;
}
