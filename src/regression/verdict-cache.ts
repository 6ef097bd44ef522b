/**
 * Verdicts kept in a folder, so that what is decided once need not be decided again.
 *
 * Main definitions: `verdictCache`, `VerdictCache`.
 *
 * An entry is found by the hash of (version of muball, engine, query), and a query's hash covers its network, ball and
 * unsafe set. What an entry says is a proposal: a counterexample is replayed exactly, a certificate goes to the checker
 * again. The word of an engine, which nothing can check, is taken as it stands; `two` engines are not kept, because
 * that is printed as proved. Damaged and foreign entries count as absent. `trust` takes certificates on trust too.
 *
 * The journal of one run, which the same run reads when it goes on, keeps two engines and what is undecided as well: it
 * records what this run has said, and an undecided ball is found again only within the same limits.
 *
 * Entries appear whole or not at all, and equal keys have equal contents, so processes may share a folder.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileWhole } from '../data/index.js';
import { formatRational, parseRational } from '../exact/index.js';
import {
  type CachedVerdictFile,
  type CertificateFile,
  cachedVerdictFileAt,
  cachedVerdictFileText,
  cachedVerdictText,
  InputError,
  type InstanceEngine,
} from '../format/index.js';
import { certificateOf } from '../verify/certificate-of.js';
import { checkOutcome, sha256 } from '../verify/checked-certificate.js';
import { type Query, queryHash } from '../verify/query.js';
import { replay, type Verdict } from '../verify/verdict.js';

export interface KeptVerdict {
  readonly verdict: Verdict;
  /** What was done before it was taken over. */
  readonly by: 'replayed' | 'checked' | 'believed';
}

export interface VerdictCache {
  /** The kept verdict of a query, when there is one that stands. */
  find(query: Query, engine: InstanceEngine): KeptVerdict | undefined;
  /** Keeps a verdict, if it is one that can be kept. */
  keep(query: Query, engine: InstanceEngine, verdict: Verdict): void;
  /** Why entries were not used, and whether some could not be written; at most `mostNotes`. */
  readonly notes: readonly string[];
}

export interface VerdictCacheOptions {
  /** Version of muball: verdicts of other versions are not found. */
  readonly version: string;
  /** Whether certificates are believed without being checked again. @defaultValue false */
  readonly trust?: boolean;
  /** For the journal of a run: the limits within which balls are tried, as text. @defaultValue none, no journal */
  readonly limits?: string;
}

/** Notes beyond this number are not kept: one damaged disk needs no thousand lines. */
export const mostNotes = 5;

/** The cache in a folder, which is made when the first verdict is kept. */
export function verdictCache(folder: string, options: VerdictCacheOptions): VerdictCache {
  const { version, trust = false, limits } = options;
  const notes: string[] = [];
  const note = (text: string): void => {
    if (notes.length < mostNotes) notes.push(text);
  };

  const find = (query: Query, engine: InstanceEngine): KeptVerdict | undefined => {
    const hash = queryHash(query);
    const path = entryPath(folder, version, engine, hash);
    const text = textOf(path);
    if (text === undefined) return undefined;
    try {
      const file = intact(text, path);
      requireMatch(file, version, engine, hash, path);
      if ('limits' in file.verdict && file.verdict.limits !== limits) return undefined;
      return standing(query, file, path);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      note(`cache: entry not used: ${error.message}`);
      return undefined;
    }
  };

  const standing = (query: Query, { verdict, certificate }: CachedVerdictFile, path: string): KeptVerdict => {
    if (verdict.verdict === 'sat') {
      const x = verdict.point.map((v) => parseRational(v));
      const found = replay(query, x);
      if (!found.inside || !found.unsafe)
        throw new InputError(`${path}: expected a counterexample, got a point that does not reproduce`);
      return { verdict: { verdict: 'sat', point: x, outputs: found.outputs }, by: 'replayed' };
    }
    if ('limits' in verdict) {
      const { verdict: word, reason } = verdict;
      if (word === 'timed-out')
        return { verdict: { verdict: word, ...(reason === undefined ? {} : { reason }) }, by: 'believed' };
      return { verdict: { verdict: word, reason: reason ?? 'not said' }, by: 'believed' };
    }
    if (certificate === undefined || trust) {
      if (verdict.evidence.level === 'two' && limits === undefined)
        throw new InputError(`${path}: expected evidence that may be kept, got two engines`);
      return { verdict: certificate === undefined ? verdict : { ...verdict, ...carried(certificate) }, by: 'believed' };
    }
    const outcome = checkOutcome(query, certificate);
    if (outcome.outcome !== 'valid') throw new InputError(`${path}: ${outcome.where}: ${outcome.why}`);
    return { verdict: { ...verdict, ...carried(certificate) }, by: 'checked' };
  };

  const keep = (query: Query, engine: InstanceEngine, verdict: Verdict): void => {
    const file = entryOf(query, engine, verdict, version, limits);
    if (file === undefined) return;
    try {
      const text = cachedVerdictFileText(file, sha256(cachedVerdictText(file)));
      writeFileWhole(entryPath(folder, version, engine, file.query), [text]);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      note(`cache: verdict not kept: ${error.message}`);
    }
  };

  return { find, keep, notes };
}

