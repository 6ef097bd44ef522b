/**
 * `step` layers in every engine, decided by hand: step(0) = 0 where a ball touches a hyperplane, and counts that no
 * interval sees. The checker accepts what the engines certify, and nothing else.
 *
 * z3 runs from `dist`, so the project has to be built first.
 */
import { afterAll, describe, expect, it, vi } from 'vitest';
import { parseRational, rational } from '../../src/exact/index.js';
import type { Norm } from '../../src/format/index.js';
import { ball } from '../../src/geometry/index.js';
import type { Network } from '../../src/network/index.js';
import { checkOutcome } from '../../src/verify/checked-certificate.js';
import { intervalCertificate, intervalEngine } from '../../src/verify/checked-interval.js';
import { checkedRidge } from '../../src/verify/checked-ridge.js';
import { checkedSearch } from '../../src/verify/checked-search.js';
import { type Query, queryHash } from '../../src/verify/query.js';
import { z3Pool } from '../../src/verify/smt/z3.js';
import { z3Engine } from '../../src/verify/smt/z3-engine.js';
import { replay } from '../../src/verify/verdict.js';
import { networkOf, vector } from './fixtures/networks.js';

// Nothing here is slow by itself; a busy machine is.
vi.setConfig({ testTimeout: 60_000 });

const pool = z3Pool({ timeoutMs: 30_000 });
afterAll(() => pool.close());
const z3 = z3Engine({ tighten: false, pool });

/** Whether the output is at least (`'≥'`) or at most (`'≤'`) a value somewhere on a ball around 0. */
const asked = (network: Network, norm: Norm, radius: string, open: boolean, unsafe: string): Query => {
  const sign = unsafe.startsWith('≥') ? 1 : -1;
  const value = parseRational(unsafe.slice(1));
  const bias = { n: -BigInt(sign) * value.n, d: value.d };
  return {
    network,
    region: ball(norm, vector('0 0'), parseRational(radius), open),
    unsafe: [[{ columns: [0], weights: [rational(sign)], bias, strict: false }]],
  };
};

/** What each engine says; the interval engine, undefined, when it does not know. */
async function verdicts(query: Query): Promise<Record<'interval' | 'ridge' | 'search' | 'z3', string>> {
  const found = {
    interval: intervalEngine(query.network).verify(query) ?? { verdict: 'unknown' },
    ridge: checkedRidge(query),
    search: await checkedSearch(query),
    z3: await z3.verify(query),
  };
  for (const verdict of Object.values(found)) {
    if (verdict.verdict === 'sat' && 'point' in verdict)
      expect(replay(query, verdict.point)).toEqual({ inside: true, unsafe: true, outputs: verdict.outputs });
  }
  const { interval, ridge, search, z3: solver } = found;
  return { interval: interval.verdict, ridge: ridge.verdict, search: search.verdict, z3: solver.verdict };
}

const all = (verdict: string) => ({ interval: verdict, ridge: verdict, search: verdict, z3: verdict });

describe.each<[Norm, number]>([
  ['linf', 7],
  ['l1', 4],
  ['l2', 5],
])('a hyperplane 3x + 4y at distance 1 in %s', (norm, size) => {
  const hyperplane = (bias: number): Network =>
    networkOf(2, [
      ['step', [`3 4 | ${bias}`]],
      ['identity', ['1 | 0']],
    ]);

  it('is quiet on the closed ball that touches it from below, and fires a little further', async () => {
    expect(await verdicts(asked(hyperplane(-size), norm, '1', false, '≥1/2'))).toEqual(all('unsat'));
    expect(await verdicts(asked(hyperplane(-size), norm, '9/8', false, '≥1/2'))).toMatchObject({
      interval: 'unknown',
      ridge: 'unknown',
      search: 'sat',
      z3: 'sat',
    });
  });

  it('fires on the open ball that touches it from above, and is quiet at one point of the closed one', async () => {
    // Ridges take an open ball for the closed one.
    expect(await verdicts(asked(hyperplane(size), norm, '1', true, '≤1/2'))).toEqual({
      ...all('unsat'),
      ridge: 'unknown',
    });
    expect(await verdicts(asked(hyperplane(size), norm, '7/8', true, '≤1/2'))).toEqual(all('unsat'));
    expect(await verdicts(asked(hyperplane(size), norm, '1', false, '≤1/2'))).toMatchObject({
      interval: 'unknown',
      ridge: 'unknown',
      search: 'sat',
      z3: 'sat',
    });
  });
});

describe('counts', () => {
  /** x > 1/2, x < −1/2 and y > 1/2; at most `most` of them before the second layer is quiet. */
  const counting = (most: number): Network =>
    networkOf(2, [
      ['step', ['1 0 | -1/2', '-1 0 | -1/2', '0 1 | -1/2']],
      ['step', [`-1 -1 -1 | ${most}`]],
      ['identity', ['1 | 0']],
    ]);

  it('two of three never fire together: the search splits, intervals and ridges do not know', async () => {
    const query = asked(counting(3), 'linf', '1', false, '≤1/2');
    expect(await verdicts(query)).toEqual({ interval: 'unknown', ridge: 'unknown', search: 'unsat', z3: 'unsat' });
    expect(await verdicts(asked(counting(4), 'linf', '1', false, '≤1/2'))).toEqual(all('unsat'));
    expect(await verdicts(asked(counting(2), 'linf', '1', false, '≤1/2'))).toMatchObject({ search: 'sat', z3: 'sat' });
  });

  it('the checker takes the proof by cases, but not for another network, other outputs, or without its cases', async () => {
    const query = asked(counting(3), 'linf', '1', false, '≤1/2');
    const found = await checkedSearch(query);
    const certificate = found.verdict === 'unsat' ? found.certificate : undefined;
    if (certificate === undefined) throw new Error(`expected a certificate, got ${found.verdict}`);
    expect(JSON.stringify(certificate)).toContain('"rule":"split"');
    expect(checkOutcome(query, certificate)).toEqual({ outcome: 'valid' });
    // The first hyperplane in the place of the second, so that all three fire together.
    const doubled = networkOf(2, [
      ['step', ['1 0 | -1/2', '1 0 | -1/2', '0 1 | -1/2']],
      ['step', ['-1 -1 -1 | 3']],
      ['identity', ['1 | 0']],
    ]);
    const others = [
      asked(counting(2), 'linf', '1', false, '≤1/2'),
      asked(counting(3), 'linf', '1', false, '≤1'),
      { ...query, network: doubled },
    ];
    for (const other of others) {
      expect(checkOutcome(other, { ...certificate, query: queryHash(other) }).outcome).toBe('invalid');
    }
    expect(checkOutcome(query, intervalCertificate(query)).outcome).toBe('invalid');
  });
});
