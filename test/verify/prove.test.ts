/**
 * The ladder: which engine's word becomes which evidence, and what happens when engines contradict each other. z3 is
 * played here; what it really says is tested where it is asked.
 */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { failure } from '../../src/cli/failure.js';
import { parseRational, rational, type Vector } from '../../src/exact/index.js';
import { InternalError } from '../../src/format/index.js';
import { ball } from '../../src/geometry/index.js';
import { checkOutcome } from '../../src/verify/checked-certificate.js';
import { proveBalls } from '../../src/verify/prove.js';
import type { Query } from '../../src/verify/query.js';
import type { Z3EngineOptions } from '../../src/verify/smt/z3-engine.js';
import type { Verdict } from '../../src/verify/verdict.js';
import { networkOf, vector } from './fixtures/networks.js';

const z3 = vi.hoisted(() => ({ answer: undefined as unknown, started: [] as unknown[] }));
vi.mock('../../src/verify/smt/z3-engine.js', () => ({
  z3Engine: (options: Z3EngineOptions) => {
    z3.started.push(options);
    return { verify: async () => z3.answer, close: async () => {} };
  },
}));
const says = (answer: Verdict): void => {
  z3.answer = answer;
};
beforeEach(() => z3.started.splice(0));

/** 1 − |x| on [−1, 1], as three relus: intervals see 2, margins over Lipschitz constants 2, a leaf sees 1. */
const hat = networkOf(1, [
  ['relu', ['1 | 1', '1 | 0', '1 | -1']],
  ['identity', ['1 -2 1 | 0']],
]);
/** Whether the hat is ≥ `reached` on [−1, 1]. */
const reaching = (reached: string): Query => ({
  network: hat,
  region: ball('linf', vector('0'), rational(1)),
  unsafe: [[{ columns: [0], weights: [rational(1)], bias: parseRational(`-${reached}`), strict: false }]],
});
const verdict = async (query: Query, options: Parameters<typeof proveBalls>[3]): Promise<Verdict> =>
  (await proveBalls(hat, 1, () => query, options))[0]!.verdict;

const unsat: Verdict = { verdict: 'unsat', evidence: { level: 'engine', engines: ['z3'] } };
const sat = (point: Vector): Verdict => ({ verdict: 'sat', point, outputs: vector('1') });
const unknown: Verdict = { verdict: 'unknown', reason: 'z3: incomplete' };

describe('proveBalls', () => {
  it('asks z3 only where the rungs below it do not decide', async () => {
    says(unsat);
    expect(await verdict(reaching('3'), {})).toEqual({
      verdict: 'unsat',
      evidence: { level: 'certificate', engines: ['interval'] },
    });
    expect(await verdict(reaching('3/2'), {})).toMatchObject({
      verdict: 'unsat',
      evidence: { level: 'certificate', engines: ['search'] },
    });
    expect((await verdict(reaching('1'), {})).verdict).toBe('sat');
    expect(z3.started).toEqual([]);
    expect(await verdict(reaching('3/2'), { timeoutMs: 0.0001 })).toEqual(unsat);
    expect(z3.started).toMatchObject([{ tighten: true }]);
  });

  it('carries the certificate that the checker accepted', async () => {
    for (const jobs of [1, 2]) {
      const query = reaching('3/2');
      const found = await proveBalls(hat, 2, () => query, { engine: 'search', jobs });
      for (const { verdict: proved } of found) {
        if (proved.verdict !== 'unsat') throw new Error(`expected unsat, got ${proved.verdict}`);
        expect(checkOutcome(query, proved.certificate!)).toEqual({ outcome: 'valid' });
        expect(checkOutcome(reaching('1'), proved.certificate!).outcome).toBe('invalid');
      }
    }
  });

  it('makes a certificate of what z3 alone says, where the search finds one', async () => {
    says(unsat);
    expect(await verdict(reaching('3/2'), { engine: 'z3' })).toMatchObject({
      evidence: { level: 'certificate', engines: ['search'] },
    });
    expect(await verdict(reaching('3/2'), { engine: 'z3', tighten: false })).toMatchObject({
      evidence: { level: 'certificate', engines: ['search', 'z3'] },
    });
    expect(await verdict(reaching('3/2'), { engine: 'z3', check: false })).toEqual(unsat);
  });

  it('takes two engines for more than one, and less than a certificate', async () => {
    says(unsat);
    expect(await verdict(reaching('3/2'), { engine: 'both' })).toMatchObject({
      evidence: { level: 'certificate', engines: ['search', 'z3'] },
    });
    expect(await verdict(reaching('3/2'), { engine: 'both', check: false })).toMatchObject({
      evidence: { level: 'two', engines: ['search', 'z3'] },
    });
    expect(z3.started).toMatchObject([{ tighten: false }, { tighten: false }]);
    expect(await verdict(reaching('3/2'), { engine: 'search', check: false })).toMatchObject({
      evidence: { level: 'engine', engines: ['search'] },
    });
  });

  it('says of each engine why it has no verdict', async () => {
    says(unknown);
    const limits = { timeoutMs: 0.0001 };
    expect(await verdict(reaching('3/2'), limits)).toEqual({
      verdict: 'unknown',
      reason: 'search: timed out; z3: incomplete',
    });
    says({ verdict: 'timed-out' });
    expect(await verdict(reaching('3/2'), limits)).toEqual({ verdict: 'timed-out' });
    expect(await verdict(reaching('3/2'), { ...limits, engine: 'search' })).toEqual({ verdict: 'timed-out' });
    expect(await verdict(reaching('3/2'), { engine: 'interval' })).toEqual({
      verdict: 'unknown',
      reason: 'interval propagation does not decide this ball',
    });
  });

  it.each<['z3' | 'both', string, Verdict, string]>([
    ['both', '3/2', sat(vector('1')), 'unsat by search and sat with a replayed counterexample by z3'],
    ['both', '3', sat(vector('1')), 'unsat by interval and sat with a replayed counterexample by z3'],
    ['both', '1', unsat, 'sat with a replayed counterexample by the search and unsat by z3'],
  ])('engines that disagree are a bug: --engine %s at %s', async (engine, reached, answer, words) => {
    says(answer);
    const asked = verdict(reaching(reached), { engine });
    await expect(asked).rejects.toThrow(new InternalError(`ball 0: expected engines to agree, got ${words}`));
    expect(failure(await asked.catch((error) => error)).code).toBe(5);
  });
});
