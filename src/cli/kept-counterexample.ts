/** Counterexamples as files that can be replayed. */
import { join, relative } from 'node:path';
import { writeFileWhole } from '../data/index.js';
import { formatRational } from '../exact/index.js';
import type { CounterexampleFile } from '../format/index.js';
import { largestChecked } from '../verify/checked-certificate.js';
import { type Query, queryHash, queryToFile } from '../verify/query.js';
import type { Verdict } from '../verify/verdict.js';

export interface KeptCounterexampleOptions {
  readonly folder: string;
  /** What a person reads. */
  readonly note: string;
  /** Where the network was read from: a network too large to be copied into the file is named so. */
  readonly networkFile?: string;
}

/** Writes a counterexample, under the name of its query, and returns its path. @throws InputError when it cannot be written. */
export function keptCounterexample(
  query: Query,
  found: Verdict & { readonly verdict: 'sat' },
  { folder, note, networkFile }: KeptCounterexampleOptions,
): string {
  const weights = query.network.layers.reduce((sum, layer) => sum + layer.columns.length, 0);
  const inline = weights <= largestChecked || networkFile === undefined;
  const file: CounterexampleFile = {
    format: 'muball-counterexample',
    version: 1,
    query: queryToFile(query, { inline }),
    point: found.point.map(formatRational),
    outputs: found.outputs.map(formatRational),
    ...(inline ? {} : { networkFile: relative(folder, networkFile) }),
    note,
  };
  const path = join(folder, `${queryHash(query).slice(0, 12)}.json`);
  writeFileWhole(path, [`${JSON.stringify(file)}\n`]);
  return path;
}
