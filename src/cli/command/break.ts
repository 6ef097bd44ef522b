/** `muball break`: two inputs of differently labelled balls that the first layer of a network merges. */
import { type Command, Option } from 'commander';
import { datasetToFile, writeFileWhole } from '../../data/index.js';
import {
  compare,
  formatRational,
  half,
  integerRank,
  mul,
  type Rational,
  rational,
  rootAbove,
  square,
} from '../../exact/index.js';
import { InputError, type Norm, normAt, normSymbol } from '../../format/index.js';
import { type Dataset, type LinearMap, magnitude, sampleText, separation } from '../../geometry/index.js';
import { readNetworkFile } from '../../interop/index.js';
import { inputDimension, type Network, networkHash, readLabel, readsClass } from '../../network/index.js';
import { classText, tupleText } from '../../report/counterexample.js';
import { rootText, valueText } from '../../report/value-text.js';
import {
  attackFirstLayer,
  attackGrid,
  type BrokenPair,
  breakNetwork,
  type FirstLayerAttack,
  firstLayer,
  gridDataset,
  halfwayCollision,
  hardDataset,
  sameOutputs,
  unitVectors,
} from '../../theory/index.js';
import { robustnessQuery } from '../../verify/query.js';
import { satBy } from '../../verify/verdict.js';
import { exitCodes } from '../exit-codes.js';
import { keptCounterexample } from '../kept-counterexample.js';
import { type DataFlags, dataOptions, oneOf, wholeNumber } from '../options.js';
import { print, printJson } from '../print.js';
import { datasetFrom, networkFrom, readingOf } from '../problem.js';
import { requireWritable } from '../require-writable.js';

/** Datasets that every narrow first layer fails on. */
const families = ['windows', 'units', 'grid'] as const;
type Family = (typeof families)[number];

interface Flags extends Partial<DataFlags> {
  readonly family: Family;
  readonly network: string;
  readonly norm: Norm;
  readonly grid: number;
  readonly hardOut?: string;
  readonly counterexamples: string;
  readonly json?: boolean;
}

export function addBreak(program: Command): void {
  const command = program
    .command('break')
    .description(
      'find two inputs that the first layer of a network merges, in balls of different labels: exit 3 for none',
    )
    .requiredOption('--network <file>', 'network file');
  dataOptions(command, false)
    .addOption(
      new Option('--norm <norm>', 'l1, l2 or linf').argParser((text) => normAt(text, '--norm')).default('linf' as Norm),
    )
    .addOption(
      new Option('--family <name>', 'without --data: the dataset to break on, windows (for this rank), units or grid')
        .argParser(oneOf<Family>('--family', families))
        .default('windows'),
    )
    .addOption(
      new Option('--grid <q>', 'without --data: the finer the smaller the balls, for windows (even) and grid')
        .argParser(wholeNumber('--grid', 2))
        .default(4),
    )
    .option('--hard-out <file>', 'without --data: write the hard dataset here')
    .option('--counterexamples <folder>', 'where counterexamples are kept', 'counterexamples')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  $ muball break --network net.json --data points.csv --norm l2' +
        '\n  $ muball break --network net.json --grid 8 --hard-out hard.json' +
        '\n  $ muball break --network net.json --family units',
    )
    .action(async (flags: Flags) => {
      requireWritable(flags.counterexamples, 'folder');
      show(flags, await attacked(flags));
    });
}

interface Attacked {
  /** Undefined when no dataset is hard for a first layer that merges nothing. */
  readonly data?: Dataset;
  readonly network: Network;
  /** Undefined when nothing is merged, or only balls that meet anyway. */
  readonly found: BrokenPair | undefined;
}

/** The smallest balls of the given dataset that are merged, or the ones of the dataset that is hard for this network. */
async function attacked(flags: Flags): Promise<Attacked> {
  const { norm } = flags;
  if (flags.data !== undefined) {
    if (flags.hardOut !== undefined) throw new InputError('--hard-out: expected no --data beside it, got one');
    const data = await datasetFrom({ ...flags, data: flags.data });
    const network = await networkFrom(flags.network, data);
    return { data, network, found: apart(breakNetwork(network, data, norm), data, norm) };
  }
  const { network } = await readNetworkFile(flags.network);
  const map = firstLayer(network);
  const rank = integerRank(map.rows);
  if (rank >= inputDimension(network)) return { network, found: undefined };
  if (flags.hardOut !== undefined) requireWritable(flags.hardOut, 'file');
  const { data, attack } = hardFor(flags, map, Math.max(1, rank));
  if (flags.hardOut !== undefined) writeFileWhole(flags.hardOut, [`${JSON.stringify(datasetToFile(data))}\n`]);
  const { samples, x, other, residual } = attack;
  const size = magnitude(norm, residual);
  const radiusMagnitude = mul(size, norm === 'l2' ? square(half) : half);
  const pair = { samples, x, other, radiusMagnitude, outputs: sameOutputs(network, x, other) };
  return { data, network, found: apart(pair, data, norm) };
}

