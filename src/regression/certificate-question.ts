/**
 * The question that a folder of certificates answers, as queries made anew.
 *
 * Main definitions: `ballsQuestion`, `boxQuestion`. What the caller says is meant counts; the folder has to say the same.
 */
import { parseRational } from '../exact/index.js';
import { type AskedBalls, type AskedQuery, InputError, type ManifestFile } from '../format/index.js';
import type { Dataset } from '../geometry/index.js';
import type { Network } from '../network/index.js';
import { type Query, queryFromFile, queryToFile, robustnessQuery } from '../verify/query.js';
import { datasetIn } from './certificate-folder.js';
import { datasetHash } from './dataset-hash.js';

/** What a question about balls is made of beside dataset and network. */
export type BallsExpected = Partial<Pick<AskedBalls, 'norm' | 'radius' | 'output'>> & { readonly open?: boolean };

export interface QuestionOptions {
  /** The dataset that is meant. @defaultValue that in the folder */
  readonly data?: Dataset;
  /** The network that is meant. @defaultValue that in the folder */
  readonly network?: Network;
  /** What else is known of a question about balls. @defaultValue what the manifest says */
  readonly expected?: BallsExpected;
  /** The question about a box that is meant. @defaultValue that of the manifest */
  readonly query?: Query;
}

/** A question as queries, sample by sample. */
export interface Question {
  readonly asked: ManifestFile['asked'];
  readonly samples: number;
  readonly query: (sample: number) => Query;
}

/** Told where the folder says one thing and another one is meant. */
export type Same = (where: string, found: string, expected: string) => void;

/** The balls of a dataset. @throws InputError when a box is meant, or the folder's dataset cannot be read. */
export async function ballsQuestion(
  folder: string,
  stated: AskedBalls,
  network: Network,
  options: QuestionOptions,
  same: Same,
): Promise<Question> {
  if (options.query !== undefined)
    throw new InputError(`${folder}: expected certificates of a box, got those of balls`);
  const copy = await datasetIn(folder);
  const data = options.data ?? copy;
  const hash = datasetHash(data);
  if (options.data !== undefined) same('dataset.json', datasetHash(copy), hash);
  same('manifest.asked.dataset', stated.dataset, hash);
  same('manifest.asked.samples', String(stated.samples), String(data.size));
  const { expected = {} } = options;
  const norm = expected.norm ?? stated.norm;
  const radius = expected.radius ?? stated.radius;
  const output = expected.output ?? stated.output;
  const open = expected.open ?? stated.open === true;
  same('manifest.asked.norm', stated.norm, norm);
  same('manifest.asked.radius', stated.radius, radius);
  same('manifest.asked.open', String(stated.open === true), String(open));
  same('manifest.asked.output', JSON.stringify(stated.output), JSON.stringify(output));
  const balls = { norm, radius: parseRational(radius), reading: output, open };
  const { open: _, ...rest } = stated;
  return {
    asked: { ...rest, dataset: hash, samples: data.size, norm, radius, ...(open ? { open } : {}), output },
    samples: data.size,
    query: (i) => robustnessQuery(network, data, i, balls),
  };
}

/** One query. @throws InputError when balls are meant, or it does not fit the network. */
export function boxQuestion(
  { query: stated }: AskedQuery,
  network: Network,
  { query, data, expected }: QuestionOptions,
  same: Same,
): Question {
  if (data !== undefined || expected !== undefined)
    throw new InputError('manifest: expected certificates of balls, got that of a box');
  const asked = query ?? queryFromFile(stated, network);
  const file = queryToFile(asked, { inline: false });
  same('manifest.asked.query', JSON.stringify(stated), JSON.stringify(file));
  return { asked: { kind: 'query', query: file }, samples: 1, query: () => asked };
}
