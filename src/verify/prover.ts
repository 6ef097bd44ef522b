/**
 * The verification ladder for queries about one network: stop at the first rung that decides.
 *
 * Main definitions: `prover`, `Prover`.
 *
 * `auto`: exact intervals; else cheap candidates for counterexamples; else, on ℓ1 and ℓ2 balls, ridges with little effort,
 * which see sums of distances that back-substitution cannot; else the search; else ridges by cases; else Lipschitz
 * constants; else z3. `interval`, `search`, `ridge`, `lipschitz` and `z3` stop at their engine; where z3 alone says `unsat`,
 * the rungs below are asked for a certificate. `both` asks the rungs below z3, and z3 on the untightened encoding, which share no code, and throws when
 * they contradict each other. Certificates have passed the checker. Work that takes long enough runs on threads.
 */
import type { Vector } from '../exact/index.js';
import { type InstanceEngine, InternalError, instanceEngines } from '../format/index.js';
import type { Network } from '../network/index.js';
import { isCheckedByDefault } from './checked-certificate.js';
import { type IntervalEngineOptions, intervalEngine } from './checked-interval.js';
import { falsify } from './falsify.js';
import { type LipschitzEngine, lipschitzEngine } from './lipschitz/index.js';
import { parallelIntervals } from './parallel/parallel-intervals.js';
import { type RidgeQuestion, type SearchEngine, searchEngine } from './parallel/search-engine.js';
import type { Query } from './query.js';
import { type Z3Engine, z3Engine } from './smt/z3-engine.js';
import type { Verdict } from './verdict.js';

export type EngineChoice = InstanceEngine;
export const engineChoices = instanceEngines;

export interface ProverOptions extends IntervalEngineOptions {
  /** @defaultValue 'auto' */
  readonly engine?: EngineChoice;
  /** Whether stable neurons are removed before z3 sees the query; `both` never does. @defaultValue true */
  readonly tighten?: boolean;
  /** Queries worked on at once, threads of the search, and z3 processes. @defaultValue 1 */
  readonly jobs?: number;
  /** Milliseconds per query for the search, and for z3. @defaultValue 60000 */
  readonly timeoutMs?: number;
  /** Megabytes per search, and per z3 process. @defaultValue 1500 */
  readonly memoryMb?: number;
  readonly signal?: AbortSignal;
}

export interface QueryOptions {
  /** Points that counterexamples may lie towards, such as differently labelled samples. @defaultValue none */
  readonly towards?: readonly Vector[];
  /** How messages name the query. @defaultValue 'query' */
  readonly subject?: string;
}

export interface Prover {
  /**
   * The verdict on a query about the network; `unknown` once the signal is given. Any number may be asked for at once.
   * @throws InternalError when engines disagree, a certificate is refused, or a counterexample does not replay.
   */
  verify(query: Query, options?: QueryOptions): Promise<Verdict>;
  /** Ends threads and processes. */
  close(): Promise<void>;
}

/** Weights times queries from which interval propagation takes long enough, about a second, to be worth threads. */
const worthThreads = 20_000_000;

