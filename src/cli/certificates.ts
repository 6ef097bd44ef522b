/** Folders of certificates for the questions that commands ask. */
import { formatRational } from '../exact/index.js';
import { networkHash } from '../network/index.js';
import { type CertificateFolder, certificateFolder, datasetHash } from '../regression/index.js';
import { type Query, queryToFile } from '../verify/query.js';
import { print } from './print.js';
import type { ProofProblem } from './proof-run.js';
import { version } from './version.js';

/** A folder for the balls of a problem. @throws InputError when it cannot be written. */
export function ballCertificates(folder: string, problem: ProofProblem): CertificateFolder {
  const { data, network, norm, measured, open, reading } = problem;
  const asked = {
    kind: 'balls' as const,
    ...(data.name === undefined ? {} : { name: data.name }),
    dataset: datasetHash(data),
    samples: data.size,
    norm,
    radius: formatRational(measured.radius.radius),
    ...(open ? { open: true as const } : {}),
    output: reading,
  };
  return certificateFolder(folder, { muball: version, network: networkHash(network), asked }, { network, data });
}

/** A folder for one query about a box. @throws InputError when it cannot be written. */
export function boxCertificates(folder: string, query: Query): CertificateFolder {
  const { network } = query;
  const asked = { kind: 'query' as const, query: queryToFile(query, { inline: false }) };
  return certificateFolder(folder, { muball: version, network: networkHash(network), asked }, { network });
}

/** Completes a folder, and says so unless JSON is printed. */
export function finishCertificates(
  certificates: CertificateFolder | undefined,
  flags: { readonly certificates?: string; readonly json?: boolean },
): void {
  if (certificates === undefined) return;
  const count = certificates.finish();
  if (flags.json === true) return;
  print(`  ${count} ${count === 1 ? 'certificate' : 'certificates'} in ${flags.certificates}`);
}
