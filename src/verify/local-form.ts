/**
 * Affine forms around a point: what a network is near it.
 *
 * Main definitions: `LocalForm`, `inputForms`, `combinedForm`.
 */
import { add, mul, one, type Rational, type Vector, zero } from '../exact/index.js';
import type { Row } from '../network/index.js';

/** value + slope·(x − middle), the middle being known from elsewhere. */
export interface LocalForm {
  readonly value: Rational;
  readonly slope: Vector;
}

/** The coordinates themselves. */
export const inputForms = (middle: Vector): LocalForm[] =>
  middle.map((value, j) => ({ value, slope: middle.map((_, i) => (i === j ? one : zero)) }));

/** bias + Σ weights[k]·forms[columns[k]], over d inputs; a row of a layer, or a constraint. */
export function combinedForm({ columns, weights, bias }: Row, forms: readonly LocalForm[], d: number): LocalForm {
  const slope: Rational[] = new Array(d).fill(zero);
  let value = bias;
  columns.forEach((column, k) => {
    const w = weights[k]!;
    const form = forms[column]!;
    value = add(value, mul(w, form.value));
    for (let j = 0; j < d; j++) if (form.slope[j]!.n !== 0n) slope[j] = add(slope[j]!, mul(w, form.slope[j]!));
  });
  return { value, slope };
}
