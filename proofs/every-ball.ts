/**
 * What is proved of the instances of a norm: every ball, by z3 on the untightened encoding.
 *
 * Main definition: `everyBall`. Where exact intervals decide a ball as well, the independent checker has to accept
 * their certificate. Instances beyond z3's reach are shown by certificates alone, or searched for counterexamples and
 * called tested, never proved.
 */
import { describe, expect, it } from 'vitest';
import type { Norm } from '../src/format/index.js';
import { point } from '../src/geometry/index.js';
import { intervalEngine } from '../src/verify/checked-interval.js';
import { falsify } from '../src/verify/falsify.js';
import { type Evidence, type Instance, instances, problemOf } from './instances/instance.js';
import { warmZ3 } from './warm-z3.js';

const byZ3 = { verdict: 'unsat', evidence: { level: 'engine', engines: ['z3'] } };
const certified = { verdict: 'unsat', evidence: { level: 'certificate', engines: ['interval'] } };
/** Points tried in each ball that nothing proves. */
const samples = 400;

/** Declares the tests of all instances of a norm. */
export function everyBall(norm: Norm): void {
  const z3 = warmZ3();
  const named = (evidence: Evidence): { name: string; instance: Instance }[] =>
    instances
      .filter((instance) => instance.entry.norm === norm && instance.evidence === evidence)
      .map((instance) => ({ name: instance.name, instance }));

  describe('z3 proves every ball, and intervals agree', () => {
    it.each(named('proved'))('$name', async ({ instance }) => {
      const { data, network, query } = problemOf(instance);
      const intervals = intervalEngine(network);
      for (let i = 0; i < data.size; i++) {
        expect(await z3.verify(query(i)), `ball ${i}`).toEqual(byZ3);
        // Not because nothing is left to have an unsafe output.
        const rest = await z3.status(query(i), { tighten: false, part: 'without-unsafe' });
        expect(rest, `ball ${i} without its unsafe set`).toBe('sat');
        // An engine whose certificate is refused throws.
        const agreed = intervals.verify(query(i));
        if (instance.entry.intervals || agreed !== undefined) expect(agreed, `ball ${i}`).toEqual(certified);
      }
    });
  });

  const proved = named('certificate');
  if (proved.length > 0) {
    describe('beyond z3: certificates prove every ball', () => {
      it.each(proved)('$name', ({ instance }) => {
        const { data, network, query } = problemOf(instance);
        const intervals = intervalEngine(network);
        for (let i = 0; i < data.size; i++) expect(intervals.verify(query(i)), `ball ${i}`).toEqual(certified);
      });
    });
  }

  const tested = named('tested only');
  if (tested.length > 0) {
    describe('beyond z3, tested only: no counterexample among sampled points', () => {
      it.each(tested)('$name', ({ instance }) => {
        const { data, query } = problemOf(instance);
        for (let i = 0; i < data.size; i++) {
          const others = data.labels.map((_, k) => k).filter((k) => data.labels[k] !== data.labels[i]);
          const towards = others.map((k) => point(data, k));
          expect(falsify(query(i), { towards, samples }), `ball ${i}`).toBeUndefined();
        }
      });
    });
  }
}
