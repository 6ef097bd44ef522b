/** The search on small queries whose answers are known by hand. */
import { describe, expect, it } from 'vitest';
import { parseRational, rational } from '../../../src/exact/index.js';
import { certificateText } from '../../../src/format/index.js';
import { ball, type Region } from '../../../src/geometry/index.js';
import type { Network } from '../../../src/network/index.js';
import { checkOutcome, type Query, replay } from '../../../src/verify/index.js';
import type { Constraint } from '../../../src/verify/query.js';
import { type SearchResult, search } from '../../../src/verify/search/index.js';
import { networkOf, vector } from '../fixtures/networks.js';

/** `1 -1 | 1/2` is y0 − y1 + 1/2 ≥ 0; with a `!` in front, > 0. */
function constraint(text: string): Constraint {
  const [weights, bias] = text.replace('!', '').split('|');
  const values = vector(weights!.trim());
  const columns = values.map((_, c) => c).filter((c) => values[c]!.n !== 0n);
  const kept = columns.map((c) => values[c]!);
  return { columns, weights: kept, bias: parseRational(bias!.trim()), strict: text.startsWith('!') };
}

const asked = (network: Network, region: Region, ...unsafe: (readonly string[])[]): Query => ({
  network,
  region,
  unsafe: unsafe.map((conjunction) => conjunction.map(constraint)),
});

const interval = (lower: string, upper: string): Region => ({
  kind: 'box',
  lower: vector(lower),
  upper: vector(upper),
});

/** y0 = |x| and y1 = x. */
const absolute = networkOf(1, [
  ['relu', ['1 | 0', '-1 | 0']],
  ['identity', ['1 1 | 0', '1 -1 | 0']],
]);
/** y0 = max(a, b) − max(b, a), written so that no relaxation sees that it is 0. */
const sameMaxima = networkOf(2, [
  ['relu', ['1 -1 | 0', '-1 1 | 0', '1 0 | 2', '0 1 | 2']],
  ['identity', ['1 -1 -1 1 | 0']],
]);
/** The verdict; of `unsat` the checker has accepted the certificate. */
async function outcome(query: Query): Promise<SearchResult['verdict']> {
  const found = await search(query);
  if (found.verdict === 'unsat') expect(checkOutcome(query, found.certificate)).toEqual({ outcome: 'valid' });
  return found.verdict;
}

