/**
 * The rule `ridge`: each way to a bound is accepted at equality and refused just beyond, and nothing is believed.
 *
 * The examples are small enough that their suprema are known: ‖x‖₁ on balls, max(a, 1), and two relus that an ℓ2 ball
 * never lets be large together.
 */
import { expect, test } from 'vitest';
import type { RidgeCases, RidgePart, RidgeProof, RidgeWay } from '../../../src/format/index.js';
import { ball, box, certificate, constraint, network, outcomeOf, query } from '../example.js';
import { above, beyond, beyondLemma, cases, expected, notEmpty, signs, valid } from './cases.js';

/** y = |x0| + |x1|. */
const taxicab = network(['relu', signs], ['identity', [[[1, 1, 1, 1], 0]]]);
const unit = ball('l1', [0, 0], 1);

cases('the curvature of a sum of distances', taxicab, [
  ['the slope, on the ℓ1 ball', unit, beyond(1), { curvature: '1' }, valid],
  ['a little more, nothing strict', unit, constraint([1], '-1001/1000'), { curvature: '1' }, valid],
  ['equality and nothing strict', unit, constraint([1], -1), { curvature: '1' }, above],
  ['just beyond', unit, beyond('999/1000'), { curvature: '1' }, above],
  ['no curvature: the interval', unit, beyond(1), undefined, above],
  ['no curvature, and enough', unit, beyond(2), undefined, valid],
  ['too little', unit, beyond(1), { curvature: '1/2' }, above],
  ['too much', unit, beyond(1), { curvature: '2' }, above],
  ['below 0', unit, beyond(2), { curvature: '-1' }, expected],
  ['no number', unit, beyond(2), { curvature: 'one' }, expected],
  ['in ℓ∞', ball('linf', [0, 0], 1), beyond(2), { curvature: '1' }, expected],
  ['0 in ℓ∞', ball('linf', [0, 0], 1), beyond(2), { curvature: '0' }, valid],
  ['in ℓ2: √2 ≤ 3/2 by λ = 1', ball('l2', [0, 0], 1), beyond('3/2'), { curvature: '1' }, valid],
  ['in ℓ2: √2 > 7/5', ball('l2', [0, 0], 1), beyond('7/5'), { curvature: '1' }, above],
  ['another centre', ball('l1', [1, 0], 1), beyond(1), { curvature: '1' }, above],
  ['a larger radius', ball('l1', [0, 0], '1001/1000'), beyond(1), { curvature: '1' }, above],
  ['a point', ball('l1', [0, 0], 0), constraint([1], 0, true), undefined, valid],
  ['an open ball counts as closed', ball('l1', [0, 0], 1, true), constraint([1], -1), { curvature: '1' }, above],
  ['a box', box([0, 0], [1, 1]), beyond(9), undefined, expected, undefined, 'query.region'],
]);

test('only constraints that are there', () => {
  const about = query(taxicab, unit, [[beyond(2)]]);
  const got = outcomeOf(taxicab, about, { ...certificate(about), proofs: [{ rule: 'ridge', constraint: 1 }] });
  const where = 'certificate.proofs[0].constraint';
  expect(got).toEqual({ outcome: 'invalid', where, why: 'expected a constraint below 1, got 1' });
});

test('not inside a tree', () => {
  const about = query(taxicab, unit, [[beyond(2)]]);
  const ridge = { rule: 'ridge', constraint: 0 };
  const got = outcomeOf(taxicab, about, {
    ...certificate(about),
    proofs: [{ rule: 'split', neuron: [0, 0], below: ridge, above: ridge } as never],
  });
  expect(got).toMatchObject({ outcome: 'invalid', why: expect.stringMatching(expected) });
});

/** y = x0 + x1 + |x0 - x1| + 10, of which the first two are neurons of their own: at most 12 on the ℓ1 ball. */
const slanted = network(
  [
    'relu',
    [
      [[1, 0], 5],
      [[0, 1], 5],
      [[1, -1], 0],
      [[-1, 1], 0],
    ],
  ],
  ['identity', [[[1, 1, 1, 1], 0]]],
);

cases('linear functions by their gradient', slanted, [
  ['together', unit, beyond(12), { linear: true }, valid],
  ['together, just beyond', unit, beyond('11999/1000'), { linear: true }, above],
  ['each alone', unit, beyond(12), undefined, above],
  ['each alone, and enough', unit, beyond(13), undefined, valid],
  ['in ℓ∞ the gradient is longer', ball('linf', [0, 0], 1), beyond(12), { linear: true }, above],
  ['no word but true', unit, beyond(13), { linear: 'yes' } as never, expected],
]);

