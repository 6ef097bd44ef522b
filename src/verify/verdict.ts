/**
 * Verdicts in memory, and the exact replay that every `sat` has passed.
 */

import { add, formatRational, mul, type Rational, sign, type Vector } from '../exact/index.js';
import { type CertificateFile, type Evidence, InternalError, type VerdictFile } from '../format/index.js';
import { contains } from '../geometry/index.js';
import { evaluate } from '../network/index.js';
import type { Constraint, Query } from './query.js';

export type Verdict =
  | {
      readonly verdict: 'unsat';
      readonly evidence: Evidence;
      /** The certificate that the checker accepted, unless it is the one of intervals (`certificateOf`). */
      readonly certificate?: CertificateFile;
    }
  | { readonly verdict: 'sat'; readonly point: Vector; readonly outputs: Vector }
  | { readonly verdict: 'unknown'; readonly reason: string }
  | { readonly verdict: 'timed-out'; readonly reason?: string };

export interface Replay {
  /** Whether the point lies in the region. */
  readonly inside: boolean;
  /** f(point). */
  readonly outputs: Rational[];
  /** Whether f(point) lies in the unsafe set. */
  readonly unsafe: boolean;
}

/** Membership and outputs of a point, exactly. @throws InputError when it has the wrong number of coordinates. */
export function replay(query: Query, x: Vector): Replay {
  const outputs = evaluate(query.network, x);
  const unsafe = query.unsafe.some((conjunction) => conjunction.every((c) => holds(c, outputs)));
  return { inside: contains(query.region, x), outputs, unsafe };
}

/** a·y + b of a constraint. */
export const constraintValue = (c: Constraint, y: Vector): Rational =>
  c.columns.reduce((sum, column, k) => add(sum, mul(c.weights[k]!, y[column]!)), c.bias);

/** Whether outputs y satisfy a constraint. */
export function holds(c: Constraint, y: Vector): boolean {
  const side = sign(constraintValue(c, y));
  return c.strict ? side > 0 : side >= 0;
}

/** The verdict `sat` for a point that an engine claims, replayed. @throws InternalError when it does not reproduce. */
export function satBy(query: Query, x: Vector, engine: string): Verdict & { readonly verdict: 'sat' } {
  const found = replay(query, x);
  if (!found.inside || !found.unsafe) {
    throw new InternalError(
      `${engine}: expected a counterexample, got a point ${found.inside ? 'with a safe output' : 'outside the region'}: ` +
        `(${x.map(formatRational).join(', ')})`,
    );
  }
  return { verdict: 'sat', point: x, outputs: found.outputs };
}

/** The verdict as it is written to files. */
export function verdictToFile(verdict: Verdict): VerdictFile {
  if (verdict.verdict === 'unsat') return { verdict: 'unsat', evidence: verdict.evidence };
  if (verdict.verdict !== 'sat') return verdict;
  return { verdict: 'sat', point: verdict.point.map(formatRational), outputs: verdict.outputs.map(formatRational) };
}
