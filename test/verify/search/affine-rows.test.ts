/** Lemmas as rows of a linear program and as cuts. */
import { describe, expect, it } from 'vitest';
import { formatRational, rational, zero } from '../../../src/exact/index.js';
import { affineRows, cutsOf } from '../../../src/verify/search/affine-rows.js';
import type { FoundTree, LemmaInUse } from '../../../src/verify/search/lemma-store.js';
import { functional } from '../../../src/verify/search/problem.js';

const leaf = (...cuts: number[]): FoundTree => ({
  rule: 'leaf',
  weights: [],
  slopes: new Map(),
  cuts: new Map(cuts.map((k) => [k, rational(1)])),
  needs: new Set(),
});
const goal = functional(1, [0, 2], [rational(1), rational(-2)], zero);
const lemma = (proof: FoundTree, neuron?: number): LemmaInUse => ({
  goal,
  side: 'lower',
  bound: rational(3, 2),
  proof,
  ...(neuron === undefined ? {} : { neuron }),
});
const split: FoundTree = { rule: 'split', neuron: 0, below: leaf(), above: leaf() };

describe('affine rows', () => {
  it('are the lemmas of functionals that a relaxation does not imply', () => {
    const rows = affineRows([lemma(leaf()), lemma(split, 4), lemma(split), lemma(leaf(2))]);
    expect(rows.map(({ lemma: k, lower }) => [k, lower])).toEqual([
      [2, 1.5],
      [3, 1.5],
    ]);
    expect(formatRational(rows[0]!.above.constant)).toBe('-3/2');
  });

  it('are cuts where their multiples are positive after scaling', () => {
    const rows = affineRows([lemma(split), lemma(split), lemma(split)]);
    const cuts = cutsOf(rows, Float64Array.of(-0.25, 1e-13, 0.5), 1);
    expect(cuts.map(({ lemma: k, multiple }) => [k, formatRational(multiple)])).toEqual([[2, '1/2']]);
    expect(cutsOf(rows, Float64Array.of(-0.25, 0, 0.5), -2).map(({ lemma: k }) => k)).toEqual([0]);
  });
});
