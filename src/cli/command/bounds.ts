/**
 * `muball bounds`: how large μ/δ can be with a first layer of width k, and how few parameters a network can have, for the
 * worst dataset of N samples in ℚᵈ.
 */
import { type Command, Option } from 'commander';
import {
  compare,
  formatRational,
  one,
  parseRational,
  type Rational,
  rational,
  sign,
  square,
} from '../../exact/index.js';
import { type Norm, normAt, normSymbol, refuse } from '../../format/index.js';
import { rootText } from '../../report/value-text.js';
import { parameterBounds, radiusGuarantee, radiusUpperBounds } from '../../theory/index.js';
import { wholeNumber } from '../options.js';
import { plainTable, print, printJson } from '../print.js';

interface Flags {
  readonly samples: number;
  readonly dimension: number;
  readonly width: number;
  readonly norm: Norm;
  readonly ratio: Rational;
  readonly json?: boolean;
}

export function addBounds(program: Command): void {
  const required = (flag: string, what: string, least: number): Option =>
    new Option(`${flag} <n>`, what).argParser(wholeNumber(flag, least)).makeOptionMandatory();
  program
    .command('bounds')
    .description(
      'what no network can do for all datasets of a size: bounds of μ/δ for a width, of parameters for a ratio',
    )
    .addOption(required('--samples', 'N, samples', 2))
    .addOption(required('--dimension', 'd, inputs', 1))
    .addOption(required('--width', 'k, neurons of the first layer', 1))
    .addOption(
      new Option('--norm <norm>', 'l1, l2 or linf').argParser((text) => normAt(text, '--norm')).default('l2' as Norm),
    )
    .addOption(
      new Option('--ratio <rho>', 'ρ = 2μ/δ that the bounds of parameters are for')
        .argParser(ratioOf)
        .default(rational(1, 2), '1/2'),
    )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  $ muball bounds --samples 1000 --dimension 24 --width 4' +
        '\n  $ muball bounds --samples 100 --dimension 8 --width 5 --norm linf --ratio 0.9',
    )
    .action((flags: Flags) => {
      const upper = radiusUpperBounds(flags);
      const guarantee = radiusGuarantee(flags);
      const { samples, dimension, width, norm, ratio } = flags;
      const parameters = parameterBounds({ samples, dimension, norm, ratio: norm === 'l2' ? square(ratio) : ratio });
      if (flags.json === true) {
        printJson({
          ...flags,
          ratio: formatRational(ratio),
          json: undefined,
          impossible: upper.map(({ squared, ...rest }) => ({ squaredRatio: formatRational(squared), ...rest })),
          possible: { squaredRatio: formatRational(guarantee) },
          parameters,
        });
        return;
      }
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
      print(
        `\nparameters of an architecture that serves every dataset of this size with ρ = 2μ/δ = ${formatRational(ratio)}`,
      );
      print(
        plainTable(
          ['at least', 'because', 'reference'],
          parameters.map((bound) => [String(bound.parameters), bound.reason, bound.reference]),
        ),
      );
    });
}

/** A ratio in [0, 1). @throws InputError for other texts. */
function ratioOf(text: string): Rational {
  const ratio = parseRational(text, '--ratio');
  if (sign(ratio) < 0 || compare(ratio, one) >= 0) refuse('--ratio', 'a ratio ρ with 0 ≤ ρ < 1', text);
  return ratio;
}

const ratioText = (squared: Rational): string => rootText(squared).replace(/^≈ /, '');
