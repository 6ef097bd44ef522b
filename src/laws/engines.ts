/**
 * The library's engines in the one form that the laws of verifiers take.
 *
 * Main definitions: `Verifier`, `intervalVerifier`, `searchVerifier`, `lipschitzVerifier`, `z3Verifier`, `secondOpinion`.
 */
import { intervalEngine } from '../verify/checked-interval.js';
import { type CheckedSearchOptions, checkedSearch } from '../verify/checked-search.js';
import { falsify } from '../verify/falsify.js';
import { lipschitzEngine } from '../verify/lipschitz/index.js';
import type { Query } from '../verify/query.js';
import { type Z3Engine, type Z3EngineOptions, z3Engine } from '../verify/smt/z3-engine.js';
import type { Verdict } from '../verify/verdict.js';

/** Does some point of the region have an unsafe output? `unknown` and `timed-out` are always allowed. */
export type Verifier = (query: Query) => Verdict | Promise<Verdict>;

/** Exact interval propagation with a checked certificate; says `unsat` or `unknown`. */
export const intervalVerifier: Verifier = (query) =>
  intervalEngine(query.network).verify(query) ?? { verdict: 'unknown', reason: 'intervals do not decide' };

/** The search, on this thread, with checked certificates. */
export const searchVerifier =
  (options: CheckedSearchOptions = {}): Verifier =>
  (query) =>
    checkedSearch(query, options);

/** Margins and Lipschitz constants; says `unsat` or `unknown`. */
export const lipschitzVerifier: Verifier = (query) => lipschitzEngine(query.network).verify(query);

/** z3, in a process that starts when it is first asked and ends with the program. */
export function z3Verifier(options: Z3EngineOptions = {}): Verifier {
  let started: Z3Engine | undefined;
  return (query) => {
    started ??= z3Engine(options);
    return started.verify(query);
  };
}

/** A search for counterexamples, then z3 on the untightened encoding: neither looks at interval bounds. */
export function secondOpinion(timeoutMs: number): Verifier {
  const z3 = z3Verifier({ timeoutMs, tighten: false });
  return (query) => falsify(query) ?? z3(query);
}
