/**
 * Engines against each other and against exact evaluation, on random queries of every kind: what intervals refute, the
 * checker accepts, z3 cannot satisfy on either encoding, and no point shows. The search and z3 never disagree; its
 * certificates are valid and its points replay.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as arbitrary from '../src/arbitrary/index.js';
import * as check from '../src/check/index.js';
import { add, compare, half, mul, type Rational } from '../src/exact/index.js';
import * as allLaws from '../src/laws/index.js';
import { pointsOf } from '../src/laws/region-attack.js';
import * as network from '../src/network/index.js';
import * as verify from '../src/verify/index.js';
import { intervalLaws } from './interval-laws.js';
import { laws, property } from './property.js';

const { query } = arbitrary;
const { intervalVerifier, searchVerifier, verifierLaws, z3Verifier } = allLaws;
const { checkOutcome, falsify, intervalProof, outputBounds, replay } = verify;

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

const limits = { timeoutMs: 20_000, memoryMb: 1500 };
const searched = searchVerifier(limits);

describe('intervals', () => laws(verifierLaws(intervalVerifier, { second: searched })));

const candidates: allLaws.Verifier = (asked) => falsify(asked) ?? { verdict: 'unknown', reason: 'nothing found' };
describe('candidates', () => laws(verifierLaws(candidates, { second: searched, runs: 120 })));

// In ℓ1, ℓ∞ and on boxes the search and z3 decide every query of this size.
const linear = { queries: { norms: ['l1', 'linf'] }, decides: true } as const;
const z3 = z3Verifier({ ...limits, tighten: false });

describe('search', () => laws(verifierLaws(searched, { ...linear, runs: 150, second: intervalVerifier })));
describe('z3', () => {
  laws(verifierLaws(z3Verifier({ ...limits, tighten: true }), { ...linear, runs: 45, second: z3 }));
});
describe('z3, untightened', () => laws(verifierLaws(z3, { ...linear, runs: 45, second: intervalVerifier })));

describe('the search and z3', () => {
  const all = ['relu', 'step', 'identity'] as const;
  /** Mostly queries that intervals do not decide; in ℓ2 small ones, which z3 decides in time. */
  const drawn = fc.oneof(
    {
      arbitrary: query({
        network: { layers: { min: 1, max: 3 }, widths: { min: 2, max: 5 }, activations: all },
        norms: ['l1', 'linf'],
        intents: ['reached', 'between'],
      }),
      weight: 5,
    },
    {
      arbitrary: query({
        network: { inputs: { max: 2 }, layers: { max: 2 }, widths: { max: 3 }, activations: all },
        norms: ['l2'],
        boxes: false,
      }),
      weight: 2,
    },
    { arbitrary: query(), weight: 1 },
  );
  const counts = new Map<string, number>();
  const count = (...names: readonly (string | false)[]): void => {
    for (const name of names) if (name !== false) counts.set(name, (counts.get(name) ?? 0) + 1);
  };
  const second = z3Verifier({ timeoutMs: 2000, memoryMb: 1500, tighten: false });
  const runs = 640;

  property(
    'never disagree; certificates are valid, counterexamples replay',
    [drawn],
    async (asked) => {
      const own = await verify.search(asked, limits);
      const other = await second(asked);
      const { region, unsafe } = asked;
      count(
        own.verdict,
        `z3 ${other.verdict}`,
        region.kind === 'box' ? 'box' : region.norm,
        region.kind === 'ball' && region.open && 'open',
        region.kind === 'ball' && region.radius.n === 0n && 'point',
        unsafe.length > 1 && 'disjunction',
        unsafe.some((conjunction) => conjunction.length > 1) && 'conjunction',
        atKink(asked) && 'centre at a kink',
        ...asked.network.layers.slice(0, -1).map(({ activation }) => activation),
      );
      if (own.verdict === 'unsat') {
        expect(other.verdict).not.toBe('sat');
        expect(checkOutcome(asked, own.certificate)).toEqual({ outcome: 'valid' });
        const text = JSON.stringify(own.certificate);
        count(...['split', 'leaf', 'lemmas'].map((word) => text.includes(`"${word}"`) && `certificate with ${word}`));
      }
      if (own.verdict === 'sat') {
        expect(other.verdict).not.toBe('unsat');
        expect(replay(asked, own.point)).toEqual({ inside: true, unsafe: true, outputs: own.outputs });
      }
      if (region.kind === 'box' || region.norm !== 'l2') expect(['sat', 'unsat']).toContain(own.verdict);
    },
    { runs },
  );

  test('on enough queries of each kind', () => {
    const of = (name: string): number => counts.get(name) ?? 0;
    expect(of('sat') + of('unsat') + of('unknown')).toBeGreaterThanOrEqual(600);
    expect(of('unknown')).toBeLessThan(20);
    expect(of('z3 sat') + of('z3 unsat')).toBeGreaterThanOrEqual(540);
    for (const verdict of ['sat', 'unsat']) expect(of(verdict), verdict).toBeGreaterThanOrEqual(0.3 * runs);
    const kinds = [
      'l1',
      'l2',
      'linf',
      'box',
      'open',
      'point',
      'disjunction',
      'conjunction',
      ...all,
      'centre at a kink',
    ];
    for (const kind of kinds) expect(of(kind), kind).toBeGreaterThanOrEqual(30);
    for (const part of ['leaf', 'split', 'lemmas']) expect(of(`certificate with ${part}`), part).toBeGreaterThan(0);
  });
});

/** Whether a neuron stands exactly between its two sides at the middle of the region. */
function atKink({ network: net, region }: verify.Query): boolean {
  let values: readonly Rational[] =
    region.kind === 'ball' ? region.centre : region.lower.map((low, j) => mul(half, add(low, region.upper[j]!)));
  return net.layers.some((layer, i) => {
    const before = network.evaluate({ layers: [{ ...layer, activation: 'identity' }] }, values);
    values = network.evaluate({ layers: net.layers.slice(i, i + 1) }, values);
    return layer.activation !== 'identity' && before.some(({ n }) => n === 0n);
  });
}
