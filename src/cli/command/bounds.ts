/** `muball bounds`: how large μ/δ can be with a first layer of width k, for the worst dataset of N samples in ℚᵈ. */
import { type Command, Option } from 'commander';
import { formatRational, type Rational } from '../../exact/index.js';
import { type Norm, normAt, normSymbol } from '../../format/index.js';
import { rootText } from '../../report/value-text.js';
import { radiusGuarantee, radiusUpperBounds } from '../../theory/index.js';
import { wholeNumber } from '../options.js';
import { plainTable, print, printJson } from '../print.js';

interface Flags {
  readonly samples: number;
  readonly dimension: number;
  readonly width: number;
  readonly norm: Norm;
  readonly json?: boolean;
}

export function addBounds(program: Command): void {
  const required = (flag: string, what: string, least: number): Option =>
    new Option(`${flag} <n>`, what).argParser(wholeNumber(flag, least)).makeOptionMandatory();
  program
    .command('bounds')
    .description('what a first layer of a given width can and cannot do: bounds of μ/δ over all datasets of a size')
    .addOption(required('--samples', 'N, samples', 2))
    .addOption(required('--dimension', 'd, inputs', 1))
    .addOption(required('--width', 'k, neurons of the first layer', 1))
    .addOption(
      new Option('--norm <norm>', 'l1, l2 or linf').argParser((text) => normAt(text, '--norm')).default('l2' as Norm),
    )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  $ muball bounds --samples 1000 --dimension 24 --width 4' +
        '\n  $ muball bounds --samples 100 --dimension 8 --width 5 --norm linf',
    )
    .action((flags: Flags) => {
      const upper = radiusUpperBounds(flags);
      const guarantee = radiusGuarantee(flags);
      if (flags.json === true) {
        printJson({
          ...flags,
          json: undefined,
          impossible: upper.map(({ squared, ...rest }) => ({ squaredRatio: formatRational(squared), ...rest })),
          possible: { squaredRatio: formatRational(guarantee) },
        });
        return;
      }
      const { samples, dimension, width, norm } = flags;
      print(`${normSymbol[norm]} · N = ${samples}, d = ${dimension}, first layer of width k = ${width}`);
      print(
        plainTable(
          ['μ/δ', 'for every dataset of this size', 'because', 'reference'],
          [
            ...upper.map(({ squared, reason, reference }) => [
              ratioText(squared),
              'impossible from here on',
              reason,
              reference,
            ]),
            [
              ratioText(guarantee),
              'possible below',
              width >= dimension ? 'no projection is needed' : 'a random map to k dimensions keeps balls apart',
              width >= dimension ? '[EYS, Thm 4.2]' : 'ours, after [EYS, Thm 4.4]',
            ],
          ],
        ),
      );
    });
}

const ratioText = (squared: Rational): string => rootText(squared).replace(/^≈ /, '');
