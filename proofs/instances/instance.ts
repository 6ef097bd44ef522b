/**
 * Instances: a construction, a norm, a small dataset and a radius, with the network and the query of every ball.
 *
 * Main definitions: `Instance`, `instances` (the table spelt out), `problemOf`, `isUncertified`.
 */
import { theoremNamed } from '../../src/construction/index.js';
import { half, mul, type Rational, zero } from '../../src/exact/index.js';
import type { Norm } from '../../src/format/index.js';
import {
  classes,
  constantRadius,
  type Dataset,
  ratioRadius,
  resolveRadius,
  separation,
} from '../../src/geometry/index.js';
import type { Network } from '../../src/network/index.js';
import { type Query, robustnessQuery } from '../../src/verify/query.js';
import { type DatasetName, datasetNames, datasets } from './datasets.js';
import { type Entry, ratios, table } from './table.js';

/** `proved` by certificates, and within z3's reach; `certificate` by certificates alone. */
export type Evidence = 'proved' | 'certificate';

export interface Instance {
  /** `ygz-wide linf xor 0.99`. */
  readonly name: string;
  readonly entry: Entry;
  readonly dataset: DatasetName;
  /** ρ = 2μ/δ as text, as a part of the largest ρ that the construction promises; `open` for open balls of radius δ/2; `any` for one class, where δ = ∞ and μ = 1 is taken. */
  readonly ratio: string;
  readonly evidence: Evidence;
}

export interface Problem {
  readonly data: Dataset;
  readonly network: Network;
  readonly radius: Rational;
  /** Whether no point of the ball around sample i has an output other than its label. */
  readonly query: (i: number) => Query;
}

/** All instances, in the order of the table. */
export const instances: readonly Instance[] = table.flatMap((entry) =>
  datasetNames
    .filter((dataset) => serves(entry.construction, dataset) && (entry.datasets?.includes(dataset) ?? true))
    .flatMap((dataset) =>
      ratiosOf(entry, dataset).map((ratio): Instance => {
        const beyond: readonly string[] = entry.beyond?.[dataset] ?? [];
        return {
          name: `${entry.construction} ${entry.norm} ${dataset} ${ratio}`,
          entry,
          dataset,
          ratio,
          evidence: beyond.includes(ratio) ? 'certificate' : 'proved',
        };
      }),
    ),
);

/** Whether z3 alone shows some of its balls. */
export const isUncertified = ({ entry, dataset, ratio }: Instance): boolean =>
  entry.uncertified?.[dataset]?.includes(ratio) ?? false;

/** Whether a construction can have a dataset: a sign tells two classes apart, and shifts of a signal have its label. */
export function serves(construction: string, dataset: DatasetName): boolean {
  const { notion, norms, range } = theoremNamed(construction);
  const data = datasets[dataset];
  if (classes(data).length < 2) return true;
  return (notion !== 'sign' || classes(data).length <= 2) && range?.end(data, norms[0]!).n !== 0n;
}

/** The ratios of an entry for a dataset; `any` alone for one class. */
export function ratiosOf(entry: Entry, dataset: DatasetName): readonly string[] {
  if (separation(datasets[dataset], entry.norm) === undefined) return ['any'];
  const asked = entry.ratios?.[dataset] ?? ratios;
  return theoremNamed(entry.construction).balls === 'open' ? [...asked, 'open'] : asked;
}

/** The network of an instance and the queries of its balls. */
export function problemOf({ entry, dataset, ratio }: Pick<Instance, 'entry' | 'dataset' | 'ratio'>): Problem {
  const { construction, norm, hyperplanes } = entry;
  const data = datasets[dataset];
  const open = ratio === 'open';
  const theorem = theoremNamed(construction);
  const part = separation(data, norm) === undefined ? undefined : theorem.range?.end(data, norm);
  const asked = open ? mul(half, separation(data, norm)!.magnitude) : radiusAt(data, norm, ratio);
  const radius = part === undefined ? asked : mul(part, asked);
  const { network } = theorem.construct(data, {
    norm,
    radius: open ? zero : radius,
    ...(hyperplanes === undefined ? {} : { hyperplanes }),
  });
  const options = { norm, radius, reading: network.output!, open };
  return { data, network, radius, query: (i) => robustnessQuery(network, data, i, options) };
}

/** ρδ/2, in ℓ2 rounded down; 1 for the ratio `any`. */
export function radiusAt(data: Dataset, norm: Norm, ratio: string): Rational {
  const asked = ratio === 'any' ? constantRadius({ n: 1n, d: 1n }) : ratioRadius(ratio);
  return resolveRadius(asked, separation(data, norm), data).radius;
}
