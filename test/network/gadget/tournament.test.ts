import { describe, expect, it } from 'vitest';
import { compare, type Rational, randomSource, rational } from '../../../src/exact/index.js';
import {
  type AffineForm,
  complexity,
  evaluate,
  sequentialBuilder,
  type Tournament,
  tournamentRows,
  tournamentWinners,
} from '../../../src/network/index.js';

/** The network that plays a tournament of its inputs, made ≥ 0 by a first layer. */
function played(kind: Tournament, s: number) {
  const builder = sequentialBuilder(s);
  let operands: readonly AffineForm[] = builder.layer('relu', builder.inputs);
  while (operands.length > 1) {
    operands = tournamentWinners(kind, builder.layer('relu', tournamentRows(kind, operands)));
  }
  return builder.network(operands);
}

describe.each(['max', 'min'] as const)('%s', (kind) => {
  it.each([1, 2, 3, 4, 5, 7, 8, 9, 16, 17])('of %d values, in ⌈log₂ s⌉ layers of at most s neurons', (s) => {
    const network = played(kind, s);
    expect(complexity(network)).toMatchObject({ width: s, depth: Math.ceil(Math.log2(s)) + 2 });
    const random = randomSource(s);
    for (let run = 0; run < 40; run++) {
      // Few different values: ties and zeros are common.
      const x = Array.from({ length: s }, () => rational(random.between(0, 4), 3));
      const sorted = [...x].sort(compare) as Rational[];
      expect(evaluate(network, x)).toEqual([kind === 'max' ? sorted.at(-1) : sorted[0]]);
    }
  });
});

it('needs operands that are not negative', () => {
  const builder = sequentialBuilder(2);
  const neurons = builder.layer('relu', tournamentRows('max', builder.inputs));
  const network = builder.network(tournamentWinners('max', neurons));
  expect(evaluate(network, [rational(-2), rational(-3)])).toEqual([rational(0)]);
});
