/**
 * The interval engine on worker threads that share one network.
 *
 * Main definitions: `parallelIntervals`, `sharedNetwork`.
 *
 * Typed arrays are copied once to shared memory and read by all threads; BigInt weights cannot be shared, each thread
 * gets a copy. Threads start with the first question and keep the program alive only while they have one.
 */
import { Worker } from 'node:worker_threads';
import { InternalError } from '../format/index.js';
import type { Layer, Network } from '../network/index.js';
import type { IntervalWork } from './bounds/affine-intervals.js';
import { builtProgram } from './built-program.js';
import type { IntervalEngineOptions } from './checked-interval.js';
import type { Query } from './query.js';
import type { Verdict } from './verdict.js';

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

interface Task {
  readonly question: IntervalQuestion;
  readonly resolve: (verdict: IntervalVerdict) => void;
  readonly reject: (error: Error) => void;
}

/** The interval engine for one network on up to `jobs` threads. */
export function parallelIntervals(network: Network, options: ParallelIntervalsOptions = {}): ParallelIntervals {
  const { jobs = 1, check, work } = options;
  const waiting: Task[] = [];
  const idle: Worker[] = [];
  /** Threads with the question that they have. */
  const threads = new Map<Worker, Task | undefined>();
  let shared: Network | undefined;
  let ended: Promise<void> | undefined;

  const start = (): Worker => {
    shared ??= sharedNetwork(network);
    const workerData: IntervalWorkerData = { network: shared, check };
    const worker = new Worker(builtProgram('interval-worker.js'), { workerData, execArgv: [] });
    const fail = (reason: string): void => {
      const task = threads.get(worker);
      threads.delete(worker);
      if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
      task?.reject(new InternalError(`interval worker: expected an answer, got ${reason}`));
      next();
    };
    worker.on('message', ({ verdict, work: done }: IntervalAnswer) => {
      if (!threads.has(worker)) return;
      const task = threads.get(worker);
      threads.set(worker, undefined);
      worker.unref();
      idle.push(worker);
      if (work !== undefined) {
        work.doubles += done.doubles;
        work.bigints += done.bigints;
      }
      task?.resolve(verdict);
      next();
    });
    worker.on('error', (error) => fail(`${error.name}: ${error.message}`));
    worker.on('exit', () => threads.has(worker) && fail('its end'));
    return worker;
  };

  const next = (): void => {
    while (waiting.length > 0 && ended === undefined && (idle.length > 0 || threads.size < jobs)) {
      const task = waiting.shift()!;
      const worker = idle.pop() ?? start();
      threads.set(worker, task);
      worker.ref();
      worker.postMessage(task.question);
    }
  };

  const end = async (): Promise<void> => {
    for (const task of [...waiting.splice(0), ...threads.values()]) task?.resolve(undefined);
    const ending = [...threads.keys()];
    threads.clear();
    await Promise.all(ending.map((worker) => worker.terminate()));
  };

  return {
    verify({ network: asked, region, unsafe }) {
      if (asked !== network) throw new InternalError('interval workers: expected a query about their network');
      if (ended !== undefined) return Promise.resolve(undefined);
      return new Promise((resolve, reject) => {
        waiting.push({ question: { region, unsafe }, resolve, reject });
        next();
      });
    },
    close() {
      ended ??= end();
      return ended;
    },
  };
}

/** The same network with its typed arrays in shared memory. */
export const sharedNetwork = (network: Network): Network => ({ ...network, layers: network.layers.map(sharedLayer) });

function sharedLayer(layer: Layer): Layer {
  return {
    ...layer,
    rowStart: shared(layer.rowStart),
    columns: shared(layer.columns),
    weights: layer.weights instanceof Float64Array ? shared(layer.weights) : layer.weights,
    biases: layer.biases instanceof Float64Array ? shared(layer.biases) : layer.biases,
  };
}

function shared<A extends Uint32Array | Float64Array>(values: A): A {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const store = new (values.constructor as new (buffer: SharedArrayBuffer) => A)(
    new SharedArrayBuffer(values.byteLength),
  );
  store.set(values);
  return store;
}
