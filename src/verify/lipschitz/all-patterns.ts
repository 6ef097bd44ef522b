/**
 * All on/off patterns of one hidden layer: a bound that forgets only which patterns occur.
 *
 * Main definition: `allPatterns`.
 *
 * Main statement. With F = Σ a_k relu(w_k·x + b_k) every gradient is Σ σ_k a_k w_k with σ_k in {0, 1}, fixed where the
 * neuron is stable in the region. Over all σ the largest norm is
 * ℓ∞: max over s in {±1}ᵈ of Σ_k max(0, a_k w_k·s) (stable neurons without the maximum),
 * ℓ1: the same over s = ±e_j, ℓ2: the largest |Σ σ_k a_k w_k|², pattern by pattern in the order of a Gray code.
 * Of several outputs, in ℓ∞, the largest over the rows.
 */
import { type Rational, rational } from '../../exact/index.js';
import type { Norm } from '../../format/index.js';
import { bigWeights, type Layer, type Network, rowCount } from '../../network/index.js';
import { functionalLayers } from './functional-layers.js';
import type { LipschitzBound, LipschitzQuestion } from './lipschitz-bound.js';
import { type Slope, slopeRanges } from './slope-ranges.js';

/** Multiply-adds that the patterns may cost, about a second. */
const mostWork = 2 ** 24;

/** The largest gradient norm over all patterns; undefined unless there is one hidden layer, of relu, and few patterns. */
export function allPatterns(
  network: Network,
  norm: Norm,
  question: LipschitzQuestion = {},
): LipschitzBound | undefined {
  const layers = functionalLayers(network, question.functional);
  const [hidden, last] = layers;
  if (layers.length !== 2 || hidden!.activation !== 'relu') return undefined;
  const outputs = rowCount(last!);
  if (outputs > 1 && norm !== 'linf') return undefined;
  const slopes = slopeRanges(layers, question.region)[0]!;
  const work = patternCount(norm, hidden!.inputs, slopes) * hidden!.inputs * (norm === 'l2' ? 1 : slopes.length);
  if (work * outputs > mostWork) return undefined;
  let best = 0n;
  for (let r = 0; r < outputs; r++) {
    const found = largest[norm](terms(hidden!, last!, r, slopes));
    if (found > best) best = found;
  }
  const d = hidden!.weightDenominator * last!.weightDenominator;
  const magnitude: Rational = rational(best, norm === 'l2' ? d * d : d);
  return { method: 'allpatterns', norm, magnitude, exact: false };
}

const patternCount = (norm: Norm, d: number, slopes: readonly Slope[]): number =>
  norm === 'linf' ? 2 ** (d - 1) : norm === 'l1' ? 1 : 2 ** slopes.filter((slope) => slope === 'either').length;

/** a_k·w_k, dense: the sum of those that are always on, and those that are on or off. */
interface Terms {
  readonly fixed: readonly bigint[];
  readonly free: readonly (readonly bigint[])[];
}

function terms(hidden: Layer, last: Layer, r: number, slopes: readonly Slope[]): Terms {
  const [inner, outer] = [bigWeights(hidden), bigWeights(last)];
  const fixed: bigint[] = new Array(hidden.inputs).fill(0n);
  const free: bigint[][] = [];
  for (let m = last.rowStart[r]!; m < last.rowStart[r + 1]!; m++) {
    const k = last.columns[m]!;
    if (slopes[k] === 0) continue;
    const row: bigint[] = slopes[k] === 1 ? fixed : new Array(hidden.inputs).fill(0n);
    for (let e = hidden.rowStart[k]!; e < hidden.rowStart[k + 1]!; e++)
      row[hidden.columns[e]!]! += outer[m]! * inner[e]!;
    if (row !== fixed) free.push(row);
  }
  return { fixed, free };
}

const largest: Readonly<Record<Norm, (terms: Terms) => bigint>> = {
  /** One sign vector of each pair ±s; both are looked at together. */
  linf({ fixed, free }) {
    const d = fixed.length;
    const rows = [fixed, ...free];
    const sums = rows.map((row) => row.reduce((sum, v) => sum + v, 0n));
    let best = extent(sums);
    const signs: bigint[] = new Array(d).fill(1n);
    for (let step = 1; step < 2 ** (d - 1); step++) {
      // The Gray code changes the sign at the lowest set bit of the step.
      const j = 31 - Math.clz32(step & -step);
      signs[j] = -signs[j]!;
      for (const [k, row] of rows.entries()) sums[k]! += 2n * signs[j]! * row[j]!;
      const found = extent(sums);
      if (found > best) best = found;
    }
    return best;
  },
  l1({ fixed, free }) {
    return fixed.reduce((best, v, j) => {
      const found = extent([v, ...free.map((row) => row[j]!)]);
      return found > best ? found : best;
    }, 0n);
  },
  l2({ fixed, free }) {
    const sum = [...fixed];
    const on: boolean[] = free.map(() => false);
    const length = (): bigint => sum.reduce((s, v) => s + v * v, 0n);
    let best = length();
    for (let step = 1; step < 2 ** free.length; step++) {
      const k = 31 - Math.clz32(step & -step);
      on[k] = !on[k];
      free[k]!.forEach((v, j) => {
        sum[j]! += on[k] ? v : -v;
      });
      const found = length();
      if (found > best) best = found;
    }
    return best;
  },
};

/** max |v_0 + Σ σ_k v_k| over σ. */
function extent([fixed, ...free]: readonly bigint[]): bigint {
  let [up, down] = [fixed!, -fixed!];
  for (const v of free) {
    if (v > 0n) up += v;
    else down -= v;
  }
  return up > down ? up : down;
}
