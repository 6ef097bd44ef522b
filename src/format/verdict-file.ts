/**
 * Verdicts, evidence and kept counterexamples, as files.
 *
 * The four verdicts are a closed list, and `unsat` always says who vouches for it:
 * `certificate` – the independent checker accepted a certificate; `two` – an engine of muball's own (the search, whose
 * first rung is interval propagation, or Lipschitz constants) and z3 on the untightened encoding agree; `engine` – one engine's word. Each level counts as the
 * ones after it.
 */
import { type QueryFile, queryFileAt } from './query-file.js';
import { arrayAt, fileAt, type RationalText, rationalAt, stringAt } from './shape.js';

export type VerdictWord = 'unsat' | 'sat' | 'unknown' | 'timed-out';
export type EvidenceLevel = 'certificate' | 'two' | 'engine';
export type EngineName = 'interval' | 'search' | 'ridge' | 'lipschitz' | 'z3';

export interface Evidence {
  readonly level: EvidenceLevel;
  readonly engines: readonly EngineName[];
}

export type VerdictFile =
  | { readonly verdict: 'unsat'; readonly evidence: Evidence }
  | { readonly verdict: 'sat'; readonly point: readonly RationalText[]; readonly outputs: readonly RationalText[] }
  | { readonly verdict: 'unknown'; readonly reason: string }
  | { readonly verdict: 'timed-out'; readonly reason?: string };

/** A point of the region with an unsafe output, complete enough to be replayed from the file alone. */
export interface CounterexampleFile {
  readonly format: 'muball-counterexample';
  readonly version: 1;
  readonly query: QueryFile;
  readonly point: readonly RationalText[];
  readonly outputs: readonly RationalText[];
  /** Path of the network file, when the query names its network by hash only. */
  readonly networkFile?: string;
  /** What a person reads: sample, label, options. Nothing is decided by it. */
  readonly note?: string;
}

/** The value as a counterexample file. @throws InputError naming the place. */
export function counterexampleFileAt(value: unknown, where = 'counterexample'): CounterexampleFile {
  const file = fileAt(value, where, 'muball-counterexample', ['query', 'point', 'outputs', 'networkFile', 'note']);
  const list = (entry: unknown, place: string) => arrayAt(entry, place).map((v, j) => rationalAt(v, `${place}[${j}]`));
  return {
    format: 'muball-counterexample',
    version: 1,
    query: queryFileAt(file.query, `${where}.query`),
    point: list(file.point, `${where}.point`),
    outputs: list(file.outputs, `${where}.outputs`),
    ...(file.networkFile === undefined ? {} : { networkFile: stringAt(file.networkFile, `${where}.networkFile`) }),
    ...(file.note === undefined ? {} : { note: stringAt(file.note, `${where}.note`) }),
  };
}

/** Evidence as printed, in one vocabulary for all reports. */
export function evidenceText(evidence: Evidence): string {
  switch (evidence.level) {
    case 'certificate':
      return 'proved (certificate)';
    case 'two':
      return evidence.engines.includes('lipschitz') ? 'proved (lipschitz + z3)' : 'proved (search + z3)';
    case 'engine':
      return `unsat (${evidence.engines.join(', ')})`;
  }
}
