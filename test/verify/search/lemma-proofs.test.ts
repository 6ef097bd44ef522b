/** Lemmas found in doubles get their proofs when they are needed, from the bounds that were in force then. */
import { describe, expect, it } from 'vitest';
import { add, neg, randomSource, rational } from '../../../src/exact/index.js';
import { ball } from '../../../src/geometry/index.js';
import { provedLemmas } from '../../../src/verify/search/lemma-proofs.js';
import type { FoundTree } from '../../../src/verify/search/lemma-store.js';
import { rootBounds, startTilts } from '../../../src/verify/search/root-bounds.js';
import { type SearchState, searchState } from '../../../src/verify/search/search-state.js';
import { randomNetwork, vector } from '../fixtures/networks.js';

/** Lemmas of a random network, found twice, the second time with trees. */
async function withLemmas(seed: number): Promise<SearchState> {
  const network = randomNetwork(randomSource(seed), 3, [
    ['relu', 6],
    ['relu', 6],
    ['relu', 6],
  ]);
  const unsafe = [[{ columns: [0], weights: [rational(1)], bias: rational(0), strict: false }]];
  const region = ball('linf', vector('0 1/3 -1/2'), rational(1));
  const limits = { stop: () => undefined, breathe: () => undefined };
  const state = searchState({ network, region, unsafe }, false, limits);
  startTilts(state);
  await rootBounds(state, { steps: 8, leaves: 1 });
  await rootBounds(state, { steps: 8, leaves: 16 });
  return state;
}

const needing = (...needs: number[]): FoundTree[] => [
  { rule: 'leaf', weights: [], slopes: new Map(), cuts: new Map(), needs: new Set(needs) },
];

describe('provedLemmas', () => {
  it('proves what is needed and what that needs, and leaves holes elsewhere', async () => {
    const state = await withLemmas(5);
    const { lemmas } = state;
    const ends = [...state.table.lower];
    expect(lemmas.filter(({ proof }) => proof.rule === 'again').length).toBeGreaterThan(10);
    const proved = provedLemmas(state, needing(lemmas.length - 1))!;
    const isProved = (k: number): boolean => proved[k]!.proof.rule !== 'hole';
    expect(isProved(lemmas.length - 1)).toBe(true);
    expect(proved.filter((_, k) => isProved(k)).length).toBeLessThan(lemmas.length);
    const todo: [FoundTree, number][] = proved.map(({ proof }, k) => [proof, k]);
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      const [tree, k] = next;
      if (tree.rule === 'split') todo.push([tree.below, k], [tree.above, k]);
      else if (tree.rule === 'leaf') for (const n of tree.needs) expect([n < k, isProved(n)]).toEqual([true, true]);
    }
    expect(state.table.lower).toEqual(ends);
  });

  it('proves every bound that was found, and none that is better than the truth', async () => {
    for (const seed of [1, 2, 3, 4]) {
      const state = await withLemmas(seed);
      const all = state.lemmas.map((_, k) => k);
      expect(provedLemmas(state, needing(...all))).toHaveLength(all.length);
      const k = state.lemmas.findIndex(({ proof }) => proof.rule === 'again');
      const { bound, side } = state.lemmas[k]!;
      const one = rational(1, 2);
      state.lemmas[k] = { ...state.lemmas[k]!, bound: add(bound, side === 'lower' ? one : neg(one)) };
      expect(provedLemmas(state, needing(...all))).toBeUndefined();
    }
  });
});
