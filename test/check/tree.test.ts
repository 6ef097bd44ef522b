/**
 * Splits, holes and whole trees: accepted where the parts cover the region, refused at the part that is not closed.
 */
import { expect, test } from 'vitest';
import { checker } from '../../src/check/index.js';
import type { ProofTree } from '../../src/format/index.js';
import { ball, box, certificate, constraint, hole, leaf, network, query, sha256, split, treeCases } from './example.js';

const unit = box([-1], [1]);
const more = box([-1], [2]);
const abs = network(
  [
    'relu',
    [
      [[1], 0],
      [[-1], 0],
    ],
  ],
  ['identity', [[[1, 1], 0]]],
);
const above = [constraint([1], -2, true)]; // |x| > 2
const reached = [constraint([1], -2)];
const both = split(0, 0, split(0, 1, leaf(), leaf()), split(0, 1, leaf(), leaf()));

treeCases('splits of relu', abs, more, [
  ['|x| > 2, both signs of both neurons', above, both, 'valid'],
  ['|x| ≥ 2', reached, both, 'notClosed', [], String.raw`\.above\.below$`],
  ['the first neuron is enough', above, split(0, 0, leaf(), split(0, 1, leaf(), leaf())), 'valid'],
  ['one split is enough', above, split(0, 0, leaf(), leaf()), 'valid'],
  ['the same neuron again changes nothing', above, split(0, 0, split(0, 0, leaf(), leaf()), both), 'valid'],
  [
    'no proof of one side',
    above,
    split(0, 0, hole, leaf({ slopes: [[0, 1, 'u']] })),
    'holey',
    [],
    String.raw`\.below$`,
  ],
  ['no proof at all', reached, hole, 'holey'],
  ['a hole does not excuse a wrong leaf', reached, split(0, 0, hole, leaf()), 'notClosed', [], String.raw`\.above$`],
  ['nor one after it', [constraint([1], 0)], split(0, 0, leaf(), hole), 'notClosed', [], String.raw`\.below$`],
  ['an output without activation', above, split(1, 0, leaf(), leaf()), 'noNeuron', [], String.raw`\.neuron$`],
  ['a row too far', above, split(0, 2, leaf(), leaf()), 'noNeuron'],
  ['a layer too far', above, split(2, 0, leaf(), leaf()), 'noNeuron'],
  [
    'interval inside a tree',
    above,
    split(0, 0, { rule: 'interval' } as never, leaf()),
    'expected',
    [],
    String.raw`\.below$`,
  ],
]);

// Without a split of row 0 its slope is rounded, and |x| > 2 stays open; row 2 is not used at all.
const idle = network(
  [
    'relu',
    [
      [[1], 0],
      [[-1], 0],
      [[1], 0],
    ],
  ],
  ['identity', [[[1, 1, 0], 0]]],
);
const never = leaf({ weights: ['0'] });
const ends = split(0, 0, leaf(), leaf());
treeCases('a split ends with its part', idle, more, [
  ['closed in both parts', above, split(0, 2, ends, ends), 'valid'],
  ['forgotten in the next part', above, split(0, 2, ends, leaf()), 'notClosed', [], String.raw`proofs\[0\]\.above$`],
  ['not known before', above, split(0, 2, leaf(), ends), 'notClosed', [], String.raw`\.below$`],
  [
    'forgotten in both orders of rows',
    above,
    split(0, 0, split(0, 2, leaf(), leaf()), never),
    'notClosed',
    [],
    String.raw`proofs\[0\]\.above$`,
  ],
]);
// x - 15 is nowhere positive: the upper part of its split is empty, and that of x, which comes after it, is not.
const shifted = network([
  'relu',
  [
    [[1], 0],
    [[1], -15],
  ],
]);
const inner = split(0, 1, leaf(), leaf({ weights: ['0'] }));
treeCases('a split inside one part is forgotten in the other', shifted, more, [
  ['closed in both', [constraint([1, 0], -3)], split(0, 0, inner, leaf()), 'valid'],
  [
    'not closed after it',
    [constraint([1, 0], -1)],
    split(0, 0, inner, leaf()),
    'notClosed',
    [],
    String.raw`\[0\]\.above$`,
  ],
]);
treeCases('each side is one side', abs, unit, [
  [
    'x ≤ 0 and x ≥ 0',
    [constraint([1], '-2'), constraint([1], 1)],
    split(0, 0, leaf({ weights: ['1', '0'] }), leaf({ weights: ['0', '1'] })),
    'notClosed',
    [],
    String.raw`\.above$`,
  ],
  [
    'the other way round',
    [constraint([1], '-2'), constraint([1], 1)],
    split(0, 0, leaf({ weights: ['0', '1'] }), leaf({ weights: ['1', '0'] })),
    'notClosed',
    [],
    String.raw`\.below$`,
  ],
  [
    'closed on both',
    [constraint([1], '-2'), constraint([1], 1)],
    split(0, 0, leaf({ weights: ['1', '0'] }), leaf({ weights: ['1', '0'] })),
    'valid',
  ],
]);

