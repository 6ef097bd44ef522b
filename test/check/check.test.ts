/**
 * What the checker accepts and rejects: tables of question → answer, each with its reason.
 */
import { describe, expect, test } from 'vitest';
import { checker } from '../../src/check/index.js';
import {
  ball,
  box,
  type ConstraintJson,
  certificate,
  constraint,
  differsFrom,
  golden,
  type NetworkJson,
  network,
  query,
  ratio,
  samples,
  sha256,
  verdict,
} from './example.js';

type Case = readonly [
  reason: string,
  net: NetworkJson,
  region: object,
  unsafe: ConstraintJson[][],
  expected: 'valid' | 'invalid',
];

/** Each case is answered as expected, and a rejection is one of the proof, not of the files. */
function cases(name: string, table: readonly Case[]): void {
  describe(name, () => {
    test.each(table)('%s', (_, net, region, unsafe, expected) => {
      const got = verdict(net, region, unsafe);
      expect(got.outcome).toBe(expected);
      if (got.outcome === 'invalid') {
        expect(got.where).toMatch(/^certificate\.proofs\[\d+\]$/);
        expect(got.why).toMatch(/^exact intervals refute none of the \d+ constraints$/);
      }
    });
    test('has a rejection for each acceptance', () => {
      const accepted = table.filter(([, , , , expected]) => expected === 'valid').length;
      expect(table.length - accepted).toBeGreaterThanOrEqual(accepted);
    });
  });
}

const at = (i: number) => samples[i]!.centre;
cases('the golden network', [
  ['sample 0 has label 0 on the ball of radius 3/4', golden, ball('linf', at(0), '3/4'), differsFrom(0), 'valid'],
  ['sample 1 has label 1 there', golden, ball('linf', at(1), '3/4'), differsFrom(1), 'valid'],
  ['sample 2 has label 2 there', golden, ball('linf', at(2), '3/4'), differsFrom(2), 'valid'],
  ['sample 1 in the l1 ball', golden, ball('l1', at(1), '3/4'), differsFrom(1), 'valid'],
  ['sample 1 in the l2 ball', golden, ball('l2', at(1), '3/4'), differsFrom(1), 'valid'],
  ['sample 1 in the open ball', golden, ball('linf', at(1), '3/4', true), differsFrom(1), 'valid'],
  ['sample 1 in a box', golden, box(['5/4', '1/4'], ['11/4', '7/4']), differsFrom(1), 'valid'],
  ['sample 0, wrong label', golden, ball('linf', at(0), '3/4'), differsFrom(1), 'invalid'],
  ['sample 1, wrong label', golden, ball('linf', at(1), '3/4'), differsFrom(0), 'invalid'],
  ['sample 2, wrong label', golden, ball('linf', at(2), '3/4'), differsFrom(1), 'invalid'],
  ['radius a little larger', golden, ball('linf', at(1), '3000001/4000000'), differsFrom(1), 'invalid'],
  ['radius a little larger, l1', golden, ball('l1', at(1), '3000001/4000000'), differsFrom(1), 'invalid'],
  ['radius a little larger, l2', golden, ball('l2', at(1), '3000001/4000000'), differsFrom(1), 'invalid'],
  ['radius a little larger, open', golden, ball('linf', at(1), '3000001/4000000', true), differsFrom(1), 'invalid'],
  ['a box a little larger', golden, box(['5/4', '1/4'], ['11/4', '17500001/10000000']), differsFrom(1), 'invalid'],
]);

const same = network(['identity', [[[1], 0]]]);
const minus = (value: string | number): string => `-${value}`.replace(/^--|^-(?=0$)/, '');
const atLeast = (value: string | number): ConstraintJson[][] => [[constraint([1], minus(value))]];
const above = (value: string | number): ConstraintJson[][] => [[constraint([1], minus(value), true)]];
const atMost = (value: string | number): ConstraintJson[][] => [[constraint([-1], `${value}`)]];
const below = (value: string | number): ConstraintJson[][] => [[constraint([-1], `${value}`, true)]];

for (const norm of ['l1', 'l2', 'linf']) {
  cases(`touching exactly, one coordinate, ${norm}`, [
    ['closed ball, y > 1', same, ball(norm, [0], 1), above(1), 'valid'],
    ['closed ball, y ≥ 1', same, ball(norm, [0], 1), atLeast(1), 'invalid'],
    ['open ball, y ≥ 1', same, ball(norm, [0], 1, true), atLeast(1), 'valid'],
    ['open ball, y > 999/1000', same, ball(norm, [0], 1, true), above('999/1000'), 'invalid'],
    ['closed ball, y < -1', same, ball(norm, [0], 1), below(-1), 'valid'],
    ['closed ball, y ≤ -1', same, ball(norm, [0], 1), atMost(-1), 'invalid'],
    ['single point, y > 1', same, ball(norm, [1], 0), above(1), 'valid'],
    ['single point, y ≥ 1', same, ball(norm, [1], 0), atLeast(1), 'invalid'],
  ]);
}
cases('touching exactly, box', [
  ['y > 1', same, box([-1], [1]), above(1), 'valid'],
  ['y ≥ 1', same, box([-1], [1]), atLeast(1), 'invalid'],
  ['y < -1', same, box([-1], [1]), below(-1), 'valid'],
  ['y ≤ -1', same, box([-1], [1]), atMost(-1), 'invalid'],
]);

