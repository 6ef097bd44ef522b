/**
 * Interval proofs as certificates: the prover proposes, the checker disposes.
 *
 * A query that interval propagation refutes is handed, as JSON, to the independent checker, which repeats the
 * propagation in its own arithmetic. Only then is the verdict `proved (certificate)`.
 */
import type { CertificateFile } from '../format/index.js';
import type { Network } from '../network/index.js';
import type { IntervalWork } from './bounds/affine-intervals.js';
import { intervalProof } from './bounds/interval.js';
import { isCheckedByDefault, requireValid } from './checked-certificate.js';
import { type Query, queryHash } from './query.js';
import type { Verdict } from './verdict.js';

/** The certificate that says: interval propagation closes every conjunction. */
export function intervalCertificate(query: Query): CertificateFile {
  return {
    format: 'muball-certificate',
    version: 1,
    query: queryHash(query),
    proofs: query.unsafe.map(() => ({ rule: 'interval' as const })),
  };
}

export interface IntervalEngine {
  /** `unsat` with the evidence reached, or undefined when intervals do not decide. */
  verify(query: Query): (Verdict & { readonly verdict: 'unsat' }) | undefined;
}

export interface IntervalEngineOptions {
  /**
   * Whether proofs are handed to the checker.
   * @defaultValue true up to 200,000 weights, false above
   */
  readonly check?: boolean;
  readonly work?: IntervalWork;
}

/** The interval engine for one network; its checker reads the network once. */
export function intervalEngine(network: Network, options: IntervalEngineOptions = {}): IntervalEngine {
  const check = options.check ?? isCheckedByDefault(network);
  return {
    verify(query) {
      if (!intervalProof(query, options.work === undefined ? {} : { work: options.work }).every(Boolean))
        return undefined;
      if (!check) return unsat('engine');
      requireValid(query, intervalCertificate(query), 'interval certificate');
      return unsat('certificate');
    },
  };
}

const unsat = (level: 'engine' | 'certificate'): Verdict & { readonly verdict: 'unsat' } => ({
  verdict: 'unsat',
  evidence: { level, engines: ['interval'] },
});
