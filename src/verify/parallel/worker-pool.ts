/**
 * Worker threads that answer questions one at a time.
 *
 * Main definitions: `workerPool`, `WorkerPool`.
 *
 * Threads start with the first questions, keep the program alive only while they have one, and are replaced when they
 * end. Which thread answers says nothing about the answer.
 */
import { Worker } from 'node:worker_threads';
import { InternalError } from '../../format/index.js';
import { builtProgram } from '../built-program.js';

export interface WorkerPoolOptions<Answer> {
  /** What errors call the threads: `interval worker`. */
  readonly name: string;
  /** The built program, from the folder `verify/`. */
  readonly program: string;
  /** What a thread is started with; asked when the first one starts. */
  readonly data: () => unknown;
  /** Largest number of threads. */
  readonly jobs: number;
  /** The answer to questions that are open when the pool is closed, and to later ones. */
  readonly closed: Answer;
  /** The answer to a question whose thread ran out of memory. @defaultValue the question is rejected */
  readonly outOfMemory?: Answer;
  /** Megabytes of heap of each thread. @defaultValue Node's own */
  readonly heapMb?: number;
  /** A thread that has not answered after so many milliseconds is ended, and this is its answer. @defaultValue none */
  readonly late?: { readonly afterMs: number; readonly answer: Answer };
}

export interface WorkerPool<Question, Answer> {
  /** Rejects with InternalError when the thread ends without an answer. */
  ask(question: Question): Promise<Answer>;
  /** Ends all threads. */
  close(): Promise<void>;
}

interface Task<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** Threads for one kind of question. */
export function workerPool<Question, Answer>(options: WorkerPoolOptions<Answer>): WorkerPool<Question, Answer> {
  const { name, program, data, jobs, closed, outOfMemory, heapMb, late } = options;
  type Asked = Task<Question, Answer>;
  const waiting: Asked[] = [];
  const idle: Worker[] = [];
  /** Threads with the question that they have. */
  const threads = new Map<Worker, Asked | undefined>();
  const watches = new Map<Worker, NodeJS.Timeout>();
  let workerData: { readonly value: unknown } | undefined;
  let ended: Promise<void> | undefined;

  const start = (): Worker => {
    workerData ??= { value: data() };
    const worker = new Worker(builtProgram(program), {
      workerData: workerData.value,
      execArgv: [],
      ...(heapMb === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: heapMb } }),
    });
    worker.on('message', (answer: Answer) => {
      if (!threads.has(worker)) return;
      const task = taken(worker);
      threads.set(worker, undefined);
      worker.unref();
      idle.push(worker);
      task?.resolve(answer);
      next();
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY' && outOfMemory !== undefined) lose(worker, outOfMemory);
      else fail(worker, `${error.name}: ${error.message}`);
    });
    worker.on('exit', () => threads.has(worker) && fail(worker, 'its end'));
    return worker;
  };

  /** The question of a thread, which then has none. */
  const taken = (worker: Worker): Asked | undefined => {
    clearTimeout(watches.get(worker));
    watches.delete(worker);
    return threads.get(worker);
  };

  /** Forgets a thread and returns its question. */
  const gone = (worker: Worker): Asked | undefined => {
    const task = taken(worker);
    threads.delete(worker);
    if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
    return task;
  };
  const fail = (worker: Worker, reason: string): void => {
    gone(worker)?.reject(new InternalError(`${name}: expected an answer, got ${reason}`));
    next();
  };
  const lose = (worker: Worker, answer: Answer): void => {
    gone(worker)?.resolve(answer);
    next();
  };

  const next = (): void => {
    while (waiting.length > 0 && ended === undefined && (idle.length > 0 || threads.size < jobs)) {
      const task = waiting.shift()!;
      const worker = idle.pop() ?? start();
      threads.set(worker, task);
      worker.ref();
      if (late !== undefined) {
        const giveUp = (): void => {
          lose(worker, late.answer);
          void worker.terminate();
        };
        watches.set(worker, setTimeout(giveUp, late.afterMs));
      }
      worker.postMessage(task.question);
    }
  };

  const end = async (): Promise<void> => {
    for (const task of [...waiting.splice(0), ...threads.values()]) task?.resolve(closed);
    const ending = [...threads.keys()];
    threads.clear();
    for (const watch of watches.values()) clearTimeout(watch);
    await Promise.all(ending.map((worker) => worker.terminate()));
  };

  return {
    ask(question) {
      if (ended !== undefined) return Promise.resolve(closed);
      return new Promise((resolve, reject) => {
        waiting.push({ question, resolve, reject });
        next();
      });
    },
    close() {
      ended ??= end();
      return ended;
    },
  };
}