const weights34 = network(['identity', [[[3, '-4'], 0]]]);
const weights43 = network(['identity', [[['-4', 3], 0]]]);
const hidden43 = network(['relu', [[['-4', 3], 10]]], ['identity', [[[1], '-10']]]);
const hidden34 = network(['relu', [[[3, '-4'], 10]]], ['identity', [[[1], '-10']]]);
cases('dual norms', [
  ['l∞: sum of sizes 7', weights34, ball('linf', [0, 0], 2), above(14), 'valid'],
  ['l∞: 14 is reached', weights34, ball('linf', [0, 0], 2), atLeast(14), 'invalid'],
  ['l1: largest size 4', weights34, ball('l1', [0, 0], 2), above(8), 'valid'],
  ['l1: 8 is reached', weights34, ball('l1', [0, 0], 2), atLeast(8), 'invalid'],
  ['l1: the largest weight first', weights43, ball('l1', [0, 0], 2), above(8), 'valid'],
  ['l1: 8 is reached there', weights43, ball('l1', [0, 0], 2), atLeast(8), 'invalid'],
  ['first hidden layer, l1, the largest first', hidden43, ball('l1', [0, 0], 1), above(4), 'valid'],
  ['first hidden layer, l1, reached there', hidden43, ball('l1', [0, 0], 1), atLeast(4), 'invalid'],
  ['l2: root 5', weights34, ball('l2', [0, 0], 2), above(10), 'valid'],
  ['l2: 10 is reached', weights34, ball('l2', [0, 0], 2), atLeast(10), 'invalid'],
  ['l2: 10 is not reached by the open ball', weights34, ball('l2', [0, 0], 2, true), atLeast(10), 'valid'],
  ['l2: less than 10 is', weights34, ball('l2', [0, 0], 2, true), atLeast('999/100'), 'invalid'],
  ['first hidden layer, l∞', hidden34, ball('linf', [0, 0], 1), above(7), 'valid'],
  ['first hidden layer, l∞ reached', hidden34, ball('linf', [0, 0], 1), atLeast(7), 'invalid'],
  ['first hidden layer, l1', hidden34, ball('l1', [0, 0], 1), above(4), 'valid'],
  ['first hidden layer, l1 reached', hidden34, ball('l1', [0, 0], 1), atLeast(4), 'invalid'],
  ['first hidden layer, l2', hidden34, ball('l2', [0, 0], 1), above(5), 'valid'],
  ['first hidden layer, l2 reached', hidden34, ball('l2', [0, 0], 1), atLeast(5), 'invalid'],
  ['first hidden layer, open', hidden34, ball('l2', [0, 0], 1, true), atLeast(5), 'valid'],
  ['first hidden layer, open, less', hidden34, ball('l2', [0, 0], 1, true), atLeast('499/100'), 'invalid'],
]);

// √2 is irrational: the bound is the multiple of 2^-95 above it, because 2^95 ≤ √2·2^95 ≤ 2^96.
const sumOfTwo = network(['identity', [[[1, 1], 0]]]);
const rootMantissa = 56022770974786139918731938228n;
const rootBound = ratio(rootMantissa, 2n ** 95n);
const justBelow = ratio(rootMantissa * 2n - 1n, 2n ** 96n);
test('the mantissa used below is the smallest above √2', () => {
  expect(rootMantissa ** 2n > 2n ** 191n && (rootMantissa - 1n) ** 2n < 2n ** 191n).toBe(true);
});
const disc = ball('l2', [0, 0], 1);
const hiddenSum = network(['relu', [[[1, 1], 0]]], ['identity', [[[1], 0]]]);
cases('rounded root', [
  ['the bound itself is not reached', hiddenSum, disc, [[constraint([1], `-${rootBound}`)]], 'valid'],
  ['nothing below the bound is refuted', hiddenSum, disc, [[constraint([1], `-${justBelow}`)]], 'invalid'],
  [
    'nor below it in the open ball',
    hiddenSum,
    { ...disc, open: true },
    [[constraint([1], `-${justBelow}`)]],
    'invalid',
  ],
  ['without activations squares are compared', sumOfTwo, disc, [[constraint([1], `-${justBelow}`)]], 'valid'],
  ['and 1393/985 < √2', sumOfTwo, disc, [[constraint([1], '-1393/985')]], 'invalid'],
  ['radius 0: one point, below', sumOfTwo, ball('l2', [1, 1], 0), above(2), 'valid'],
  ['radius 0: the point itself is reached', sumOfTwo, ball('l2', [1, 1], 0), atLeast(2), 'invalid'],
  ['radius 0, hidden', hiddenSum, ball('l2', [1, 1], 0), atLeast(2), 'invalid'],
]);

