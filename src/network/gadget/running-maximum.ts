/**
 * The running maximum gadget: acc ← max(acc, value·relu(argument)) in two layers, beside whatever else they compute.
 *
 * For acc ≥ 0, max(acc, v) = acc + relu(v − acc). An offered argument becomes q = relu(argument) in the next layer and
 * e = relu(value·q − acc) in the one after; acc + e is then carried as one neuron. One argument can be offered per
 * layer. Where indicators of overlapping balls of one label meet, a maximum stays right and a sum does not.
 * Reference: the max-composition of [KMY, Sec. 4] and [YGZ, Thm 4.8].
 */
import { neg, one, type Rational } from '../../exact/index.js';
import { type AffineForm, scaleForm, sumForms } from '../affine-form.js';

export interface RunningMaximum {
  /** The neurons this gadget needs in the next layer, as forms over the current one. */
  rows(): AffineForm[];
  /** Tells the gadget the neurons that `rows` became. */
  advance(neurons: readonly AffineForm[]): void;
  /** Offers value·relu(argument), value > 0, argument over the current layer. At most one per layer. */
  offer(argument: AffineForm, value: Rational): void;
  /** Whether offered arguments are still on their way. */
  pending(): boolean;
  /** The maximum so far as a form over the current layer; undefined before the first argument has arrived. */
  value(): AffineForm | undefined;
}

interface Offer {
  readonly form: AffineForm;
  readonly value: Rational;
}

/** A running maximum that starts at 0. */
export function runningMaximum(): RunningMaximum {
  let acc: AffineForm | undefined;
  let argument: Offer | undefined;
  let indicator: Offer | undefined;
  return {
    rows() {
      const carry = acc === undefined ? [] : [acc];
      const update =
        indicator === undefined
          ? []
          : [sumForms([scaleForm(indicator.form, indicator.value), ...carry.map((a) => scaleForm(a, neg(one)))])];
      return [...carry, ...update, ...(argument === undefined ? [] : [argument.form])];
    },
    advance(neurons) {
      const kept = argument === undefined ? neurons : neurons.slice(0, -1);
      acc = kept.length === 0 ? undefined : sumForms(kept);
      indicator = argument === undefined ? undefined : { form: neurons.at(-1)!, value: argument.value };
      argument = undefined;
    },
    offer(form, value) {
      if (argument !== undefined) throw new RangeError('runningMaximum: expected one offer per layer, got two');
      argument = { form, value };
    },
    pending: () => argument !== undefined || indicator !== undefined,
    value: () => acc,
  };
}
