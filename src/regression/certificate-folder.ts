/**
 * Folders of certificates, as `muball prove --certificates` writes them.
 *
 * Main definitions: `certificateFolder`, `CertificateFolder`, `readManifest`, the paths of its files.
 *
 * `network.json`, `dataset.json` (unless a box was asked about), and in `balls` a query and a certificate for each ball
 * that has one, named by its sample. `manifest.json` comes last: a folder without it is unfinished. All files appear whole
 * or not at all and follow from the question and the proofs alone, so processes that ask the same may share a folder.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { datasetToFile, readDataset, writeFileWhole } from '../data/index.js';
import {
  type CertificateFile,
  certificateText,
  InputError,
  type ManifestFile,
  manifestFileAt,
  rangesText,
} from '../format/index.js';
import type { Dataset } from '../geometry/index.js';
import { readNetworkFile } from '../interop/index.js';
import { type Network, networkFileText } from '../network/index.js';
import { certificateOf } from '../verify/certificate-of.js';
import { intervalCertificate } from '../verify/checked-interval.js';
import { type Query, queryToFile } from '../verify/query.js';
import type { Verdict } from '../verify/verdict.js';

export const manifestPath = (folder: string): string => join(folder, 'manifest.json');
export const networkPath = (folder: string): string => join(folder, 'network.json');
export const datasetPath = (folder: string): string => join(folder, 'dataset.json');
export const ballsPath = (folder: string): string => join(folder, 'balls');

/** The names of a ball's files in `balls`: as many digits as the last sample has. */
export function ballFiles(sample: number, samples: number): { readonly query: string; readonly certificate: string } {
  const name = String(sample).padStart(String(samples - 1).length, '0');
  return { query: `${name}.query.json`, certificate: `${name}.certificate.json` };
}

const ballFile = /^\d+\.(?:query|certificate)\.json(?:\.(\d+)\.tmp)?$/;

export interface CertificateFolder {
  /** Writes query and certificate of a ball that has been proved; of others, nothing. */
  keep(sample: number, query: Query, verdict: Verdict): void;
  /** Removes balls of earlier runs, writes the manifest, and says how many certificates there are. */
  finish(): number;
}

/**
 * A folder for the certificates of one question, begun anew: its old manifest goes.
 * @throws InputError when a file cannot be written.
 */
export function certificateFolder(
  folder: string,
  question: Pick<ManifestFile, 'muball' | 'network' | 'asked'>,
  { network, data }: { readonly network: Network; readonly data?: Dataset },
): CertificateFolder {
  const { muball, network: hash, asked } = question;
  const samples = asked.kind === 'balls' ? asked.samples : 1;
  const certified = new Set<number>();
  rmSync(manifestPath(folder), { force: true });
  writeFileWhole(networkPath(folder), networkFileText(network));
  if (data === undefined) rmSync(datasetPath(folder), { force: true });
  else writeFileWhole(datasetPath(folder), [`${JSON.stringify(datasetToFile(data))}\n`]);
  return {
    keep(sample, query, verdict) {
      const certificate = certificateOf(query, verdict) ?? uncheckedCertificate(query, verdict);
      if (certificate === undefined) return;
      const files = ballFiles(sample, samples);
      const write = (name: string, text: string): void => writeFileWhole(join(ballsPath(folder), name), [`${text}\n`]);
      write(files.query, JSON.stringify(queryToFile(query, { inline: false })));
      write(files.certificate, certificateText(certificate));
      certified.add(sample);
    },
    finish() {
      const ranges = rangesText([...certified].sort((a, b) => a - b));
      const kept = new Set([...certified].flatMap((sample) => Object.values(ballFiles(sample, samples))));
      for (const name of namesIn(ballsPath(folder))) {
        const found = ballFile.exec(name);
        if (found === null || kept.has(name)) continue;
        // What a killed process was writing; a living one still is.
        if (found[1] !== undefined && isAlive(Number(found[1]))) continue;
        rmSync(join(ballsPath(folder), name), { force: true });
      }
      const manifest: ManifestFile = {
        format: 'muball-manifest',
        version: 1,
        muball,
        network: hash,
        asked,
        ...(ranges === '' ? {} : { certified: ranges }),
      };
      writeFileWhole(manifestPath(folder), [`${JSON.stringify(manifest)}\n`]);
      return certified.size;
    },
  };
}

/** The certificate of what no checker has seen yet, as with `--no-check` and large networks: `muball check` will tell. */
function uncheckedCertificate(query: Query, verdict: Verdict): CertificateFile | undefined {
  if (verdict.verdict !== 'unsat') return undefined;
  return (
    verdict.certificate ?? (verdict.evidence.engines.includes('interval') ? intervalCertificate(query) : undefined)
  );
}

/** The manifest of a folder. @throws InputError when it cannot be read or is none. */
export function readManifest(folder: string): ManifestFile {
  const path = manifestPath(folder);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'none: no run that writes one has ended here' : `${code ?? 'error'}`;
    throw new InputError(`${path}: expected a manifest, got ${why}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InputError(`${path}: expected JSON, got something else`);
  }
  return manifestFileAt(value, path);
}

/** The dataset that a folder of certificates holds. @throws InputError as `readDataset`. */
export const datasetIn = (folder: string): Promise<Dataset> => readDataset(datasetPath(folder));

/** The network that a folder of certificates holds. @throws InputError as `readNetworkFile`. */
export const networkIn = async (folder: string): Promise<Network> =>
  (await readNetworkFile(networkPath(folder))).network;

/** The files of a folder; none when it is not there. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
