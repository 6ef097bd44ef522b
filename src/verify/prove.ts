/**
 * The verification ladder, ball by ball: stop at the first rung that decides.
 *
 * `auto`: exact intervals; else cheap candidates for counterexamples; else the search; else z3. `interval`, `search` and
 * `z3` stop at their engine; where z3 alone says `unsat`, intervals and the search are asked for a certificate. `both` asks
 * the rungs up to the search, and z3 on the untightened encoding, which share no code, and throws when they contradict
 * each other. Certificates have passed the checker. Work that takes long enough runs on threads.
 */
import type { Vector } from '../exact/index.js';
import { InternalError } from '../format/index.js';
import type { Network } from '../network/index.js';
import { isCheckedByDefault } from './checked-certificate.js';
import { type IntervalEngineOptions, intervalEngine } from './checked-interval.js';
import { falsify } from './falsify.js';
import { parallelIntervals } from './parallel/parallel-intervals.js';
import { type SearchEngine, searchEngine } from './parallel/search-engine.js';
import type { Query } from './query.js';
import { type Z3Engine, z3Engine } from './smt/z3-engine.js';
import type { Verdict } from './verdict.js';

export type EngineChoice = 'auto' | 'interval' | 'search' | 'z3' | 'both';
export const engineChoices: readonly EngineChoice[] = ['auto', 'interval', 'search', 'z3', 'both'];

export interface ProveOptions extends IntervalEngineOptions {
  /** @defaultValue 'auto' */
  readonly engine?: EngineChoice;
  /** Whether stable neurons are removed before z3 sees the query; `both` never does. @defaultValue true */
  readonly tighten?: boolean;
  /** Balls worked on at once, threads of the search, and z3 processes. @defaultValue 1 */
  readonly jobs?: number;
  /** Milliseconds per ball for the search, and for z3. @defaultValue 60000 */
  readonly timeoutMs?: number;
  /** Megabytes per search, and per z3 process. @defaultValue 1500 */
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
  const { timeoutMs = 60_000, memoryMb = 1500, signal } = options;
  const jobs = Math.max(1, Math.min(options.jobs ?? 1, count));
  const weights = network.layers.reduce((sum, layer) => sum + layer.columns.length, 0);
  const threads = jobs > 1 && weights * count >= worthThreads ? parallelIntervals(network, options) : undefined;
  const intervals = threads ?? intervalEngine(network, options);
  const check = options.check ?? isCheckedByDefault(network);
  let startedSearch: SearchEngine | undefined;
  const search = (asked: Query): Promise<Verdict> => {
    startedSearch ??= searchEngine(network, { jobs, timeoutMs, memoryMb, check });
    return startedSearch.verify(asked, signal);
  };
  const tighten = engine !== 'both' && (options.tighten ?? true);
  let startedZ3: Z3Engine | undefined;
  const z3 = (asked: Query): Promise<Verdict> => {
    startedZ3 ??= z3Engine({ jobs, timeoutMs, memoryMb, tighten });
    return startedZ3.verify(asked, signal);
  };
  const aborted = (): boolean => signal?.aborted === true;
  const falsified = (asked: Query, ball: number): Verdict | undefined =>
    aborted() ? interrupted : falsify(asked, { towards: options.towards?.(ball) ?? [] });
  /** The rungs below z3. */
  const own = async (asked: Query, ball: number): Promise<Verdict> =>
    (await intervals.verify(asked)) ??
    falsified(asked, ball) ??
    (engine === 'interval'
      ? { verdict: 'unknown', reason: 'interval propagation does not decide this ball' }
      : await search(asked));
  const decide = async (ball: number): Promise<Verdict> => {
    const asked = query(ball);
    if (engine === 'z3') {
      const answer = falsified(asked, ball) ?? (await z3(asked));
      if (answer.verdict !== 'unsat' || !check) return answer;
      const proved = (await intervals.verify(asked)) ?? (await search(asked));
      if (!isDecided(proved)) return answer;
      const known = agreed(proved, answer, ball);
      // What z3 says of the tightened encoding rests on intervals too, and adds nothing to a certificate.
      return tighten ? proved : known;
    }
    const verdict = await own(asked, ball);
    if (engine === 'both') return aborted() ? verdict : agreed(verdict, await z3(asked), ball);
    return engine !== 'auto' || isDecided(verdict) || aborted() ? verdict : either(verdict, await z3(asked));
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
  const interrupt = (): void => {
    void threads?.close();
    void startedSearch?.close();
  };
  signal?.addEventListener('abort', interrupt, { once: true });
  try {
    await Promise.all(Array.from({ length: jobs }, runner));
  } finally {
    // After a failure the other runners stop at the ball they have.
    next = count;
    signal?.removeEventListener('abort', interrupt);
    await Promise.all([startedZ3?.close(), startedSearch?.close(), threads?.close()]);
  }
  return results.sort((a, b) => a.ball - b.ball);
}

const interrupted: Verdict = { verdict: 'unknown', reason: 'interrupted' };

const isDecided = ({ verdict }: Verdict): boolean => verdict === 'unsat' || verdict === 'sat';

/** What is known when muball's own rungs and z3 have spoken on one ball. @throws InternalError when they disagree. */
function agreed(own: Verdict, z3: Verdict, ball: number): Verdict {
  if (isDecided(own) && isDecided(z3) && own.verdict !== z3.verdict) {
    const [mine, other] = [own, z3].map(
      (answer) => `${answer.verdict}${answer.verdict === 'sat' ? ' with a replayed counterexample' : ''}`,
    );
    const engine = own.verdict === 'unsat' ? own.evidence.engines.join(' and ') : 'the search';
    throw new InternalError(`ball ${ball}: expected engines to agree, got ${mine} by ${engine} and ${other} by z3`);
  }
  if (own.verdict !== 'unsat' || z3.verdict !== 'unsat') return isDecided(own) ? own : either(own, z3);
  const { level, engines } = own.evidence;
  return { ...own, evidence: { level: level === 'engine' ? 'two' : level, engines: [...engines, 'z3'] } };
}

/** z3's verdict when it has one, else what both say of why they have none. */
function either(own: Verdict, z3: Verdict): Verdict {
  if (isDecided(z3) || (own.verdict === 'timed-out' && z3.verdict === 'timed-out')) return z3;
  return { verdict: 'unknown', reason: `search: ${reasonOf(own)}; ${reasonOf(z3).replace(/^(?!z3)/, 'z3: ')}` };
}

const reasonOf = (verdict: Verdict): string =>
  verdict.verdict === 'unknown' ? verdict.reason : verdict.verdict === 'timed-out' ? 'timed out' : verdict.verdict;
