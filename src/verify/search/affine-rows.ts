/**
 * Affine rows: functionals of one level that are no neuron, bounded by lemmas and used as cuts.
 *
 * Main definitions: `AffineRow`, `affineRows`, `cutsOf`.
 */
import { toNumber } from '../../exact/index.js';
import { aboveBound } from './certificate.js';
import type { Cut } from './exact-leaf.js';
import type { LemmaInUse } from './lemma-store.js';
import type { Functional } from './problem.js';
import { nearbyRational } from './rounding.js';

/** A functional without constant and its lower bound by a lemma. */
export interface AffineRow {
  readonly lemma: number;
  readonly functional: Functional;
  readonly lower: number;
  /** The functional less its bound. */
  readonly above: Functional;
}

/** The rows of those lemmas that a linear relaxation does not imply: their proofs split or use others. */
export function affineRows(lemmas: readonly LemmaInUse[]): AffineRow[] {
  const rows: AffineRow[] = [];
  lemmas.forEach((lemma, k) => {
    const { goal, neuron, bound, proof } = lemma;
    if (neuron !== undefined || (proof.rule === 'leaf' && proof.cuts.size === 0)) return;
    rows.push({ lemma: k, functional: goal, lower: toNumber(bound), above: aboveBound(lemma) });
  });
  return rows;
}

/** The cuts that multiples of rows are; negative ones are rounding errors. */
export function cutsOf(rows: readonly AffineRow[], multiples: Float64Array, scale: number): Cut[] {
  const cuts: Cut[] = [];
  rows.forEach(({ lemma, above }, k) => {
    const multiple = multiples[k]! * scale;
    if (multiple > 1e-9) cuts.push({ lemma, functional: above, multiple: nearbyRational(multiple, 'exact') });
  });
  return cuts;
}
