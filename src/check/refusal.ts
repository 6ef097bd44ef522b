/**
 * The outcomes of a check, and the closed list of reasons for a refusal.
 *
 * Main definitions: `Outcome`, `Refusal`, `reasons`, `refuse`, `orRefusal`.
 *
 * Notes. Inside the checker a refusal travels as a thrown `Stop`; `orRefusal` turns it back into a value at the two
 * public entries. Anything else that is thrown (a string beyond what the machine holds) becomes a refusal as well: the
 * checker fails closed and never throws.
 */

/** Not accepted: the place in the input, and a sentence made from one of `reasons`. */
export type Refusal = { readonly outcome: 'invalid'; readonly where: string; readonly why: string };

/** Nothing that was checked is wrong, but a proof is missing at this place, and perhaps at others. */
export type Holey = { readonly outcome: 'holey'; readonly where: string; readonly why: string };

/** What a check answers. */
export type Outcome = { readonly outcome: 'valid' } | Holey | Refusal;

/** Every reason, with its sentence. */
export const reasons = {
  expected: 'expected {0}, got {1}',
  unknownField: 'unknown field {0}, expected only {1}',
  inexactNumber: 'the JSON number {0} is not exact, write it as text',
  emptyConjunction: 'the empty conjunction holds everywhere, no proof can close it',
  notRefuted: 'exact intervals refute none of the {0} constraints',
  notClosed: 'the bound of this leaf does not refute the conjunction',
  notNeuron: 'no neuron with relu or step in layers {0} to {1} is at {2}',
  negative: 'the multiples of constraints and lemmas have to be ≥ 0',
  misplaced: 'some of the {0} have no place here, or not the only one',
  tooLarge: 'too large: {0} integers of up to {1} bits',
  tooMuchText: 'too large: the numbers of this file take more than {0} characters',
  unfinished: 'the check could not be finished: {0}',
} as const;

export type Reason = keyof typeof reasons;

class Stop {
  readonly refusal: Refusal;
  constructor(where: string, reason: Reason, parts: readonly (string | number)[]) {
    const why = reasons[reason].replace(/\{(\d)\}/g, (_, i) => String(parts[Number(i)]));
    this.refusal = { outcome: 'invalid', where: shortened(where), why };
  }
}

/** The place as messages show it: of a long one, as deep trees have, the two ends. */
export function shortened(where: string): string {
  return where.length > 200 ? `${where.slice(0, 99)}…${where.slice(-100)}` : where;
}

/** Stops the check at `where` with the sentence of `reason`, its gaps filled with `parts`. */
export function refuse(where: string, reason: Reason, ...parts: readonly (string | number)[]): never {
  throw new Stop(where, reason, parts);
}

/** The value of `run`, or the refusal that stopped it. */
export function orRefusal<T>(run: () => T): T | Refusal {
  try {
    return run();
  } catch (thrown) {
    const what = thrown instanceof Error ? thrown.message : typeof thrown;
    return thrown instanceof Stop ? thrown.refusal : new Stop('checker', 'unfinished', [what]).refusal;
  }
}