/** y = a + relu(1 - a) = max(a, 1) for a = relu(|x0| + |x1| - 1/2), which is at most 3/2 on the ℓ∞ ball. */
const largest = network(
  ['relu', signs],
  ['relu', [[[1, 1, 1, 1], '-1/2']]],
  [
    'relu',
    [
      [[1], 0],
      [[-1], 1],
    ],
  ],
  ['identity', [[[1, 1], 0]]],
);
const square = ball('linf', [0, 0], 1);
const both = (neuron: readonly [number, number]): RidgeWay => ({ substitute: neuron, without: {}, replaced: {} });

cases('a maximum by substitution', largest, [
  ['both sides', square, beyond('3/2'), both([2, 1]), valid],
  ['just beyond', square, beyond('1499/1000'), both([2, 1]), above],
  ['without it', square, beyond('3/2'), undefined, above],
  ['without it, and enough', square, beyond('5/2'), undefined, valid],
  ['one side left out', square, beyond('3/2'), { substitute: [2, 1], without: {} }, expected, undefined, '.replaced'],
  ['the other side', square, beyond('3/2'), { substitute: [2, 1], replaced: {} }, expected, undefined, '.without'],
  ['a relu that is exact', square, beyond(9), both([0, 0]), expected, undefined, '.substitute'],
  ['a relu with a sign', square, beyond(9), both([2, 0]), expected, undefined, '.substitute'],
  ['a neuron too far', square, beyond(9), both([2, 2]), expected, undefined, '.substitute'],
  ['a hint for the relu below', square, beyond('3/2'), both([2, 1]), valid, { hints: [{ neuron: [1, 0], above: {} }] }],
]);

/** y = relu(x0 - 4/5) + relu(x1 - 4/5): at most 1/5 on the ℓ2 ball, since no point has both above 4/5. */
const apart = network(
  [
    'relu',
    [
      [[1, 0], '-4/5'],
      [[0, 1], '-4/5'],
    ],
  ],
  ['identity', [[[1, 1], 0]]],
);
const round = ball('l2', [0, 0], 1);
const fifth = beyond('1/5');
const corner: RidgeCases = {
  empty: [
    [0, '1'],
    [1, '1'],
  ],
};
const inner = (cases: RidgeCases, at = '0', split = 1): RidgeCases => ({ split, at, below: {}, above: cases });
const lemma = (cases: RidgeCases, bound = '1/5', neuron: readonly [number, number] = [1, 0]): RidgePart => ({
  lemmas: [{ neuron, bound, cases }],
});
const tree = (cases: RidgeCases = corner): RidgeCases => inner(inner(cases), '0', 0);
const inCases = 'certificate.ridges.lemmas[0].cases';

cases('a lemma by cases', apart, [
  ['no lemma', round, fifth, undefined, above],
  ['three cases, one of them empty', round, fifth, undefined, valid, lemma(tree())],
  ['a lower bound of the lemma', round, fifth, undefined, beyondLemma, lemma(tree(), '199/1000'), inCases],
  ['a higher bound of the lemma', round, fifth, undefined, above, lemma(tree(), '201/1000'), 'certificate.proofs[0]'],
  ['without cases', round, fifth, undefined, beyondLemma, lemma({}), inCases],
  ['in the corner y is linear, and below 0', round, fifth, undefined, valid, lemma(tree({}))],
  [
    'on the square it is 2/5',
    ball('linf', [0, 0], 1),
    fifth,
    undefined,
    beyondLemma,
    lemma(tree({})),
    `${inCases}.above`,
  ],
  ['one row alone reaches', round, fifth, undefined, notEmpty, lemma(tree({ empty: [[0, '1']] }))],
  ['no combination', round, fifth, undefined, notEmpty, lemma(tree({ empty: [] }))],
  ['the wrong sign', round, fifth, undefined, expected, lemma(tree({ empty: [[0, '-1']] }))],
  ['a row too far', round, fifth, undefined, expected, lemma(tree({ empty: [[2, '1']] }))],
  [
    'a split that lets the corner in',
    round,
    fifth,
    undefined,
    notEmpty,
    lemma(inner(inner(corner, '-1/5'), '-1/5', 0)),
  ],
  [
    'a split just before',
    round,
    fifth,
    undefined,
    beyondLemma,
    lemma(inner(inner(corner, '1/1000'), '0', 0)),
    '.below',
  ],
  ['split at a row too far', round, fifth, undefined, expected, lemma(inner(corner, '0', 2)), '.split'],
  ['on the square the corner is there', ball('linf', [0, 0], 1), fifth, undefined, notEmpty, lemma(tree())],
  ['on the ℓ1 ball it is not', unit, fifth, undefined, valid, lemma(tree())],
  ['a larger ball', ball('l2', [0, 0], '6/5'), beyond('2/5'), undefined, notEmpty, lemma(tree(), '2/5')],
  ['a neuron too far', round, fifth, undefined, expected, lemma(tree(), '1/5', [1, 1]), '.neuron'],
  ['a layer too far', round, fifth, undefined, expected, lemma(tree(), '1/5', [2, 0]), '.neuron'],
]);

