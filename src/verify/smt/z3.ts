/**
 * z3 for the rest of the program: a pool of child processes that can be killed.
 *
 * Main definitions: `z3Pool`, `Z3Pool`, `Z3Answer`, `z3ChildProgram`.
 *
 * z3 runs in wasm with a heap of fixed size. When that is exhausted, or a time limit is not obeyed, only the end of the
 * process helps; so each query goes to a child, and a watchdog here has the last word. Children start when a query
 * needs one, stay warm, and are replaced after many queries or when their memory has grown. What goes wrong with a
 * child costs the query that it had: the answer is `unknown` with the cause, and the next query gets a fresh child. A
 * query that could not be handed to a child, because it had ended meanwhile, gets one fresh child, too.
 */
import { type ChildProcess, fork } from 'node:child_process';
import type { Socket } from 'node:net';
import { builtProgram } from '../built-program.js';
import { exitCode, isZ3Message, type Z3Answer, type Z3Question } from './z3-protocol.js';

export type { Z3Answer, Z3Value } from './z3-protocol.js';

export interface Z3PoolOptions {
  /** Largest number of children at once. @defaultValue 1 */
  readonly jobs?: number;
  /** Time limit of a query, from the moment a child has it; waiting for a free child does not count. @defaultValue 10000 */
  readonly timeoutMs?: number;
  /**
   * Resident memory at which a child gives up; above half of it the child is replaced before its next query. A child
   * with nothing to do has about 130, and its wasm heap cannot grow beyond 2048. @defaultValue 1024
   */
  readonly memoryMb?: number;
  /** SMT-LIB logic of all queries. @defaultValue what `(set-logic …)` in the script says, else z3's choice */
  readonly logic?: string;
  /** A child is replaced after this many queries. @defaultValue 500 */
  readonly queriesPerChild?: number;
  /** Path of the child program; tests put faulty ones here. @defaultValue z3ChildProgram() */
  readonly program?: string;
}

export interface Z3SolveOptions {
  /** @defaultValue the pool's */
  readonly timeoutMs?: number;
  /** Abandons the query, running or not: its answer is `unknown` with the reason `interrupted`. */
  readonly signal?: AbortSignal;
}

export interface Z3Pool {
  /**
   * Decides an SMT-LIB script of declarations and assertions, and reads the listed constants from a model.
   *
   * The promise always resolves: whatever goes wrong is an `unknown` with the cause.
   * A constant has to be declared (`declare-const`); names introduced by `define-fun` are not part of models.
   */
  solve(smt: string, constants: readonly string[], options?: Z3SolveOptions): Promise<Z3Answer>;
  /** Process ids of the children that exist now. */
  pids(): number[];
  /** Ends all children; queries that have no answer yet get `unknown`. Resolves when no process is left. */
  close(): Promise<void>;
}

/** Added to the limit that z3 has itself before the watchdog kills a child. */
const graceMs = (timeoutMs: number): number => 1000 + timeoutMs / 10;
/** A child that is not ready by then, on however busy a machine, is taken for broken. */
const startLimitMs = 30_000;
/** How long an idle child may take to end by itself. */
const stopLimitMs = 2000;
/** Timers of node fire at once when their delay does not fit into 31 bits. */
const longestMs = 2 ** 30;
const defaults = { jobs: 1, timeoutMs: 10_000, memoryMb: 1024, queriesPerChild: 500 } as const;

