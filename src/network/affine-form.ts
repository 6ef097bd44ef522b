/**
 * Affine forms over the neurons of one layer: what a later layer, or a construction, says about them.
 */
import { add, mul, type Rational, zero } from '../exact/index.js';

/** constant + Σ terms(k)·neuron k; no zero coefficients. */
export interface AffineForm {
  readonly terms: ReadonlyMap<number, Rational>;
  readonly constant: Rational;
}

/** The constant form. */
export const constantForm = (constant: Rational): AffineForm => ({ terms: new Map(), constant });

/** weight · neuron k. */
export const neuronForm = (k: number, weight: Rational): AffineForm => ({
  terms: weight.n === 0n ? new Map() : new Map([[k, weight]]),
  constant: zero,
});

/** Σ forms. */
export function sumForms(forms: readonly AffineForm[]): AffineForm {
  const terms = new Map<number, Rational>();
  let constant = zero;
  for (const form of forms) {
    constant = add(constant, form.constant);
    for (const [k, w] of form.terms) {
      const old = terms.get(k);
      const sum = old === undefined ? w : add(old, w);
      if (sum.n === 0n) terms.delete(k);
      else terms.set(k, sum);
    }
  }
  return { terms, constant };
}

/** s · form. */
export function scaleForm(form: AffineForm, s: Rational): AffineForm {
  if (s.n === 0n) return constantForm(zero);
  return {
    terms: new Map([...form.terms].map(([k, w]) => [k, mul(w, s)])),
    constant: mul(form.constant, s),
  };
}