/** A dataset of the family that is asked for, with the pair that the first layer merges. */
function hardFor(flags: Flags, map: LinearMap, rank: number): { data: Dataset; attack: FirstLayerAttack } {
  const { family, grid, norm } = flags;
  const d = map.columns;
  if (family === 'windows') {
    const hard = hardDataset(rank, grid, d);
    return { data: hard.data, attack: attackFirstLayer(hard, map) };
  }
  if (norm !== 'linf') throw new InputError(`--family: expected ${families[0]} for ${norm}, got ${family}`);
  if (family === 'grid') return { data: gridDataset(d, grid), attack: attackGrid(d, grid, map) };
  const data = unitVectors(d + 1, d);
  return { data, attack: halfwayCollision(data, map) };
}

/** The pair, unless its balls meet: at radius δ/2 every network is broken. */
function apart(pair: BrokenPair | undefined, data: Dataset, norm: Norm): BrokenPair | undefined {
  const delta = separation(data, norm);
  if (pair === undefined || delta === undefined) return undefined;
  return compare(pair.radiusMagnitude, halved(delta.magnitude, norm)) < 0 ? pair : undefined;
}

const halved = (size: Rational, norm: Norm): Rational => mul(size, norm === 'l2' ? rational(1, 4) : half);

function show(flags: Flags, { data, network, found }: Attacked): void {
  const { norm } = flags;
  const map = firstLayer(network);
  const first = { neurons: map.rows.length, rank: integerRank(map.rows), inputs: map.columns };
  const sizeText = norm === 'l2' ? rootText : valueText;
  const layer =
    `${normSymbol[norm]} · network ${networkHash(network).slice(0, 12)} · first layer of ${first.neurons} neurons, rank ` +
    `${first.rank}, on ${first.inputs} inputs`;
  const delta = data && separation(data, norm);
  const about =
    data &&
    `  ${data.name ?? 'dataset'} · ${data.size} samples` +
      (delta === undefined ? ', one class' : ` · δ/2 ${equals(sizeText(halved(delta.magnitude, norm)))}`);
  if (data === undefined || found === undefined) {
    process.exitCode = exitCodes.undecided;
    const why =
      first.rank === first.inputs
        ? 'the first layer has full rank: no two inputs have one image under it'
        : 'no two inputs of disjoint balls with different labels are merged by the first layer';
    if (flags.json === true) printJson({ broken: false, norm, firstLayer: first, reason: why });
    else print([layer, about, `? ${why}`].filter((line) => line !== undefined).join('\n'));
    return;
  }
  const reading = readingOf(network, data, undefined);
  const label = readLabel(reading, found.outputs);
  const points = [found.x, found.other] as const;
  const wrong = ([0, 1] as const).filter((side) => data.labels[found.samples[side]] !== label);
  // Of a class that no output means there is no query: the network has no word for it.
  const asked = wrong.filter((side) => readsClass(reading, data.labels[found.samples[side]]!));
  const kept = asked.map((side) => {
    const i = found.samples[side];
    const radius = norm === 'l2' ? rootAbove(found.radiusMagnitude).value : found.radiusMagnitude;
    const query = robustnessQuery(network, data, i, { norm, radius, reading });
    return keptCounterexample(query, satBy(query, points[side], 'break'), {
      folder: flags.counterexamples,
      note: `${sampleText(data, i)} of ${data.name ?? 'the dataset'}, merged with ${sampleText(data, found.samples[1 - side]!)}`,
      networkFile: flags.network,
    });
  });
  if (flags.json === true) {
    printJson({
      broken: true,
      norm,
      firstLayer: first,
      samples: found.samples,
      x: found.x.map(formatRational),
      other: found.other.map(formatRational),
      [norm === 'l2' ? 'squaredRadius' : 'radius']: formatRational(found.radiusMagnitude),
      outputs: found.outputs.map(formatRational),
      ...(label === undefined ? {} : { class: label }),
      counterexamples: kept,
    });
    return;
  }
  const shown = points.map((x) => tupleText(x.map(formatRational)));
  const width = Math.max(...shown.map((text) => text.length));
  const outputs = found.outputs.map(formatRational);
  print(
    [
      layer,
      about,
      `✗ broken: two inputs at distance ${sizeText(found.radiusMagnitude)} of their samples have one image under the first layer`,
      ...(['x ', 'x′'] as const).map((mark, side) => {
        const i = found.samples[side]!;
        return `  ${mark} = ${shown[side]!.padEnd(width)}  near ${sampleText(data, i)}, ${classText(data.labels[i], data.labelNames)}`;
      }),
      `  f(x) = f(x′) = ${outputs.length === 1 ? valueText(found.outputs[0]!) : tupleText(outputs)}, ${classText(label, data.labelNames)}     replayed exactly: yes`,
      ...kept.map((path) => `  replay   muball replay ${path}`),
    ].join('\n'),
  );
}

/** "= 1/2", or "≈ 0.35…" as it is. */
const equals = (text: string): string => (text.startsWith('≈') ? text : `= ${text}`);