/** A pool of z3 processes; nothing is started before the first query. */
export function z3Pool(options: Z3PoolOptions = {}): Z3Pool {
  const { jobs, timeoutMs, memoryMb, queriesPerChild, logic, program } = { ...defaults, ...options };
  const waiting: Query[] = [];
  const running = new Set<Query>();
  const idle: Z3Child[] = [];
  const children = new Set<Z3Child>();
  let closed = false;

  function startNext(): void {
    while (running.size < jobs && waiting.length > 0) void run(waiting.shift()!);
  }

  async function run(query: Query): Promise<void> {
    running.add(query);
    try {
      const { smt, constants } = query;
      const question = { smt, constants, timeoutMs: query.timeoutMs, memoryMb, logic };
      let abandoned: Z3Answer | undefined;
      const put = (child: Z3Child): Promise<Z3Answer | undefined> => {
        query.abandon = (answer) => {
          abandoned ??= answer;
          child.kill(answer);
        };
        return child.ask(question);
      };
      let child = idleChild() ?? newChild();
      let answer = await put(child);
      if (answer === undefined && abandoned === undefined) {
        // The child ended while it had nothing to do, which must not cost this query.
        child = newChild();
        answer = await put(child);
      }
      answer ??= abandoned ?? unknown('z3 process could not be asked');
      if (!child.isAlive() || closed) child.stop();
      else if (child.queries() >= queriesPerChild || child.memoryMb() > memoryMb / 2) child.stop();
      else idle.push(child);
      query.settle(answer);
    } catch (error) {
      query.settle(unknown(`z3 process could not be started: ${error instanceof Error ? error.message : error}`));
    }
    running.delete(query);
    startNext();
  }

  /** The child used last, so that a pool with little to do keeps few of them busy. */
  function idleChild(): Z3Child | undefined {
    for (;;) {
      const child = idle.pop();
      if (child === undefined || child.isAlive()) return child;
    }
  }

  function newChild(): Z3Child {
    const child = startChild(program ?? z3ChildProgram());
    children.add(child);
    void child.ended.then(() => children.delete(child));
    return child;
  }

  function solve(smt: string, constants: readonly string[], options: Z3SolveOptions = {}): Promise<Z3Answer> {
    const { signal } = options;
    if (closed) return Promise.resolve(unknown('z3 pool is closed'));
    if (signal?.aborted) return Promise.resolve(unknown('interrupted'));
    return new Promise((resolve) => {
      const interrupt = () => query.abandon(unknown('interrupted'));
      const settle = (answer: Z3Answer) => {
        signal?.removeEventListener('abort', interrupt);
        resolve(answer);
      };
      const abandon = (answer: Z3Answer) => {
        waiting.splice(waiting.indexOf(query), 1);
        settle(answer);
      };
      const limit = Math.min(options.timeoutMs ?? timeoutMs, longestMs);
      const query: Query = { smt, constants, timeoutMs: limit, settle, abandon };
      signal?.addEventListener('abort', interrupt, { once: true });
      waiting.push(query);
      startNext();
    });
  }

  async function close(): Promise<void> {
    closed = true;
    for (const query of [...waiting, ...running]) query.abandon(unknown('z3 pool is closed'));
    for (const child of children) child.stop();
    await Promise.all([...children].map((child) => child.ended));
  }

  const pids = () => [...children].flatMap((child) => child.pid ?? []);
  return { solve, pids, close };
}

interface Query {
  readonly smt: string;
  readonly constants: readonly string[];
  readonly timeoutMs: number;
  readonly settle: (answer: Z3Answer) => void;
  /** Gives the query up with this answer; while it waits it leaves the queue, then it ends the child that has it. */
  abandon: (answer: Z3Answer) => void;
}

interface Z3Child {
  readonly pid: number | undefined;
  readonly ended: Promise<void>;
  /** Gives the child its next question, at most one at a time; undefined when the child could not be reached. */
  ask(question: Omit<Z3Question, 'id'>): Promise<Z3Answer | undefined>;
  /** Ends the child at once; its question, if any, gets this answer. */
  kill(answer: Z3Answer): void;
  /** Lets an idle child end by itself, and sees to it that it does. */
  stop(): void;
  isAlive(): boolean;
  queries(): number;
  /** Resident memory after the last answer. */
  memoryMb(): number;
}

