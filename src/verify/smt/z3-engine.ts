/**
 * z3 as an engine: queries in, verdicts out.
 *
 * Main definition: `z3Engine`.
 *
 * Every verdict `unsat` is an answer that z3 gave to a whole script, however simple tightening made it; every `sat` has
 * been replayed exactly. On the untightened encoding nothing but the encoder is shared with interval propagation.
 */
import { intervalBounds } from '../bounds/interval.js';
import type { Query } from '../query.js';
import type { Verdict } from '../verdict.js';
import { encode } from './encode.js';
import type { CaseForm } from './encode-network.js';
import { verdictOfModel } from './model.js';
import { type Z3Pool, z3Pool } from './z3.js';

export interface Z3EngineOptions {
  /** Largest number of z3 processes at once. @defaultValue 1 */
  readonly jobs?: number;
  /** Time limit of a query once a process has it. @defaultValue 10000 */
  readonly timeoutMs?: number;
  /** Resident memory at which a process gives up. @defaultValue 1024 */
  readonly memoryMb?: number;
  /** Whether exact interval bounds remove the cases of stable neurons first. @defaultValue true */
  readonly tighten?: boolean;
  /** How cases are written. @defaultValue 'disjunction' */
  readonly form?: CaseForm;
  /** The processes to use, closed with the engine. @defaultValue a new pool of the options above */
  readonly pool?: Pick<Z3Pool, 'solve' | 'close'>;
}

export interface Z3VerifyOptions {
  /** Abandons the query; its verdict is then `unknown`. */
  readonly signal?: AbortSignal;
}

export interface Z3Engine {
  /**
   * The verdict of z3 on a query; as many as `jobs` run at once, the others wait.
   * @throws InternalError when z3 claims a counterexample that does not replay.
   */
  verify(query: Query, options?: Z3VerifyOptions): Promise<Verdict>;
  /** Ends the processes; queries without a verdict become `unknown`. */
  close(): Promise<void>;
}

/** An engine with its own pool of z3 processes; close it when done. */
export function z3Engine(options: Z3EngineOptions = {}): Z3Engine {
  const { jobs, timeoutMs, memoryMb, tighten = true, form = 'disjunction' } = options;
  const pool = options.pool ?? z3Pool(present({ jobs, timeoutMs, memoryMb }));

  async function verify(query: Query, { signal }: Z3VerifyOptions = {}): Promise<Verdict> {
    const bounds = tighten ? { bounds: intervalBounds(query.network, query.region) } : {};
    const { text, constants } = encode(query, { ...bounds, form });
    const answer = await pool.solve(text, constants, present({ signal }));
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

  return { verify, close: () => pool.close() };
}

/** The given options without the absent ones, which would hide the defaults behind them. */
function present<T extends object>(options: T): { [K in keyof T]: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(options).filter(([, v]) => v !== undefined)) as never;
}
