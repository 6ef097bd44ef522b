/** `muball experiment`: an experiment of the papers, as tables, CSV files and plots. */
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { writeFileWhole } from '../../data/index.js';
import type { Experiment, ExperimentResult } from '../../experiment/index.js';
import { exitCodes } from '../exit-codes.js';
import { wholeNumber } from '../options.js';
import { note, plainTable, print, printJson } from '../print.js';
import { progressBar } from '../progress-bar.js';
import { requireWritable } from '../require-writable.js';

interface Flags {
  readonly quick?: boolean;
  readonly seed: number;
  readonly data?: string;
  readonly out?: string;
  readonly json?: boolean;
}

export function addExperiment(program: Command): void {
  program
    .command('experiment')
    .description('run an experiment of the papers in exact arithmetic; without a name, list them')
    .argument('[name]', 'name of the experiment, such as X4')
    .option('--quick', 'a small size: seconds instead of minutes')
    .addOption(new Option('--seed <n>', 'seed of all random choices').argParser(wholeNumber('--seed', 0)).default(1))
    .option('--data <folder>', 'data that does not come with muball, where an experiment needs any')
    .option('--out <folder>', 'also write each table as CSV and each plot as SVG')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExamples:\n  $ muball experiment\n  $ muball experiment X4 --quick --out results')
    .action(async (name: string | undefined, flags: Flags) => {
      // Loaded here: experiments draw on all constructions, which other commands need not wait for.
      const { experimentNamed, experiments } = await import('../../experiment/index.js');
      if (name === undefined) {
        if (flags.json === true) printJson(experiments.map(({ run: _, ...about }) => about));
        else
          print(
            plainTable(
              ['name', 'experiment', 'reference'],
              experiments.map((e) => [e.name, e.title, e.reference]),
            ),
          );
        return;
      }
      const experiment = experimentNamed(name);
      if (flags.out !== undefined) requireWritable(flags.out, 'folder');
      const result = await followed(experiment, flags);
      if (result === undefined) {
        note(`muball: ${experiment.name} interrupted, nothing is written`);
        process.exitCode = exitCodes.interrupted;
        return;
      }
      const written = flags.out === undefined ? [] : await write(experiment, result, flags.out);
      if (flags.json === true) printJson({ name: experiment.name, title: experiment.title, ...result, written });
      else await show(experiment, result, written);
    });
}

/** The result, with a progress bar meanwhile; undefined after Ctrl-C. */
async function followed(experiment: Experiment, { quick, seed, data }: Flags): Promise<ExperimentResult | undefined> {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  process.once('SIGINT', stop);
  let bar: ReturnType<typeof progressBar> | undefined;
  try {
    return await experiment.run({
      seed,
      quick: quick === true,
      ...(data === undefined ? {} : { data }),
      signal: controller.signal,
      onProgress(done, total) {
        bar ??= progressBar(experiment.name, total);
        bar.update(done);
      },
    });
  } catch (error) {
    if (controller.signal.aborted) return undefined;
    throw error;
  } finally {
    bar?.stop();
    process.removeListener('SIGINT', stop);
  }
}

async function write({ name }: Experiment, { tables, plots }: ExperimentResult, folder: string): Promise<string[]> {
  const { experimentCsv } = await import('../../report/experiment-text.js');
  const { experimentSvg } = await import('../../report/experiment-chart.js');
  const written: string[] = [];
  const keep = (file: string, text: string): void => {
    const path = join(folder, file);
    writeFileWhole(path, [text]);
    written.push(path);
  };
  for (const table of tables) keep(`${name}-${table.name}.csv`, experimentCsv(table));
  for (const plot of plots) {
    const table = tables.find((one) => one.name === plot.table);
    if (table !== undefined) keep(`${name}-${plot.name}.svg`, await experimentSvg(plot, table));
  }
  return written;
}

async function show(experiment: Experiment, result: ExperimentResult, written: readonly string[]): Promise<void> {
  const { cellText } = await import('../../report/experiment-text.js');
  print(`${experiment.name}: ${experiment.title} · ${experiment.reference}`);
  for (const { caption, columns, rows, onlyDrawn } of result.tables) {
    if (onlyDrawn === true) continue;
    print(
      `\n${caption}\n${plainTable(
        columns,
        rows.map((row) => row.map(cellText)),
      )}`,
    );
  }
  print('');
  for (const finding of result.findings) print(`· ${finding}`);
  for (const path of written) print(`written: ${path}`);
}
