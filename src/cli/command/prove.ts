/** `muball prove`: a verdict with evidence for the ball around every sample. */
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { writeFileWhole } from '../../data/index.js';
import type { Notion } from '../../format/index.js';
import { networkFileText } from '../../network/index.js';
import { counterexampleFolder } from '../../regression/kept-cases.js';
import { proofCsv } from '../../report/csv.js';
import { proofJson } from '../../report/json.js';
import { proofMarkdown } from '../../report/markdown.js';
import { proofText } from '../../report/text.js';
import { ballCertificates, finishCertificates } from '../certificates.js';
import { claimRows } from '../claims.js';
import { exitCodeOf, exitCodes, lacksZ3 } from '../exit-codes.js';
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
import { note, print, wantsColor } from '../print.js';
import { build, datasetFrom, measure, networkFrom, readingOf } from '../problem.js';
import { proofReportOf } from '../proof-report-of.js';
import { proofRun } from '../proof-run.js';
import { proveUnsafe, type UnsafeFlags } from '../prove-unsafe.js';
import { requireWritable } from '../require-writable.js';
import { runJournal } from '../run-journal.js';

interface Flags extends Partial<DataFlags>, RadiusFlags, BuildFlags, ProverFlags {
  readonly network?: string;
  readonly unsafe?: readonly string[];
  readonly lower?: string;
  readonly upper?: string;
  readonly notion?: Notion;
  readonly claims?: boolean;
  readonly counterexamples: string;
  readonly certificates?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** Flags that say nothing about a box of inputs. */
const withoutDataset = [
  'data',
  'label',
  'header',
  'ratio',
  'radius',
  'open',
  'notion',
  'claims',
  'out',
  'construction',
];

/** The flags of a question about a box; undefined for one about a dataset. */
function boxQuestion(flags: Flags, command: Command): UnsafeFlags | undefined {
  const { network, unsafe, lower, upper } = flags;
  if (unsafe === undefined) {
    if (lower !== undefined || upper !== undefined) command.error('error: --lower and --upper need --unsafe');
    return undefined;
  }
  if (network === undefined) command.error('error: --unsafe needs --network');
  return { ...flags, network, unsafe };
}

export function addProve(program: Command): void {
  const command = program
    .command('prove')
    .description('prove, for the ball around every sample, that no point of it changes class; or find one')
    .option('--network <file>', 'network file, .json or .nnet (default: build one for the dataset)')
    .addOption(
      new Option(
        '--unsafe <text...>',
        'ask about a box of inputs in place of a dataset: unsafe outputs, such as "y0 <= 0" or "y0 >= y1 and y0 >= y2"; several are alternatives',
      ).conflicts(withoutDataset),
    )
    .option(
      '--lower <values>',
      'with --unsafe: lower ends of the box, by commas, or one for all (default: of the file)',
    )
    .option('--upper <values>', 'with --unsafe: upper ends of the box')
    .option('--claims', 'show the sizes that the theorem promises')
    .option('--counterexamples <folder>', 'where counterexamples are kept', counterexampleFolder())
    .option('--certificates <folder>', 'write query and certificate of each proved ball here, for muball check')
    .option('--out <folder>', 'write network, report.md, report.json and balls.csv here')
    .option('--json', 'print JSON')
    .addOption(notionOption());
  proverOptions(buildOptions(radiusOptions(dataOptions(command, false))))
    .addHelpText(
      'after',
      '\nExamples:\n  $ muball prove --data iris --norm linf --ratio 0.99\n' +
        '  $ muball prove --data points.csv --norm l2 --radius "delta/4" --engine both --jobs 2\n' +
        '  $ muball prove --data points.csv --network net.json --notion argmax --radius 1/10 --require certificate\n' +
        '  $ muball prove --data iris --norm linf --ratio 0.99 --certificates certificates\n' +
        '  $ muball prove --network f.nnet --unsafe "y0 <= 0"\n' +
        '\nExit codes: 0 all proved, 1 counterexample, 2 bad input, 3 undecided or weaker evidence than asked, 4 hypothesis violated, 5 internal, 130 interrupted',
    )
    .action(async (flags: Flags, command: Command) => {
      const start = performance.now();
      const box = boxQuestion(flags, command);
      if (flags.out !== undefined) requireWritable(flags.out, 'folder');
      if (command.getOptionValueSource('counterexamples') !== 'default')
        requireWritable(flags.counterexamples, 'folder');
      if (flags.certificates !== undefined) requireWritable(flags.certificates, 'folder');
      if (box !== undefined) return await proveUnsafe(box);
      if (flags.data === undefined) command.error("error: required option '--data <file>' not specified");
      const data = await datasetFrom({ ...flags, data: flags.data });
      const measured = await measure(data, flags);
      const built = flags.network === undefined ? build(data, flags.norm, measured, flags) : undefined;
      const network = built?.construction.network ?? (await networkFrom(flags.network!, data));
      const problem = {
        data,
        norm: flags.norm,
        measured,
        network,
        reading: readingOf(network, data, flags.notion),
        open: flags.open ?? false,
        ...(built === undefined ? { networkFile: flags.network } : { built }),
      };
      const kept = flags.out ?? flags.certificates;
      const journal = kept === undefined ? undefined : runJournal(kept, problem, flags);
      const certificates = flags.certificates === undefined ? undefined : ballCertificates(flags.certificates, problem);
      const run = await proofRun(problem, {
        engine: flags.engine,
        tighten: flags.tighten,
        jobs: flags.jobs,
        timeoutMs: flags.timeout,
        memoryMb: flags.memory,
        counterexamples: flags.counterexamples,
        ...(flags.check ? {} : { check: false }),
        ...(journal === undefined ? {} : { cache: journal.cache }),
        ...(certificates === undefined
          ? {}
          : { onDone: ({ ball, verdict }, query) => certificates.keep(ball, query(), verdict) }),
      });
      const claims = flags.claims === true && built !== undefined ? await claimRows(built.construction) : [];
      const report = {
        ...proofReportOf(run, { claims, ...(flags.ratio === undefined ? {} : { ratio: flags.ratio }) }),
        seconds: (performance.now() - start) / 1000,
      };
      if (flags.out !== undefined) {
        writeFileWhole(join(flags.out, 'network.json'), networkFileText(network));
        writeFileWhole(join(flags.out, 'report.md'), [proofMarkdown([report])]);
        writeFileWhole(join(flags.out, 'report.json'), [proofJson([report])]);
        writeFileWhole(join(flags.out, 'balls.csv'), [proofCsv([report])]);
      }
      print(flags.json === true ? proofJson([report]) : proofText(report, { color: wantsColor() }));
      if (run.interruptedAfter === undefined) finishCertificates(certificates, flags);
      const verdicts = run.balls.map((ball) => ball.verdict);
      process.exitCode = exitCodeOf(verdicts, flags.require, flags.engine);
      const open = flags.engine === 'both' ? verdicts.filter(lacksZ3).length : 0;
      if (open > 0) note(`muball: z3 gave no verdict on ${open} of ${data.size} balls, muball alone decided them`);
      for (const text of journal?.cache.notes ?? []) note(`muball: ${text}`);
      const again = run.balls.filter((ball) => ball.cached !== undefined).length;
      if (again > 0)
        note(`muball: ${again} of ${data.size} balls are taken over from an unfinished run of this command`);
      if (run.notKept !== undefined) note(`muball: ${run.notKept}`);
      if (run.interruptedAfter !== undefined) {
        process.exitCode = exitCodes.interrupted;
        note(`muball: interrupted, ${run.interruptedAfter} of ${data.size} balls are done`);
      } else {
        journal?.discard();
      }
    });
}
