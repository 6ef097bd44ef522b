/** What is written down of a search: trees of any depth, the lemmas that are needed, and nothing that does not close. */
import { describe, expect, it } from 'vitest';
import { parseRational, rational } from '../../../src/exact/index.js';
import { certificateText, InternalError } from '../../../src/format/index.js';
import { ball } from '../../../src/geometry/index.js';
import { checkOutcome } from '../../../src/verify/checked-certificate.js';
import type { Query } from '../../../src/verify/query.js';
import { boundsTable } from '../../../src/verify/search/bounds-table.js';
import { certificateOfSearch } from '../../../src/verify/search/certificate.js';
import type { FoundLeaf, FoundLemma, FoundTree } from '../../../src/verify/search/lemma-store.js';
import { neuronFunctional, problemOf } from '../../../src/verify/search/problem.js';
import { networkOf, vector } from '../fixtures/networks.js';

/** y0 = relu(|x| − 1/2): intervals see |x| ≤ 2 on [−1, 1]. */
const network = networkOf(1, [
  ['relu', ['1 | 0', '-1 | 0']],
  ['relu', ['1 1 | -1/2']],
  ['identity', ['1 | 0']],
]);
const reaching = (bound: string): Query => ({
  network,
  region: ball('linf', vector('0'), rational(1)),
  unsafe: [[{ columns: [0], weights: [rational(1)], bias: parseRational(`-${bound}`), strict: false }]],
});
/** Everything by default. */
const leaf = (...needs: number[]): FoundLeaf => ({
  rule: 'leaf',
  weights: [rational(1)],
  slopes: new Map(),
  cuts: new Map(),
  needs: new Set(needs),
});
const written = (query: Query, lemmas: readonly FoundLemma[], tree: FoundTree) => {
  const problem = problemOf(query);
  return certificateOfSearch(problem, boundsTable(problem), lemmas, [tree]);
};
/** |x| − 1/2 ≤ bound, by one leaf. */
const lemma = (bound: string, ...needs: number[]): FoundLemma => ({
  goal: neuronFunctional(problemOf(reaching('1')), 2, -1),
  neuron: 2,
  side: 'upper',
  bound: parseRational(bound),
  proof: { ...leaf(...needs), weights: [] },
});

describe('certificateOfSearch', () => {
  it('writes trees deeper than the stack', () => {
    let tree: FoundTree = leaf();
    for (let k = 0; k < 20_000; k++) tree = { rule: 'split', neuron: k % 2, below: leaf(), above: tree };
    const certificate = written(reaching('3'), [], tree);
    expect(checkOutcome(reaching('3'), certificate)).toEqual({ outcome: 'valid' });
    expect(certificateText(certificate).match(/"split"/g)).toHaveLength(20_000);
  });

  it('writes the lemmas that proofs need, one after the other, and no others', () => {
    const lemmas = [lemma('7/8'), lemma('3/4'), lemma('1/2', 1)];
    const certificate = written(reaching('5/8'), lemmas, leaf(2));
    expect(certificate.lemmas?.map(({ bound }) => bound)).toEqual(['3/4', '1/2']);
    expect(checkOutcome(reaching('5/8'), certificate)).toEqual({ outcome: 'valid' });
    expect(written(reaching('3'), lemmas, leaf()).lemmas).toBeUndefined();
  });

  it('does not write a leaf that does not close, of the goal or of a lemma', () => {
    expect(() => written(reaching('1/2'), [lemma('1/2')], leaf(0))).toThrow(InternalError);
    expect(() => written(reaching('5/8'), [lemma('1/4')], leaf(0))).toThrow(/lemma 0: expected a leaf to close/);
    expect(() => written(reaching('5/8'), [], leaf())).toThrow(/proof 0: expected a leaf to close/);
  });
});
