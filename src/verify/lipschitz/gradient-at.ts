/**
 * The gradient of a network at a point, exactly.
 *
 * Main definition: `gradientAt`.
 *
 * Main statement. Where every neuron is off, on, or 0 around the point, the network is affine there and its gradient is found
 * forwards. Where some neuron is 0 at the point and not around it, the network may have a kink: there is no gradient to speak of.
 */
import { type Vector, zero } from '../../exact/index.js';
import { type Layer, rowCount, rowOf } from '../../network/index.js';
import { combinedForm, inputForms, type LocalForm } from '../local-form.js';

/** DF at x, row by row; undefined when a neuron is exactly at its kink or jump. */
export function gradientAt(layers: readonly Layer[], x: Vector): readonly Vector[] | undefined {
  const flat: LocalForm = { value: zero, slope: x.map(() => zero) };
  let forms = inputForms(x);
  for (const layer of layers) {
    const next: LocalForm[] = [];
    for (let r = 0; r < rowCount(layer); r++) {
      const z = combinedForm(rowOf(layer, r), forms, x.length);
      if (layer.activation === 'identity') {
        next.push(z);
        continue;
      }
      if (z.value.n === 0n && z.slope.some((g) => g.n !== 0n)) return undefined;
      if (z.value.n <= 0n) next.push(flat);
      else next.push(layer.activation === 'relu' ? z : { value: { n: 1n, d: 1n }, slope: flat.slope });
    }
    forms = next;
  }
  return forms.map(({ slope }) => slope);
}
