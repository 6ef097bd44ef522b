/** `muball break`: two inputs of differently labelled balls that the first layer of a network merges. */
import { type Command, Option } from 'commander';
import { datasetToFile, writeFileWhole } from '../../data/index.js';
import { compare, formatRational, half, mul, type Rational, rational, rootAbove, square } from '../../exact/index.js';
import { InputError, type Norm, normAt, normSymbol } from '../../format/index.js';
import { type Dataset, magnitude, orthogonalRows, sampleText, separation } from '../../geometry/index.js';
import { readNetworkFile } from '../../interop/index.js';
import { inputDimension, type Network, networkHash, readLabel } from '../../network/index.js';
import { classText, tupleText } from '../../report/counterexample.js';
import { rootText, valueText } from '../../report/value-text.js';
import {
  attackFirstLayer,
  type BrokenPair,
  breakNetwork,
  firstLayer,
  hardDataset,
  sameOutputs,
} from '../../theory/index.js';
import { robustnessQuery } from '../../verify/query.js';
import { satBy } from '../../verify/verdict.js';
import { exitCodes } from '../exit-codes.js';
import { keptCounterexample } from '../kept-counterexample.js';
import { type DataFlags, dataOptions, wholeNumber } from '../options.js';
import { print, printJson } from '../print.js';
import { datasetFrom, networkFrom, readingOf } from '../problem.js';
import { requireWritable } from '../require-writable.js';

interface Flags extends Partial<DataFlags> {
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
      new Option('--grid <q>', 'without --data: steps of the grid of the dataset that is hard for this rank, even')
        .argParser(wholeNumber('--grid', 2))
        .default(4),
    )
    .option('--hard-out <file>', 'without --data: write the hard dataset here')
    .option('--counterexamples <folder>', 'where counterexamples are kept', 'counterexamples')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  $ muball break --network net.json --data points.csv --norm l2' +
        '\n  $ muball break --network net.json --grid 8 --hard-out hard.json',
    )
    .action(async (flags: Flags) => {
      requireWritable(flags.counterexamples, 'folder');
      const { data, network, found } = await attacked(flags);
      show(flags, data, network, found);
    });
}

interface Attacked {
  readonly data: Dataset;
  readonly network: Network;
  /** Undefined when only balls that meet anyway are merged. */
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
  const rank = Math.max(1, orthogonalRows(map).rows.length);
  if (rank >= inputDimension(network)) {
    throw new InputError(
      `--network: expected a first layer of rank below its ${inputDimension(network)} inputs, or --data, got full rank`,
    );
  }
  if (flags.hardOut !== undefined) requireWritable(flags.hardOut, 'file');
  const hard = hardDataset(rank, flags.grid, inputDimension(network));
  if (flags.hardOut !== undefined) {
    writeFileWhole(flags.hardOut, [`${JSON.stringify(datasetToFile(hard.data))}\n`]);
  }
  const { samples, x, other, residual } = attackFirstLayer(hard, map);
  const size = magnitude(norm, residual);
  const radiusMagnitude = mul(size, norm === 'l2' ? square(half) : half);
  const pair = { samples, x, other, radiusMagnitude, outputs: sameOutputs(network, x, other) };
  return { data: hard.data, network, found: apart(pair, hard.data, norm) };
}

/** The pair, unless its balls meet: at radius δ/2 every network is broken. */
function apart(pair: BrokenPair | undefined, data: Dataset, norm: Norm): BrokenPair | undefined {
  const delta = separation(data, norm);
  if (pair === undefined || delta === undefined) return undefined;
  return compare(pair.radiusMagnitude, halved(delta.magnitude, norm)) < 0 ? pair : undefined;
}

const halved = (size: Rational, norm: Norm): Rational => mul(size, norm === 'l2' ? rational(1, 4) : half);

function show(flags: Flags, data: Dataset, network: Network, found: BrokenPair | undefined): void {
  const { norm } = flags;
  const map = firstLayer(network);
  const first = { neurons: map.rows.length, rank: orthogonalRows(map).rows.length, inputs: map.columns };
  const delta = separation(data, norm);
  const sizeText = norm === 'l2' ? rootText : valueText;
  const about =
    `${normSymbol[norm]} · network ${networkHash(network).slice(0, 12)} · first layer of ${first.neurons} neurons, rank ` +
    `${first.rank}, on ${first.inputs} inputs\n  ${data.name ?? 'dataset'} · ${data.size} samples` +
    (delta === undefined ? ', one class' : ` · δ/2 ${equals(sizeText(halved(delta.magnitude, norm)))}`);
  if (found === undefined) {
    process.exitCode = exitCodes.undecided;
    if (flags.json === true) printJson({ broken: false, norm, firstLayer: first });
    else print(`${about}\n? no two inputs of disjoint balls with different labels are merged by the first layer`);
    return;
  }
  const reading = readingOf(network, data, undefined);
  const label = readLabel(reading, found.outputs);
  const points = [found.x, found.other] as const;
  const wrong = ([0, 1] as const).filter((side) => data.labels[found.samples[side]] !== label);
  const kept = wrong.map((side) => {
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