/** The entry for a verdict; undefined for what is not kept without limits: undecided, or two engines. */
function entryOf(
  query: Query,
  engine: InstanceEngine,
  verdict: Verdict,
  version: string,
  limits: string | undefined,
): CachedVerdictFile | undefined {
  const head = {
    format: 'muball-cached-verdict' as const,
    version: 1 as const,
    muball: version,
    engine,
    query: queryHash(query),
  };
  if (verdict.verdict === 'sat')
    return { ...head, verdict: { verdict: 'sat', point: verdict.point.map(formatRational) } };
  if (limits === undefined && (verdict.verdict !== 'unsat' || verdict.evidence.level === 'two')) return undefined;
  if (verdict.verdict !== 'unsat') {
    const { verdict: word, reason } = verdict;
    return { ...head, verdict: { verdict: word, ...(reason === undefined ? {} : { reason }), limits: limits! } };
  }
  const kept = { verdict: 'unsat' as const, evidence: verdict.evidence };
  const certificate = certificateOf(query, verdict);
  return { ...head, verdict: kept, ...(certificate === undefined ? {} : { certificate }) };
}

/** A certificate as verdicts carry it: not at all when it is the one of intervals. */
const carried = (certificate: CertificateFile): { readonly certificate?: CertificateFile } =>
  certificate.proofs.every(({ rule }) => rule === 'interval') ? {} : { certificate };

/** Where the entry of a query lies. */
export function entryPath(folder: string, version: string, engine: InstanceEngine, query: string): string {
  const key = sha256(JSON.stringify({ muball: version, engine, query }));
  return join(folder, key.slice(0, 2), `${key}.json`);
}

/** The text of a file; undefined when it cannot be read. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** The entry of a text whose digest is right. @throws InputError naming the file. */
function intact(text: string, path: string): CachedVerdictFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InputError(`${path}: expected JSON, got something else`);
  }
  const { file, digest } = cachedVerdictFileAt(value, path);
  const found = sha256(cachedVerdictText(file));
  if (found !== digest)
    throw new InputError(`${path}.digest: expected ${found.slice(0, 12)}…, got ${digest.slice(0, 12)}…`);
  return file;
}

/** @throws InputError for an entry that answers another question. */
function requireMatch(
  file: CachedVerdictFile,
  version: string,
  engine: InstanceEngine,
  query: string,
  path: string,
): void {
  const different =
    file.muball !== version
      ? 'version of muball'
      : file.engine !== engine
        ? 'engine'
        : file.query !== query
          ? 'query'
          : undefined;
  if (different !== undefined)
    throw new InputError(`${path}: expected an entry of this place, got one of another ${different}`);
}
