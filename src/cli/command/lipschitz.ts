/** `muball lipschitz`: bounds of a network's Lipschitz constant, and the constant itself; of balls around samples, too. */
import { type Command, Option } from 'commander';
import { compare, formatRational, parseRational } from '../../exact/index.js';
import { InputError, type Norm, normAt, normSymbol, rangesAt } from '../../format/index.js';
import { ball, type Dataset, labelText, point, type Region } from '../../geometry/index.js';
import { readNetworkFile } from '../../interop/index.js';
import { complexity, inputDimension, type Network, networkHash, outputDimension } from '../../network/index.js';
import {
  attainedLines,
  constantText,
  exactSummary,
  type LipschitzReport,
  lipschitzRows,
} from '../../report/lipschitz-text.js';
import { secondsText } from '../../report/text.js';
import { grouped } from '../../report/value-text.js';
import {
  exactLipschitz,
  lipschitzBound,
  lipschitzBounds,
  type OutputFunctional,
  parseFunctional,
  sampledGradients,
  sharperBound,
  structuralLipschitz,
} from '../../verify/lipschitz/index.js';
import { exitCodes } from '../exit-codes.js';
import { lipschitzReportOf } from '../lipschitz-report-of.js';
import { type DataFlags, dataOptions, type RadiusFlags, wholeNumber } from '../options.js';
import { note, plainTable, print, printJson } from '../print.js';
import { datasetFrom, measure, networkFrom } from '../problem.js';
import { progressBar } from '../progress-bar.js';

interface Flags extends Partial<DataFlags>, RadiusFlags {
  readonly network: string;
  readonly output?: string;
  readonly exact?: boolean;
  readonly everyCell?: boolean;
  readonly mostCells: number;
  readonly points?: number;
  readonly seed: number;
  readonly samples?: string;
  readonly json?: boolean;
}

/** What is asked of a network. */
interface Asked {
  readonly network: Network;
  readonly functional?: OutputFunctional;
  readonly flags: Flags;
  readonly signal: AbortSignal;
}

export function addLipschitz(program: Command): void {
  const command = program
    .command('lipschitz')
    .description(
      'bound the Lipschitz constant of a network, or find it exactly; everywhere, or in balls around samples',
    )
    .requiredOption('--network <file>', 'network file, .json or .nnet')
    .addOption(
      new Option('--norm <norm>', 'l1, l2 or linf, of inputs and outputs')
        .argParser((text) => normAt(text, '--norm'))
        .default('linf' as Norm),
    )
    .option('--output <formula>', 'a functional of the outputs, such as "y1 - y0" (default: all outputs)')
    .option('--exact', 'find the constant by walking over the cells on which the network is affine')
    .option('--every-cell', 'visit the cells without a larger gradient as well, to count them')
    .addOption(
      new Option('--most-cells <n>', 'cells after which --exact ends, with bounds from both sides')
        .argParser(wholeNumber('--most-cells', 1))
        .default(1_000_000),
    )
    .addOption(
      new Option(
        '--points <n>',
        'random points at which gradients are looked at (default: 200, fewer of large networks)',
      ).argParser(wholeNumber('--points', 0)),
    )
    .addOption(new Option('--seed <n>', 'seed of these points').argParser(wholeNumber('--seed', 0)).default(1))
    .addOption(new Option('--ratio <rho>', 'radius of balls, short for <rho>*delta/2').conflicts('radius'))
    .addOption(new Option('--radius <mu>', 'radius of balls, as an expression in delta, d and N'))
    .option('--samples <ranges>', 'samples whose balls are asked about, such as 0-9,70 (default: all)');
  dataOptions(command, false)
    .option('--json', 'print JSON; in l2 all constants are squared')
    .addHelpText(
      'after',
      '\nThe constant is that of the map from lp to lp; of one output, the largest dual norm of the gradient.' +
        '\nExamples:\n  $ muball lipschitz --network net.json --norm linf --exact\n' +
        '  $ muball lipschitz --network net.json --norm l2 --output "y1 - y0"\n' +
        '  $ muball lipschitz --network net.json --norm linf --data points.csv --ratio 0.5 --exact\n' +
        '\nExit codes: 0 as asked, 2 bad input, 3 the exact constant was not reached, 5 internal, 130 interrupted',
    )
    .action(async (flags: Flags) => {
      const start = performance.now();
      const data = flags.data === undefined ? undefined : await datasetFrom({ ...flags, data: flags.data });
      if (data === undefined && (flags.ratio ?? flags.radius ?? flags.samples) !== undefined)
        throw new InputError('--data: expected a dataset for --ratio, --radius and --samples, got none');
      const network =
        data === undefined ? (await readNetworkFile(flags.network)).network : await networkFrom(flags.network, data);
      const functional =
        flags.output === undefined ? undefined : await parseFunctional(flags.output, outputDimension(network));
      const controller = new AbortController();
      const stop = (): void => controller.abort();
      process.once('SIGINT', stop);
      try {
        const asked: Asked = { network, ...(functional && { functional }), flags, signal: controller.signal };
        if (flags.json !== true) print(headline(network, flags));
        const isAsAsked = data === undefined ? await everywhere(asked, start) : await aroundSamples(asked, data, start);
        process.exitCode = isAsAsked ? exitCodes.asAsked : exitCodes.undecided;
        if (controller.signal.aborted) {
          process.exitCode = exitCodes.interrupted;
          note('muball: interrupted');
        }
      } finally {
        process.removeListener('SIGINT', stop);
      }
    });
}

