/** Goals taken apart level by level, on maxima whose bounds are known by hand. */
import { describe, expect, it } from 'vitest';
import { checker } from '../../../src/check/index.js';
import { formatRational, neg, parseRational, randomSource, rational } from '../../../src/exact/index.js';
import type { CertificateFile } from '../../../src/format/index.js';
import { ball } from '../../../src/geometry/index.js';
import { type Network, networkToFile } from '../../../src/network/index.js';
import { sha256 } from '../../../src/verify/checked-certificate.js';
import { type Query, queryToFile } from '../../../src/verify/query.js';
import { components, functionalKey } from '../../../src/verify/search/components.js';
import { search } from '../../../src/verify/search/index.js';
import { functional, problemOf } from '../../../src/verify/search/problem.js';
import { startTilts } from '../../../src/verify/search/root-bounds.js';
import { type SearchState, searchState } from '../../../src/verify/search/search-state.js';
import { subgoals } from '../../../src/verify/search/subgoals.js';
import { networkOf, randomNetwork, vector } from '../fixtures/networks.js';

/** max(x₀, x₁, x₂, x₃) + 2 as a tree: max(a, b) = relu(a − b) + b. */
const largest = networkOf(4, [
  ['relu', ['1 -1 0 0 | 0', '0 1 0 0 | 2', '0 0 1 -1 | 0', '0 0 0 1 | 2']],
  ['relu', ['1 1 -1 -1 | 0', '0 0 1 1 | 0']],
  ['identity', ['1 1 | 0']],
]);

/** Is the only output ≥ bound on the cube [−1, 1]ᵈ? */
const reaches = (network: Network, bound: string, strict = false): Query => ({
  network,
  region: ball('linf', vector(Array(network.layers[0]!.inputs).fill('0').join(' ')), rational(1)),
  unsafe: [[{ columns: [0], weights: [rational(1)], bias: neg(parseRational(bound)), strict }]],
});

function stateOf(query: Query): SearchState {
  const state = searchState(query, false, { stop: () => undefined, breathe: () => undefined });
  startTilts(state);
  return state;
}

function check(query: Query, certificate: CertificateFile): string {
  const { provenance: _, ...file } = networkToFile(query.network);
  const read = checker(file);
  if (!('check' in read)) throw new Error(`expected the checker to read the network, got ${read.why}`);
  return read.check(queryToFile(query, { inline: false }), certificate, sha256).outcome;
}

describe('components', () => {
  const problem = problemOf(reaches(largest, '4'));
  const row = (weights: number[]) =>
    functional(
      0,
      weights.map((_, k) => k),
      weights.map((w) => rational(w, 3)),
      rational(5),
    );

  it('tells the operands of a difference apart, as coprime integers with a multiple', () => {
    const parts = components(problem, row([4, 4, -2, -6]));
    expect(parts.map(({ functional: f }) => functionalKey(f))).toEqual(['0:0,1:1,1', '0:2,3:-1,-3']);
    expect(parts.map(({ multiple }) => formatRational(multiple))).toEqual(['4/3', '2/3']);
  });

  it('leaves together what reads one input, and out what has weight 0', () => {
    const shared = problemOf(reaches(networkOf(2, [['relu', ['1 0 | 0', '1 1 | 0', '0 1 | 0']]]), '4'));
    expect(components(shared, row([1, 1, 1]))).toHaveLength(1);
    expect(components(shared, row([1, 0, 1]))).toHaveLength(2);
  });
});

describe('subgoals', () => {
  it('bounds a maximum by its operands, each operand once', () => {
    const state = stateOf(reaches(largest, '4'));
    const upper = functional(2, [0], [rational(-1)], rational(0));
    const found = subgoals(state).bound(upper);
    expect(found?.bound).toEqual(rational(-3));
    // The whole, the right operand on its own on both sides, and the left one: no operand has two lemmas.
    const keys = state.lemmas.map(({ goal }) => functionalKey(goal));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toContain('0:0,1:-1,-1');
    expect(keys).toContain('0:2,3:-1,-1');
    expect(state.lemmas.map(({ bound }) => formatRational(bound))).toEqual(state.lemmas.map(() => '-3'));
  });

  it('finds no bound when no work is allowed', () => {
    const state = stateOf(reaches(largest, '4'));
    expect(subgoals(state, { work: 0 }).bound(functional(2, [0], [rational(-1)], rational(0)))).toBeUndefined();
    expect(state.lemmas).toEqual([]);
  });

  it('does not take a dense network apart into more goals than it has neurons', () => {
    const hidden = Array.from({ length: 8 }, () => ['relu', 5] as const);
    const counts = [1, 2, 3, 4].map((seed) => {
      const network = randomNetwork(randomSource(seed), 5, hidden);
      const state = stateOf(reaches(network, '4'));
      expect(subgoals(state).bound(functional(8, [0], [rational(-1)], rational(0)))).toBeDefined();
      expect(state.lemmas.length).toBeLessThanOrEqual(41);
      return state.lemmas.length;
    });
    // Some of them are of the kind that multiplies.
    expect(Math.max(...counts)).toBeGreaterThan(20);
  });

  it('leaves no trace of its sides in the state', () => {
    const state = stateOf(reaches(largest, '4'));
    const [l, u] = [state.l.slice(), state.u.slice()];
    subgoals(state).bound(functional(2, [0], [rational(-1)], rational(0)));
    expect([state.l, state.u, state.phase.some((side) => side !== 0)]).toEqual([l, u, false]);
  });

  it('gives certificates with cuts that are valid, up to the touching point', async () => {
    for (const query of [reaches(largest, '3', true), reaches(largest, '3001/1000')]) {
      const found = await search(query);
      if (found.verdict !== 'unsat') throw new Error(`expected unsat, got ${found.verdict}`);
      expect(found.statistics.nodes).toBe(0);
      expect(JSON.stringify(found.certificate)).toContain('"cuts"');
      expect(check(query, found.certificate)).toBe('valid');
      const lemmas = found.certificate.lemmas!.map((lemma, k) => (k === 0 ? { ...lemma, bound: '-2999/1000' } : lemma));
      expect(check(query, { ...found.certificate, lemmas })).toBe('invalid');
    }
    expect((await search(reaches(largest, '3'))).verdict).toBe('sat');
  });
});
