/** `muball radius`: how large a ball around each sample is robust, and from where on it is not. */
import type { Command } from 'commander';
import { formatRational, type Rational } from '../../exact/index.js';
import { type Notion, rangesAt } from '../../format/index.js';
import { type Dataset, parseRadius, resolveRadius, separation } from '../../geometry/index.js';
import { networkHash } from '../../network/index.js';
import {
  type RadiusReport,
  radiusHeadline,
  radiusHistogram,
  radiusRow,
  radiusSummary,
} from '../../report/radius-text.js';
import { secondsText } from '../../report/text.js';
import { exitCodes, reaches } from '../exit-codes.js';
import {
  type BuildFlags,
  buildOptions,
  type DataFlags,
  dataOptions,
  notionOption,
  type ProverFlags,
  proverOptions,
  type RadiusFlags,
  radiusOptions,
} from '../options.js';
import { note, plainTable, print, printJson } from '../print.js';
import { build, datasetFrom, measure, networkFrom, readingOf } from '../problem.js';
import { type RadiusRun, radiusRun } from '../radius-run.js';

interface Flags extends DataFlags, RadiusFlags, BuildFlags, ProverFlags {
  readonly network?: string;
  readonly notion?: Notion;
  readonly gap?: string;
  readonly most?: string;
  readonly samples?: string;
  readonly json?: boolean;
}

export function addRadius(program: Command): void {
  const command = program
    .command('radius')
    .description('find the largest certified and the smallest witnessed radius of each sample')
    .option('--network <file>', 'network file, .json or .nnet (default: build one for --ratio or --radius)')
    .option('--samples <ranges>', 'samples asked about, such as 0-9,70 (default: all)')
    .option('--gap <g>', 'close to this difference, 0 for the exact radius (default: a thousandth of --most)')
    .option('--most <r>', 'largest radius asked about (default: the distance of the nearest sample of another label)')
    .option('--json', 'print JSON')
    .addOption(notionOption());
  const radii = new Set(['ratio', 'radius', 'open']);
  proverOptions(buildOptions(radiusOptions(dataOptions(command))));
  for (const option of command.options) if (radii.has(option.attributeName())) option.conflicts('network');
  command
    .addHelpText(
      'after',
      '\nA certified radius is proved, a witnessed one has a replayed counterexample. --ratio and --radius say what the network is built for.\n' +
        '\nExamples:\n  $ muball radius --data points.csv --norm linf --network net.json --gap 0\n' +
        '  $ muball radius --data iris --norm l1 --ratio 0.9 --samples 0-9\n' +
        '\nExit codes: 0 every gap as asked, 2 bad input, 3 larger, or weaker evidence than asked, 4 hypothesis violated, 5 internal, 130 interrupted',
    )
    .action(async (flags: Flags) => {
      const start = performance.now();
      const data = await datasetFrom(flags);
      const { norm } = flags;
      const network =
        flags.network === undefined
          ? build(data, norm, await measure(data, flags), flags).construction.network
          : await networkFrom(flags.network, data);
      const samples =
        flags.samples === undefined ? data.labels.map((_, i) => i) : rangesAt(flags.samples, '--samples', data.size);
      const [gap, most] = [await lengthOf('gap', data, flags), await lengthOf('most', data, flags)];
      const run = await radiusRun(
        { data, norm, network, reading: readingOf(network, data, flags.notion) },
        {
          samples,
          engine: flags.engine,
          tighten: flags.tighten,
          jobs: flags.jobs,
          timeoutMs: flags.timeout,
          memoryMb: flags.memory,
          ...(flags.check ? {} : { check: false }),
          ...(gap === undefined ? {} : { gap }),
          ...(most === undefined ? {} : { most }),
        },
      );
      const report = reportOf(run);
      const seconds = (performance.now() - start) / 1000;
      const isAsAsked =
        !run.interrupted &&
        run.radii.every(
          ({ reason, certified }) =>
            reason === undefined &&
            (certified?.evidence === undefined ||
              reaches({ verdict: 'unsat', evidence: certified.evidence }, flags.require)),
        );
      if (flags.json === true) printJson({ ...report, seconds });
      else {
        for (const line of linesOf(report)) print(line);
        print(`${isAsAsked ? '✓' : '?'} ${radiusSummary(report)} in ${secondsText(seconds)}`);
      }
      process.exitCode = isAsAsked ? exitCodes.asAsked : exitCodes.undecided;
      if (run.interrupted) {
        process.exitCode = exitCodes.interrupted;
        note(`muball: interrupted, ${run.radii.length} of ${samples.length} samples were begun`);
      }
    });
}

/** A length as an expression in delta, d and N. @throws InputError as `parseRadius` and `resolveRadius`. */
async function lengthOf(flag: 'gap' | 'most', data: Dataset, flags: Flags): Promise<Rational | undefined> {
  const text = flags[flag];
  if (text === undefined) return undefined;
  const asked = await parseRadius(text, `--${flag}`);
  return resolveRadius(asked, separation(data, flags.norm), data).radius;
}

function reportOf({ problem: { data, norm, network }, radii }: RadiusRun): RadiusReport {
  return {
    dataset: data.name ?? 'dataset',
    norm,
    network: networkHash(network),
    samples: radii.map(({ sample, certified, witnessed, most, ...rest }) => ({
      sample,
      ...(data.lines === undefined ? {} : { line: data.lines[sample]! }),
      label: data.labels[sample]!,
      ...(certified === undefined ? {} : { certified: { ...certified, radius: formatRational(certified.radius) } }),
      ...(witnessed === undefined
        ? {}
        : {
            witnessed: {
              radius: formatRational(witnessed.radius),
              attained: witnessed.attained,
              point: witnessed.point.map(formatRational),
              outputs: witnessed.outputs.map(formatRational),
            },
          }),
      most: formatRational(most),
      ...rest,
    })),
  };
}

function linesOf(report: RadiusReport): string[] {
  const rows = report.samples.map((s) => [String(s.sample), String(s.label), ...radiusRow(s)]);
  return [
    radiusHeadline(report),
    plainTable(['sample', 'class', 'certified', 'witnessed', ''], rows),
    '',
    'certified radii',
    ...radiusHistogram(report),
  ];
}
