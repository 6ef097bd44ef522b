/**
 * The journal of one run of the prover: what an unfinished run has found out, for the same command given again.
 *
 * Main definitions: `runJournal`, `RunJournal`.
 *
 * Entries are those of the verdict cache (regression/verdict-cache.ts): one file for each finished ball, named by the hash
 * of version, engine and query, written beside its place and renamed. So a run may be killed at any moment, two processes
 * may write one journal, and an entry of another question, version or limit is never used. A run that has finished takes
 * its journal away: asked again, it proves again.
 */
import { rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { formatRational } from '../exact/index.js';
import { networkHash } from '../network/index.js';
import { datasetHash, type VerdictCache, verdictCache } from '../regression/index.js';
import { sha256 } from '../verify/checked-certificate.js';
import type { ProverFlags } from './options.js';
import type { ProofProblem } from './proof-run.js';
import { version } from './version.js';

export interface RunJournal {
  readonly cache: VerdictCache;
  /** Removes the journal of a run that has finished. */
  discard(): void;
}

/** The journal of a run, below `folder`; made with the first ball that is finished. */
export function runJournal(folder: string, problem: ProofProblem, flags: ProverFlags): RunJournal {
  const { engine, timeout, memory, tighten, check } = flags;
  const limits = JSON.stringify({ timeout, memory, tighten, check });
  const { data, network, norm, measured, open, reading } = problem;
  const radius = formatRational(measured.radius.radius);
  const question = [version, engine, limits, networkHash(network), datasetHash(data), norm, radius, open, reading];
  const path = join(folder, 'journal', sha256(JSON.stringify(question)).slice(0, 16));
  return {
    cache: verdictCache(path, { version, limits }),
    discard() {
      // Another process may be writing an entry at this moment: what it leaves behind is an entry, and harmless.
      try {
        rmSync(path, { recursive: true, force: true });
        rmdirSync(join(folder, 'journal'));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      }
    },
  };
}
