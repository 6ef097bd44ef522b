/**
 * Small queries on which floating-point verifiers are known to lie, each with its verdict derived by hand.
 *
 * Main definitions: `Trap`, `traps`.
 *
 * Kinds of lies: absorption of small terms by terms the size of 2^53, underflow and overflow in chains of layers, outputs
 * below every tolerance, balls that end 2^-22 or 0 before the unsafe set, margins of 2^-24, regions that are points or
 * flat, constraints given twice. Nearly every query has a twin with the other verdict.
 *
 * Notation of numbers: sums of rationals, powers of two and their multiples, `2^53+1`, `1/2-2^-60`, `-3*2^-80`.
 */
import { add, mul, parseRational, powerOfTwo, type Rational, zero } from '../../src/exact/index.js';
import type { Activation, Norm } from '../../src/format/index.js';
import { ball, type Region } from '../../src/geometry/index.js';
import { layerOf, type Network, rowCount } from '../../src/network/index.js';
import type { Constraint, Query } from '../../src/verify/query.js';

export interface Trap {
  readonly name: string;
  readonly query: Query;
  readonly verdict: 'sat' | 'unsat';
  /** Why, in exact arithmetic. */
  readonly because: string;
  /** The only counterexample there is. */
  readonly point?: readonly Rational[];
}

/** The number of a text. */
export function value(text: string): Rational {
  const terms = text.match(/[+-]?(?:\d+(?:\/\d+)?\*)?(?:2\^-?\d+|\d+(?:\.\d+)?(?:\/\d+)?)/g) ?? [];
  if (terms.join('') !== text) throw new RangeError(`value: expected a sum of numbers, got ${text}`);
  return terms.map(termValue).reduce(add, zero);
}

function termValue(term: string): Rational {
  const sign = term.startsWith('-') ? -1n : 1n;
  const factors = term.replace(/^[+-]/, '').split('*');
  return factors
    .map((factor) => (factor.startsWith('2^') ? powerOfTwo(Number(factor.slice(2))) : parseRational(factor)))
    .reduce(mul, { n: sign, d: 1n });
}

/** Weights by column, then the bias: `1 -1 : 2^53`. */
type RowText = string;
type LayerText = readonly [Activation, ...RowText[]];

function network(inputs: number, ...layers: readonly LayerText[]): Network {
  let size = inputs;
  return {
    layers: layers.map(([activation, ...rows]) => {
      const layer = layerOf(
        size,
        activation,
        rows.map((row) => {
          const [weights, bias] = row.split(':').map((part) => part.trim());
          const dense = (weights === '' ? [] : weights!.split(/\s+/)).map(value);
          const columns = dense.map((_, j) => j).filter((j) => dense[j]!.n !== 0n);
          return { columns, weights: columns.map((j) => dense[j]!), bias: value(bias!) };
        }),
      );
      size = rowCount(layer);
      return layer;
    }),
  };
}

const around = (centre: string, radius: string, norm: Norm = 'linf', open = false): Region =>
  ball(norm, centre.split(' ').map(value), value(radius), open);
const openAround = (centre: string, radius: string, norm: Norm = 'linf'): Region => around(centre, radius, norm, true);
const box = (lower: string, upper: string): Region => ({
  kind: 'box',
  lower: lower.split(' ').map(value),
  upper: upper.split(' ').map(value),
});

/** `1 -1 : 2^-60 > 0` is y₀ − y₁ + 2^-60 > 0; `>=` is not strict. */
function constraint(text: string): Constraint {
  const [, weights, bias, relation] = /^(.*?):\s*(\S+)\s*(>=|>)\s*0$/.exec(text)!;
  const dense = weights!.trim().split(/\s+/).map(value);
  const columns = dense.map((_, j) => j).filter((j) => dense[j]!.n !== 0n);
  return { columns, weights: columns.map((j) => dense[j]!), bias: value(bias!), strict: relation === '>' };
}

const trap = (
  name: string,
  net: Network,
  region: Region,
  /** Alternatives, each of constraints that hold together. */
  unsafe: readonly (readonly string[])[],
  verdict: 'sat' | 'unsat',
  because: string,
  point?: string,
): Trap => ({
  name,
  query: { network: net, region, unsafe: unsafe.map((all) => all.map(constraint)) },
  verdict,
  because,
  ...(point === undefined ? {} : { point: point.split(' ').map(value) }),
});

