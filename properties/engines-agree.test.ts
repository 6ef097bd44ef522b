/**
 * Engines against each other and against exact evaluation, on random queries of every kind: what intervals refute, the
 * checker accepts, z3 cannot satisfy on either encoding, and no point shows.
 */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, expect } from 'vitest';
import { pointInBall, query } from '../src/arbitrary/index.js';
import { checker } from '../src/check/index.js';
import { compare, type Rational, type Vector } from '../src/exact/index.js';
import { contains } from '../src/geometry/index.js';
import { evaluate, networkToFile } from '../src/network/index.js';
import { intervalProof, outputBounds } from '../src/verify/bounds/interval.js';
import { intervalCertificate } from '../src/verify/checked-interval.js';
import { falsify } from '../src/verify/falsify.js';
import type { Query } from '../src/verify/query.js';
import { queryToFile } from '../src/verify/query.js';
import { z3Engine } from '../src/verify/smt/z3-engine.js';
import { replay } from '../src/verify/verdict.js';
import { property } from './property.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const seeds = fc.nat({ max: 2 ** 30 });

/** Points of the region, from the generator of balls or by mixing the ends of a box. */
function pointsOf({ region }: Query, seed: number, count: number): Vector[] {
  if (region.kind === 'ball') {
    return fc
      .sample(pointInBall(region.centre, region.radius, region.norm), { seed, numRuns: count })
      .filter((x) => contains(region, x));
  }
  return fc
    .sample(fc.array(fc.boolean(), { minLength: region.lower.length, maxLength: region.lower.length }), {
      seed,
      numRuns: count,
    })
    .map((up) => up.map((u, j): Rational => (u ? region.upper[j]! : region.lower[j]!)));
}

property(
  'outputs of points lie in the interval bounds, attained ends or not',
  [query(), seeds],
  (asked, seed) => {
    const { lower, upper } = outputBounds(asked.network, asked.region);
    for (const x of pointsOf(asked, seed, 5)) {
      for (const [k, y] of evaluate(asked.network, x).entries()) {
        expect(compare(lower[k]!, y)).toBeLessThanOrEqual(0);
        expect(compare(y, upper[k]!)).toBeLessThanOrEqual(0);
      }
    }
  },
  { runs: 500 },
);

property(
  'what intervals refute, exact evaluation never shows; with and without enclosures the verdict is the same',
  [query(), seeds],
  (asked, seed) => {
    const refuted = intervalProof(asked);
    const exact = intervalProof(asked, { enclosures: false });
    // Enclosures may only ever decide what exact intervals decide too.
    refuted.forEach((yes, k) => {
      if (yes) expect(exact[k]).toBe(true);
    });
    if (!refuted.every(Boolean)) return;
    expect(falsify(asked)).toBeUndefined();
    for (const x of pointsOf(asked, seed, 5)) expect(replay(asked, x)).toMatchObject({ inside: true, unsafe: false });
  },
  { runs: 500 },
);

property(
  'the checker accepts an interval certificate exactly where intervals refute',
  [query()],
  (asked) => {
    const read = checker(networkToFile(asked.network));
    if (!('check' in read)) throw new Error(`the checker refused the network: ${read.where}: ${read.why}`);
    const outcome = read.check(queryToFile(asked, { inline: false }), intervalCertificate(asked), sha256);
    expect(outcome.outcome).toBe(intervalProof(asked, { enclosures: false }).every(Boolean) ? 'valid' : 'invalid');
  },
  { runs: 500 },
);

property(
  'a counterexample of the search replays',
  [query()],
  (asked) => {
    const found = falsify(asked);
    if (found === undefined) return;
    expect(replay(asked, found.point)).toMatchObject({ inside: true, unsafe: true });
  },
  { runs: 300 },
);

const untightened = z3Engine({ jobs: 1, timeoutMs: 20_000, memoryMb: 1500, tighten: false });
const tightened = z3Engine({ jobs: 1, timeoutMs: 20_000, memoryMb: 1500, tighten: true });
afterAll(async () => {
  await untightened.close();
  await tightened.close();
});

property(
  'z3 agrees with itself on both encodings, with intervals and with the search',
  [query({ norms: ['l1', 'linf'] })],
  async (asked) => {
    const [plain, tight] = [await untightened.verify(asked), await tightened.verify(asked)];
    expect(['sat', 'unsat']).toContain(plain.verdict);
    expect(tight.verdict).toBe(plain.verdict);
    if (intervalProof(asked).every(Boolean)) expect(plain.verdict).toBe('unsat');
    if (falsify(asked) !== undefined) expect(plain.verdict).toBe('sat');
    for (const answer of [plain, tight]) {
      if (answer.verdict === 'sat') expect(replay(asked, answer.point)).toMatchObject({ inside: true, unsafe: true });
    }
  },
  { runs: 120 },
);
