/**
 * The gradient of a network at a point, exactly.
 *
 * Main definition: `gradientAt`.
 *
 * Main statement. Where every neuron is off, on, or 0 around the point, the network is affine there and its gradient is found
 * forwards. Where some neuron is 0 at the point and not around it, the network may have a kink: there is no gradient to speak of.
 */
import { one, type Vector, zero } from '../../exact/index.js';
import { type Layer, rowCount, rowOf } from '../../network/index.js';
import { combinedForm, inputForms, type LocalForm } from '../local-form.js';

/** DF at x, row by row; undefined when the outputs read a neuron that is exactly at its kink or jump. */
export function gradientAt(layers: readonly Layer[], x: Vector): readonly Vector[] | undefined {
  const flat: LocalForm = { value: zero, slope: x.map(() => zero) };
  let forms: (LocalForm | undefined)[] = inputForms(x);
  for (const layer of layers) {
    const below = forms;
    forms = Array.from({ length: rowCount(layer) }, (_, r) => {
      const row = rowOf(layer, r);
      if (row.columns.some((column) => below[column] === undefined)) return undefined;
      const z = combinedForm(row, below as LocalForm[], x.length);
      if (layer.activation === 'identity') return z;
      if (z.value.n === 0n && z.slope.some((g) => g.n !== 0n)) return undefined;
      if (z.value.n <= 0n) return flat;
      return layer.activation === 'relu' ? z : { value: one, slope: flat.slope };
    });
  }
  return forms.includes(undefined) ? undefined : forms.map((form) => form!.slope);
}
