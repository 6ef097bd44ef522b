import { describe, expect, it } from 'vitest';
import { InternalError, type LockedInstance } from '../../src/format/index.js';
import {
  type Change,
  compareInstance,
  type InstanceResult,
  lockedInstance,
  mergedLock,
  missingInstance,
  newInstance,
} from '../../src/regression/index.js';
import type { Verdict } from '../../src/verify/verdict.js';

const certificate: Verdict = { verdict: 'unsat', evidence: { level: 'certificate', engines: ['interval'] } };
const two: Verdict = { verdict: 'unsat', evidence: { level: 'two', engines: ['interval', 'z3'] } };
const z3: Verdict = { verdict: 'unsat', evidence: { level: 'engine', engines: ['z3'] } };
const interval: Verdict = { verdict: 'unsat', evidence: { level: 'engine', engines: ['interval'] } };
const both: Verdict = { verdict: 'unsat', evidence: { level: 'certificate', engines: ['interval', 'z3'] } };
const sat: Verdict = { verdict: 'sat', point: [], outputs: [] };
const unknown: Verdict = { verdict: 'unknown', reason: 'why' };
const timedOut: Verdict = { verdict: 'timed-out' };

/** A result with these verdicts; certificates are hashes of nothing in particular. */
const result = (verdicts: readonly Verdict[], more: Partial<InstanceResult> = {}): InstanceResult => ({
  asked: { name: 'a', data: 'xor', norm: 'linf', ratio: '1/2', construction: 'eys-pair' },
  dataset: '11'.repeat(32),
  samples: verdicts.length,
  radius: '1/4',
  network: '22'.repeat(32),
  sizes: { width: 8, depth: 4, nonzero: 30, parameters: '53', bits: 3 },
  balls: verdicts.map((verdict, sample) => ({
    sample,
    label: 0,
    verdict,
    seconds: 0,
    ...(verdict === certificate ? { certificate: `c${sample}` } : {}),
  })),
  ...more,
});
const otherNetwork = { network: '33'.repeat(32) };
/** The changes from one result to another. */
const changes = (before: InstanceResult, now: InstanceResult): readonly Change[] =>
  compareInstance(lockedInstance(before), now);
const brief = (all: readonly Change[]) => all.map((c) => `${c.direction} ${c.what}: ${c.locked} → ${c.now}`);

