/**
 * Checking a folder of certificates: every proof by the independent checker, every query against the question.
 *
 * Main definitions: `checkCertificates`, `CertificatesChecked`.
 *
 * Main statement. If the folder is `whole` and all samples are `valid`, then no ball around a sample of the dataset, of
 * the norm and radius asked for, holds a point whose outputs do not mean the sample's label. The queries are made anew
 * from dataset, network, norm, radius and reading, and it is these that the checker sees; the files of queries have to
 * be equal to them. Nothing is left out: each sample of the dataset is counted. Nothing is added: a file that belongs to
 * no ball of the manifest is a problem of the folder.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NetworkChecker } from '../check/index.js';
import { askedSamples, type ManifestFile, rangesAt } from '../format/index.js';
import { networkHash } from '../network/index.js';
import { sha256 } from '../verify/checked-certificate.js';
import { networkChecker } from '../verify/network-checker.js';
import { type Query, queryToFile } from '../verify/query.js';
import { ballFiles, ballsPath, namesIn, networkIn, readManifest } from './certificate-folder.js';
import { ballsQuestion, boxQuestion, type QuestionOptions, type Same } from './certificate-question.js';

export interface CertificateProblem {
  /** The sample, or undefined for the folder as a whole. */
  readonly sample?: number;
  readonly outcome: 'invalid' | 'holey';
  readonly where: string;
  readonly why: string;
}

export interface CertificatesChecked {
  readonly manifest: ManifestFile;
  /** The question whose certificates were checked: the manifest's, but for what the caller has said. */
  readonly asked: ManifestFile['asked'];
  /** SHA-256 of the network. */
  readonly network: string;
  /** Samples that were looked at, and of these: */
  readonly samples: number;
  readonly valid: number;
  readonly invalid: number;
  readonly holey: number;
  /** those for which the manifest states no certificate. */
  readonly without: number;
  /** Size of the certificates looked at, in bytes. */
  readonly bytes: number;
  /** Whether the folder as a whole is what it says: its files, network, dataset, question. */
  readonly whole: boolean;
  readonly problems: readonly CertificateProblem[];
  /** Samples looked at, when the check was interrupted. */
  readonly interruptedAfter?: number;
}

export interface CheckCertificatesOptions extends QuestionOptions {
  /** Samples to look at, as text of ranges. @defaultValue all */
  readonly only?: string;
  readonly signal?: AbortSignal;
  /** Called after each sample. */
  readonly onSample?: () => void;
}

/**
 * Checks the certificates of a folder.
 * @throws InputError when the manifest, the network or the dataset cannot be read, or the question is of another kind.
 */
export async function checkCertificates(
  folder: string,
  options: CheckCertificatesOptions = {},
): Promise<CertificatesChecked> {
  const manifest = readManifest(folder);
  const problems: CertificateProblem[] = [];
  const refuse = (where: string, why: string): void => void problems.push({ outcome: 'invalid', where, why });
  const same: Same = (where, found, expected) => {
    if (found !== expected) refuse(where, `expected ${expected}, got ${found}`);
  };

  const copy = await networkIn(folder);
  const network = options.network ?? copy;
  const hash = networkHash(network);
  same('manifest.network', manifest.network, hash);
  if (options.network !== undefined) same('network.json', networkHash(copy), hash);
  const question =
    manifest.asked.kind === 'balls'
      ? await ballsQuestion(folder, manifest.asked, network, options, same)
      : boxQuestion(manifest.asked, network, options, same);

  const size = askedSamples(manifest);
  const certified = new Set(manifest.certified === undefined ? [] : rangesAt(manifest.certified, 'certified', size));
  const stated = new Set([...certified].flatMap((sample) => Object.values(ballFiles(sample, size))));
  for (const name of namesIn(ballsPath(folder)))
    if (!stated.has(name)) refuse(`balls/${name}`, 'no ball of the manifest has this file');
  const check = networkChecker(network);
  if (!('check' in check)) refuse(check.where, check.why);

  const count = { valid: 0, invalid: 0, holey: 0, without: 0 };
  const whole = problems.length === 0;
  const all = Array.from({ length: question.samples }, (_, i) => i);
  const samples = options.only === undefined ? all : rangesAt(options.only, '--samples', question.samples);
  let bytes = 0;
  let done = 0;
  for (const sample of samples) {
    if (options.signal?.aborted === true) break;
    if (!certified.has(sample)) count.without++;
    else if (!('check' in check)) count.invalid++;
    else {
      const found = ballOutcome(folder, question.query(sample), ballFiles(sample, size), check);
      bytes += found.bytes;
      const { outcome } = found;
      count[outcome.outcome]++;
      if (outcome.outcome !== 'valid') problems.push({ sample, ...outcome });
    }
    done++;
    options.onSample?.();
    // Lets signals and progress through.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { asked } = question;
  const interrupted = done < samples.length ? { interruptedAfter: done } : {};
  return { manifest, asked, network: hash, samples: samples.length, ...count, bytes, whole, problems, ...interrupted };
}

type BallOutcome = { readonly outcome: 'valid' } | Omit<CertificateProblem, 'sample'>;

/** What the checker says to the certificate of a ball, after its query file has been compared. */
function ballOutcome(
  folder: string,
  query: Query,
  files: { readonly query: string; readonly certificate: string },
  check: NetworkChecker,
): { readonly outcome: BallOutcome; readonly bytes: number } {
  const invalid = (name: string, why: string, bytes = 0) => ({
    outcome: { outcome: 'invalid' as const, where: `balls/${name}`, why },
    bytes,
  });
  const [asked, certificate] = [files.query, files.certificate].map((name) => jsonIn(join(ballsPath(folder), name)));
  if ('why' in asked!) return invalid(files.query, asked.why);
  if ('why' in certificate!) return invalid(files.certificate, certificate.why);
  const { bytes } = certificate!;
  const expected = queryToFile(query, { inline: false });
  if (JSON.stringify(asked!.value) !== JSON.stringify(expected))
    return invalid(files.query, 'not the query of this ball', bytes);
  const outcome = check.check(expected, certificate!.value, sha256);
  if (outcome.outcome === 'valid') return { outcome, bytes };
  return { outcome: { ...outcome, where: `balls/${files.certificate}: ${outcome.where}` }, bytes };
}

/** The JSON value of a file with its size, or why there is none. */
function jsonIn(path: string): { readonly value: unknown; readonly bytes: number } | { readonly why: string } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return { why: 'left out' };
  }
  try {
    return { value: JSON.parse(text), bytes: Buffer.byteLength(text) };
  } catch {
    return { why: 'expected JSON, got something else' };
  }
}