function headline(network: Network, flags: Flags): string {
  const { width, depth, nonzero } = complexity(network);
  return `${flags.network} · inputs ${inputDimension(network)} · outputs ${outputDimension(network)} · depth ${depth} · width ${width} · nonzero ${grouped(nonzero)} · network ${networkHash(network).slice(0, 12)}`;
}

/** "Lipschitz constant in ℓ∞ of y1 - y0". */
const subject = ({ norm, output }: Flags): string =>
  `Lipschitz constant in ${normSymbol[norm]}${output === undefined ? '' : ` of ${output}`}`;

/** Weights that gradients at random points may read when their number is not given, some seconds. */
const mostReads = 20_000_000;

const usualPoints = (network: Network): number =>
  Math.min(200, Math.ceil(mostReads / Math.max(1, complexity(network).nonzero)));

const isAttained = ({ exact }: LipschitzReport): boolean => exact === undefined || exact.isComplete;

async function everywhere({ network, functional, flags, signal }: Asked, start: number): Promise<boolean> {
  const { norm, mostCells, points = usualPoints(network), seed } = flags;
  const question = functional === undefined ? {} : { functional };
  const wantsExact = flags.exact === true || flags.everyCell === true;
  const structural = structuralLipschitz(network, norm, question);
  const bar = wantsExact ? progressBar('cells', mostCells) : undefined;
  const found = {
    network,
    norm,
    ...question,
    bounds: [...lipschitzBounds(network, norm, question), ...(structural === undefined ? [] : [structural])],
    sampled: sampledGradients(network, norm, { ...question, points, seed }),
    ...(wantsExact && {
      exact: await exactLipschitz(network, norm, {
        ...question,
        mostCells,
        everyCell: flags.everyCell === true,
        signal,
        onProgress: (cells) => bar?.update(cells),
      }).finally(() => bar?.stop()),
    }),
  };
  const report = lipschitzReportOf(found);
  const seconds = (performance.now() - start) / 1000;
  if (flags.json === true) {
    const { output } = flags;
    printJson({ network: networkHash(network), ...(output === undefined ? {} : { output }), ...report, seconds });
    return isAttained(report);
  }
  print(`${subject(flags)}, everywhere`);
  print(plainTable(['bound', 'constant', 'from'], lipschitzRows(report)));
  for (const line of attainedLines(report)) print(line);
  if (report.exact === undefined) print(`✓ bounds, without --exact, in ${secondsText(seconds)}`);
  else print(`${report.exact.isComplete ? '✓' : '?'} ${exactSummary(report)} in ${secondsText(seconds)}`);
  return isAttained(report);
}