const relu = network(['relu', [[[1], 0]]]);
const step = network(['step', [[[1], 0]]]);
const constant = network(['identity', [[[0], 0]]]);
cases('activations at 0', [
  ['relu of t ≤ 0 is 0', relu, ball('linf', [-1], 1), above(0), 'valid'],
  ['and reaches 0', relu, ball('linf', [-1], 1), atLeast(0), 'invalid'],
  ['relu of t < 0 is 0', relu, ball('linf', [-1], 1, true), above(0), 'valid'],
  ['and reaches 0, although t does not', relu, ball('linf', [-1], 1, true), atLeast(0), 'invalid'],
  ['relu of t > 0 is above 0', relu, ball('linf', [1], 1, true), atMost(0), 'valid'],
  ['relu of t ≥ 0 is not', relu, ball('linf', [1], 1), atMost(0), 'invalid'],
  ['relu is never negative', relu, ball('linf', [0], 1, true), below(0), 'valid'],
  ['but 0 when it is clipped', relu, ball('linf', [0], 1, true), atMost(0), 'invalid'],
  ['step of t ≤ 0 is 0', step, ball('linf', [-1], 1), above(0), 'valid'],
  ['step of some t > 0 is 1', step, ball('linf', [-1], '10001/10000'), above(0), 'invalid'],
  ['step of t > 0 is 1', step, ball('linf', [1], 1, true), below(1), 'valid'],
  ['step of t = 0 is 0', step, ball('linf', [1], 1), below(1), 'invalid'],
  ['step of t ≥ 1/10 is 1', step, ball('linf', [1], '9/10'), below(1), 'valid'],
  ['step is 1 and no more, reached', step, ball('linf', [1], 1, true), atLeast(1), 'invalid'],
  ['step stays at or below 1', step, ball('linf', [0], 5), above(1), 'valid'],
  ['step reaches 1', step, ball('linf', [0], 5), atLeast(1), 'invalid'],
]);
/** y = relu(2·step(x) - 1), which is the step: its intervals are those of a layer between. */
const between = network(['step', [[[1], 0]]], ['relu', [[[2], -1]]]);
cases('a step below another layer', [
  ['of t ≤ 0 is 0', between, ball('linf', [-1], 1), above(0), 'valid'],
  ['and reaches 0', between, ball('linf', [-1], 1), atLeast(0), 'invalid'],
  ['of some t > 0 is 1', between, ball('linf', [-1], '10001/10000'), above(0), 'invalid'],
  ['of t > 0 is 1', between, ball('linf', [1], 1, true), below(1), 'valid'],
  ['of t ≥ 0 is not', between, ball('linf', [1], 1), below(1), 'invalid'],
  ['is 1 and no more', between, ball('linf', [0], 5), above(1), 'valid'],
  ['reaches 1', between, ball('linf', [0], 5), atLeast(1), 'invalid'],
  ['over another denominator', between, ball('linf', ['1/3'], '1/4'), below(1), 'valid'],
  ['over another denominator, reached', between, ball('linf', ['1/3'], '1/4'), atLeast(1), 'invalid'],
]);
cases('ends that only a rounded root leaves open', [
  ['step of t > √2 - bound is 1', network(['step', [[[1, 1], rootBound]]]), disc, below(1), 'valid'],
  ['step of t above a smaller bound is unknown', network(['step', [[[1, 1], justBelow]]]), disc, below(1), 'invalid'],
]);