/** y = relu(-x0 - 4/5) + relu(-x1 - 4/5): the same, seen from the other side. */
const mirrored = network(
  [
    'relu',
    [
      [[-1, 0], '-4/5'],
      [[0, -1], '-4/5'],
    ],
  ],
  ['identity', [[[1, 1], 0]]],
);
const bounded = /^expected a row that the case bounds on this side, got \d$/;

cases('a lemma by cases of rows with negative weights', mirrored, [
  ['three cases, one of them empty', round, fifth, undefined, valid, lemma(tree())],
  ['a lower bound of the lemma', round, fifth, undefined, beyondLemma, lemma(tree(), '199/1000'), inCases],
  ['one row alone reaches', round, fifth, undefined, notEmpty, lemma(tree({ empty: [[0, '1']] }))],
  ['the wrong sign', round, fifth, undefined, bounded, lemma(tree({ empty: [[0, '-1']] })), '.above.above.empty[0]'],
  ['a row that is not split', round, fifth, undefined, bounded, lemma(inner({ empty: [[0, '1']] })), '.above.empty[0]'],
  ['on the square the corner is there', ball('linf', [0, 0], 1), fifth, undefined, notEmpty, lemma(tree())],
  [
    'a way that is none',
    round,
    fifth,
    undefined,
    expected,
    lemma({ way: { curvature: '-1' } }),
    `${inCases}.way.curvature`,
  ],
  [
    'a hint that is none',
    round,
    fifth,
    undefined,
    expected,
    lemma({ hints: [{ neuron: [0, 0], above: { curvature: '-1' } }] }),
    `${inCases}.hints[0].above.curvature`,
  ],
]);

/** y = 3 + s - relu(s - 1/2) = 3 + min(s, 1/2), s = |x0| + |x1|, as a neuron of a layer before the last. */
const least = network(
  ['relu', signs],
  [
    'relu',
    [
      [[1, 1, 1, 1], 0],
      [[1, 1, 1, 1], '-1/2'],
    ],
  ],
  ['relu', [[[1, -1], 3]]],
  ['identity', [[[1], 0]]],
);
const half: RidgePart = {
  lemmas: [{ neuron: [2, 0], bound: '7/2', cases: { way: { substitute: [1, 1], replaced: {} } } }],
};
const atMost = beyond('7/2');

cases('a lemma by a way', least, [
  ['no lemma', square, atMost, undefined, above],
  ['the lemma', square, atMost, undefined, valid, half],
  ['just beyond', square, beyond('3499/1000'), undefined, above, half],
  ['it says nothing from below', square, constraint([-1], '-1/1000'), undefined, valid, half],
  [
    'nothing else is kept of the neuron',
    square,
    atMost,
    { substitute: [1, 1], replaced: {} },
    expected,
    half,
    '.substitute',
  ],
]);

/** y = s: a lemma about a neuron that is exact leaves it so. */
const exact = network(['relu', signs], ['relu', [[[1, 1, 1, 1], 0]]], ['identity', [[[1], 0]]]);
const nine: RidgePart = { lemmas: [{ neuron: [1, 0], bound: '9', cases: {} }] };
cases('a lemma about an exact neuron', exact, [
  ['by its slope', unit, beyond(1), { curvature: '1' }, valid, nine],
  ['just beyond', unit, beyond('999/1000'), { curvature: '1' }, above, nine],
]);

test('a constant row cannot be split on', () => {
  const net = network(
    [
      'relu',
      [
        [[0, 0], 1],
        [[0, 1], 0],
      ],
    ],
    ['identity', [[[1, 1], 0]]],
  );
  const about = query(net, round, [[beyond(3)]]);
  const ridges = lemma({ split: 0, at: '0', below: {}, above: {} }, '9');
  const proofs: RidgeProof[] = [{ rule: 'ridge', constraint: 0 }];
  const got = outcomeOf(net, about, { ...certificate(about), ridges, proofs });
  expect(got).toEqual({
    outcome: 'invalid',
    where: 'certificate.ridges.lemmas[0].cases.split',
    why: 'expected a neuron that is not constant, got 0',
  });
});

test('deep ways and cases are refused, not run', () => {
  let way: RidgeWay = {};
  for (let k = 0; k < 100_000; k++) way = { substitute: [2, 1], without: way, replaced: {} };
  const about = query(largest, square, [[beyond('3/2')]]);
  const proofs: RidgeProof[] = [{ rule: 'ridge', constraint: 0, way }];
  expect(outcomeOf(largest, about, { ...certificate(about), proofs }).outcome).toBe('invalid');
});