/** relu(x + 2^53) − 2^53: x, and in doubles 0. */
const absorbed = network(1, ['relu', '1 : 2^53'], ['identity', '1 : -2^53']);
/** relu(2^53 x + 1) − relu(2^53 x): 1 for x ≥ 0, and in doubles 0 or 2. */
const lostOne = network(1, ['relu', '2^53 : 1', '2^53 : 0'], ['identity', '1 -1 : 0']);
/** relu(2^60 x₀ + x₁) − relu(2^60 x₀): x₁ where x₀ > 0. */
const cancelled = network(2, ['relu', '2^60 1 : 0', '2^60 0 : 0'], ['identity', '1 -1 : 0']);
const chain = (weight: string, layers: number): LayerText[] =>
  Array.from({ length: layers }, (): LayerText => ['relu', `${weight} : 0`]);
const underflow = network(1, ...chain('2^-80', 20), ['identity', '1 : 0']);
const thereAndBack = network(1, ...chain('2^-80', 20), ...chain('2^80', 20), ['identity', '1 : 0']);
const overflow = network(1, ...chain('2^400', 3), ...chain('2^-400', 3), ['identity', '1 : 0']);
const underflowStep = network(1, ...chain('2^-80', 20), ['step', '1 : 0']);
const hugeStep = network(1, ['step', '2^1100 : 0'], ['identity', '1 : 0']);
/** (2^-60 x, 0). */
const tiny = network(1, ['identity', '2^-60 : 0', ' : 0']);
/** 2^-60 (x − 1 + 2^-40), by two relus. */
const sliver = network(1, ['relu', '1 : 0', '-1 : 0'], ['identity', '2^-60 -2^-60 : -2^-60+2^-100']);
/** |x| − |x − 1|: −1 at 0, 1 at 1, 0 half way. */
const nearer = network(1, ['relu', '1 : 0', '-1 : 0', '1 : -1', '-1 : 1'], ['identity', '1 1 -1 -1 : 0']);
/** ‖x‖₁ − ‖x − (1,1)‖₁. */
const nearer1 = network(
  2,
  ['relu', '1 0 : 0', '-1 0 : 0', '0 1 : 0', '0 -1 : 0', '1 0 : -1', '-1 0 : 1', '0 1 : -1', '0 -1 : 1'],
  ['identity', '1 1 1 1 -1 -1 -1 -1 : 0'],
);
/** relu(3x₀ + 4x₁) − 5: 0 on a line at ℓ2 distance 1 from 0, touched at (3/5, 4/5). */
const line345 = network(2, ['relu', '3 4 : 0'], ['identity', '1 : -5']);
/** relu(x₀ + x₁), √2 at most on the ℓ2 ball. */
const diagonal = network(2, ['relu', '1 1 : 0'], ['identity', '1 : 0']);
const absolute = network(1, ['relu', '1 : 0', '-1 : 0'], ['identity', '1 1 : 0']);
/** relu(3x) − 1. */
const third = network(1, ['relu', '3 : 0'], ['identity', '1 : -1']);
/** Ten times relu(x), added one by one, − 1. */
const tenths = network(
  1,
  ['relu', ...Array.from({ length: 10 }, (_, k) => `1 : ${k}*2^-99`)],
  ['identity', `${Array.from({ length: 10 }, () => '1').join(' ')} : -1-45*2^-99`],
);
/** relu(x₀ + x₁) − relu(x₂). */
const decimals = network(3, ['relu', '1 1 0 : 0', '0 0 1 : 0'], ['identity', '1 -1 : 0']);
/** (relu(x), relu(x)), from two neurons that are the same. */
const twins = network(1, ['relu', '1 : 0', '1 : 0'], ['identity', '1 0 : 0', '0 1 : 0']);
const sum = network(2, ['relu', '1 1 : 0'], ['identity', '1 : 0']);
/** No input reaches the output. */
const constant = network(1, ['relu', ' : 2^-80'], ['identity', '1 : 0']);
const step = network(1, ['step', '1 : 0']);
/** step(x) + step(−x): 1, and 0 at 0 alone. */
const hole = network(1, ['step', '1 : 0', '-1 : 0'], ['identity', '1 1 : 0']);

