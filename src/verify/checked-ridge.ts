/**
 * The ridge engine: what it proves has been accepted by the independent checker. It never finds counterexamples.
 *
 * Main definition: `checkedRidge`.
 */
import { isCheckedByDefault, requireValid } from './checked-certificate.js';
import type { Query } from './query.js';
import { type RidgeOptions, ridgeCertificate } from './ridge/index.js';
import type { Verdict } from './verdict.js';

export interface CheckedRidgeOptions extends RidgeOptions {
  /**
   * Whether certificates are handed to the checker.
   * @defaultValue true up to 200,000 weights, false above
   */
  readonly check?: boolean;
}

/** `unsat` with its certificate, or `unknown`, or `timed-out`. @throws InternalError when the checker refuses it. */
export function checkedRidge(query: Query, options: CheckedRidgeOptions = {}): Verdict {
  const { check = isCheckedByDefault(query.network), ...limits } = options;
  const certificate = ridgeCertificate(query, limits);
  if (certificate === undefined) return { verdict: 'unknown', reason: 'ridge propagation does not decide this ball' };
  if (certificate === 'timed-out') return { verdict: 'timed-out' };
  if (check) requireValid(query, certificate, 'certificate of ridges');
  return { verdict: 'unsat', evidence: { level: check ? 'certificate' : 'engine', engines: ['ridge'] }, certificate };
}
