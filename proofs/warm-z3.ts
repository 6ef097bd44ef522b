/**
 * One warm z3 process for a test file, and the questions that proofs ask it.
 *
 * Main definition: `warmZ3`. z3 runs from `dist`, so the project has to be built first.
 */
import { afterAll, vi } from 'vitest';
import { intervalBounds } from '../src/verify/bounds/interval.js';
import type { Query } from '../src/verify/query.js';
import { type EncodeOptions, encode } from '../src/verify/smt/encode.js';
import type { CaseForm } from '../src/verify/smt/encode-network.js';
import { z3Pool } from '../src/verify/smt/z3.js';
import { z3Engine } from '../src/verify/smt/z3-engine.js';
import type { Verdict } from '../src/verify/verdict.js';

/** Nothing that is asked takes this long, unless the machine is very busy. */
const timeoutMs = 120_000;

export interface Encoding {
  readonly tighten: boolean;
  readonly form: CaseForm;
}

/** The encoding that proofs rest on: every neuron with its case distinction. */
export const untightened: Encoding = { tighten: false, form: 'disjunction' };
/** The encodings that must agree with it. */
export const otherEncodings: readonly Encoding[] = [
  { tighten: true, form: 'disjunction' },
  { tighten: false, form: 'ite' },
  { tighten: true, form: 'ite' },
];

export interface WarmZ3 {
  /** What z3 says of a query; `sat` has been replayed. */
  verify(query: Query, encoding?: Encoding): Promise<Verdict>;
  /** What z3 says of a part of the query's script. */
  status(query: Query, options: EncodeOptions & { readonly tighten: boolean }): Promise<string>;
}

/** A z3 process that ends with the test file. To be called at the top of a file. */
export function warmZ3(): WarmZ3 {
  vi.setConfig({ testTimeout: 10 * timeoutMs });
  const pool = z3Pool({ timeoutMs });
  afterAll(() => pool.close());
  return {
    verify: (query, encoding = untightened) => z3Engine({ ...encoding, pool }).verify(query),
    async status(query, { tighten, ...options }) {
      const bounds = tighten ? { bounds: intervalBounds(query.network, query.region) } : {};
      const { text, constants } = encode(query, { ...bounds, ...options });
      return (await pool.solve(text, constants)).status;
    },
  };
}
