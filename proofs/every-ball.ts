/**
 * What is proved of the instances of a norm: every ball, by a certificate that the independent checker accepts.
 *
 * Main definition: `everyBall`. Certificates are those of intervals, where they prove the ball, else kept ones of
 * ridges or the search. z3 confirms on the untightened encoding, on all balls without a certificate and on some others (`asksAbout`), in
 * a full run on all. Instances beyond z3's reach are shown by certificates alone.
 */
import { afterAll, describe, expect, it } from 'vitest';
import type { Norm } from '../src/format/index.js';
import { checkOutcome } from '../src/verify/checked-certificate.js';
import { intervalEngine } from '../src/verify/checked-interval.js';
import { checkedRidge } from '../src/verify/checked-ridge.js';
import { checkedSearch } from '../src/verify/checked-search.js';
import type { Query } from '../src/verify/query.js';
import type { Verdict } from '../src/verify/verdict.js';
import { type Evidence, type Instance, instances, isUncertified, problemOf } from './instances/instance.js';
import { table } from './instances/table.js';
import { asksAbout, isFull, isUpdate, keptCertificates } from './kept-certificates.js';
import { warmZ3 } from './warm-z3.js';

const byZ3 = { verdict: 'unsat', evidence: { level: 'engine', engines: ['z3'] } };
const certified = { verdict: 'unsat', evidence: { level: 'certificate', engines: ['interval'] } };
/** Milliseconds for a ball when certificates are looked for, and when those that are kept are found again. */
const patience = { update: 30_000, full: 60_000 };

/** Ridges first: where they prove a ball, their certificates are short. */
async function byRidgesOrSearch(asked: Query, timeoutMs: number): Promise<Verdict> {
  const found = checkedRidge(asked, { timeoutMs: timeoutMs / 5 });
  return found.verdict === 'unsat' ? found : checkedSearch(asked, { timeoutMs });
}

/** Declares the tests of all instances of a norm. */
export function everyBall(norm: Norm): void {
  const z3 = warmZ3();
  const entries = table.filter((entry) => entry.norm === norm);
  const kept = new Map(entries.map((entry) => [entry, keptCertificates(entry)]));
  const named = (evidence: Evidence): { name: string; instance: Instance }[] =>
    instances
      .filter((instance) => instance.entry.norm === norm && instance.evidence === evidence)
      .map((instance) => ({ name: instance.name, instance }));
  if (isUpdate) {
    afterAll(() => {
      for (const certificates of kept.values()) certificates.write();
    });
  }

  /** Whether the kept certificate of a ball is valid; false when there is none. */
  async function hasValidCertificate(instance: Instance, i: number, asked: Query): Promise<boolean> {
    const certificates = kept.get(instance.entry)!;
    if (isUpdate) {
      const found = await byRidgesOrSearch(asked, patience.update);
      certificates.replace(instance, i, found.verdict === 'unsat' ? found.certificate : undefined);
    }
    const certificate = certificates.find(instance, i);
    if (certificate === undefined) return false;
    const outcome = checkOutcome(asked, certificate);
    expect(outcome, `ball ${i}: after a change that is meant, see kept-certificates.ts`).toEqual({ outcome: 'valid' });
    if (isFull) {
      const again = await byRidgesOrSearch(asked, patience.full);
      expect(again.verdict, `ball ${i}, found again`).toBe('unsat');
    }
    return true;
  }

  describe('every ball is proved, and engines agree', () => {
    it.each(named('proved'))('$name', async ({ instance }) => {
      const { data, network, query } = problemOf(instance);
      const intervals = intervalEngine(network);
      for (let i = 0; i < data.size; i++) {
        const asked = query(i);
        // An engine whose certificate is refused throws.
        const byIntervals = intervals.verify(asked);
        if (instance.entry.intervals || byIntervals !== undefined) expect(byIntervals, `ball ${i}`).toEqual(certified);
        const hasCertificate = byIntervals !== undefined || (await hasValidCertificate(instance, i, asked));
        if (!isUncertified(instance)) expect(hasCertificate, `ball ${i} has a certificate`).toBe(true);
        if (isUpdate || (hasCertificate && !asksAbout(instance, i, data.size))) continue;
        expect(await z3.verify(asked), `ball ${i}`).toEqual(byZ3);
        // Not because nothing is left to have an unsafe output.
        const rest = await z3.status(asked, { tighten: false, part: 'without-unsafe' });
        expect(rest, `ball ${i} without its unsafe set`).toBe('sat');
      }
    });
  });

  const proved = named('certificate');
  if (proved.length > 0) {
    describe('beyond z3: certificates prove every ball', () => {
      it.each(proved)('$name', async ({ instance }) => {
        const { data, network, query } = problemOf(instance);
        const intervals = intervalEngine(network);
        for (let i = 0; i < data.size; i++) {
          const asked = query(i);
          const byIntervals = intervals.verify(asked);
          if (instance.entry.intervals || byIntervals !== undefined)
            expect(byIntervals, `ball ${i}`).toEqual(certified);
          else expect(await hasValidCertificate(instance, i, asked), `ball ${i} has a certificate`).toBe(true);
        }
      });
    });
  }

  describe('kept certificates', () => {
    it('are of these instances', () => {
      const names = new Set(instances.map(({ name }) => name));
      for (const certificates of kept.values()) {
        expect([...certificates.names].filter((name) => !names.has(name))).toEqual([]);
      }
    });
  });
}
