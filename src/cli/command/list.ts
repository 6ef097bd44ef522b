/** `muball list`: the theorems that can be built, and the datasets that come along. */
import type { Command } from 'commander';
import { ballsText, theorems } from '../../construction/index.js';
import { bundledNames } from '../../data/index.js';
import { normSymbol } from '../../format/index.js';
import { plainTable, print, printJson } from '../print.js';

export function addList(program: Command): void {
  program
    .command('list')
    .description('list the theorems that muball builds and the datasets that come with it')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExamples:\n  $ muball list\n  $ muball list --json')
    .action((flags: { json?: boolean }) => {
      if (flags.json === true) {
        printJson({
          theorems: theorems.map(({ name, title, reference, norms, balls, range }) => ({
            name,
            title,
            reference,
            norms,
            balls,
            ...(range === undefined ? {} : { range: range.text }),
          })),
          datasets: bundledNames,
        });
        return;
      }
      const rows = theorems.map((t) => [
        t.name,
        t.norms.map((norm) => normSymbol[norm]).join(' '),
        ballsText(t),
        t.reference,
        t.title,
      ]);
      print(plainTable(['construction', 'norms', 'balls', 'reference', 'what it is'], rows));
      print(`\ndatasets: ${bundledNames.join(', ')}`);
    });
}
