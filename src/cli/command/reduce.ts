/** `muball reduce`: a 3-SAT formula as the question whether some network of depth 2 and width 2 memorizes robustly. */
import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { datasetToFile, fileText, writeFileWhole } from '../../data/index.js';
import { networkFileText } from '../../network/index.js';
import { reductionText } from '../../report/reduction-text.js';
import { parseDimacs, splittingDataset, splittingOf } from '../../theory/index.js';
import { exitCodeOf, exitCodes } from '../exit-codes.js';
import { limitOptions, wholeNumber } from '../options.js';
import { note, print, printJson } from '../print.js';
import { networkFrom, readingOf } from '../problem.js';
import { type ReductionRun, runReduction } from '../reduction-run.js';
import { requireWritable } from '../require-writable.js';

interface Flags {
  readonly out?: string;
  readonly networkOut?: string;
  readonly network?: string;
  readonly cases: number;
  readonly timeout: number;
  readonly memory: number;
  readonly jobs: number;
  readonly json?: boolean;
}

export function addReduce(program: Command): void {
  const command = program
    .command('reduce')
    .description(
      'turn a 3-SAT formula into a dataset that a network of depth 2 and width 2 memorizes iff it is satisfiable',
    )
    .argument('<formula>', 'DIMACS file with at most three literals in a clause')
    .option('--out <file>', 'write the dataset here')
    .option('--network-out <file>', 'write the network here, if the formula is satisfiable')
    .addOption(
      new Option('--network <file>', 'read an assignment from this memorizer, whatever built it').conflicts(
        'networkOut',
      ),
    )
    .addOption(
      new Option('--cases <n>', 'give the formula up after this many cases')
        .argParser(wholeNumber('--cases', 1))
        .default(1_000_000),
    );
  limitOptions(command)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  $ muball reduce formula.cnf --out data.json --network-out net.json' +
        '\n  $ muball reduce formula.cnf --network net.json',
    )
    .action(async (path: string, flags: Flags) => {
      for (const file of [flags.out, flags.networkOut]) if (file !== undefined) requireWritable(file, 'file');
      const pieces: string[] = [];
      for await (const piece of fileText(path)) pieces.push(piece);
      const cnf = parseDimacs(pieces.join(''), path);
      const { data } = splittingDataset(splittingOf(cnf));
      if (flags.out !== undefined) writeFileWhole(flags.out, [`${JSON.stringify(datasetToFile(data))}\n`]);
      const network = flags.network === undefined ? undefined : await networkFrom(flags.network, data);
      const controller = new AbortController();
      const stop = (): void => controller.abort();
      process.once('SIGINT', stop);
      try {
        const run = await runReduction(basename(path), cnf, {
          ...(network === undefined
            ? {}
            : { given: { network, reading: readingOf(network, data, undefined), where: flags.network! } }),
          mostCases: flags.cases,
          timeoutMs: flags.timeout,
          memoryMb: flags.memory,
          jobs: flags.jobs,
          signal: controller.signal,
        });
        finish(run, flags);
        process.exitCode = controller.signal.aborted ? exitCodes.interrupted : exitCode(run);
      } finally {
        process.removeListener('SIGINT', stop);
      }
    });
}

function finish({ report, network }: ReductionRun, flags: Flags): void {
  if (flags.json === true) printJson(report);
  else print(reductionText(report));
  if (flags.networkOut === undefined) return;
  if (network === undefined) note(`muball: ${flags.networkOut} is not written: there is no network`);
  else writeFileWhole(flags.networkOut, networkFileText(network));
}

/** 0 for a network with all balls proved, or none by z3's word. */
function exitCode({ report, verdicts }: ReductionRun): number {
  if (verdicts !== undefined) return exitCodeOf(verdicts, 'any');
  return report.centres?.status === 'none' ? exitCodes.asAsked : exitCodes.undecided;
}