const positive = network([
  'relu',
  [
    [[1], 2],
    [[1], 0],
  ],
]);
const anything = [constraint([0, 0], 1)];
treeCases('parts without a point', positive, unit, [
  ['nothing closes 1 ≥ 0', anything, leaf(), 'notClosed'],
  [
    'x + 2 ≤ 0 holds nowhere, but x + 2 ≥ 0 does',
    anything,
    split(0, 0, leaf(), leaf()),
    'notClosed',
    [],
    String.raw`\.above$`,
  ],
  ['a leaf below is accepted', [constraint([0, 1], -1, true)], split(0, 0, never, leaf()), 'valid'],
  ['and everything under it', [constraint([0, 1], -1, true)], split(0, 0, split(0, 1, never, never), leaf()), 'valid'],
  [
    'after it everything counts again',
    anything,
    split(0, 1, split(0, 0, never, leaf()), leaf()),
    'notClosed',
    [],
    String.raw`\.below\.above$`,
  ],
  [
    'and in the part beside it',
    anything,
    split(0, 1, split(0, 0, never, hole), leaf()),
    'notClosed',
    [],
    String.raw`\.above$`,
  ],
]);
const touching = (activation: 'relu' | 'step') => network([activation, [[[1], 1]]]);
treeCases('relu: x + 1 ≤ 0 holds at -1', touching('relu'), unit, [
  ['so nothing closes it', [constraint([0], 0)], split(0, 0, never, never), 'notClosed', [], String.raw`\.below$`],
]);
treeCases('relu: x + 1 ≤ 0 holds nowhere in the open interval', touching('relu'), ball('linf', [0], 1, true), [
  ['any leaf is accepted', [constraint([-1], 0)], split(0, 0, never, leaf()), 'valid'],
  ['but not above', [constraint([1], 0)], split(0, 0, never, leaf()), 'notClosed', [], String.raw`\.above$`],
]);
const steps = network(['step', [[[1], -1]]]);
treeCases('step: x > 1 holds nowhere on [-1, 1]', steps, unit, [
  ['any leaf is accepted above', [constraint([1], 0, true)], split(0, 0, leaf(), never), 'valid'],
  ['but not below', [constraint([0], 0)], split(0, 0, never, never), 'notClosed', [], String.raw`\.below$`],
]);

const step = network(['step', [[[1], 0]]]);
treeCases('splits of step', step, unit, [
  [
    'above 0 it is 1',
    [constraint([-1], 1, true), constraint([1], 0, true)],
    split(0, 0, leaf({ weights: ['0', '1'] }), leaf({ weights: ['1', '0'] })),
    'valid',
  ],
  [
    'the other way round',
    [constraint([-1], 1, true), constraint([1], 0, true)],
    split(0, 0, leaf({ weights: ['1', '0'] }), leaf({ weights: ['0', '1'] })),
    'notClosed',
    [],
    String.raw`\.below$`,
  ],
  ['1 ≤ 1', [constraint([-1], 1)], split(0, 0, leaf(), leaf()), 'notClosed'],
  ['0 ≥ 0', [constraint([1], 0)], split(0, 0, leaf(), leaf()), 'notClosed', [], String.raw`\.below$`],
]);

test('a conjunction each: proofs do not share splits, and a hole in one leaves the others to be checked', () => {
  const check = checker(abs);
  if ('outcome' in check) throw new Error(check.why);
  const about = query(abs, more, [above, above, reached]);
  const outcome = (...proofs: ProofTree[]) => check.check(about, { ...certificate(about), proofs }, sha256);
  const where = (i: number) => expect.stringContaining(`certificate.proofs[${i}]`);
  expect(outcome(both, both, hole)).toEqual({ outcome: 'holey', where: where(2), why: 'no proof here' });
  expect(outcome(hole, both, hole)).toMatchObject({ outcome: 'holey', where: where(0) });
  expect(outcome(hole, leaf(), hole)).toMatchObject({ outcome: 'invalid', where: where(1) });
  expect(outcome(both, both, both)).toMatchObject({ outcome: 'invalid', where: where(2) });
});
