/**
 * Integer parts, bit by bit: a key Σ_r scale_r·⌊V_r⌋ of several coordinates at once.
 *
 * For V in [0, 2ⁿ) and half = 2ⁿ⁻¹, …, 1: p = relu((v − half + γ)/γ), bit = 1 − relu(1 − p), v ← v − half·bit. If the
 * fractional part of V is at most 1 − γ, each bit is 0 or 1 and is that of ⌊V⌋. For every real V in [0, 2ⁿ), v stays
 * ≥ 0 and each bit in [0, 1].
 *
 * Two layers and two neurons a bit. The single layer bit = relu((v − half + γ)/γ) − relu((v − half)/γ) needs three
 * neurons, and interval propagation cannot see that the difference is 1; here it finds the bit exactly, whenever the
 * whole interval of V is in the good set. So a network that is constant on each ball is proved by intervals alone.
 * Reference: ours; [KMY, Lemma B.16] has five neurons a bit and another good set, fractional parts above γ.
 */
import { inverse, mul, neg, one, powerOfTwo, type Rational, rational, sub } from '../../exact/index.js';
import { type AffineForm, constantForm, scaleForm, sumForms } from '../affine-form.js';
import type { LayerPart } from '../layer-part.js';

/** One coordinate V in [0, 2^bits), good where its fractional part is at most 1 − gamma. */
export interface IntegerPartArgument {
  readonly form: AffineForm;
  readonly bits: number;
  /** In (0, 1]; its inverse is a weight. */
  readonly gamma: Rational;
  /** Weight of ⌊V⌋ in the key, ≥ 0. */
  readonly scale: bigint;
}

export interface IntegerParts extends LayerPart {
  pending(): boolean;
  /** Σ scale·⌊V⌋ once nothing is pending, as a form over the current layer. */
  key(): AffineForm;
}

interface State {
  readonly argument: IntegerPartArgument;
  /** Index of the bit being read. */
  bit: number;
  /** V without the bits above. */
  rest: AffineForm;
  /** The neuron p, between its two layers. */
  ramp?: AffineForm;
}

/** The number of layers of `integerParts`. */
export const integerPartLayers = (bits: readonly number[]): number => 2 * bits.reduce((a, b) => Math.max(a, b), 0);

/** A part that reads all coordinates at once, the highest bit of each first; takes 2·(most bits) layers. */
export function integerParts(given: readonly IntegerPartArgument[]): IntegerParts {
  let key: AffineForm = constantForm(rational(0));
  let open: State[] = given
    .filter(({ bits }) => bits > 0)
    .map((argument) => ({ argument, bit: argument.bits - 1, rest: argument.form }));
  // The lowest bit leaves a rest that nobody reads.
  const needsRest = (state: State): boolean => state.bit > 0;
  const next = (state: State): AffineForm => {
    if (state.ramp !== undefined) return sumForms([constantForm(one), scaleForm(state.ramp, neg(one))]);
    const { gamma } = state.argument;
    const shift = constantForm(sub(gamma, powerOfTwo(state.bit)));
    return scaleForm(sumForms([state.rest, shift]), inverse(gamma));
  };
  return {
    rows: () => [
      ...(key.terms.size === 0 ? [] : [key]),
      ...open.flatMap((state) => [...(needsRest(state) ? [state.rest] : []), next(state)]),
    ],
    advance(neurons) {
      let at = 0;
      if (key.terms.size > 0) key = neurons[at++]!;
      for (const state of open) {
        if (needsRest(state)) state.rest = neurons[at++]!;
        const found = neurons[at++]!;
        if (state.ramp === undefined) {
          state.ramp = found;
          continue;
        }
        delete state.ramp;
        const bit = sumForms([constantForm(one), scaleForm(found, neg(one))]);
        const half = powerOfTwo(state.bit);
        if (needsRest(state)) state.rest = sumForms([state.rest, scaleForm(bit, neg(half))]);
        key = sumForms([key, scaleForm(bit, mul(half, rational(state.argument.scale)))]);
        state.bit--;
      }
      open = open.filter((state) => state.bit >= 0);
    },
    pending: () => open.length > 0,
    key: () => key,
  };
}
