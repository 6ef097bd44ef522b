/**
 * What the flags of `muball check` say of the question that a folder of certificates should answer.
 *
 * Main definition: `meantQuestion`.
 */
import { formatRational } from '../exact/index.js';
import { InputError, type ManifestFile, type Norm, type Notion } from '../format/index.js';
import type { Dataset } from '../geometry/index.js';
import { readNetworkFile } from '../interop/index.js';
import { type BallsExpected, datasetIn, networkIn, type QuestionOptions } from '../regression/index.js';
import type { DataFlags } from './options.js';
import { datasetFrom, measure, networkFrom, readingOf } from './problem.js';
import { unsafeQuery } from './prove-unsafe.js';

export interface QuestionFlags extends Partial<DataFlags> {
  readonly network?: string;
  readonly norm?: Norm;
  readonly ratio?: string;
  readonly radius?: string;
  readonly open?: boolean;
  readonly notion?: Notion;
  readonly unsafe?: readonly string[];
  readonly lower?: string;
  readonly upper?: string;
  readonly samples?: string;
}

export interface Meant {
  readonly options: QuestionOptions;
  /** What the flags say. */
  readonly said: readonly string[];
  readonly data?: Dataset;
}

/** The question as far as the flags name it. @throws InputError as the flags are read, and for flags of another kind. */
export async function meantQuestion(
  folder: string,
  asked: ManifestFile['asked'],
  flags: QuestionFlags,
): Promise<Meant> {
  const { network: networkFile, norm, ratio, radius, open, notion, unsafe } = flags;
  if (unsafe !== undefined) {
    if (asked.kind !== 'query') throw new InputError(`--unsafe: ${folder} has certificates of balls`);
    const query = await unsafeQuery({ ...flags, unsafe, network: networkFile! });
    return { options: { query, network: query.network }, said: ['network', 'box and unsafe outputs'] };
  }
  const aboutBalls = { data: flags.data, norm, ratio, radius, open, notion, samples: flags.samples };
  if (asked.kind === 'query') {
    const flag = Object.entries(aboutBalls).find(([, value]) => value !== undefined)?.[0];
    if (flag !== undefined) throw new InputError(`--${flag}: ${folder} has the certificate of a box`);
    const network = networkFile === undefined ? undefined : (await readNetworkFile(networkFile)).network;
    return { options: network === undefined ? {} : { network }, said: network === undefined ? [] : ['network'] };
  }
  const given = flags.data === undefined ? undefined : await datasetFrom({ ...flags, data: flags.data });
  const data = given ?? (await datasetIn(folder));
  const network = networkFile === undefined ? undefined : await networkFrom(networkFile, data);
  const expected: { -readonly [K in keyof BallsExpected]: BallsExpected[K] } = {};
  if (norm !== undefined) expected.norm = norm;
  if (ratio !== undefined || radius !== undefined) {
    const measured = await measure(data, { ...flags, norm: norm ?? asked.norm });
    expected.radius = formatRational(measured.radius.radius);
    expected.open = open === true;
  } else if (open === true) expected.open = true;
  if (given !== undefined || network !== undefined || notion !== undefined)
    expected.output = readingOf(network ?? (await networkIn(folder)), data, notion);
  const said = [
    ...(given === undefined ? [] : ['dataset']),
    ...(network === undefined ? [] : ['network']),
    ...(norm === undefined ? [] : ['norm']),
    ...(expected.radius === undefined ? [] : ['radius']),
    ...(notion === undefined ? [] : ['notion']),
  ];
  return {
    options: {
      ...(given === undefined ? {} : { data: given }),
      ...(network === undefined ? {} : { network }),
      ...(Object.keys(expected).length === 0 ? {} : { expected }),
    },
    said,
    data,
  };
}
