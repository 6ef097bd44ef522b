/**
 * The manifest of a folder of certificates: what was asked, and for which balls a certificate is there.
 *
 * `{"format":"muball-manifest","version":1,"muball":"0.1.0","network":"<sha256>","asked":{"kind":"balls","name":"iris",
 * "dataset":"<sha256>","samples":150,"norm":"linf","radius":"99/2000","output":{…}},"certified":"0-149"}`. A question
 * about a box is `"asked":{"kind":"query","query":{…}}`, and counts as one sample. `certified` is left out for none.
 */
import { type OutputReading, outputReadingAt } from './network-file.js';
import { type Norm, normAt } from './norm.js';
import { hashAt, type QueryFile, queryFileAt } from './query-file.js';
import { mostSamples, rangesAt } from './sample-ranges.js';
import { booleanAt, countAt, fileAt, objectAt, type RationalText, rationalAt, stringAt, wordAt } from './shape.js';

/** Is each ball of a dataset robust? */
export interface AskedBalls {
  readonly kind: 'balls';
  /** What people call the dataset. */
  readonly name?: string;
  /** SHA-256 of the dataset. */
  readonly dataset: string;
  readonly samples: number;
  readonly norm: Norm;
  readonly radius: RationalText;
  /** Written only when true. */
  readonly open?: true;
  /** How outputs are read. */
  readonly output: OutputReading;
}

/** Is this one query unsatisfiable? */
export interface AskedQuery {
  readonly kind: 'query';
  readonly query: QueryFile;
}

export interface ManifestFile {
  readonly format: 'muball-manifest';
  readonly version: 1;
  /** Version of muball that wrote the folder. */
  readonly muball: string;
  /** SHA-256 of the network. */
  readonly network: string;
  readonly asked: AskedBalls | AskedQuery;
  /** Ranges of the samples that have a certificate. */
  readonly certified?: string;
}

/** Number of samples that a manifest speaks of. */
export const askedSamples = ({ asked }: ManifestFile): number => (asked.kind === 'balls' ? asked.samples : 1);

/** The value as a manifest. @throws InputError naming the place. */
export function manifestFileAt(value: unknown, where = 'manifest'): ManifestFile {
  const file = fileAt(value, where, 'muball-manifest', ['muball', 'network', 'asked', 'certified']);
  const manifest: ManifestFile = {
    format: 'muball-manifest',
    version: 1,
    muball: stringAt(file.muball, `${where}.muball`),
    network: hashAt(file.network, `${where}.network`),
    asked: askedAt(file.asked, `${where}.asked`),
  };
  if (file.certified === undefined) return manifest;
  rangesAt(file.certified, `${where}.certified`, askedSamples(manifest));
  return { ...manifest, certified: file.certified as string };
}

const ballFields = ['kind', 'name', 'dataset', 'samples', 'norm', 'radius', 'open', 'output'];

function askedAt(value: unknown, where: string): AskedBalls | AskedQuery {
  const kind = wordAt(objectAt(value, where, [...ballFields, 'query']).kind, `${where}.kind`, ['balls', 'query']);
  if (kind === 'query') {
    return { kind, query: queryFileAt(objectAt(value, where, ['kind', 'query']).query, `${where}.query`) };
  }
  const file = objectAt(value, where, ballFields);
  const open = file.open === undefined ? false : booleanAt(file.open, `${where}.open`);
  return {
    kind,
    ...(file.name === undefined ? {} : { name: stringAt(file.name, `${where}.name`) }),
    dataset: hashAt(file.dataset, `${where}.dataset`),
    samples: countAt(file.samples, `${where}.samples`, mostSamples),
    norm: normAt(file.norm, `${where}.norm`),
    radius: rationalAt(file.radius, `${where}.radius`),
    ...(open ? { open } : {}),
    output: outputReadingAt(file.output, `${where}.output`),
  };
}
