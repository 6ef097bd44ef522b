/**
 * What became of a ball, without what it rests on in detail: a verdict and the level of its evidence.
 */
import { type Evidence, evidenceText, type VerdictWord } from '../format/index.js';
import type { Verdict } from '../verify/verdict.js';

export interface Outcome {
  readonly verdict: VerdictWord;
  /** For `unsat`. */
  readonly evidence?: Evidence;
}

/** The outcome of a verdict. */
export const outcomeOf = (verdict: Verdict): Outcome =>
  verdict.verdict === 'unsat' ? { verdict: 'unsat', evidence: verdict.evidence } : { verdict: verdict.verdict };

const levelRank = { certificate: 4, two: 3, engine: 2 } as const;

/**
 * How much is known in favour of a ball: a certificate over two engines over one, over nothing (`unknown` and
 * `timed-out` alike), over a counterexample.
 */
export function rank({ verdict, evidence }: Outcome): number {
  if (verdict === 'sat') return 0;
  if (verdict !== 'unsat') return 1;
  return evidence === undefined ? 1 : levelRank[evidence.level];
}

/** Whether one outcome says that a counterexample exists and the other that none does. */
export const contradicts = (a: Outcome, b: Outcome): boolean =>
  (a.verdict === 'unsat' && b.verdict === 'sat') || (a.verdict === 'sat' && b.verdict === 'unsat');

/** "proved (certificate)", "unsat (z3)", "sat (counterexample)", "unknown", "timed-out". */
export function outcomeWords({ verdict, evidence }: Outcome): string {
  if (verdict === 'sat') return 'sat (counterexample)';
  return evidence === undefined ? verdict : evidenceText(evidence);
}
