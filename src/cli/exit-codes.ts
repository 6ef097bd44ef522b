/**
 * Exit codes, one list for all commands.
 *
 * When several apply at once: 5 over 1 over 3 over 0.
 */
import type { EvidenceLevel, VerdictWord } from '../format/index.js';
import type { EngineChoice } from '../verify/prover.js';
import type { Verdict } from '../verify/verdict.js';

export const exitCodes = {
  asAsked: 0,
  counterexample: 1,
  badInput: 2,
  undecided: 3,
  assumption: 4,
  internal: 5,
  interrupted: 130,
} as const;

/** What `--require` may ask of every ball. */
export type RequiredLevel = 'any' | 'two' | 'certificate';
export const requiredLevels: readonly RequiredLevel[] = ['any', 'two', 'certificate'];

const strength: Readonly<Record<EvidenceLevel, number>> = { engine: 0, two: 1, certificate: 2 };
const needed: Readonly<Record<RequiredLevel, number>> = { any: 0, two: 1, certificate: 2 };

/** Whether a verdict is `unsat` with at least the required evidence. */
export const reaches = (verdict: Verdict, required: RequiredLevel): boolean =>
  verdict.verdict === 'unsat' && strength[verdict.evidence.level] >= needed[required];

/** Whether a verdict is `unsat` without z3's word, although `both` asked for it. */
export const lacksZ3 = (verdict: Verdict): boolean =>
  verdict.verdict === 'unsat' && !verdict.evidence.engines.includes('z3');

/** The exit code of a run that ended with these verdicts; of `both`, z3 has to decide every ball. */
export function exitCodeOf(verdicts: readonly Verdict[], required: RequiredLevel, engine?: EngineChoice): number {
  const words = new Set<VerdictWord>(verdicts.map((v) => v.verdict));
  if (words.has('sat')) return exitCodes.counterexample;
  const asAsked = (v: Verdict): boolean => reaches(v, required) && !(engine === 'both' && lacksZ3(v));
  return verdicts.every(asAsked) ? exitCodes.asAsked : exitCodes.undecided;
}