describe('search', () => {
  it('finds the vertex of |x| ≥ 1, and proves what lies beyond', async () => {
    const found = await search(asked(absolute, interval('-1', '1/2'), ['1 0 | -1']));
    expect(found).toMatchObject({ verdict: 'sat', point: vector('-1'), outputs: vector('1 -1') });
    expect(await outcome(asked(absolute, interval('-1', '1/2'), ['!1 0 | -1']))).toBe('unsat');
    expect(await outcome(asked(absolute, interval('-1', '1/2'), ['1 0 | -1000001/1000000']))).toBe('unsat');
  });

  it('needs a split where both sides of a neuron matter', async () => {
    const query = asked(sameMaxima, interval('-1 -1', '1 1'), ['!1 | 0']);
    const found = await search(query);
    if (found.verdict !== 'unsat') throw new Error(`expected unsat, got ${found.verdict}`);
    expect(JSON.stringify(found.certificate)).toContain('"rule":"split"');
    expect(await outcome(asked(sameMaxima, interval('-1 -1', '1 1'), ['1 | 0']))).toBe('sat');
  });

  it.each(['l1', 'l2', 'linf'] as const)('tells open from closed %s balls that touch', async (norm) => {
    // y0 = |x0| + |x1| reaches 1, √2 and 2; along x0 alone, 1 in each norm.
    const network = networkOf(2, [
      ['relu', ['1 0 | 0', '-1 0 | 0']],
      ['identity', ['1 1 | 0']],
    ]);
    const region = ball(norm, vector('0 0'), rational(1));
    expect(await outcome(asked(network, region, ['1 | -1']))).toBe('sat');
    expect(await outcome(asked(network, { ...region, open: true }, ['1 | -1']))).toBe('unsat');
    expect(await outcome(asked(network, region, ['!1 | -1']))).toBe('unsat');
    expect(await outcome(asked(network, { ...region, open: true }, ['1 | -99/100']))).toBe('sat');
  });

  it('knows that step(0) = 0', async () => {
    const step = networkOf(1, [
      ['step', ['1 | 0', '-1 | 0']],
      ['identity', ['1 1 | 0']],
    ]);
    expect(await outcome(asked(step, interval('0', '0'), ['1 | -1/2']))).toBe('unsat');
    // 0 is the only point where neither is on.
    const found = await search(asked(step, interval('-1', '1'), ['-1 | 1/2']));
    expect(found).toMatchObject({ verdict: 'sat', point: vector('0') });
    expect(await outcome(asked(step, interval('-1', '1'), ['1 | -2']))).toBe('unsat');
  });

  it('finds a point of any part of a disjunction, and needs all of a conjunction', async () => {
    const region = interval('-1', '1');
    expect(await outcome(asked(absolute, region, ['1 0 | -2'], ['0 1 | -1/2']))).toBe('sat');
    expect(await outcome(asked(absolute, region, ['1 0 | -1/2', '0 1 | 0', '0 -1 | 1/4']))).toBe('unsat');
    expect(await outcome(asked(absolute, region, ['1 0 | -1/2', '0 -1 | 0']))).toBe('sat');
    expect(await outcome(asked(absolute, region))).toBe('unsat');
    expect(await outcome(asked(absolute, region, []))).toBe('sat');
  });

  it('decides a ball that is a point', async () => {
    const point = ball('l2', vector('1/3'), rational(0));
    expect(await outcome(asked(absolute, point, ['1 0 | -1/3']))).toBe('sat');
    expect(await outcome(asked(absolute, point, ['!1 0 | -1/3']))).toBe('unsat');
  });

  it('comes close from both sides to where an ℓ2 ball touches', async () => {
    // relu(x0 + x1) reaches √2.
    const diagonal = networkOf(2, [
      ['relu', ['1 1 | 0']],
      ['identity', ['1 | 0']],
    ]);
    const region = ball('l2', vector('0 0'), rational(1));
    expect(await outcome(asked(diagonal, region, ['1 | -141421356/100000000']))).toBe('sat');
    expect(await outcome(asked(diagonal, region, ['1 | -141421357/100000000']))).toBe('unsat');
  });

  it('decides ℓ2 balls that touch, but for what no affine function shows', async () => {
    // y0 = 3·relu(x0) + 4·relu(x1) reaches 5 on the unit ball at (3/5, 4/5) alone; y1 = x1.
    const network = networkOf(2, [
      ['relu', ['1 0 | 0', '0 1 | 0', '0 1 | 2']],
      ['identity', ['3 4 0 | 0', '0 0 1 | -2']],
    ]);
    const region = ball('l2', vector('0 0'), rational(1));
    expect(await search(asked(network, region, ['1 0 | -5']))).toMatchObject({
      verdict: 'sat',
      point: vector('3/5 4/5'),
    });
    const touching: [Region, string[], SearchResult['verdict']][] = [
      [region, ['!1 0 | -5'], 'unsat'],
      [{ ...region, open: true }, ['1 0 | -5'], 'unsat'],
      [region, ['1 0 | -5', '0 1 | -4/5'], 'sat'],
      [region, ['1 0 | -5', '0 1 | -9/10'], 'unsat'],
      [region, ['1 0 | -5', '!0 -1 | 1/2'], 'unsat'],
      // The point of contact is excluded by a row that leads along the sphere.
      [region, ['1 0 | -5', '!0 1 | -4/5'], 'unknown'],
      // Inside the ball, strict rows leave a corner out and not what is beside it.
      [region, ['!1 0 | -4', '!0 1 | -1/2'], 'sat'],
      [region, ['!1 0 | -4', '!-1 0 | 4'], 'unsat'],
    ];
    for (const [where, conjunction, verdict] of touching) {
      expect(await outcome(asked(network, where, conjunction)), conjunction.join(' and ')).toBe(verdict);
    }
    expect(await search(asked(network, region, ['1 0 | -5', '!0 1 | -4/5']))).toMatchObject({
      reason: 'the ℓ2 ball touches the unsafe set, and no leaf shows how',
    });
    // What touches in one part may be reached in another.
    expect(await outcome(asked(network, region, ['1 0 | -5', '!0 1 | -4/5'], ['1 0 | -9/2', '0 1 | 0']))).toBe('sat');
  });

  it('replays what it finds', async () => {
    const query = asked(sameMaxima, interval('-1 -1', '1 1'), ['1 | 0']);
    const found = await search(query);
    if (found.verdict !== 'sat') throw new Error(`expected sat, got ${found.verdict}`);
    expect(replay(query, found.point)).toEqual({ inside: true, unsafe: true, outputs: found.outputs });
  });
});

