/**
 * The verification ladder, ball by ball: stop at the first rung that decides.
 *
 * `auto`: exact intervals with a checked certificate; else a cheap search for counterexamples; else z3. A ball proved
 * by intervals has no counterexample, so the search is only asked where they fail. `interval` and `z3` stop at their
 * engine, after the search; `both` asks intervals and z3 on the untightened encoding, which share no code, and throws
 * when they contradict each other. Interval propagation of much work runs on threads.
 */
import type { Vector } from '../exact/index.js';
import { InternalError } from '../format/index.js';
import type { Network } from '../network/index.js';
import { type IntervalEngineOptions, intervalEngine } from './checked-interval.js';
import { falsify } from './falsify.js';
import { parallelIntervals } from './parallel-intervals.js';
import type { Query } from './query.js';
import { type Z3Engine, z3Engine } from './smt/z3-engine.js';
import type { Verdict } from './verdict.js';

export type EngineChoice = 'auto' | 'interval' | 'z3' | 'both';
export const engineChoices: readonly EngineChoice[] = ['auto', 'interval', 'z3', 'both'];

export interface ProveOptions extends IntervalEngineOptions {
  /** @defaultValue 'auto' */
  readonly engine?: EngineChoice;
  /** Whether stable neurons are removed before z3 sees the query; `both` never does. @defaultValue true */
  readonly tighten?: boolean;
  /** Balls worked on at once, and z3 processes. @defaultValue 1 */
  readonly jobs?: number;
  /** Milliseconds per ball for z3. @defaultValue 60000 */
  readonly timeoutMs?: number;
  /** Megabytes per z3 process. @defaultValue 1500 */
  readonly memoryMb?: number;
  /** Points that counterexamples may lie towards, such as differently labelled samples. */
  readonly towards?: (ball: number) => readonly Vector[];
  readonly signal?: AbortSignal;
  /** Called when a ball is done. */
  readonly onBall?: (ball: BallVerdict) => void;
}

export interface BallVerdict {
  /** Number of the ball, from 0. */
  readonly ball: number;
  readonly verdict: Verdict;
  readonly seconds: number;
}

/** Weights times balls from which interval propagation takes long enough, about a second, to be worth threads. */
const worthThreads = 20_000_000;

/**
 * Verdicts for the queries 0 … count − 1 about one network, in order. After an abort, the balls finished so far.
 * @throws InternalError when engines disagree, a certificate is refused, or a counterexample does not replay.
 */
export async function proveBalls(
  network: Network,
  count: number,
  query: (ball: number) => Query,
  options: ProveOptions = {},
): Promise<BallVerdict[]> {
  const engine = options.engine ?? 'auto';
  const jobs = Math.max(1, Math.min(options.jobs ?? 1, count));
  const weights = network.layers.reduce((sum, layer) => sum + layer.columns.length, 0);
  const threads = jobs > 1 && weights * count >= worthThreads ? parallelIntervals(network, options) : undefined;
  const intervals = threads ?? intervalEngine(network, options);
  let started: Z3Engine | undefined;
  const z3 = (): Z3Engine => {
    started ??= z3Engine({
      jobs,
      timeoutMs: options.timeoutMs ?? 60_000,
      memoryMb: options.memoryMb ?? 1500,
      tighten: engine !== 'both' && (options.tighten ?? true),
    });
    return started;
  };
  const aborted = (): boolean => options.signal?.aborted === true;
  const decide = async (ball: number): Promise<Verdict> => {
    const asked = query(ball);
    const proved = engine === 'z3' ? undefined : await intervals.verify(asked);
    if (proved !== undefined && engine !== 'both') return proved;
    if (proved === undefined) {
      if (aborted()) return { verdict: 'unknown', reason: 'interrupted' };
      const found = falsify(asked, { towards: options.towards?.(ball) ?? [] });
      if (found !== undefined) return found;
      if (engine === 'interval')
        return { verdict: 'unknown', reason: 'interval propagation does not decide this ball' };
    }
    const answer = await z3().verify(asked, options.signal);
    return proved === undefined ? answer : agreed(proved, answer, ball);
  };

  const results: BallVerdict[] = [];
  let next = 0;
  const runner = async (): Promise<void> => {
    while (next < count && !aborted()) {
      const ball = next++;
      const start = performance.now();
      const verdict = await decide(ball);
      if (aborted() && verdict.verdict !== 'unsat' && verdict.verdict !== 'sat') return;
      const result = { ball, verdict, seconds: (performance.now() - start) / 1000 };
      results.push(result);
      options.onBall?.(result);
      // Lets signals and progress through between balls that were decided without waiting.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const interrupt = (): void => void threads?.close();
  options.signal?.addEventListener('abort', interrupt, { once: true });
  try {
    await Promise.all(Array.from({ length: jobs }, runner));
  } finally {
    // After a failure the other runners stop at the ball they have.
    next = count;
    options.signal?.removeEventListener('abort', interrupt);
    await Promise.all([started?.close(), threads?.close()]);
  }
  return results.sort((a, b) => a.ball - b.ball);
}

/** Two engines on one ball: both proved it, or one did and the other gave up, or there is a bug. */
function agreed(proved: Verdict & { readonly verdict: 'unsat' }, answer: Verdict, ball: number): Verdict {
  if (answer.verdict === 'sat') {
    throw new InternalError(
      `ball ${ball}: expected engines to agree, got unsat by intervals and a replayed counterexample by z3`,
    );
  }
  if (answer.verdict !== 'unsat') return proved;
  const { level } = proved.evidence;
  return { verdict: 'unsat', evidence: { level: level === 'engine' ? 'two' : level, engines: ['interval', 'z3'] } };
}
