/**
 * From flags to a problem: dataset, separation, radius, network.
 */
import {
  type Candidate,
  type Construction,
  type ConstructionOptions,
  chooseConstruction,
  defaultTheorem,
  type Theorem,
  theoremNamed,
  theorems,
} from '../construction/index.js';
import { bundled, bundledNames, readDataset } from '../data/index.js';
import { formatRational, one, parseRational, zero } from '../exact/index.js';
import { InputError, type Norm, type Notion, type OutputReading } from '../format/index.js';
import {
  classes,
  type Dataset,
  parseRadius,
  type RadiusExpression,
  type ResolvedRadius,
  ratioRadius,
  requireBelowHalf,
  resolveRadius,
  type Separation,
  selectClasses,
  separation,
} from '../geometry/index.js';
import { readNetworkFile } from '../interop/index.js';
import { inputDimension, type Network, outputDimension, outputReading } from '../network/index.js';
import type { BuildFlags, DataFlags, RadiusFlags } from './options.js';

/**
 * The dataset that the flags name: a bundled name, standard input, or a file (`./iris` for a file of a bundled name);
 * all of it, or the classes asked for.
 * @throws InputError as `readDataset` and `selectClasses`, and for flags of CSV files beside a bundled name.
 */
export async function datasetFrom(flags: DataFlags): Promise<Dataset> {
  const data = await wholeDataset(flags);
  if (flags.classes === undefined) return data;
  return selectClasses(
    data,
    flags.classes.split(',').map((name) => name.trim()),
    '--classes',
  );
}

async function wholeDataset(flags: DataFlags): Promise<Dataset> {
  if (bundledNames.includes(flags.data as never)) {
    const flag = flags.label !== undefined ? '--label' : flags.header !== undefined ? '--header' : undefined;
    if (flag !== undefined) throw new InputError(`${flag}: expected a CSV file, got the bundled dataset ${flags.data}`);
    return await bundled(flags.data);
  }
  return await readDataset(flags.data, {
    ...(flags.label === undefined ? {} : { label: flags.label }),
    ...(flags.header === undefined ? {} : { header: flags.header }),
  });
}

export interface Measured {
  readonly separation: Separation | undefined;
  readonly radius: ResolvedRadius;
  /** The radius as it was asked for; undefined when a ratio of δ = ∞ was asked for. */
  readonly asked: RadiusExpression | undefined;
}

/**
 * δ and μ for a dataset.
 * @throws InputError without exactly one of --ratio and --radius, and for radii that make no sense.
 */
export async function measure(data: Dataset, flags: RadiusFlags): Promise<Measured> {
  if (flags.ratio === undefined && flags.radius === undefined) {
    throw new InputError('--radius: expected --ratio or --radius, got neither');
  }
  const closest = separation(data, flags.norm);
  if (flags.ratio !== undefined && closest === undefined) {
    // With one class every radius is below δ/2 = ∞; a finite one has to be chosen to say anything about balls.
    const ratio = parseRational(flags.ratio, '--ratio');
    if (ratio.n < 0n) throw new InputError(`--ratio: expected a ratio ≥ 0, got ${flags.ratio}`);
    const radius = ratio.n === 0n ? zero : one;
    const note = `one class only, δ = ∞: every radius is below δ/2, μ = ${formatRational(radius)} is taken`;
    return {
      separation: closest,
      radius: { radius, exact: true, note, text: `${flags.ratio}*delta/2` },
      asked: undefined,
    };
  }
  const asked = flags.ratio !== undefined ? ratioRadius(flags.ratio) : await parseRadius(flags.radius!);
  return { separation: closest, radius: resolveRadius(asked, closest, data), asked };
}

export interface Built {
  readonly theorem: Theorem;
  readonly construction: Construction;
  /** What became of each theorem, where the one with the fewest parameters was asked for. */
  readonly candidates?: readonly Candidate[];
}

/** Name for the construction with the fewest parameters. */
export const automatic = 'auto';

/** Builds a theorem's network, or the smallest of all, after deciding its hypothesis on the radius as it was asked for. */
export function build(
  data: Dataset,
  norm: Norm,
  measured: Measured,
  flags: BuildFlags & Pick<RadiusFlags, 'open'>,
): Built {
  const among = flags.construction === automatic ? theorems : [namedTheorem(norm, flags.construction)];
  const open = flags.open === true && among.some(({ norms, balls }) => balls === 'open' && norms.includes(norm));
  if (measured.asked !== undefined) requireBelowHalf(measured.asked, measured.separation, data, { open });
  const options: ConstructionOptions = {
    norm,
    radius: measured.radius.radius,
    ...(open ? { open } : {}),
    ...(flags.maxNonzero === undefined ? {} : { maxNonzero: flags.maxNonzero }),
    ...(flags.projected === undefined ? {} : { projected: flags.projected }),
    ...(flags.perLayer === undefined ? {} : { perLayer: flags.perLayer }),
    ...(flags.dyadic === false ? { dyadic: false } : {}),
    ...(flags.extraction === undefined ? {} : { extraction: flags.extraction }),
    ...(flags.hyperplanes === undefined ? {} : { hyperplanes: flags.hyperplanes }),
    ...(flags.rounds === undefined ? {} : { rounds: flags.rounds }),
    ...(flags.complete === false ? { complete: false } : {}),
    ...(flags.shape === undefined ? {} : { shape: flags.shape }),
    ...(flags.window === undefined ? {} : { window: flags.window }),
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
  };
  if (flags.construction === automatic) return chooseConstruction(data, options);
  const theorem = among[0]!;
  return { theorem, construction: theorem.construct(data, options) };
}

function namedTheorem(norm: Norm, name: string | undefined): Theorem {
  const theorem = name === undefined ? defaultTheorem(norm) : theoremNamed(name);
  if (!theorem.norms.includes(norm)) {
    throw new InputError(`--norm: expected ${theorem.norms.join(' or ')} for ${theorem.name}, got ${norm}`);
  }
  return theorem;
}

/** The network of a file, for a dataset. @throws InputError naming the file, also when the network has other inputs. */
export async function networkFrom(path: string, data: Dataset): Promise<Network> {
  const { network } = await readNetworkFile(path);
  const inputs = inputDimension(network);
  if (inputs !== data.dimension) {
    throw new InputError(
      `${path}: network.layers[0].inputs: expected ${data.dimension} as the dataset's dimension, got ${inputs}`,
    );
  }
  return network;
}

/** How outputs are read: as `--notion` says, else as the network says, else by the number of outputs. */
export function readingOf(network: Network, data: Dataset, notion: Notion | undefined): OutputReading {
  const classCount = Math.max(...classes(data)) + 1;
  const own = outputReading(network, classCount);
  if (notion === undefined || notion === own.notion) return own;
  const outputs = outputDimension(network);
  if (notion !== 'argmax' && outputs !== 1) {
    throw new InputError(`--notion: expected a network with one output for ${notion}, got ${outputs}`);
  }
  switch (notion) {
    case 'argmax':
      return { notion, classes: outputs };
    case 'sign':
      return { notion, negative: 0, positive: 1 };
    case 'exact':
    case 'round': {
      const labels = own.notion === 'exact' || own.notion === 'round' ? own.labels : undefined;
      return { notion, labels: labels ?? Array.from({ length: classCount }, (_, c) => String(c)) };
    }
  }
}
