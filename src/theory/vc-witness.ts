/**
 * Datasets whose memorizers shatter points: what the VC lower bound of robust memorization rests on.
 *
 * Main definitions: `vcWitness`, `VcWitness`.
 *
 * Main statement. With signs s_1 … s_k of a group around c, the samples c + Σ s_j e_j of class 1 and c − Σ s_j e_j of class 0
 * are at ℓ2 distance δ = 2√k, and c + e_j is at distance √(k − 1) from the first if s_j = 1, else from the second; in ℓ1 δ = 2k
 * and the distance is k − 1. So any network that is right on the closed balls of a radius from there to below δ/2 has class
 * [s_j = 1] at c + e_j: one architecture that serves all such datasets shatters these points. ρ = 2μ/δ ≥ √(1 − 1/k) in ℓ2,
 * 1 − 1/k in ℓ1, so k = ⌊1/(1 − ρᵖ)⌋.
 *
 * Notes. Groups are 4d² apart along the first axis, so that δ is reached within them alone.
 * Reference: [KMY, Thm 3.3 and C.8], there with 2d², which leaves no room in one dimension.
 */
import { add, type Rational, rational, type Vector, zero } from '../exact/index.js';
import { refuse } from '../format/index.js';
import { type Dataset, datasetOf } from '../geometry/index.js';

export interface VcWitness {
  /** Two samples for each group, of class 1 and of class 0. */
  readonly data: Dataset;
  /** c + e_j, group by group, with the class that every robust memorizer gives it. */
  readonly shattered: readonly { readonly point: Vector; readonly label: number; readonly sample: number }[];
  /** (k − 1), which is μ² in ℓ2 and μ in ℓ1 at least. */
  readonly least: Rational;
}

/**
 * The witness of given signs, one list of k for each group.
 * @throws InputError unless there is a group, all have the same k, 1 ≤ k ≤ d, and signs are 1 or −1.
 */
export function vcWitness(d: number, signs: readonly (readonly number[])[]): VcWitness {
  if (!(Number.isSafeInteger(d) && d >= 1)) refuse('dimension', 'a whole number ≥ 1', String(d));
  const k = signs[0]?.length ?? 0;
  if (k < 1 || k > d) refuse('signs[0]', `from 1 to ${d} signs`, String(k));
  signs.forEach((group, l) => {
    if (group.length !== k) refuse(`signs[${l}]`, `${k} signs`, String(group.length));
    const odd = group.find((s) => s !== 1 && s !== -1);
    if (odd !== undefined) refuse(`signs[${l}]`, '1 and −1', String(odd));
  });
  const centre = (l: number): Rational[] =>
    Array.from({ length: d }, (_, j) => (j === 0 ? rational(4 * d * d * l) : zero));
  const samples = signs.flatMap((group, l) =>
    [1, -1].map((side) => centre(l).map((c, j) => (j < k ? add(c, rational(side * group[j]!)) : c))),
  );
  const shattered = signs.flatMap((group, l) =>
    group.map((s, j) => ({
      point: centre(l).map((c, m) => (m === j ? add(c, rational(1)) : c)),
      label: s === 1 ? 1 : 0,
      sample: 2 * l + (s === 1 ? 0 : 1),
    })),
  );
  const data = datasetOf(
    samples,
    samples.map((_, i) => (i % 2 === 0 ? 1 : 0)),
    { name: 'VC witness' },
  );
  return { data, shattered, least: rational(k - 1) };
}
