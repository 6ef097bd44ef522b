/**
 * Instances of a project: their list, their lock file, and an instance as a problem for the prover.
 */
import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { bundledNames } from '../data/index.js';
import {
  InputError,
  type InstanceFile,
  type InstancesFile,
  instancesFileAt,
  type LockFile,
  lockFileAt,
} from '../format/index.js';
import type { Dataset } from '../geometry/index.js';
import { readJson } from './command/replay.js';
import { build, datasetFrom, measure, networkFrom, readingOf } from './problem.js';
import type { ProofProblem } from './proof-run.js';

/** The list of instances in a file. @throws InputError naming the place. */
export const readInstances = (path: string): InstancesFile => instancesFileAt(readJson(path), path);

/** The lock file. @throws InputError naming the place. */
export const readLock = (path: string): LockFile => lockFileAt(readJson(path), path);

/** The lines, from 1, on which the instances of a file are named. */
export function instanceLines(path: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  readFileSync(path, 'utf8')
    .split('\n')
    .forEach((text, i) => {
      for (const [, name] of text.matchAll(/"name"\s*:\s*"([^"\\]*)"/g)) if (!lines.has(name!)) lines.set(name!, i + 1);
    });
  return lines;
}

/** A path of a file of instances as seen from the working folder. It never reads as a bundled name or as `-`. */
function pathFrom(file: string, path: string): string {
  if (isAbsolute(path)) return path;
  const joined = join(dirname(file), path);
  return isAbsolute(joined) ? joined : `./${joined}`;
}

/** The dataset of an instance. `file` is where the instance is listed. */
export async function instanceData(instance: InstanceFile, file: string): Promise<Dataset> {
  const { data, label, header } = instance;
  return await datasetFrom({
    data: bundledNames.includes(data as never) ? data : pathFrom(file, data),
    ...(label === undefined ? {} : { label }),
    ...(header === undefined ? {} : { header }),
  });
}

/**
 * The instance's network and balls.
 * @throws InputError and AssumptionError as the commands `prove` and `construct` do for the same flags.
 */
export async function instanceProblem(instance: InstanceFile, data: Dataset, file: string): Promise<ProofProblem> {
  const { norm, ratio, radius, construction, open, notion } = instance;
  const measured = await measure(data, { norm, ...(ratio === undefined ? { radius: radius! } : { ratio }) });
  const common = { data, norm, measured, open: open ?? false };
  if (typeof construction !== 'string') {
    const networkFile = pathFrom(file, construction.network);
    const network = await networkFrom(networkFile, data);
    return { ...common, network, reading: readingOf(network, data, notion), networkFile };
  }
  const built = build(data, norm, measured, {
    construction,
    ...(open === undefined ? {} : { open }),
    ...(instance.projected === undefined ? {} : { projected: instance.projected }),
    ...(instance.seed === undefined ? {} : { seed: instance.seed }),
  });
  const { network } = built.construction;
  return { ...common, network, reading: readingOf(network, data, notion), built };
}

/** The instances of these names, or all. @throws InputError for a name that is in neither list. */
export function selected<I extends { readonly name: string }>(
  all: readonly I[],
  only: readonly string[] | undefined,
  known: readonly string[] = all.map(({ name }) => name),
): readonly I[] {
  if (only === undefined) return all;
  for (const name of only) {
    if (!known.includes(name))
      throw new InputError(`--only: expected ${known.join(', ')}, got ${JSON.stringify(name)}`);
  }
  return all.filter(({ name }) => only.includes(name));
}
