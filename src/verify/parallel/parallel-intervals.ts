/**
 * The interval engine on worker threads that share one network.
 *
 * Main definition: `parallelIntervals`.
 */
import { InternalError } from '../../format/index.js';
import type { Network } from '../../network/index.js';
import type { IntervalWork } from '../bounds/affine-intervals.js';
import type { IntervalEngineOptions } from '../checked-interval.js';
import type { Query } from '../query.js';
import type { Verdict } from '../verdict.js';
import { networkForThreads } from './network-for-threads.js';
import { workerPool } from './worker-pool.js';

/** What a thread is started with. */
export interface IntervalWorkerData {
  readonly network: Network;
  readonly check?: boolean;
}

/** A query about the thread's network. */
export type IntervalQuestion = Omit<Query, 'network'>;

export interface IntervalAnswer {
  readonly verdict: IntervalVerdict;
  /** Work done for this question. */
  readonly work: IntervalWork;
}

type IntervalVerdict = (Verdict & { readonly verdict: 'unsat' }) | undefined;

export interface ParallelIntervals {
  /**
   * What `intervalEngine` says to a query about this network; also undefined when closed before it has said it.
   * Rejects with InternalError when the engine throws.
   */
  verify(query: Query): Promise<IntervalVerdict>;
  /** Ends all threads. */
  close(): Promise<void>;
}

export interface ParallelIntervalsOptions extends IntervalEngineOptions {
  /** Largest number of threads. @defaultValue 1 */
  readonly jobs?: number;
}

/** The interval engine for one network on up to `jobs` threads. */
export function parallelIntervals(network: Network, options: ParallelIntervalsOptions = {}): ParallelIntervals {
  const { jobs = 1, check, work } = options;
  const pool = workerPool<IntervalQuestion, IntervalAnswer>({
    name: 'interval worker',
    program: 'parallel/interval-worker.js',
    data: (): IntervalWorkerData => ({ network: networkForThreads(network), check }),
    jobs,
    closed: { verdict: undefined, work: { doubles: 0, bigints: 0 } },
  });
  const verdictOf = ({ verdict, work: done }: IntervalAnswer): IntervalVerdict => {
    if (work !== undefined) {
      work.doubles += done.doubles;
      work.bigints += done.bigints;
    }
    return verdict;
  };
  return {
    verify({ network: asked, region, unsafe }) {
      if (asked !== network) throw new InternalError('interval workers: expected a query about their network');
      return pool.ask({ region, unsafe }).then(verdictOf);
    },
    close: () => pool.close(),
  };
}
