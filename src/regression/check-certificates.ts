/**
 * Checking a folder of certificates: every proof by the independent checker, every query against the question.
 *
 * Main definitions: `checkCertificates`, `CertificatesChecked`.
 *
 * Main statement. If all samples are `valid`, then no ball of the dataset around a sample, of the norm and radius of the
 * manifest, holds a point whose outputs do not mean the sample's label. The queries are made anew from dataset, network
 * and manifest, and it is these that the checker sees; the files of queries have to be equal to them. Nothing is left out:
 * each sample is counted; nothing is added: a file that belongs to no stated ball makes the folder invalid.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checker, type NetworkChecker } from '../check/index.js';
import { readDataset } from '../data/index.js';
import { parseRational } from '../exact/index.js';
import { askedSamples, InputError, type ManifestFile, manifestFileAt, queryFileAt, rangesAt } from '../format/index.js';
import type { Dataset } from '../geometry/index.js';
import { readNetworkFile } from '../interop/index.js';
import { type Network, networkHash, networkToFile } from '../network/index.js';
import { sha256 } from '../verify/checked-interval.js';
import { type Query, queryFromFile, queryHash, queryToFile, robustnessQuery } from '../verify/query.js';
import { ballFiles, ballsPath, datasetPath, manifestPath, namesIn, networkPath } from './certificate-folder.js';
import { datasetHash } from './dataset-hash.js';

export interface CertificateProblem {
  /** The sample, or undefined for the folder as a whole. */
  readonly sample?: number;
  readonly outcome: 'invalid' | 'holey';
  readonly where: string;
  readonly why: string;
}

export interface CertificatesChecked {
  readonly manifest: ManifestFile;
  /** Samples that were looked at. */
  readonly samples: number;
  readonly valid: number;
  readonly invalid: number;
  readonly holey: number;
  /** Samples for which the manifest states no certificate. */
  readonly without: number;
  /** Whether the folder as a whole is what it says: files, network, dataset. */
  readonly whole: boolean;
  readonly problems: readonly CertificateProblem[];
}

export interface CheckCertificatesOptions {
  /** The dataset and network that are meant. @defaultValue those in the folder */
  readonly data?: Dataset;
  readonly network?: Network;
  /** What else the question has to be: fields of `asked` with their text. */
  readonly expected?: Readonly<Record<string, string>>;
  /** Samples to look at. @defaultValue all */
  readonly only?: string;
}

/** The manifest of a folder. @throws InputError when it cannot be read or is none. */
export function readManifest(folder: string): ManifestFile {
  const path = manifestPath(folder);
  const text = textOf(path);
  if (text === undefined)
    throw new InputError(`${path}: expected a manifest, got none: the run that writes it has not ended`);
  return manifestFileAt(jsonOf(text, path), path);
}

/**
 * Checks the certificates of a folder.
 * @throws InputError when the manifest, the network or the dataset cannot be read.
 */
export async function checkCertificates(
  folder: string,
  options: CheckCertificatesOptions = {},
): Promise<CertificatesChecked> {
  const manifest = readManifest(folder);
  const { asked } = manifest;
  const size = askedSamples(manifest);
  const problems: CertificateProblem[] = [];
  const refuse = (where: string, why: string, sample?: number): void => {
    problems.push({ ...(sample === undefined ? {} : { sample }), outcome: 'invalid', where, why });
  };
  const same = (where: string, found: string, expected: string): void => {
    if (found !== expected) refuse(where, `expected ${expected}, got ${found}`);
  };

  const network = options.network ?? (await readNetworkFile(networkPath(folder))).network;
  same('manifest.network', manifest.network, networkHash(network));
  if (options.network !== undefined) {
    const copy = await readNetworkFile(networkPath(folder));
    same('network.json', networkHash(copy.network), networkHash(network));
  }
  let query: (sample: number) => Query;
  if (asked.kind === 'balls') {
    const copy = await readDataset(datasetPath(folder));
    const data = options.data ?? copy;
    same('dataset.json', datasetHash(copy), datasetHash(data));
    same('manifest.asked.dataset', asked.dataset, datasetHash(data));
    same('manifest.asked.samples', String(asked.samples), String(data.size));
    for (const [field, value] of Object.entries(options.expected ?? {}))
      same(`manifest.asked.${field}`, String(asked[field as keyof typeof asked] ?? false), value);
    const radius = parseRational(asked.radius);
    query = (i) =>
      robustnessQuery(network, data, i, { norm: asked.norm, radius, reading: asked.output, open: asked.open === true });
  } else {
    query = () => queryFromFile(asked.query, network);
  }

  const certified = new Set(manifest.certified === undefined ? [] : rangesAt(manifest.certified, 'certified', size));
  const stated = new Set([...certified].flatMap((sample) => Object.values(ballFiles(sample, size))));
  for (const name of namesIn(ballsPath(folder)))
    if (!stated.has(name)) refuse(`balls/${name}`, 'no ball of the manifest has this file');

  const only = options.only === undefined ? undefined : rangesAt(options.only, '--samples', size);
  const samples = only ?? Array.from({ length: size }, (_, i) => i);
  const count = { valid: 0, invalid: 0, holey: 0, without: 0 };
  const whole = problems.length === 0;
  const check = whole ? networkChecker(network, refuse) : undefined;
  for (const sample of samples) {
    if (!certified.has(sample)) {
      count.without++;
      continue;
    }
    // Of a folder that is not what it says, no certificate counts.
    if (check === undefined) {
      count.invalid++;
      continue;
    }
    const found = ballOutcome(folder, query(sample), ballFiles(sample, size), check);
    count[found.outcome]++;
    if (found.outcome !== 'valid') problems.push({ sample, ...found });
  }
  return { manifest, samples: samples.length, ...count, whole: whole && check !== undefined, problems };
}

type BallOutcome = { readonly outcome: 'valid' } | Omit<CertificateProblem, 'sample'>;

/** What the checker says to the certificate of a ball, after its query file has been compared. */
function ballOutcome(
  folder: string,
  query: Query,
  files: { readonly query: string; readonly certificate: string },
  check: NetworkChecker,
): BallOutcome {
  const invalid = (name: string, why: string): BallOutcome => ({ outcome: 'invalid', where: `balls/${name}`, why });
  const read = (name: string): { readonly value: unknown } | string => {
    const text = textOf(join(ballsPath(folder), name));
    if (text === undefined) return 'left out';
    try {
      return { value: JSON.parse(text) };
    } catch {
      return 'expected JSON, got something else';
    }
  };
  const [asked, certificate] = [read(files.query), read(files.certificate)];
  if (typeof asked === 'string') return invalid(files.query, asked);
  if (typeof certificate === 'string') return invalid(files.certificate, certificate);
  try {
    const stored = queryHash(queryFromFile(queryFileAt(asked.value), query.network));
    if (stored !== queryHash(query)) return invalid(files.query, 'not the query of this ball');
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return invalid(files.query, error.message);
  }
  const outcome = check.check(queryToFile(query, { inline: false }), certificate.value, sha256);
  return outcome.outcome === 'valid' ? outcome : { ...outcome, where: `balls/${files.certificate}: ${outcome.where}` };
}

function networkChecker(network: Network, refuse: (where: string, why: string) => void): NetworkChecker | undefined {
  const { provenance: _, ...file } = networkToFile(network);
  const read = checker(file);
  if ('check' in read) return read;
  refuse(read.where, read.why);
  return undefined;
}

/** The text of a file; undefined when it cannot be read. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError(`${path}: expected JSON, got something else`);
  }
}