function startChild(program: string): Z3Child {
  const child = fork(program, [], { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let alive = true;
  let ready = false;
  let queries = 0;
  let memoryMb = 0;
  let errors = '';
  let pending: { readonly question: Z3Question; readonly resolve: (answer: Z3Answer | undefined) => void } | undefined;
  let verdictOnEnd: Z3Answer | undefined;
  let unreached = false;
  let watchdog: NodeJS.Timeout | undefined;

  const settle = (answer: Z3Answer | undefined): void => {
    clearTimeout(watchdog);
    const question = pending;
    pending = undefined;
    holdOpen(child, false);
    question?.resolve(answer);
  };
  const kill = (answer: Z3Answer): void => {
    alive = false;
    verdictOnEnd ??= answer;
    child.kill('SIGKILL');
  };
  const send = ({ question }: NonNullable<typeof pending>): void => {
    clearTimeout(watchdog);
    const limit = question.timeoutMs + graceMs(question.timeoutMs);
    watchdog = setTimeout(() => kill({ status: 'timed-out' }), limit);
    child.send(question, (error) => {
      if (!error) return;
      unreached = verdictOnEnd === undefined;
      alive = false;
      child.kill('SIGKILL');
    });
  };

  child.stderr?.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-500);
  });
  child.on('message', (message: unknown) => {
    // What a child says after it has failed, or was told to end, is no answer.
    if (verdictOnEnd !== undefined) return;
    if (!isZ3Message(message)) return kill(unknown('z3 process sent a malformed message'));
    if (message.kind === 'failed') return kill(unknown(message.reason));
    if (message.kind === 'ready') {
      ready = true;
      if (pending !== undefined) send(pending);
      return;
    }
    if (message.id !== pending?.question.id) return kill(unknown('z3 process answered a question it does not have'));
    memoryMb = message.memoryMb;
    settle(message.answer);
  });
  // Not `close`: node does not emit it after `disconnect()`. Not `exit` alone: it may overtake the last message.
  const ended = new Promise<void>((resolve) => {
    const open = new Set(['process', 'channel', child.stderr === null ? 'process' : 'stderr']);
    let how = '';
    const finish = (part: string): void => {
      open.delete(part);
      if (open.size > 0) return;
      settle(verdictOnEnd ?? (unreached ? undefined : unknown(endReason(how, ready, errors))));
      resolve();
    };
    child.on('exit', (code, signal) => {
      alive = false;
      if (code === exitCode.memory)
        verdictOnEnd ??= unknown(`z3 process used more than ${pending?.question.memoryMb} MB`);
      how = signal === null ? `with exit code ${code}` : `by signal ${signal}`;
      finish('process');
    });
    child.on('disconnect', () => finish('channel'));
    child.stderr?.on('close', () => finish('stderr'));
    child.on('error', (error) => {
      kill(unknown(`z3 process failed: ${error.message}`));
      // A process that never was has no end to wait for.
      if (child.pid === undefined) for (const part of [...open]) finish(part);
    });
  });

  return {
    pid: child.pid,
    ended,
    ask: (question) =>
      new Promise((resolve) => {
        pending = { question: { ...question, id: ++queries }, resolve };
        holdOpen(child, true);
        if (ready) send(pending);
        else watchdog = setTimeout(() => kill(unknown('z3 process did not become ready')), startLimitMs);
      }),
    kill,
    stop: () => {
      alive = false;
      holdOpen(child, true);
      if (child.connected) child.disconnect();
      const limit = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
      void ended.then(() => clearTimeout(limit));
    },
    isAlive: () => alive,
    queries: () => queries,
    memoryMb: () => memoryMb,
  };
}

/** Only a child with a question keeps this program from ending; with idle ones it just ends, and they follow. */
function holdOpen(child: ChildProcess, hold: boolean): void {
  const method = hold ? 'ref' : 'unref';
  child[method]();
  child.channel?.[method]();
  (child.stderr as Socket | null)?.[method]();
}

function endReason(how: string, ready: boolean, errors: string): string {
  if (ready) return `z3 process ended ${how}`;
  return [`z3 process ended ${how} before it was ready`, errors.trim()].filter(Boolean).join(': ');
}

const unknown = (reason: string): Z3Answer => ({ status: 'unknown', reason });

/** Path of the child program, built. @throws Error when it is not there. */
export const z3ChildProgram = (): string => builtProgram('smt/z3-child.js');