async function aroundSamples(asked: Asked, data: Dataset, start: number): Promise<boolean> {
  const { network, functional, flags, signal } = asked;
  const { norm, mostCells } = flags;
  const measured = await measure(data, flags);
  const { radius } = measured.radius;
  const samples =
    flags.samples === undefined ? data.labels.map((_, i) => i) : rangesAt(flags.samples, '--samples', data.size);
  const wantsExact = flags.exact === true || flags.everyCell === true;
  const reports: { readonly sample: number; readonly report: LipschitzReport }[] = [];
  const bar = progressBar('balls', samples.length);
  try {
    for (const sample of samples) {
      if (signal.aborted) break;
      const region: Region = ball(norm, point(data, sample), radius, flags.open === true);
      const question = { region, ...(functional && { functional }) };
      const found = {
        network,
        norm,
        ...(functional && { functional }),
        bounds: [sharperBound(lipschitzBound(network, norm, question), structuralLipschitz(network, norm, question))],
        ...(wantsExact && {
          exact: await exactLipschitz(network, norm, {
            ...question,
            mostCells,
            signal,
            everyCell: flags.everyCell === true,
          }),
        }),
      };
      reports.push({ sample, report: lipschitzReportOf(found) });
      bar.increment();
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    bar.stop();
  }
  const seconds = (performance.now() - start) / 1000;
  const isDone = reports.length === samples.length && reports.every(({ report }) => isAttained(report));
  if (flags.json === true) {
    const { output } = flags;
    const about = { network: networkHash(network), norm, radius: formatRational(radius) };
    const samplesOf = reports.map(({ sample, report }) => ({ sample, ...report }));
    printJson({ ...about, ...(output === undefined ? {} : { output }), samples: samplesOf, seconds });
    return isDone;
  }
  const squared = norm === 'l2';
  print(
    `${subject(flags)}, in balls of radius ${formatRational(radius)} around samples of ${data.name ?? 'the dataset'}`,
  );
  const rows = reports.map(({ sample, report: { bounds, exact } }) => [
    String(sample),
    labelText(data, data.labels[sample]!),
    `≤ ${constantText(bounds[0]!.atMost, squared)}`,
    exact === undefined
      ? ''
      : exact.isComplete
        ? `= ${constantText(exact.atLeast, squared)}`
        : `${constantText(exact.atLeast, squared)} to ${constantText(exact.atMost, squared)}`,
    exact === undefined ? '' : grouped(exact.cells),
  ]);
  const columns = ['sample', 'class', 'bound', 'exact', 'cells'].slice(0, wantsExact ? 5 : 3);
  print(
    plainTable(
      columns,
      rows.map((row) => row.slice(0, columns.length)),
    ),
  );
  print(`${isDone ? '✓' : '?'} ${localSummary(reports, squared)} in ${secondsText(seconds)}`);
  return isDone;
}

/** The largest of the local constants, or of their bounds. */
function localSummary(
  reports: readonly { readonly sample: number; readonly report: LipschitzReport }[],
  squared: boolean,
): string {
  const known = reports.map(({ sample, report: { bounds, exact } }) => ({
    sample,
    atMost: exact?.atMost === undefined ? bounds[0]!.atMost : exact.atMost,
  }));
  const infinite = known.find(({ atMost }) => atMost === null);
  if (infinite !== undefined)
    return `no finite bound in the ball of sample ${infinite.sample}: a step neuron may change there`;
  const [first, ...rest] = known;
  if (first === undefined) return 'no samples';
  const most = rest.reduce((a, b) => (compare(parseRational(b.atMost!), parseRational(a.atMost!)) > 0 ? b : a), first);
  return `${grouped(reports.length)} balls, constants of at most ${constantText(most.atMost, squared)} (sample ${most.sample})`;
}
