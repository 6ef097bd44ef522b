/** `muball list`: the theorems that can be built, what they promise, and the datasets that come along. */
import type { Command } from 'commander';
import { ballsText, promisedClaims, promisedVariables, quantities, theorems } from '../../construction/index.js';
import { bundledNames } from '../../data/index.js';
import { type Norm, normSymbol } from '../../format/index.js';
import { plainTable, print, printJson } from '../print.js';

export function addList(program: Command): void {
  program
    .command('list')
    .description(
      'list the theorems that muball builds, the sizes that they promise, and the datasets that come with it',
    )
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExamples:\n  $ muball list\n  $ muball list --json')
    .action((flags: { json?: boolean }) => {
      const listed = theorems.map((theorem) => ({ theorem, promised: promisedClaims(theorem) }));
      if (flags.json === true) {
        printJson({
          theorems: listed.map(({ theorem: { name, title, reference, norms, balls, range }, promised }) => ({
            name,
            title,
            reference,
            norms,
            balls,
            ...(range === undefined ? {} : { range: range.text }),
            claims: promised.map((group) => ({ norms: group.norms, ...group.claims })),
          })),
          variables: promisedVariables,
          datasets: bundledNames,
        });
        return;
      }
      const rows = theorems.map((t) => [t.name, symbols(t.norms), ballsText(t), t.reference, t.title]);
      print(plainTable(['construction', 'norms', 'balls', 'reference', 'what it is'], rows));
      const claims = listed.flatMap(({ theorem, promised }) =>
        promised.flatMap((group) =>
          quantities.map((quantity, q) => [
            ...(q === 0 ? [theorem.name, symbols(group.norms)] : ['', '']),
            quantity,
            group.claims[quantity],
          ]),
        ),
      );
      print(`\n${plainTable(['construction', 'norms', 'size', 'promised for every dataset, at most'], claims)}`);
      const meanings = Object.entries(promisedVariables).map(([name, meaning]) => [name, meaning]);
      print(`\n${plainTable(['where', ''], meanings)}`);
      print(`\ndatasets: ${bundledNames.join(', ')}`);
    });
}

const symbols = (norms: readonly Norm[]): string => norms.map((norm) => normSymbol[norm]).join(' ');
