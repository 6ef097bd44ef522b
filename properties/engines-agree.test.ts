/**
 * Engines against each other and against exact evaluation, on random queries of every kind: what intervals refute, the
 * checker accepts, z3 cannot satisfy on either encoding, and no point shows.
 */
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import * as arbitrary from '../src/arbitrary/index.js';
import * as check from '../src/check/index.js';
import { compare } from '../src/exact/index.js';
import * as allLaws from '../src/laws/index.js';
import { pointsOf } from '../src/laws/region-attack.js';
import * as network from '../src/network/index.js';
import * as verify from '../src/verify/index.js';
import { intervalLaws } from './interval-laws.js';
import { laws, property } from './property.js';

const { query } = arbitrary;
const { intervalVerifier, verifierLaws, z3Verifier } = allLaws;
const { falsify, intervalProof, outputBounds } = verify;

const seeds = fc.nat({ max: 2 ** 30 });

property(
  'outputs of points lie in the interval bounds, attained ends or not',
  [query(), seeds],
  (asked, seed) => {
    const { lower, upper } = outputBounds(asked.network, asked.region);
    for (const x of pointsOf(asked, seed)) {
      for (const [k, y] of network.evaluate(asked.network, x).entries()) {
        expect(compare(lower[k]!, y)).toBeLessThanOrEqual(0);
        expect(compare(y, upper[k]!)).toBeLessThanOrEqual(0);
      }
    }
  },
  { runs: 500 },
);

property(
  'enclosures decide nothing that exact intervals do not decide too',
  [query()],
  (asked) => {
    const exact = intervalProof(asked, { enclosures: false });
    intervalProof(asked).forEach((yes, k) => {
      if (yes) expect(exact[k]).toBe(true);
    });
  },
  { runs: 500 },
);

describe('intervals', () => laws(intervalLaws({ arbitrary, check, laws: allLaws, network, verify })));

describe('intervals', () => laws(verifierLaws(intervalVerifier)));

const search: allLaws.Verifier = (asked) => falsify(asked) ?? { verdict: 'unknown', reason: 'nothing found' };
describe('search', () => laws(verifierLaws(search)));

// In ℓ1, ℓ∞ and on boxes z3 decides every query of this size.
const linear = { queries: { norms: ['l1', 'linf'] }, runs: 120, decides: true } as const;
const limits = { timeoutMs: 20_000, memoryMb: 1500 };
describe('z3', () => {
  const second = z3Verifier({ ...limits, tighten: false });
  laws(verifierLaws(z3Verifier({ ...limits, tighten: true }), { ...linear, second }));
});
describe('z3, untightened', () => {
  laws(verifierLaws(z3Verifier({ ...limits, tighten: false }), { ...linear, second: intervalVerifier }));
});
