/**
 * Small problems are proved, not sampled: no ball of them has a point of another class.
 *
 * Main definition: `smallCaseProver`.
 *
 * Exact intervals with a checked certificate first, then a search, then z3. z3 runs in a process of its own, which is
 * started when it is first needed and ends with the program. Discs are beyond z3 now and then, so in ℓ2 it is asked on
 * the line only; a problem in the plane that intervals leave open is skipped, another is drawn, and no clock decides.
 */
import fc from 'fast-check';
import type { Rational } from '../exact/index.js';
import { sampleText } from '../geometry/index.js';
import { intervalEngine } from '../verify/checked-interval.js';
import { falsify } from '../verify/falsify.js';
import { type Query, robustnessQuery } from '../verify/query.js';
import { type Z3Engine, z3Engine } from '../verify/smt/z3-engine.js';
import { type BallCase, ballQuery, otherPoints, refutation } from './ball-attack.js';

/** A prover of small problems; its z3 has this long for a ball, in milliseconds. */
export function smallCaseProver(timeoutMs: number): (given: BallCase, openRadius?: Rational) => Promise<void> {
  let started: Z3Engine | undefined;
  /** Demands a proof for every ball, and, where a radius is given, for the open ball of that radius too. */
  return async function requireProved(given, openRadius) {
    const { network, data, norm, reading } = given;
    const intervals = intervalEngine(network);
    for (let i = 0; i < data.size; i++) {
      const queries: Query[] = [ballQuery(given, i)];
      if (openRadius !== undefined) {
        queries.push(robustnessQuery(network, data, i, { norm, radius: openRadius, reading, open: true }));
      }
      for (const query of queries) {
        if (intervals.verify(query) !== undefined) continue;
        const found = falsify(query, { towards: otherPoints(data, i) });
        if (found !== undefined) throw refutation(given, query, i, found.point);
        // Outside the line an ℓ2 ball is no polytope.
        fc.pre(norm !== 'l2' || data.dimension === 1);
        started ??= z3Engine({ timeoutMs });
        const answer = await started.verify(query);
        if (answer.verdict === 'sat') throw refutation(given, query, i, answer.point);
        if (answer.verdict === 'unsat') continue;
        const why = answer.verdict === 'unknown' ? answer.reason : `no answer of z3 in ${timeoutMs} ms`;
        throw new Error(
          `${sampleText(data, i)}: expected a proof, got none: ${why}; no counterexample is known either`,
        );
      }
    }
  };
}
