/**
 * The proof rules: each shows that no point of the region satisfies a conjunction of constraints on the outputs.
 *
 * Main definitions: `Goal`, `rules`.
 *
 * Notes. One function a rule. The reader of certificates refuses every rule that is not listed here.
 */
import type { IntervalProof } from '../format/certificate-file.js';
import type { ConstraintFile } from '../format/query-file.js';
import type { Bound } from './intervals.js';
import { refuse } from './refusal.js';

/** The conjunction to be closed, and upper bounds of its functions, each computed when asked for. */
export type Goal = { readonly conjunction: readonly ConstraintFile[]; readonly bound: (k: number) => Bound };

/** Each rule accepts its proof by returning, or refuses it at the place of the proof. */
export const rules: Readonly<Record<IntervalProof['rule'], (goal: Goal, where: string) => void>> = { interval };

/** The exact interval bound of one of the constraints contradicts it. */
function interval({ conjunction, bound }: Goal, where: string): void {
  if (conjunction.length === 0) refuse(where, 'emptyConjunction');
  if (!conjunction.some((constraint, k) => contradicts(bound(k), constraint))) {
    refuse(where, 'notRefuted', conjunction.length);
  }
}

/** Whether values up to the bound never satisfy value ≥ 0, or value > 0 for a strict constraint. */
function contradicts({ at, closed }: Bound, { strict }: ConstraintFile): boolean {
  return at < 0n || (at === 0n && (strict === true || !closed));
}
