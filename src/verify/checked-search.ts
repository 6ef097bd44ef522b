/**
 * The search as an engine: what it proves has been accepted by the independent checker.
 *
 * Main definition: `checkedSearch`.
 */
import { isCheckedByDefault, requireValid } from './checked-certificate.js';
import type { Query } from './query.js';
import { type SearchOptions, search } from './search/index.js';
import { satBy, type Verdict } from './verdict.js';

export interface CheckedSearchOptions extends SearchOptions {
  /**
   * Whether certificates are handed to the checker.
   * @defaultValue true up to 200,000 weights, false above
   */
  readonly check?: boolean;
}

/**
 * The verdict of the search, `unsat` with its certificate.
 * @throws InternalError when the checker refuses a certificate, or a counterexample does not replay.
 */
export async function checkedSearch(query: Query, options: CheckedSearchOptions = {}): Promise<Verdict> {
  const { check = isCheckedByDefault(query.network), ...limits } = options;
  const found = await search(query, limits);
  switch (found.verdict) {
    case 'sat':
      return satBy(query, found.point, 'search');
    case 'unknown':
      return { verdict: 'unknown', reason: found.reason };
    case 'timed-out':
      return { verdict: 'timed-out' };
    case 'unsat': {
      const { certificate } = found;
      if (check) requireValid(query, certificate, 'certificate of the search');
      return {
        verdict: 'unsat',
        evidence: { level: check ? 'certificate' : 'engine', engines: ['search'] },
        certificate,
      };
    }
  }
}
