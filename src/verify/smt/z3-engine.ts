/**
 * z3 as an engine: queries in, verdicts out.
 *
 * Main definition: `z3Engine`.
 *
 * Every verdict `unsat` is an answer that z3 gave to a whole script, however simple tightening made it; every `sat` has
 * been replayed exactly. On the untightened encoding nothing but the encoder stands between the query and z3.
 */
import { intervalBounds } from '../bounds/interval.js';
import type { Query } from '../query.js';
import type { Verdict } from '../verdict.js';
import { encode } from './encode.js';
import type { CaseForm } from './encode-network.js';
import { verdictOfModel } from './model.js';
import { type Z3Pool, type Z3PoolOptions, z3Pool } from './z3.js';

export interface Z3EngineOptions extends Omit<Z3PoolOptions, 'logic'> {
  /** Whether exact interval bounds remove the cases of stable neurons first. @defaultValue true */
  readonly tighten?: boolean;
  /** How cases are written. @defaultValue 'disjunction' */
  readonly form?: CaseForm;
  /** The processes to use, closed with the engine. @defaultValue a new pool of the options above */
  readonly pool?: Pick<Z3Pool, 'solve' | 'close'>;
}

export interface Z3Engine {
  /**
   * The verdict of z3 on a query, `unknown` once the signal is given. Any number may be asked for at once; they wait
   * for their turn.
   * @throws InternalError when z3 claims a counterexample that does not replay.
   */
  verify(query: Query, signal?: AbortSignal): Promise<Verdict>;
  /** Ends the processes; queries without a verdict become `unknown`. */
  close(): Promise<void>;
}

/** An engine with its own z3 processes, to be closed when done. */
export function z3Engine(options: Z3EngineOptions = {}): Z3Engine {
  const { tighten = true, form = 'disjunction', pool: given, ...poolOptions } = options;
  const pool = given ?? z3Pool(poolOptions);
  // Scripts are megabytes: one more than z3 can take at once is written, the other queries wait as they are.
  let free = (poolOptions.jobs ?? 1) + 1;
  const waiting: (() => void)[] = [];
  let closed = false;

  async function verify(query: Query, signal?: AbortSignal): Promise<Verdict> {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await solved(query, signal);
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  }

  async function solved(query: Query, signal?: AbortSignal): Promise<Verdict> {
    if (closed || signal?.aborted) return { verdict: 'unknown', reason: 'interrupted' };
    const bounds = tighten ? { bounds: intervalBounds(query.network, query.region) } : {};
    const { text, constants } = encode(query, { ...bounds, form });
    const answer = await pool.solve(text, constants, signal === undefined ? {} : { signal });
    switch (answer.status) {
      case 'unsat':
        return { verdict: 'unsat', evidence: { level: 'engine', engines: ['z3'] } };
      case 'sat':
        return verdictOfModel(query, constants, answer.model);
      case 'unknown':
        return { verdict: 'unknown', reason: answer.reason };
      case 'timed-out':
        return { verdict: 'timed-out' };
    }
  }

  async function close(): Promise<void> {
    closed = true;
    await pool.close();
  }

  return { verify, close };
}
