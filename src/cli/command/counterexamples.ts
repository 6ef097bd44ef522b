/** `muball counterexamples`: the failing cases that properties keep, listed and pruned. */
import { basename } from 'node:path';
import type { Command } from 'commander';
import { InputError } from '../../format/index.js';
import { counterexampleFolder, forgetCase, keptCases, type ReadCase } from '../../regression/kept-cases.js';
import { print, printJson } from '../print.js';

interface ListFlags {
  readonly folder: string;
  readonly json?: boolean;
}

interface PruneFlags {
  readonly folder: string;
  readonly property?: string;
  readonly all?: boolean;
}

export function addCounterexamples(program: Command): void {
  const command = program
    .command('counterexamples')
    .description('list or prune the failing cases that properties keep and replay first')
    .addHelpText(
      'after',
      '\nExamples:\n  $ muball counterexamples list\n  $ muball counterexamples prune 57d31f0b\n' +
        '\nmuball counterexamples <command> --help lists the flags of each.',
    );
  command
    .command('list', { isDefault: true })
    .description('show what is kept')
    .option('--folder <folder>', 'folder of kept cases', counterexampleFolder())
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ muball counterexamples list --folder properties/counterexamples')
    .action(({ folder, json }: ListFlags) => {
      const kept = keptCases(folder);
      if (json === true) {
        printJson({ folder, cases: kept.map(({ values: _, ...rest }) => rest) });
        return;
      }
      for (const one of kept) print(`${caseText(one)}\n\n`);
      print(`${kept.length} kept in ${folder}`);
    });
  command
    .command('prune')
    .description('delete kept cases: those named, those of a property, or all')
    .argument('[hashes...]', 'names of the files, with or without .json; their beginnings are enough')
    .option('--folder <folder>', 'folder of kept cases', counterexampleFolder())
    .option('--property <text>', 'cases of the properties whose names contain this text')
    .option('--all', 'all cases')
    .addHelpText(
      'after',
      '\nExamples:\n  $ muball counterexamples prune 57d31f0b\n  $ muball counterexamples prune --property "my-construction >"\n' +
        '\nCases that pass again are deleted by muball test --prune.',
    )
    .action((hashes: readonly string[], flags: PruneFlags) => {
      const chosen = chosenCases(keptCases(flags.folder), hashes, flags);
      for (const one of chosen) {
        forgetCase(one);
        print(`deleted ${nameOf(one)}  ${one.property}`);
      }
      print(`${chosen.length} deleted, ${keptCases(flags.folder).length} kept in ${flags.folder}`);
    });
}

/** The cases to delete. @throws InputError when nothing says which, or a name fits none or several. */
function chosenCases(kept: readonly ReadCase[], hashes: readonly string[], { property, all }: PruneFlags): ReadCase[] {
  if (hashes.length === 0 && property === undefined && all !== true) {
    throw new InputError('prune: expected names of cases, --property or --all, got none of them');
  }
  if (all === true) return [...kept];
  const named = hashes.map((hash) => {
    const fitting = kept.filter((one) => nameOf(one).startsWith(hash.replace(/\.json$/, '')));
    if (fitting.length !== 1) throw new InputError(`prune: expected one case named ${hash}, got ${fitting.length}`);
    return fitting[0]!;
  });
  const ofProperty = property === undefined ? [] : kept.filter((one) => one.property.includes(property));
  return [...new Set([...named, ...ofProperty])];
}

const nameOf = (kept: ReadCase): string => basename(kept.file, '.json');

function caseText(kept: ReadCase): string {
  const cause = kept.message.split('\n')[0]!;
  return [
    `${nameOf(kept)}  ${kept.property}`,
    ...kept.shown.map((value) => `  value    ${value}`),
    `  cause    ${cause}`,
  ].join('\n');
}
