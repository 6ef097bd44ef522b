/**
 * The search and the ridge engine for one network, on this thread or on worker threads; the answers are the same.
 *
 * Main definition: `searchEngine`.
 */
import { certificateFileAt, InternalError } from '../../format/index.js';
import type { Network } from '../../network/index.js';
import { type CheckedRidgeOptions, checkedRidge } from '../checked-ridge.js';
import { type CheckedSearchOptions, checkedSearch } from '../checked-search.js';
import type { Query } from '../query.js';
import type { Verdict } from '../verdict.js';
import { networkForThreads } from './network-for-threads.js';
import { workerPool } from './worker-pool.js';

export interface SearchEngineOptions extends Pick<CheckedSearchOptions, 'check' | 'nodes'> {
  /** Worker threads; with 1 there is none, and the search runs here. @defaultValue 1 */
  readonly jobs?: number;
  /** Milliseconds per query. @defaultValue 60000 */
  readonly timeoutMs?: number;
  /** Megabytes of heap per search. @defaultValue 1500 */
  readonly memoryMb?: number;
}

export interface SearchEngine {
  /**
   * The verdict on a query about this network; `unknown` once the signal is given or the engine is closed.
   * @throws InternalError when the checker refuses a certificate, or a counterexample does not replay.
   */
  verify(query: Query, signal?: AbortSignal): Promise<Verdict>;
  /** The same by ridges, which find no counterexamples. */
  ridge(query: Query, options: RidgeQuestion, signal?: AbortSignal): Promise<Verdict>;
  /** Ends the threads; queries without a verdict become `unknown`. */
  close(): Promise<void>;
}

/** What a thread is started with. */
export type SearchWorkerData = Omit<CheckedSearchOptions, 'signal' | 'onProgress'> & { readonly network: Network };

/** What may differ from ball to ball. */
export type RidgeQuestion = Pick<CheckedRidgeOptions, 'cases' | 'effort'>;

/** A query about the thread's network, for the search or, where there is `ridge`, by ridges. */
export type SearchQuestion = Omit<Query, 'network'> & { readonly ridge?: RidgeQuestion };

export interface SearchAnswer {
  readonly verdict: Verdict;
  /** Text of the certificate that belongs to the verdict. */
  readonly certificate?: string;
}

const interrupted: Verdict = { verdict: 'unknown', reason: 'interrupted' };
/** What a thread may take beyond its time before it is ended: linear programs and exact sums are not interrupted. */
const graceMs = 10_000;

/** The engine, to be closed when done. */
export function searchEngine(network: Network, options: SearchEngineOptions = {}): SearchEngine {
  const { jobs = 1, timeoutMs = 60_000, memoryMb = 1500, ...rest } = options;
  const limits = { ...rest, timeoutMs, memoryMb };
  if (jobs === 1) return onThisThread(limits);
  const pool = workerPool<SearchQuestion, SearchAnswer>({
    name: 'search worker',
    program: 'parallel/search-worker.js',
    data: (): SearchWorkerData => ({ ...limits, network: networkForThreads(network) }),
    jobs,
    closed: { verdict: interrupted },
    heapMb: memoryMb + 512,
    outOfMemory: { verdict: { verdict: 'unknown', reason: 'memory limit' } },
    late: { afterMs: timeoutMs + graceMs, answer: { verdict: { verdict: 'timed-out' } } },
  });
  const ask = ({ network: asked, ...query }: Query, ridge?: RidgeQuestion, signal?: AbortSignal): Promise<Verdict> => {
    if (asked !== network) throw new InternalError('search workers: expected a query about their network');
    return unlessAborted(pool.ask({ ...query, ...(ridge && { ridge }) }).then(verdictOf), signal);
  };
  return {
    verify: (query, signal) => ask(query, undefined, signal),
    ridge: (query, options, signal) => ask(query, options, signal),
    close: () => pool.close(),
  };
}

function onThisThread(limits: Omit<CheckedSearchOptions, 'signal'>): SearchEngine {
  const closing = new AbortController();
  return {
    verify(query, signal) {
      const signals = signal === undefined ? [closing.signal] : [closing.signal, signal];
      return checkedSearch(query, { ...limits, signal: AbortSignal.any(signals) });
    },
    async ridge(query, options) {
      const { check, timeoutMs } = limits;
      return checkedRidge(query, {
        ...options,
        ...(check === undefined ? {} : { check }),
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      });
    },
    async close() {
      closing.abort();
    },
  };
}

/** The verdict, or `interrupted` when the signal comes first; the thread goes on until it is done or ended. */
function unlessAborted(verdict: Promise<Verdict>, signal: AbortSignal | undefined): Promise<Verdict> {
  if (signal === undefined) return verdict;
  return new Promise((resolve, reject) => {
    const stop = (): void => resolve(interrupted);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    verdict.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function verdictOf({ verdict, certificate }: SearchAnswer): Verdict {
  if (verdict.verdict !== 'unsat' || certificate === undefined) return verdict;
  return { ...verdict, certificate: certificateFileAt(JSON.parse(certificate)) };
}