describe('compareInstance', () => {
  it('finds nothing when nothing changed', () => {
    const all = result([certificate, two, z3, sat, unknown, timedOut]);
    expect(changes(all, all)).toEqual([]);
  });

  it.each<[Verdict, Verdict, string | undefined]>([
    [certificate, two, 'worse verdict: proved (certificate) → proved (search + z3)'],
    [certificate, z3, 'worse verdict: proved (certificate) → unsat (z3)'],
    [two, z3, 'worse verdict: proved (search + z3) → unsat (z3)'],
    [z3, unknown, 'worse verdict: unsat (z3) → unknown'],
    [certificate, timedOut, 'worse verdict: proved (certificate) → timed-out'],
    [unknown, sat, 'worse verdict: unknown → sat (counterexample)'],
    [certificate, sat, 'worse verdict: proved (certificate) → sat (counterexample)'],
    [z3, certificate, 'better verdict: unsat (z3) → proved (certificate)'],
    [timedOut, z3, 'better verdict: timed-out → unsat (z3)'],
    [sat, certificate, 'better verdict: sat (counterexample) → proved (certificate)'],
    [sat, unknown, 'changed verdict: sat (counterexample) → unknown'],
    [z3, interval, 'changed verdict: unsat (z3) → unsat (interval)'],
    [both, certificate, 'changed verdict: proved (certificate) by interval and z3 → proved (certificate) by interval'],
    [unknown, timedOut, undefined],
  ])('judges another network: %j → %j', (before, now, expected) => {
    const found = brief(changes(result([before]), result([now], otherNetwork))).filter((c) => !c.includes('network:'));
    expect(found).toEqual(expected === undefined ? [] : [expected]);
  });

  it('calls one query answered both ways a contradiction', () => {
    for (const [before, now] of [
      [certificate, sat],
      [sat, z3],
    ] as const) {
      const [change] = changes(result([before]), result([now]));
      expect(change).toMatchObject({ direction: 'contradiction', samples: [0] });
      expect(change!.note).toContain('one of the runs is wrong');
    }
  });

  it('takes a lost counterexample of the same query for worse', () => {
    expect(brief(changes(result([sat]), result([unknown])))).toContain('worse verdict: sat (counterexample) → unknown');
  });

  it('gathers balls that changed alike, and gives the reason', () => {
    const found = changes(
      result([certificate, certificate, z3, certificate]),
      result([unknown, certificate, z3, unknown]),
    );
    expect(found.find(({ what }) => what === 'verdict')).toEqual({
      instance: 'a',
      direction: 'worse',
      what: 'verdict',
      samples: [0, 3],
      locked: 'proved (certificate)',
      now: 'unknown',
      note: 'why',
    });
  });

  it('compares sizes as whole numbers', () => {
    const sizes = { width: 9, depth: 4, nonzero: 9, parameters: '100000000000000000000', bits: 3 };
    const before = result([z3], { sizes: { ...sizes, nonzero: 10, width: 8, parameters: '99999999999999999999' } });
    expect(brief(changes(before, result([z3], { sizes })))).toEqual([
      'worse width: 8 → 9',
      'worse parameters: 99999999999999999999 → 100000000000000000000',
      'better nonzero: 10 → 9',
    ]);
  });

  it('fails a question that asks for less, and takes one that asks for more as better', () => {
    const { asked } = result([]);
    const found = (more: Partial<InstanceResult>) => brief(changes(result([z3]), result([z3], more)));
    expect(found({ radius: '1/5' })).toEqual(['worse radius: 1/4 → 1/5']);
    expect(found({ radius: '3/10' })).toEqual(['better radius: 1/4 → 3/10']);
    expect(found({ asked: { ...asked, open: true } })).toEqual(['worse balls: closed → open']);
    expect(found({ asked: { ...asked, norm: 'l1' } })).toEqual(['worse norm: ℓ∞ → ℓ1']);
    expect(found({ asked: { ...asked, notion: 'round' } })).toEqual(['worse notion: not given → round']);
    expect(found({ dataset: '44'.repeat(32) })).toEqual([
      'worse dataset: 111111111111, 1 samples → 444444444444, 1 samples',
    ]);
    expect(found({ asked: { ...asked, ratio: '0.5' } })).toEqual(['changed ratio: 1/2 → 0.5']);
    expect(found({ asked: { ...asked, construction: { network: 'n.json' } } })).toEqual([
      'changed construction: eys-pair → {"network":"n.json"}',
    ]);
  });

  it('tells of another network and of other certificates', () => {
    const before = result([certificate, certificate]);
    expect(brief(changes(before, { ...before, ...otherNetwork }))).toEqual([
      'changed network: 222222222222 → 333333333333',
    ]);
    const other = { ...before, balls: before.balls.map((ball) => ({ ...ball, certificate: 'other' })) };
    expect(brief(changes(before, other))).toEqual([expect.stringMatching(/^changed certificates: \w{12} → \w{12}$/)]);
  });

  it('takes samples that were not there for new', () => {
    const grown = changes(result([z3]), result([z3, sat], { dataset: '44'.repeat(32) }));
    expect(brief(grown)).toContain('worse verdict: nothing → sat (counterexample)');
  });

  it('compares only the balls of a part, and facts only where they belong', () => {
    const before = result([certificate, certificate]);
    const now = result([unknown, unknown], { radius: '1/5' });
    const part = { ...now, balls: now.balls.slice(1) };
    expect(compareInstance(lockedInstance(before), part, { whole: false })).toMatchObject([
      { what: 'verdict', samples: [1] },
    ]);
    expect(compareInstance(lockedInstance(before), { ...part, balls: [] })).toMatchObject([{ what: 'radius' }]);
  });
});

it('tells of instances that are missing and new', () => {
  expect(missingInstance(lockedInstance(result([z3])))).toMatchObject({ direction: 'worse', instance: 'a' });
  const found = newInstance(result([z3, sat, z3, unknown]));
  expect(brief(found)).toEqual([
    'better verdict: nothing → unsat (z3)',
    'worse verdict: nothing → sat (counterexample)',
    'changed verdict: nothing → unknown',
  ]);
  expect(found.map(({ instance, samples }) => [instance, samples])).toEqual([
    ['a', [0, 2]],
    ['a', [1]],
    ['a', [3]],
  ]);
});

describe('lockedInstance', () => {
  it('groups balls by outcome, best first', () => {
    const { balls } = lockedInstance(result([z3, certificate, sat, certificate, unknown, z3]));
    expect(balls.map(({ samples, verdict }) => `${samples} ${verdict}`)).toEqual([
      '1,3 unsat',
      '0,5 unsat',
      '4 unknown',
      '2 sat',
    ]);
  });

  it('refuses a part of a run', () => {
    const all = result([z3, z3]);
    expect(() => lockedInstance({ ...all, balls: all.balls.slice(1) })).toThrow(InternalError);
  });

  it('has a hash over certificates when there are any', () => {
    expect(lockedInstance(result([z3])).certificates).toBeUndefined();
    const one = lockedInstance(result([certificate, z3])).certificates;
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(lockedInstance(result([z3, certificate])).certificates).not.toBe(one);
  });
});

it('merges a lock file in the order of the list', () => {
  const named = (name: string, radius: string): LockedInstance => ({
    ...lockedInstance(result([z3], { radius })),
    name,
  });
  const before = [named('b', '1'), named('old', '1'), named('a', '1')];
  const merged = mergedLock(['a', 'b', 'c', 'd'], before, [named('b', '2'), named('d', '2')]);
  expect(merged.map(({ name, radius }) => `${name} ${radius}`)).toEqual(['a 1', 'b 2', 'd 2', 'old 1']);
});
