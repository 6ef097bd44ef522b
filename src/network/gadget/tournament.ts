/**
 * Tournaments: the maximum or minimum of s forms in ⌈log₂ s⌉ layers of at most s neurons.
 *
 * Main definitions: `tournamentRows`, `tournamentWinners`, for one round each. For values a, b ≥ 0,
 * max(a, b) = relu(a) + relu(b − a) and min(a, b) = relu(a) − relu(a − b). A round turns each pair of operands into two
 * neurons and an odd last operand into one; the winners of the round are forms over these.
 * References: the max and min gadgets of [YGZ, Thm 4.8 and 5.2].
 */
import { neg, one } from '../../exact/index.js';
import { type AffineForm, scaleForm, sumForms } from '../affine-form.js';

export type Tournament = 'max' | 'min';

/** The neurons of a round, as forms over the current layer: as many as operands, all of which must be ≥ 0. */
export function tournamentRows(kind: Tournament, operands: readonly AffineForm[]): AffineForm[] {
  return operands.map((operand, k) => {
    if (k % 2 === 0) return operand;
    const first = operands[k - 1]!;
    const [above, below] = kind === 'max' ? [operand, first] : [first, operand];
    return sumForms([above, scaleForm(below, neg(one))]);
  });
}

/** The winners of a round as forms over its neurons: ⌈s/2⌉ for s neurons. */
export function tournamentWinners(kind: Tournament, neurons: readonly AffineForm[]): AffineForm[] {
  const winners: AffineForm[] = [];
  for (let k = 0; k < neurons.length; k += 2) {
    const [first, second] = [neurons[k]!, neurons[k + 1]];
    winners.push(
      second === undefined ? first : sumForms([first, kind === 'max' ? second : scaleForm(second, neg(one))]),
    );
  }
  return winners;
}
