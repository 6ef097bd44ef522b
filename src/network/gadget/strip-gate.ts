/**
 * The strip gate: height where some coordinate is just below an integer, 0 where all are well away from integers.
 *
 * For V in [0, 2ⁿ − γ/2] let T = V + γ/2 and fold it, T ← T − 2·relu(T − half) for half = 2ⁿ⁻¹, …, 1, 1/2: then
 * T = dist(V + γ/2, ℤ), exactly, for every real V. With T of each coordinate,
 *   gate = Σ_r relu(3c/2 − (c/γ_r)·T_r)
 * is at least c on the strip V_r ∈ [k − γ_r, k], where `integerParts` may be wrong, and 0 if every V_r lies outside
 * (k − 2γ_r, k + γ_r), for all integers k. n + 2 layers, two neurons a coordinate.
 * Reference: ours; it makes the moderate regime of [KMY, Thm 4.2] exact, which is published with an error probability.
 */
import { half, inverse, mul, neg, powerOfTwo, type Rational, rational } from '../../exact/index.js';
import { type AffineForm, constantForm, scaleForm, sumForms } from '../affine-form.js';
import type { LayerPart } from '../layer-part.js';

/** One coordinate V in [0, 2^bits − gamma/2]. */
export interface StripGateArgument {
  readonly form: AffineForm;
  readonly bits: number;
  /** In (0, 1]; its inverse is a weight. */
  readonly gamma: Rational;
}

export interface StripGate extends LayerPart {
  pending(): boolean;
  /** The gate once nothing is pending, as a form over the current layer. */
  value(): AffineForm;
}

interface State {
  readonly gamma: Rational;
  folded: AffineForm;
  /** The exponent of the next fold; −2 when T is the distance. */
  exponent: number;
}

/** The number of layers of `stripGate`. */
export const stripGateLayers = (bits: readonly number[]): number => 2 + bits.reduce((a, b) => Math.max(a, b), 0);

/** A part that computes the gate of the given height, c > 0; takes (most bits) + 2 layers. */
export function stripGate(given: readonly StripGateArgument[], height: Rational): StripGate {
  let gate: AffineForm = constantForm(rational(0));
  let open: State[] = given.map(({ form, bits, gamma }) => ({
    gamma,
    folded: sumForms([form, constantForm(mul(half, gamma))]),
    exponent: bits - 1,
  }));
  const isFolded = (state: State): boolean => state.exponent < -1;
  const ramp = ({ gamma, folded }: State): AffineForm =>
    sumForms([constantForm(mul(rational(3, 2), height)), scaleForm(folded, neg(mul(height, inverse(gamma))))]);
  return {
    rows: () => [
      ...(gate.terms.size === 0 ? [] : [gate]),
      ...open.flatMap((state) =>
        isFolded(state)
          ? [ramp(state)]
          : [state.folded, sumForms([state.folded, constantForm(neg(powerOfTwo(state.exponent)))])],
      ),
    ],
    advance(neurons) {
      let at = 0;
      if (gate.terms.size > 0) gate = neurons[at++]!;
      const still: State[] = [];
      for (const state of open) {
        if (isFolded(state)) {
          gate = sumForms([gate, neurons[at++]!]);
          continue;
        }
        const [value, above] = [neurons[at++]!, neurons[at++]!];
        state.folded = sumForms([value, scaleForm(above, rational(-2))]);
        state.exponent--;
        still.push(state);
      }
      open = still;
    },
    pending: () => open.length > 0,
    value: () => gate,
  };
}