const difference = network(
  ['relu', [[[1], 0]]],
  [
    'identity',
    [
      [[1], 1],
      [[1], 0],
    ],
  ],
);
const equalOutputs = network([
  'identity',
  [
    [[1], 0],
    [[1], 0],
  ],
]);
const twoIdentities = network(
  [
    'identity',
    [
      [[1], 1],
      [[1], 0],
    ],
  ],
  [
    'identity',
    [
      [[1, 0], 0],
      [[0, 1], 0],
    ],
  ],
);
const belowRelu = network(
  [
    'identity',
    [
      [[1], 1],
      [[1], 0],
    ],
  ],
  ['relu', [[[-1, 1], 0]]],
);
cases('outputs compared with each other', [
  ['y₁ - y₀ is -1 exactly', difference, ball('linf', [0], 9), [[constraint([-1, 1], '999/1000')]], 'valid'],
  ['and reaches -1', difference, ball('linf', [0], 9), [[constraint([-1, 1], 1)]], 'invalid'],
  ['y₁ - y₀ is 0 exactly', equalOutputs, ball('l2', [0], 9), [[constraint([-1, 1], 0, true)]], 'valid'],
  ['and reaches 0 in an open ball', equalOutputs, ball('l2', [0], 9, true), [[constraint([-1, 1], 0)]], 'invalid'],
  ['through two layers without activation', twoIdentities, ball('linf', [0], 9), [[constraint([-1, 1], 0)]], 'valid'],
  ['and reaches -1 there', twoIdentities, ball('linf', [0], 9), [[constraint([-1, 1], 1)]], 'invalid'],
  ['not below a relu: intervals alone say ≤ 17', belowRelu, ball('linf', [0], 9), above(17), 'valid'],
  ['which only looks reached', belowRelu, ball('linf', [0], 9), atLeast(17), 'invalid'],
]);

const stepOf0 = network(['step', [[[0], 0]]]);
cases('constants', [
  ['a constant output 0', constant, ball('linf', [0], 1, true), above(0), 'valid'],
  ['is reached in an open ball', constant, ball('linf', [0], 1, true), atLeast(0), 'invalid'],
  ['a step of a constant 0 is 0 in an open ball', stepOf0, ball('linf', [0], 1, true), above(0), 'valid'],
  ['and not 1', stepOf0, ball('linf', [0], 1, true), below(1), 'invalid'],
  ['0·y + 0 > 0', same, ball('linf', [0], 1, true), [[constraint([0], 0, true)]], 'valid'],
  ['0·y + 0 ≥ 0 in an open ball', same, ball('linf', [0], 1, true), [[constraint([0], 0)]], 'invalid'],
  ['0·relu + 0 ≥ 0 in an open ball', relu, ball('linf', [3], 1, true), [[constraint([0], 0)]], 'invalid'],
  ['-1 ≥ 0', same, ball('linf', [0], 1), [[constraint([], -1)]], 'valid'],
  ['0 ≥ 0', same, ball('linf', [0], 1), [[constraint([], 0)]], 'invalid'],
]);

const no = constraint([1], -2);
const yes = constraint([1], 0);
const unit = ball('linf', [0], 1);
cases('the unsafe set', [
  ['the empty disjunction', same, unit, [], 'valid'],
  ['the empty conjunction', same, unit, [[]], 'invalid'],
  ['one refuted constraint is enough, first', same, unit, [[no, yes]], 'valid'],
  ['one refuted constraint is enough, last', same, unit, [[yes, no]], 'valid'],
  ['none refuted', same, unit, [[yes, yes]], 'invalid'],
  ['two conjunctions, both refuted', same, unit, [[no], [no]], 'valid'],
  ['the first is not', same, unit, [[yes], [no]], 'invalid'],
  ['the second is not', same, unit, [[no], [yes]], 'invalid'],
  ['an empty one among refuted ones', same, unit, [[no], [], [no]], 'invalid'],
  [
    'unsatisfiable together, but not one by one',
    same,
    unit,
    [[constraint([1], 0), constraint([-1], '-1/2')]],
    'invalid',
  ],
]);

test('the reason for refusing an empty conjunction', () => {
  expect(verdict(same, unit, [[no], []])).toEqual({
    outcome: 'invalid',
    where: 'certificate.proofs[1]',
    why: 'exact intervals refute none of the 0 constraints',
  });
});

test('one checker answers many queries, in any order', () => {
  const check = checker(weights34);
  if ('outcome' in check) throw new Error(check.why);
  const largest = { linf: 7, l1: 4, l2: 5 };
  for (const norm of ['linf', 'l1', 'l2', 'l1', 'linf', 'l2'] as const) {
    const answers = [above(largest[norm]), atLeast(largest[norm])].map((unsafe) => {
      const about = query(weights34, ball(norm, [0, 0], 1), unsafe);
      return check.check(about, certificate(about), sha256).outcome;
    });
    expect(answers).toEqual(['valid', 'invalid']);
  }
  const hidden = checker(hidden34);
  if ('outcome' in hidden) throw new Error(hidden.why);
  for (const norm of ['linf', 'l1', 'l2', 'l1', 'linf', 'l2'] as const) {
    const about = query(hidden34, ball(norm, [0, 0], 1), above(largest[norm]));
    expect(hidden.check(about, certificate(about), sha256)).toEqual({ outcome: 'valid' });
  }
});