describe('limits of the search', () => {
  /** A sum of d such differences, each sharing a variable with the next, which takes about 2^d nodes. */
  const many = (d: number): Query => {
    const place = (j: number, two: readonly string[], bias: string): string =>
      `${Array.from({ length: d + 1 }, (_, k) => two[k - j] ?? '0').join(' ')} | ${bias}`;
    const rows = Array.from({ length: d }, (_, j) => [
      place(j, ['1', '-1'], '0'),
      place(j, ['-1', '1'], '0'),
      place(j, ['1', '0'], '2'),
      place(j, ['0', '1'], '2'),
    ]).flat();
    const network = networkOf(d + 1, [
      ['relu', rows],
      ['identity', [`${Array(d).fill('1 -1 -1 1').join(' ')} | 0`]],
    ]);
    const centre = Array(d + 1)
      .fill('0')
      .join(' ');
    return asked(network, ball('linf', vector(centre), rational(1)), ['!1 | 0']);
  };

  it('ends after so many nodes, in time, and when asked to', async () => {
    const query = many(20);
    expect(await search(query, { nodes: 50 })).toMatchObject({ verdict: 'unknown', reason: 'node limit' });
    expect(await search(query, { timeoutMs: 50 })).toMatchObject({ verdict: 'timed-out' });
    expect(await search(query, { signal: AbortSignal.abort() })).toMatchObject({
      verdict: 'unknown',
      reason: 'interrupted',
    });
    expect(await search(query, { memoryMb: 1 })).toMatchObject({ verdict: 'unknown', reason: 'memory limit' });
  });

  it('can be stopped while it runs', async () => {
    const stop = new AbortController();
    let asked = 0;
    const result = await search(many(20), {
      signal: stop.signal,
      onProgress: () => {
        if (++asked === 3) stop.abort();
      },
    });
    expect(result).toMatchObject({ verdict: 'unknown', reason: 'interrupted' });
    expect(asked).toBe(3);
  });

  it('says on request what it has proved when it ends early', async () => {
    const query = many(20);
    const found = await search(query, { nodes: 200, holes: true });
    if (found.verdict !== 'unknown') throw new Error(`expected unknown, got ${found.verdict}`);
    expect(checkOutcome(query, found.certificate!).outcome).toBe('holey');
    expect(certificateText(found.certificate!)).toContain('"leaf"');
    expect(await search(query, { nodes: 200 })).not.toHaveProperty('certificate');
  });

  it('answers alike each time', async () => {
    const query = asked(sameMaxima, interval('-1 -1', '1 1'), ['!1 | 0']);
    const [a, b] = [await search(query), await search(query)];
    expect({ ...a, statistics: undefined }).toEqual({ ...b, statistics: undefined });
  });
});