/** A prover for about `count` queries, to be closed when done. */
export function prover(network: Network, count: number, options: ProverOptions = {}): Prover {
  const { engine = 'auto', jobs = 1, timeoutMs = 60_000, memoryMb = 1500, signal } = options;
  const weights = network.layers.reduce((sum, layer) => sum + layer.columns.length, 0);
  const threads = jobs > 1 && weights * count >= worthThreads ? parallelIntervals(network, options) : undefined;
  const intervals = threads ?? intervalEngine(network, options);
  const check = options.check ?? isCheckedByDefault(network);
  const aborted = (): boolean => signal?.aborted === true;
  let startedSearch: SearchEngine | undefined;
  const threadsOfSearch = (): SearchEngine => {
    startedSearch ??= searchEngine(network, { jobs, timeoutMs, memoryMb, check });
    return startedSearch;
  };
  const search = (asked: Query): Promise<Verdict> => threadsOfSearch().verify(asked, signal);
  const ridge = (asked: Query, options: RidgeQuestion): Promise<Verdict> =>
    threadsOfSearch().ridge(asked, options, signal);
  /** The search, with ridges where they see more: first with little effort, last with all. */
  const searchAndRidges = async (asked: Query): Promise<Verdict> => {
    const { region } = asked;
    const isBall = region.kind === 'ball';
    if (isBall && region.norm !== 'linf') {
      const early = await ridge(asked, { cases: false, effort: littleEffort });
      if (isDecided(early)) return early;
    }
    const found = aborted() ? interrupted : await search(asked);
    if (isDecided(found) || !isBall || aborted()) return found;
    const late = await ridge(asked, {});
    return isDecided(late) ? late : found;
  };
  let startedLipschitz: LipschitzEngine | undefined;
  const lipschitz = (asked: Query): Promise<Verdict> => {
    startedLipschitz ??= lipschitzEngine(network);
    return startedLipschitz.verify(asked);
  };
  const tighten = engine !== 'both' && (options.tighten ?? true);
  let startedZ3: Z3Engine | undefined;
  const z3 = (asked: Query): Promise<Verdict> => {
    startedZ3 ??= z3Engine({ jobs, timeoutMs, memoryMb, tighten });
    return startedZ3.verify(asked, signal);
  };
  const falsified = (asked: Query, towards: readonly Vector[]): Verdict | undefined =>
    aborted() ? interrupted : falsify(asked, { towards });
  /** The rungs below z3. */
  const own = async (asked: Query, towards: readonly Vector[]): Promise<Verdict> =>
    (await intervals.verify(asked)) ?? falsified(asked, towards) ?? (await afterCandidates(asked));
  const afterCandidates = async (asked: Query): Promise<Verdict> => {
    if (engine === 'interval') return { verdict: 'unknown', reason: 'interval propagation does not decide this ball' };
    if (engine === 'search') return search(asked);
    if (engine === 'ridge') return ridge(asked, {});
    const found = await searchAndRidges(asked);
    if (isDecided(found) || aborted()) return found;
    const last = await lipschitz(asked);
    return isDecided(last) ? last : found;
  };
  const interrupt = (): void => {
    void threads?.close();
    void startedSearch?.close();
  };
  signal?.addEventListener('abort', interrupt, { once: true });
  return {
    async verify(asked, { towards = [], subject = 'query' } = {}) {
      if (engine === 'lipschitz') return aborted() ? interrupted : lipschitz(asked);
      if (engine === 'z3') {
        const answer = falsified(asked, towards) ?? (await z3(asked));
        if (answer.verdict !== 'unsat' || !check) return answer;
        const proved = (await intervals.verify(asked)) ?? (await searchAndRidges(asked));
        if (!isDecided(proved)) return answer;
        const known = agreed(proved, answer, subject);
        // What z3 says of the tightened encoding rests on intervals too, and adds nothing to a certificate.
        return tighten ? proved : known;
      }
      const verdict = await own(asked, towards);
      if (engine === 'both') return aborted() ? verdict : agreed(verdict, await z3(asked), subject);
      return engine !== 'auto' || isDecided(verdict) || aborted() ? verdict : either(verdict, await z3(asked));
    },
    async close() {
      signal?.removeEventListener('abort', interrupt);
      await Promise.all([startedZ3?.close(), startedSearch?.close(), threads?.close()]);
    },
  };
}

/** Pieces of functions that ridges may work on before the search is asked, half a second. */
const littleEffort = 100_000;

const interrupted: Verdict = { verdict: 'unknown', reason: 'interrupted' };

const isDecided = ({ verdict }: Verdict): boolean => verdict === 'unsat' || verdict === 'sat';

/** What is known when muball's own rungs and z3 have spoken on one ball. @throws InternalError when they disagree. */
function agreed(own: Verdict, z3: Verdict, subject: string): Verdict {
  if (isDecided(own) && isDecided(z3) && own.verdict !== z3.verdict) {
    const [mine, other] = [own, z3].map(
      (answer) => `${answer.verdict}${answer.verdict === 'sat' ? ' with a replayed counterexample' : ''}`,
    );
    const engine = own.verdict === 'unsat' ? own.evidence.engines.join(' and ') : 'the search';
    throw new InternalError(`${subject}: expected engines to agree, got ${mine} by ${engine} and ${other} by z3`);
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
