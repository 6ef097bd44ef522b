/**
 * Deep networks and deep trees: values stay exact, numbers stay short where they can, and depth alone is no obstacle.
 */
import { describe, expect, test } from 'vitest';
import type { ProofTree } from '../../src/format/index.js';
import { ball, box, constraint, leaf, network, split, treeCases, verdict } from './example.js';

describe('networks', () => {
  const deep = (depth: number, weight: (i: number) => string) =>
    network(...Array.from({ length: depth }, (_, i) => ['relu', [[[weight(i)], 0]]] as const));
  const long = 10n ** 220n + 1n;
  const third = `1/${3n ** 1500n}`;

  /** The output is at most `most` on [-1, 1], and reaches it. */
  test.each([
    ['3000 layers, nothing lost', () => deep(3000, (i) => (i % 2 ? '7/3' : '3/7')), '1'],
    [
      '2000 layers of long weights',
      () => deep(2000, (i) => (i % 2 ? `${long}/${long + 1n}` : `${long + 1n}/${long}`)),
      '1',
    ],
    ['1500 layers, down to 3^-1500', () => deep(1500, () => '1/3'), third],
  ])('%s', (_, build, most) => {
    const answer = (strict: boolean) =>
      verdict(build(), ball('linf', [0], 1), [[constraint([1], `-${most}`, strict)]]).outcome;
    expect([answer(true), answer(false)]).toEqual(['valid', 'invalid']);
  });
});

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

/** A path of so many splits of row 0, closed by `last` at its end and by leaves beside it. */
function deepTree(depth: number, last: ProofTree): ProofTree {
  let tree = last;
  for (let i = 0; i < depth; i++) tree = split(0, 0, i % 2 ? leaf() : tree, i % 2 ? tree : leaf());
  return tree;
}
const never = leaf({ weights: ['0'] });
treeCases('100,000 splits below each other', abs, box([-1], [1]), [
  ['closed', [constraint([1], -3)], deepTree(100_000, leaf()), 'valid'],
  ['open at the end, which holds nowhere', [constraint([1], -3)], deepTree(100_000, never), 'notClosed'],
]);
