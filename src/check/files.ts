/**
 * Reads the three files: network, query and certificate.
 *
 * Main definitions: `networkAt`, `queryAt`, `certificateAt`.
 *
 * Notes. The readers below list fields in the order of the canonical text (read.ts). How outputs are read as labels
 * proves nothing: it is read only because it belongs to that text. `provenance` may hold anything and is left out. A
 * region is never empty, which is checked here, so that no proof is vacuous.
 */
import type { CertificateFile, IntervalProof } from '../format/certificate-file.js';
import type { NetworkFile, NetworkFileLayer, NetworkFileRow, OutputReading } from '../format/network-file.js';
import type { ConstraintFile, NetworkReference, QueryFile, RegionFile } from '../format/query-file.js';
import { overOneDenominator } from './rational.js';
import { count, flag, hash, list, mismatch, object, oneOf, type Reader, rational, same, tagged } from './read.js';

const version = oneOf(1);
const columns = list(count());
const weights = list(rational);

const row = object<NetworkFileRow>({ bias: rational, columns, weights });
const activation = oneOf('relu', 'step', 'identity');
const layer = object<NetworkFileLayer>({ activation, inputs: count(1), rows: list(row, 1) });
const output = tagged<OutputReading>('notion', {
  exact: object({ notion: oneOf('exact'), labels: list(rational) }),
  round: object({ notion: oneOf('round'), labels: list(rational) }),
  sign: object({ notion: oneOf('sign'), negative: count(), positive: count() }),
  argmax: object({ notion: oneOf('argmax'), classes: count() }),
});
const network = object<NetworkFile>({
  format: oneOf('muball-network'),
  version,
  output: (value, where, used) => (value === undefined ? undefined : output(value, where, used)),
  provenance: () => undefined,
  layers: list(layer, 1),
});

const reference: Reader<NetworkReference> = (value, where, used) =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'sha256')
    ? object({ sha256: hash })(value, where, used)
    : networkAt(value, where);
const norm = oneOf('l1', 'l2', 'linf');
const region = tagged<RegionFile>('kind', {
  ball: object({ kind: oneOf('ball'), norm, centre: list(rational), radius: rational, open: flag }),
  box: object({ kind: oneOf('box'), lower: list(rational), upper: list(rational) }),
});
const unsafe = list(list(object<ConstraintFile>({ columns, weights, bias: rational, strict: flag })));
const query = object<QueryFile>({ format: oneOf('muball-query'), version, network: reference, region, unsafe });

type IntervalCertificate = Omit<CertificateFile, 'lemmas' | 'proofs'> & { readonly proofs: readonly IntervalProof[] };
const proofs = list(object<IntervalProof>({ rule: oneOf('interval') }));
const certificate = object<IntervalCertificate>({ format: oneOf('muball-certificate'), version, query: hash, proofs });

/** The value as a network whose layers fit together and store no weight 0. */
export function networkAt(value: unknown, where: string): NetworkFile {
  const file = network(value, where, { characters: 0 });
  let width = file.layers[0]!.inputs;
  for (const [i, { inputs, rows }] of file.layers.entries()) {
    same(inputs, width, `${where}.layers[${i}].inputs`);
    for (const [r, entry] of rows.entries()) {
      const place = `${where}.layers[${i}].rows[${r}]`;
      fits(entry, inputs, place);
      if (entry.weights.includes('0')) mismatch('0', `${place}.weights`, 'weights other than 0');
    }
    width = rows.length;
  }
  return file;
}

/** The value as a query about a network with so many inputs and outputs; its region is not empty. */
export function queryAt(value: unknown, where: string, inputs: number, outputs: number): QueryFile {
  const file = query(value, where, { characters: 0 });
  for (const [i, conjunction] of file.unsafe.entries()) {
    for (const [k, entry] of conjunction.entries()) fits(entry, outputs, `${where}.unsafe[${i}][${k}]`);
  }
  if (file.region.kind === 'ball') {
    const { centre, radius, open } = file.region;
    same(centre.length, inputs, `${where}.region.centre`);
    const tooSmall = radius.startsWith('-') || (open && radius === '0');
    if (tooSmall) mismatch(radius, `${where}.region.radius`, open ? 'a radius > 0' : 'a radius ≥ 0');
    return file;
  }
  const { lower, upper } = file.region;
  same(lower.length, inputs, `${where}.region.lower`);
  same(upper.length, inputs, `${where}.region.upper`);
  for (const [j, end] of upper.entries()) {
    const [low, high] = overOneDenominator([lower[j]!, end], `${where}.region`).numerators;
    if (low! > high!) mismatch(end, `${where}.region.upper[${j}]`, 'an upper end at or above the lower one');
  }
  return file;
}

/** The value as a certificate with a proof for each of so many goals. A rule unknown to this version is refused. */
export function certificateAt(value: unknown, where: string, goals: number): IntervalCertificate {
  const file = certificate(value, where, { characters: 0 });
  same(file.proofs.length, goals, `${where}.proofs`);
  return file;
}

/** Checks that columns increase strictly and stay below `inputs`, and that each has its weight. */
function fits({ columns, weights }: NetworkFileRow, inputs: number, where: string): void {
  for (const [k, column] of columns.entries()) {
    const least = k === 0 ? 0 : columns[k - 1]! + 1;
    const isBetween = least <= column && column < inputs;
    if (!isBetween) mismatch(column, `${where}.columns[${k}]`, `a column from ${least} to ${inputs - 1}`);
  }
  same(weights.length, columns.length, `${where}.weights`);
}
