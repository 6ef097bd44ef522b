/**
 * The outcomes of a check, and how a refusal travels.
 *
 * Main definitions: `Outcome`, `Refusal`, `refuse`, `orRefusal`.
 *
 * Notes. Inside the checker a refusal travels as a thrown `Stop`; `orRefusal` turns it back into a value at the two
 * public entries. Anything else that is thrown (a string beyond what the machine holds) becomes a refusal as well: the
 * checker fails closed and never throws.
 */

/** Not accepted: the place in the input, and a sentence. */
export type Refusal = { readonly outcome: 'invalid'; readonly where: string; readonly why: string };

/** Nothing that was checked is wrong, but a proof is missing at this place, and perhaps at others. */
export type Holey = { readonly outcome: 'holey'; readonly where: string; readonly why: string };

/** What a check answers. */
export type Outcome = { readonly outcome: 'valid' } | Holey | Refusal;

class Stop {
  readonly refusal: Refusal;
  constructor(where: string, why: string) {
    this.refusal = { outcome: 'invalid', where: shortened(where), why };
  }
}

/** The place as messages show it: of a long one, as deep trees have, the two ends. */
export function shortened(where: string): string {
  return where.length > 200 ? `${where.slice(0, 99)}…${where.slice(-100)}` : where;
}

/** Stops the check at `where`. */
export function refuse(where: string, why: string): never {
  throw new Stop(where, why);
}

/** The value of `run`, or the refusal that stopped it. */
export function orRefusal<T>(run: () => T): T | Refusal {
  try {
    return run();
  } catch (thrown) {
    const what = thrown instanceof Error ? thrown.message : typeof thrown;
    return (thrown instanceof Stop ? thrown : new Stop('checker', `the check could not be finished: ${what}`)).refusal;
  }
}
