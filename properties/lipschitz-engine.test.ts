/**
 * The engine `lipschitz` on random queries: what it proves no point refutes, the search and z3 agree, it never says sat;
 * and no two points of a region are further apart in value than its constant allows.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as arbitrary from '../src/arbitrary/index.js';
import { abs, equal, less, mul, square, sub, subVectors } from '../src/exact/index.js';
import { norms } from '../src/format/index.js';
import { magnitude } from '../src/geometry/index.js';
import * as allLaws from '../src/laws/index.js';
import { pointsOf } from '../src/laws/region-attack.js';
import { evaluate } from '../src/network/index.js';
import * as verify from '../src/verify/index.js';
import {
  constraintFunctional,
  exactLipschitz,
  structuralBound,
  structuralLipschitz,
} from '../src/verify/lipschitz/index.js';
import { constraintValue } from '../src/verify/verdict.js';
import { laws, property } from './property.js';

const { query } = arbitrary;
const { lipschitzVerifier, searchVerifier, verifierLaws, z3Verifier } = allLaws;
const seeds = fc.nat({ max: 2 ** 30 });
const limits = { timeoutMs: 20_000, memoryMb: 1500 };

describe('lipschitz', () =>
  laws(
    verifierLaws(lipschitzVerifier, {
      second: searchVerifier(limits),
      runs: 60,
      without: ['a replay accepts the unsafe points of the region, and no others'],
    }),
  ));

describe('difference quotients', () => {
  const counts = { quotients: 0, tight: 0, jumps: 0 };
  property(
    'are at most the constant, on the region and everywhere, in every norm',
    [query({ network: { activations: ['relu', 'relu', 'relu', 'step', 'identity'] } }), seeds],
    (asked, seed) => {
      const constraint = asked.unsafe.flat().find(({ columns }) => columns.length > 0);
      if (constraint === undefined) return;
      const functional = constraintFunctional(constraint);
      const points = pointsOf(asked, seed);
      const values = points.map((x) => constraintValue(constraint, evaluate(asked.network, x)));
      for (const norm of norms) {
        for (const region of [asked.region, undefined]) {
          const constant = structuralBound(asked.network, norm, functional, region === undefined ? {} : { region });
          if (constant === undefined) {
            counts.jumps++;
            continue;
          }
          for (let i = 1; i < points.length; i++) {
            const gap = abs(sub(values[i]!, values[i - 1]!));
            const size = magnitude(norm, subVectors(points[i]!, points[i - 1]!));
            const [left, right] =
              norm === 'l2' ? [square(gap), mul(square(constant), size)] : [gap, mul(constant, size)];
            expect(less(right, left)).toBe(false);
            if (size.n === 0n) continue;
            counts.quotients++;
            if (constant.n > 0n && !less(left, right)) counts.tight++;
          }
        }
      }
    },
    { runs: 150 },
  );
  test('are many, some as large as the constant, and some networks have none', () => {
    expect(counts.quotients).toBeGreaterThan(1500);
    expect(counts.tight).toBeGreaterThan(100);
    expect(counts.jumps).toBeGreaterThan(10);
  });
});

describe('the structural bound', () => {
  const counts = { networks: 0, exact: 0 };
  property(
    'is at least the constant that cells have, on balls and everywhere',
    [
      query({
        network: { layers: { min: 1, max: 2 }, widths: { max: 4 }, activations: ['relu'] },
        boxes: false,
      }),
    ],
    async ({ network, region, unsafe }) => {
      const constraint = unsafe.flat().find(({ columns }) => columns.length > 0);
      if (constraint === undefined || region.kind !== 'ball' || region.radius.n === 0n) return;
      const functional = constraintFunctional(constraint);
      for (const where of [{ region }, {}]) {
        const { bound, isComplete } = await exactLipschitz(network, region.norm, { functional, ...where });
        const structural = structuralLipschitz(network, region.norm, { functional, ...where });
        expect(isComplete).toBe(true);
        expect(less(structural!.magnitude!, bound.magnitude!)).toBe(false);
        counts.networks++;
        if (equal(structural!.magnitude!, bound.magnitude!)) counts.exact++;
      }
    },
    { runs: 60 },
  );
  test('and often equal', () => {
    expect(counts.networks).toBeGreaterThan(60);
    expect(counts.exact).toBeGreaterThan(30);
  });
});

describe('lipschitz and z3', () => {
  const z3 = z3Verifier({ ...limits, tighten: false });
  const counts = { unsat: 0, openAtRadius: 0, atRadius: 0 };
  property(
    'agree on balls of just the certified radius: open ones are proved and unsatisfiable',
    [
      query({
        network: { layers: { min: 1, max: 2 }, widths: { max: 4 }, activations: ['relu'] },
        norms: ['l1', 'linf'],
        boxes: false,
        intents: ['beyond', 'between'],
      }),
    ],
    async (asked) => {
      const { region, network, unsafe } = asked;
      if (region.kind !== 'ball' || unsafe.length === 0) return;
      const found = await verify.certifiedRadius(network, region.norm, region.centre, unsafe);
      if (found?.radius === undefined) return;
      const at = { ...asked, region: { ...region, radius: found.radius, open: found.open } };
      expect(await lipschitzVerifier(at)).toMatchObject({ verdict: 'unsat', evidence: { engines: ['lipschitz'] } });
      counts[found.open ? 'openAtRadius' : 'atRadius']++;
      const other = await z3(at);
      expect(other.verdict).not.toBe('sat');
      if (other.verdict === 'unsat') counts.unsat++;
    },
    { runs: 60 },
  );
  test('on enough balls', () => {
    expect(counts.unsat).toBeGreaterThan(30);
    expect(counts.openAtRadius).toBeGreaterThan(10);
    expect(counts.atRadius).toBeGreaterThan(10);
    expect(counts.unsat).toBe(counts.openAtRadius + counts.atRadius);
  });
});
