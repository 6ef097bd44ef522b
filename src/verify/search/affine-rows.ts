/**
 * Affine rows: functionals of one level that are no neuron, bounded by lemmas and used as cuts.
 *
 * Main definitions: `AffineRow`, `cutsOf`.
 */
import type { Cut } from './exact-leaf.js';
import type { Functional } from './problem.js';
import { nearbyRational } from './rounding.js';

/** A row with a lemma on each side; each as a functional that is ≥ 0. */
export interface AffineRow {
  readonly functional: Functional;
  readonly lower: number;
  readonly upper: number;
  readonly above: { readonly lemma: number; readonly functional: Functional };
  readonly below: { readonly lemma: number; readonly functional: Functional };
}

/** The cuts that signed multiples of rows are: positive on lower ends. */
export function cutsOf(rows: readonly AffineRow[], multiples: Float64Array, scale: number): Cut[] {
  const cuts: Cut[] = [];
  rows.forEach(({ above, below }, k) => {
    const multiple = multiples[k]! * scale;
    if (Math.abs(multiple) < 1e-9) return;
    const { lemma, functional } = multiple > 0 ? above : below;
    cuts.push({ lemma, functional, multiple: nearbyRational(Math.abs(multiple), 'exact') });
  });
  return cuts;
}
