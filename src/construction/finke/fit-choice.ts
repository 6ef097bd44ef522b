/**
 * How a threshold construction is asked to fit: hyperplanes, rounds, completion; and what it says about the fit.
 *
 * Main definitions: `FitChoice`, `fitChoice`, `fitText`, `uncoveredError`.
 */
import { InputError } from '../../format/index.js';
import { type Dataset, sampleText } from '../../geometry/index.js';
import type { ConstructionOptions } from '../theorem.js';
import { hyperplaneCount, type ThresholdFit } from './fit.js';

/** n₁ when none is asked for. */
export const defaultHyperplanes = 32;

/** Rounds when no bound is asked for: the hyperplanes at most quadruple. */
export const defaultRounds = 3;

/** More are refused: nobody has the memory for them. */
const mostRounds = 32;

export interface FitChoice {
  readonly hyperplanes: number;
  readonly rounds: number;
  readonly complete: boolean;
}

/** The choice with its defaults. @throws InputError for rounds out of range. */
export function fitChoice({ hyperplanes, rounds, complete }: ConstructionOptions): FitChoice {
  if (rounds !== undefined && !(Number.isSafeInteger(rounds) && rounds >= 1 && rounds <= mostRounds))
    throw new InputError(`--rounds: expected a whole number from 1 to ${mostRounds}, got ${rounds}`);
  return {
    hyperplanes: hyperplanes ?? defaultHyperplanes,
    rounds: rounds ?? defaultRounds,
    complete: complete ?? true,
  };
}

/** What the fit took, in one line. */
export function fitText(
  { rounds, targeted, neurons, hyperplanes }: ThresholdFit,
  { rounds: most }: Pick<FitChoice, 'rounds'>,
): string {
  // A fit that is completed has one more pass.
  const drawn = rounds.length - (targeted > 0 ? 1 : 0);
  const count = hyperplaneCount(hyperplanes);
  return [
    `${counted(count - targeted, 'hyperplane')} drawn in ${drawn} of at most ${counted(most, 'round')}`,
    `${targeted === 0 ? 'none' : targeted} made to complete them`,
    `${counted(neurons.length, 'neuron')} to count them`,
  ].join(', ');
}

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/** The refusal of a fit that left samples uncovered. */
export function uncoveredError(data: Dataset, { rounds, left }: ThresholdFit): InputError {
  const { hyperplanes } = rounds.at(-1)!;
  const drawn = `${counted(rounds.length, 'round')} with ${counted(hyperplanes, 'hyperplane')}`;
  return new InputError(
    `--rounds: expected enough of them to cover every class, got ${drawn}, which leave ${left.length} of ${data.size}` +
      ` samples uncovered, the first of them ${sampleText(data, left[0]!)}; ask for more hyperplanes or rounds, take` +
      ' another seed, or let the fit be completed',
  );
}
