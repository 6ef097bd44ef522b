/**
 * A verdict kept for later runs, one file each.
 *
 * `{"format":"muball-cached-verdict","version":1,"muball":"0.1.0","engine":"auto","query":"<sha256>","verdict":{…},
 * "certificate":{…},"digest":"<sha256>"}`. What was decided is kept: `sat` with its point, `unsat` with its evidence, and
 * a certificate when that is the evidence. The journal of an unfinished run also keeps what was not decided, with the
 * limits within which it was tried. `digest` is SHA-256 of the text of all other fields, in this order and without
 * blanks: it finds damage, not forgery.
 */
import { type CertificateFile, certificateFileAt } from './certificate-file.js';
import { certificateText } from './certificate-text.js';
import { refuse } from './errors.js';
import { type InstanceEngine, instanceEngines } from './instances-file.js';
import { evidenceAt } from './lock-file.js';
import { hashAt } from './query-file.js';
import { arrayAt, objectAt, type RationalText, rationalAt, stringAt, versionAt, wordAt } from './shape.js';
import type { Evidence } from './verdict-file.js';

export type CachedVerdict =
  | { readonly verdict: 'unsat'; readonly evidence: Evidence }
  | { readonly verdict: 'sat'; readonly point: readonly RationalText[] }
  | { readonly verdict: 'unknown' | 'timed-out'; readonly reason?: string; readonly limits: string };

export interface CachedVerdictFile {
  readonly format: 'muball-cached-verdict';
  readonly version: 1;
  /** Version of muball that found the verdict. */
  readonly muball: string;
  readonly engine: InstanceEngine;
  /** SHA-256 of the query, and so of its network. */
  readonly query: string;
  readonly verdict: CachedVerdict;
  /** There exactly when the evidence is a certificate. */
  readonly certificate?: CertificateFile;
}

/** The text that the digest is taken of. */
export function cachedVerdictText(file: CachedVerdictFile): string {
  const { format, version, muball, engine, query, verdict, certificate } = file;
  const text = JSON.stringify({ format, version, muball, engine, query, verdict });
  return certificate === undefined ? text : `${text.slice(0, -1)},"certificate":${certificateText(certificate)}}`;
}

/** The text of the file, with its digest. */
export const cachedVerdictFileText = (file: CachedVerdictFile, digest: string): string =>
  `${cachedVerdictText(file).slice(0, -1)},"digest":"${digest}"}\n`;

/** The value as a kept verdict with its digest, which is not compared. @throws InputError naming the place. */
export function cachedVerdictFileAt(
  value: unknown,
  where = 'cached verdict',
): { readonly file: CachedVerdictFile; readonly digest: string } {
  const fields = ['format', 'version', 'muball', 'engine', 'query', 'verdict', 'certificate', 'digest'];
  const entry = objectAt(value, where, fields);
  versionAt(entry, where, 'muball-cached-verdict');
  const verdict = verdictAt(entry.verdict, `${where}.verdict`);
  const certificate =
    entry.certificate === undefined ? undefined : certificateFileAt(entry.certificate, `${where}.certificate`);
  const certified = verdict.verdict === 'unsat' && verdict.evidence.level === 'certificate';
  if (certified !== (certificate !== undefined)) {
    refuse(`${where}.certificate`, certified ? 'a certificate' : 'no certificate', certified ? 'none' : 'one');
  }
  const file: CachedVerdictFile = {
    format: 'muball-cached-verdict',
    version: 1,
    muball: stringAt(entry.muball, `${where}.muball`),
    engine: wordAt(entry.engine, `${where}.engine`, instanceEngines),
    query: hashAt(entry.query, `${where}.query`),
    verdict,
    ...(certificate === undefined ? {} : { certificate }),
  };
  return { file, digest: hashAt(entry.digest, `${where}.digest`) };
}

function verdictAt(value: unknown, where: string): CachedVerdict {
  const fields = ['verdict', 'evidence', 'point', 'reason', 'limits'];
  const words = ['unsat', 'sat', 'unknown', 'timed-out'] as const;
  const word = wordAt(objectAt(value, where, fields).verdict, `${where}.verdict`, words);
  if (word === 'unknown' || word === 'timed-out') {
    const { reason, limits } = objectAt(value, where, ['verdict', 'reason', 'limits']);
    return {
      verdict: word,
      ...(reason === undefined ? {} : { reason: stringAt(reason, `${where}.reason`) }),
      limits: stringAt(limits, `${where}.limits`),
    };
  }
  if (word === 'unsat') {
    const { evidence } = objectAt(value, where, ['verdict', 'evidence']);
    return {
      verdict: word,
      evidence: evidenceAt(objectAt(evidence, `${where}.evidence`, ['level', 'engines']), `${where}.evidence`),
    };
  }
  const { point } = objectAt(value, where, ['verdict', 'point']);
  return {
    verdict: word,
    point: arrayAt(point, `${where}.point`).map((v, j) => rationalAt(v, `${where}.point[${j}]`)),
  };
}
