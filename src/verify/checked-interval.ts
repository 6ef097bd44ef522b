/**
 * Interval proofs as certificates: the prover proposes, the checker disposes.
 *
 * A query that interval propagation refutes is handed, as JSON, to the independent checker, which repeats the
 * propagation in its own arithmetic. Only then is the verdict `proved (certificate)`.
 */
import { createHash } from 'node:crypto';
import type { NetworkChecker } from '../check/index.js';
import { type CertificateFile, InternalError } from '../format/index.js';
import type { Network } from '../network/index.js';
import type { IntervalWork } from './bounds/affine-intervals.js';
import { intervalProof } from './bounds/interval.js';
import { networkChecker } from './network-checker.js';
import { type Query, queryHash, queryToFile } from './query.js';
import type { Verdict } from './verdict.js';

/**
 * Networks with more weights than this are not handed to the checker unless asked: it reads them whole as JSON and
 * repeats each ball in BigInt, about half a microsecond a weight.
 */
export const largestChecked = 200_000;

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
  const weights = network.layers.reduce((sum, layer) => sum + layer.columns.length, 0);
  const check = options.check ?? weights <= largestChecked;
  let known: NetworkChecker | undefined;
  return {
    verify(query) {
      if (!intervalProof(query, options.work === undefined ? {} : { work: options.work }).every(Boolean))
        return undefined;
      if (!check) return unsat('engine');
      known ??= readChecker(network);
      const outcome = known.check(queryToFile(query, { inline: false }), intervalCertificate(query), sha256);
      if (outcome.outcome === 'valid') return unsat('certificate');
      throw new InternalError(`checker: expected a valid interval certificate, got ${outcome.where}: ${outcome.why}`);
    },
  };
}

const unsat = (level: 'engine' | 'certificate'): Verdict & { readonly verdict: 'unsat' } => ({
  verdict: 'unsat',
  evidence: { level, engines: ['interval'] },
});

/** SHA-256 in lower-case hexadecimal, as the checker wants it. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function readChecker(network: Network): NetworkChecker {
  const read = networkChecker(network);
  if ('check' in read) return read;
  throw new InternalError(`checker: expected to read the network, got ${read.where}: ${read.why}`);
}