export const traps: readonly Trap[] = [
  trap('2^53 absorbs 1/8', absorbed, around('1/4', '1/8'), [['-1 : 0 >= 0']], 'unsat', 'y = x ≥ 1/8 > 0'),
  trap('2^53 hides a counterexample', absorbed, around('1/4', '1/8'), [['1 : -3/8 >= 0']], 'sat', 'y = x = 3/8', '3/8'),
  trap('2^53 and a strict bound', absorbed, around('1/4', '1/8'), [['1 : -3/8 > 0']], 'unsat', 'y = x ≤ 3/8'),
  trap('2^53 and an open ball', absorbed, openAround('1/4', '1/8'), [['1 : -3/8 >= 0']], 'unsat', 'y = x < 3/8'),
  trap('the 1 beside 2^53', lostOne, box('1', '2'), [['-1 : 1/2 >= 0'], ['1 : -3/2 >= 0']], 'unsat', 'y = 1 for x ≥ 0'),
  trap('the 1 beside 2^53, found', lostOne, box('1', '2'), [['1 : -1 >= 0', '-1 : 1 >= 0']], 'sat', 'y = 1 for x ≥ 0'),
  trap('2^60 x₀ cancels', cancelled, box('1 0', '2 1/3'), [['1 : -1/3 > 0']], 'unsat', 'y = x₁ ≤ 1/3'),
  trap('2^60 x₀ cancels, at the end', cancelled, box('1 0', '2 1/3'), [['1 : -1/3 >= 0']], 'sat', 'y = x₁ = 1/3'),
  trap(
    'bias 1 beside 2^70',
    network(1, ['relu', '2^70 : -2^70+1']),
    around('1', '0'),
    [['-1 : 0 >= 0']],
    'unsat',
    'y = 1',
  ),
  trap(
    'bias 1 beside 2^70, found',
    network(1, ['relu', '2^70 : -2^70+1']),
    around('1', '0'),
    [['1 : -1 >= 0']],
    'sat',
    'y = 1',
    '1',
  ),

  trap('underflow to 2^-1600', underflow, box('1', '2'), [['-1 : 0 >= 0']], 'unsat', 'y = 2^-1600 x > 0'),
  trap('underflow to 2^-1600, found', underflow, box('0', '2'), [['-1 : 0 >= 0']], 'sat', 'y = 0 at x = 0', '0'),
  trap('2^-1600 and back', thereAndBack, box('1', '2'), [['-1 : 1 > 0']], 'unsat', 'y = x ≥ 1'),
  trap('2^-1600 and back, at the end', thereAndBack, box('1', '2'), [['1 : -2 >= 0']], 'sat', 'y = x = 2', '2'),
  trap('overflow to 2^1200 and back', overflow, box('1', '2'), [['1 : -2 > 0']], 'unsat', 'y = x ≤ 2'),
  trap('overflow to 2^1200 and back, at the end', overflow, box('1', '2'), [['1 : -2 >= 0']], 'sat', 'y = x = 2', '2'),
  trap(
    'a step after underflow',
    underflowStep,
    box('1', '2'),
    [['-1 : 1 > 0']],
    'unsat',
    'step(2^-1600 x) = 1 for x > 0',
  ),
  trap('a step after underflow, at 0', underflowStep, box('0', '2'), [['-1 : 0 >= 0']], 'sat', 'step(0) = 0', '0'),

  trap('a step of 2^1100', hugeStep, box('0', '1'), [['1 : -1 >= 0']], 'sat', 'step(x) = 1 for x > 0'),
  trap('a step of 2^1100, up to 0', hugeStep, box('-1', '0'), [['1 : -1 >= 0']], 'unsat', 'step(x) = 0 for x ≤ 0'),

  trap('outputs of 2^-60', tiny, box('1/4', '1'), [['-1 1 : 0 >= 0']], 'unsat', 'y₀ ≥ 2^-62 > 0 = y₁'),
  trap('outputs of 2^-60, found', tiny, box('-1/4', '1'), [['-1 1 : 0 >= 0']], 'sat', 'y₀ ≤ 0 = y₁ for x ≤ 0'),
  trap('outputs of 2^-60, tied at 0', tiny, box('0', '1'), [['-1 1 : 0 >= 0']], 'sat', 'y₀ = y₁ = 0 at x = 0', '0'),
  trap('a sliver of 2^-40', sliver, box('-1', '1'), [['1 : 0 >= 0']], 'sat', 'y ≥ 0 for x ≥ 1 − 2^-40'),
  trap('short of a sliver', sliver, box('-1', '1-2^-39'), [['1 : 0 >= 0']], 'unsat', 'y ≤ −2^-100 for x ≤ 1 − 2^-39'),
  trap(
    'the end of a sliver',
    sliver,
    box('-1', '1-2^-40'),
    [['1 : 0 >= 0']],
    'sat',
    'y = 0 at x = 1 − 2^-40',
    '1-2^-40',
  ),
  trap(
    'the end of a sliver, strict',
    sliver,
    box('-1', '1-2^-40'),
    [['1 : 0 > 0']],
    'unsat',
    'y ≤ 0 for x ≤ 1 − 2^-40',
  ),

  trap('μ = δ/2 − 2^-22', nearer, around('0', '1/2-2^-22'), [['1 : 0 >= 0']], 'unsat', 'y = 2x − 1 ≤ −2^-21 on [0, 1]'),
  trap('μ = δ/2 − 2^-60', nearer, around('0', '1/2-2^-60'), [['1 : 0 >= 0']], 'unsat', 'y ≤ −2^-59'),
  trap('μ = δ/2, closed', nearer, around('0', '1/2'), [['1 : 0 >= 0']], 'sat', 'y = 0 at x = 1/2', '1/2'),
  trap('μ = δ/2, strict unsafe set', nearer, around('0', '1/2'), [['1 : 0 > 0']], 'unsat', 'y ≤ 0 for x ≤ 1/2'),
  trap('μ = δ/2, open', nearer, openAround('0', '1/2'), [['1 : 0 >= 0']], 'unsat', 'y < 0 for x < 1/2'),
  trap('μ = δ/2 + 2^-60, strict', nearer, around('0', '1/2+2^-60'), [['1 : 0 > 0']], 'sat', 'y = 2^-59 at the end'),
  trap('μ = δ/2 + 2^-60, open', nearer, openAround('0', '1/2+2^-60'), [['1 : 0 >= 0']], 'sat', 'y ≥ 0 for x ≥ 1/2'),
  trap(
    'the other side of a touching pair',
    nearer,
    around('1', '1/2'),
    [['-1 : 0 >= 0']],
    'sat',
    'y = 0 at x = 1/2',
    '1/2',
  ),
  trap('the other side, open', nearer, openAround('1', '1/2'), [['-1 : 0 >= 0']], 'unsat', 'y > 0 for x > 1/2'),
  trap(
    'ℓ1 touching, closed',
    nearer1,
    around('0 0', '1', 'l1'),
    [['1 : 0 >= 0']],
    'sat',
    'y = 0 where ‖x‖₁ = 1 between them',
  ),
  trap(
    'ℓ1 touching, strict',
    nearer1,
    around('0 0', '1', 'l1'),
    [['1 : 0 > 0']],
    'unsat',
    '‖x − (1,1)‖₁ ≥ 2 − ‖x‖₁ ≥ ‖x‖₁',
  ),
  trap(
    'ℓ1 touching, open',
    nearer1,
    openAround('0 0', '1', 'l1'),
    [['1 : 0 >= 0']],
    'unsat',
    '‖x − (1,1)‖₁ > ‖x‖₁ for ‖x‖₁ < 1',
  ),
  trap('ℓ1, δ/2 − 2^-40', nearer1, around('0 0', '1-2^-40', 'l1'), [['1 : 0 >= 0']], 'unsat', 'y ≤ −2^-39'),
  trap(
    'ℓ2 touching a line, strict',
    line345,
    around('0 0', '1', 'l2'),
    [['1 : 0 > 0']],
    'unsat',
    '3x₀ + 4x₁ ≤ 5‖x‖₂ ≤ 5',
  ),
  trap('ℓ2 touching a line, open', line345, openAround('0 0', '1', 'l2'), [['1 : 0 >= 0']], 'unsat', '3x₀ + 4x₁ < 5'),
  trap(
    'ℓ2 just beyond a line',
    line345,
    around('0 0', '1+2^-30', 'l2'),
    [['1 : 0 >= 0']],
    'sat',
    '(3/5, 4/5) is inside',
  ),
  trap(
    'ℓ2, a bound above √2 by 10^-15',
    diagonal,
    around('0 0', '1', 'l2'),
    [['1 : -1.414213562373096 >= 0']],
    'unsat',
    'x₀ + x₁ ≤ √2 < 1.414213562373096',
  ),
  trap(
    'ℓ2, a bound below √2 by 10^-15',
    diagonal,
    around('0 0', '1', 'l2'),
    [['1 : -1.414213562373095 >= 0']],
    'sat',
    'x₀ + x₁ = √2 > 1.414213562373095 nearly',
  ),

  trap('a margin of 2^-24', absolute, box('-1', '1'), [['1 : -1-2^-24 >= 0']], 'unsat', '|x| ≤ 1'),
  trap('no margin, strict', absolute, box('-1', '1'), [['1 : -1 > 0']], 'unsat', '|x| ≤ 1'),
  trap('no margin, closed', absolute, box('-1', '1'), [['1 : -1 >= 0']], 'sat', '|x| = 1 at the ends'),
  trap('below by 2^-24', absolute, box('-1', '1'), [['-1 : -2^-24 >= 0']], 'unsat', '|x| ≥ 0'),
  trap('one point of |x| = 0', absolute, box('-1', '1'), [['-1 : 0 >= 0']], 'sat', '|x| = 0 at x = 0', '0'),

  trap('μ = 0 at 1/3', third, around('1/3', '0'), [['1 : 0 > 0'], ['-1 : 0 > 0']], 'unsat', '3·(1/3) − 1 = 0'),
  trap('μ = 0 at 1/3, tie unsafe', third, around('1/3', '0', 'l2'), [['1 : 0 >= 0']], 'sat', '3·(1/3) − 1 = 0', '1/3'),
  trap('ten tenths', tenths, around('1/10', '0', 'l1'), [['1 : 0 > 0'], ['-1 : 0 > 0']], 'unsat', '10·(1/10) − 1 = 0'),
  trap('0.1 + 0.2 − 0.3', decimals, around('0.1 0.2 0.3', '0'), [['1 : 0 > 0'], ['-1 : 0 > 0']], 'unsat', 'it is 0'),
  trap(
    '0.1 + 0.2 − 0.3 as counterexample',
    decimals,
    around('0.1 0.2 0.3', '0'),
    [['1 : 0 >= 0', '-1 : 0 >= 0']],
    'sat',
    'it is 0',
    '0.1 0.2 0.3',
  ),
  trap('μ = 0 and a step', step, around('0', '0'), [['1 : -1 >= 0']], 'unsat', 'step(0) = 0'),
  trap(
    'a step below the least double',
    step,
    around('2^-1080', '0'),
    [['1 : -1 >= 0']],
    'sat',
    'step(2^-1080) = 1',
    '2^-1080',
  ),
  trap('a step up to 0', step, around('-1', '1'), [['1 : -1 >= 0']], 'unsat', 'step(x) = 0 for x ≤ 0'),
  trap('a step beyond 0 by 2^-80', step, around('-1', '1+2^-80'), [['1 : -1 >= 0']], 'sat', 'step(x) = 1 for x > 0'),
  trap('a hole of one point', hole, around('1', '1'), [['-1 : 0 >= 0']], 'sat', 'step(x) + step(−x) = 0 at 0', '0'),
  trap('a hole outside the open ball', hole, openAround('1', '1'), [['-1 : 0 >= 0']], 'unsat', 'step(x) = 1 for x > 0'),
  trap('a hole shut out by 2^-80', hole, box('2^-80', '1'), [['-1 : 0 >= 0']], 'unsat', 'step(x) = 1 for x > 0'),

  trap('an input that is constant', sum, box('1/3 0', '1/3 1'), [['-1 : 1/3 > 0']], 'unsat', 'y = 1/3 + x₁ ≥ 1/3'),
  trap(
    'an input that is constant, found',
    sum,
    box('1/3 0', '1/3 1'),
    [['-1 : 1/3 >= 0']],
    'sat',
    'y = 1/3 at x₁ = 0',
    '1/3 0',
  ),
  trap(
    'a box of one point',
    sum,
    box('1/3 1/7', '1/3 1/7'),
    [['1 : -10/21 > 0'], ['-1 : 10/21 > 0']],
    'unsat',
    '1/3 + 1/7 = 10/21',
  ),
  trap(
    'y fixed twice',
    twins,
    box('0', '2'),
    [['1 0 : -1 >= 0', '-1 0 : 1 >= 0', '0 1 : -1 >= 0', '0 -1 : 1 >= 0']],
    'sat',
    'y = (1, 1) at x = 1',
    '1',
  ),
  trap(
    'y fixed twice, to different values',
    twins,
    box('0', '2'),
    [['1 0 : -1 >= 0', '0 -1 : 1 > 0']],
    'unsat',
    'y₀ = y₁',
  ),
  trap('equal neurons', twins, box('-1', '1'), [['1 -1 : 0 > 0']], 'unsat', 'y₀ = y₁'),
  trap('a constant of 2^-80', constant, box('-1', '1'), [['-1 : 0 >= 0']], 'unsat', 'y = 2^-80 > 0'),
  trap('a constant of 2^-80, found', constant, box('-1', '1'), [['1 : 0 > 0']], 'sat', 'y = 2^-80 > 0'),
];
