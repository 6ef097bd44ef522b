/** `muball construct`: build a theorem's network and write its file. */
import type { Command } from 'commander';
import type { Candidate } from '../../construction/index.js';
import { writeFileWhole } from '../../data/index.js';
import { formatRational } from '../../exact/index.js';
import { networkFileText, networkHash } from '../../network/index.js';
import { claimRows, guaranteeRows } from '../claims.js';
import {
  type BuildFlags,
  buildOptions,
  type DataFlags,
  dataOptions,
  type RadiusFlags,
  radiusOptions,
} from '../options.js';
import { plainTable, print, printJson } from '../print.js';
import { build, datasetFrom, measure } from '../problem.js';
import { requireWritable } from '../require-writable.js';

interface Flags extends DataFlags, RadiusFlags, BuildFlags {
  readonly out?: string;
  readonly json?: boolean;
}

export function addConstruct(program: Command): void {
  const command = program
    .command('construct')
    .description('build the network of a theorem for a dataset, with claimed and measured sizes')
    .option('--out <file>', 'write the network file here')
    .option('--json', 'print JSON');
  buildOptions(radiusOptions(dataOptions(command)))
    .addHelpText(
      'after',
      '\nExamples:\n  $ muball construct --data iris --norm linf --ratio 0.99 --out network.json\n' +
        '  $ muball construct --data points.csv --norm l2 --radius "delta/4" --construction ygz-l2\n' +
        '  $ muball construct --data iris --norm linf --ratio 0.01 --construction auto',
    )
    .action(async (flags: Flags) => {
      if (flags.out !== undefined) requireWritable(flags.out, 'file');
      const data = await datasetFrom(flags);
      const measured = await measure(data, flags);
      const { theorem, construction, candidates } = build(data, flags.norm, measured, flags);
      const rows = await claimRows(construction);
      const guarantees = await guaranteeRows(construction);
      if (flags.out !== undefined) writeFileWhole(flags.out, networkFileText(construction.network));
      const sha256 = networkHash(construction.network);
      if (flags.json === true) {
        printJson({
          construction: theorem.name,
          reference: theorem.reference,
          norm: flags.norm,
          radius: formatRational(measured.radius.radius),
          network: { sha256, ...(flags.out === undefined ? {} : { file: flags.out }) },
          ...(construction.note === undefined ? {} : { why: construction.note }),
          sizes: rows,
          ...(guarantees.length === 0 ? {} : { guarantees }),
          ...(candidates === undefined ? {} : { candidates: candidates.map(candidateJson) }),
        });
        return;
      }
      print(`${theorem.name}: ${theorem.title} · ${theorem.reference}`);
      print(
        `μ = ${formatRational(measured.radius.radius)}${measured.radius.note === undefined ? '' : `, ${measured.radius.note}`}`,
      );
      if (construction.note !== undefined) print(`why: ${construction.note}`);
      if (candidates !== undefined) print(`${candidateTable(candidates)}\n`);
      print(
        plainTable(
          ['size', 'measured', 'counted by formula', 'theorem promises at most'],
          rows.map((r) => [r.quantity, r.measured, r.count ?? '', `${r.theorem} = ${r.promised}`]),
        ),
      );
      for (const { holds, probability, hyperplanes, neurons } of guarantees) {
        print(`from ${hyperplanes} hyperplanes on, with probability ${probability}: ${holds}; neurons ≤ ${neurons}`);
      }
      print(`network ${sha256}${flags.out === undefined ? '' : ` written to ${flags.out}`}`);
    });
}

/** The theorems that were tried, smallest network first, those without one last. */
function candidateTable(candidates: readonly Candidate[]): string {
  const built = candidates.filter((c) => 'sizes' in c).sort((a, b) => Number(a.sizes.parameters - b.sizes.parameters));
  const refused = candidates.filter((c) => 'refused' in c);
  return plainTable(
    ['tried', 'parameters', 'width', 'depth', 'nonzero', 'bits', ''],
    [
      ...built.map(({ theorem, sizes: s, note = '' }) =>
        [theorem.name, s.parameters, s.width, s.depth, s.nonzero, s.bits, note].map(String),
      ),
      ...refused.map(({ theorem, refused: reason }) => [theorem.name, '–', '', '', '', '', reason]),
    ],
  );
}

const candidateJson = (candidate: Candidate): object => ({
  construction: candidate.theorem.name,
  ...('sizes' in candidate
    ? { sizes: { ...candidate.sizes, parameters: String(candidate.sizes.parameters) } }
    : { refused: candidate.refused }),
});
