/**
 * The network of depth 2 and width 2 that a colouring means.
 *
 * Main definition: `splittingNetwork`.
 *
 * Notation. f(x) = 1 − relu(l_0(x)) − relu(l_1(x)), l_k(x) = 5/8 + Σ w_ki x_i, with w_ki = 1/2 where i has colour k, else −3/2.
 *
 * Main statement. If the colouring splits all sets, of r ≤ 8 elements, the sign of f is right on the closed ℓ∞ balls of radius
 * μ = 1/(16 m) around the samples of splitting-dataset.ts. f < 0 where l_0, l_1 or l_0 + l_1 is above 1: at e_i of colour k
 * l_k = 9/8, at 0 l_0 + l_1 = 5/4. f > 0 where all three are below 1: at e_i/2 they are 7/8, −1/8 and 3/4, at c_s the last is 1/4
 * and the others at most 5/8 + ((r − 1)/2 − 3/2)/r ≤ 7/8. In a ball l_k changes by at most 3μm/2 = 3/32 < 1/8, l_0 + l_1 by
 * μm = 1/16 < 1/4.
 */
import { rational } from '../../exact/index.js';
import { refuse } from '../../format/index.js';
import { layerBuilder, type Network } from '../../network/index.js';
import type { Colours } from './set-splitting.js';

/** The network of a colouring, read by its sign: class 0 negative, class 1 positive. @throws InputError for no colours. */
export function splittingNetwork(colours: Colours): Network {
  const m = colours.length;
  if (m === 0) refuse('colours', 'at least one', 'none');
  const hidden = layerBuilder(m, 'relu', { merge: false });
  for (const k of [0, 1]) {
    hidden.neuron(
      colours.map((_, i) => i),
      colours.map((colour) => (colour === k ? rational(1, 2) : rational(-3, 2))),
      rational(5, 8),
    );
  }
  const output = layerBuilder(2, 'identity', { merge: false });
  output.neuron([0, 1], [rational(-1), rational(-1)], rational(1));
  return {
    layers: [hidden.build(), output.build()],
    output: { notion: 'sign', negative: 0, positive: 1 },
    provenance: { construction: 'splitting' },
  };
}
