/** `muball export`: queries for other tools, as SMT-LIB text or as muball's own files. */
import type { Command } from 'commander';
import { writeFileWhole } from '../../data/index.js';
import { InputError, type Notion } from '../../format/index.js';
import { sampleText } from '../../geometry/index.js';
import { networkFileText, networkHash } from '../../network/index.js';
import { intervalBounds } from '../../verify/bounds/interval.js';
import { intervalCertificate, intervalEngine } from '../../verify/checked-interval.js';
import { type Query, queryHash, queryToFile, robustnessQuery } from '../../verify/query.js';
import { encode } from '../../verify/smt/encode.js';
import { exitCodes } from '../exit-codes.js';
import {
  type BuildFlags,
  buildOptions,
  type DataFlags,
  dataOptions,
  notionOption,
  oneOf,
  type RadiusFlags,
  radiusOptions,
  wholeNumber,
} from '../options.js';
import { note, print, printJson } from '../print.js';
import { build, datasetFrom, measure, networkFrom, readingOf } from '../problem.js';
import { requireWritable } from '../require-writable.js';

const formats = ['smt2', 'query', 'network', 'certificate'] as const;

interface Flags extends DataFlags, RadiusFlags, BuildFlags {
  readonly network?: string;
  readonly notion?: Notion;
  readonly sample: number;
  readonly format: (typeof formats)[number];
  readonly tighten: boolean;
  readonly out?: string;
  readonly json?: boolean;
}

export function addExport(program: Command): void {
  const command = program
    .command('export')
    .description('write the query of one sample: SMT-LIB text for any solver, or files for muball-check')
    .requiredOption('--format <format>', formats.join(', '), oneOf('--format', formats))
    .option('--sample <i>', 'sample whose ball is asked about', wholeNumber('--sample', 0), 0)
    .option('--network <file>', 'network file (default: build one)')
    .option('--no-tighten', 'keep every neuron, also those that intervals show to be stable')
    .option('--out <file>', 'write here (default: standard output)')
    .option('--json', 'with --out, print as JSON what was written')
    .addOption(notionOption());
  buildOptions(radiusOptions(dataOptions(command)))
    .addHelpText(
      'after',
      '\nExamples:\n  $ muball export --format smt2 --data iris --ratio 0.99 --sample 70 --no-tighten --out ball-70.smt2\n' +
        '  $ muball export --format certificate --data iris --ratio 0.99 --sample 70',
    )
    .action(async (flags: Flags, command: Command) => {
      if (flags.json === true && flags.out === undefined) command.error('error: --json needs --out');
      if (flags.out !== undefined) requireWritable(flags.out, 'file');
      const data = await datasetFrom(flags);
      const measured = await measure(data, flags);
      const network =
        flags.network === undefined
          ? build(data, flags.norm, measured, flags).construction.network
          : await networkFrom(flags.network, data);
      if (flags.sample >= data.size) {
        throw new InputError(`--sample: expected a sample below ${data.size}, got ${flags.sample}`);
      }
      const query = robustnessQuery(network, data, flags.sample, {
        norm: flags.norm,
        radius: measured.radius.radius,
        reading: readingOf(network, data, flags.notion),
        open: flags.open ?? false,
      });
      if (flags.format === 'certificate' && intervalEngine(network).verify(query) === undefined) {
        note(`muball: ${sampleText(data, flags.sample)}: interval propagation does not prove this ball`);
        process.exitCode = exitCodes.undecided;
        return;
      }
      const pieces = flags.format === 'network' ? networkFileText(network) : [queryText(query, flags)];
      const { format, sample, out } = flags;
      if (out === undefined) {
        for (const piece of pieces) process.stdout.write(piece);
        return;
      }
      writeFileWhole(out, pieces);
      if (flags.json === true) {
        printJson({ format, sample, query: queryHash(query), network: networkHash(network), file: out });
      } else {
        print(`${format} written to ${out}`);
      }
    });
}

function queryText(query: Query, flags: Flags): string {
  switch (flags.format as Exclude<Flags['format'], 'network'>) {
    case 'smt2':
      return encode(query, flags.tighten ? { bounds: intervalBounds(query.network, query.region) } : {}).text;
    case 'query':
      return `${JSON.stringify(queryToFile(query, { inline: false }))}\n`;
    case 'certificate':
      return `${JSON.stringify(intervalCertificate(query))}\n`;
  }
}
