/**
 * Questions about the rule `ridge` and their answers, as tables.
 *
 * Main definitions: `cases`, `beyond`.
 */
import { describe, expect, test } from 'vitest';
import type { RidgePart, RidgeProof, RidgeWay } from '../../../src/format/index.js';
import { type ConstraintJson, certificate, constraint, type network, outcomeOf, query, ratio } from '../example.js';

export const valid = 'valid';
export const above = 'the bound found by ridges does not refute the constraint';
export const beyondLemma = 'the bound found in this case exceeds that of the lemma';
export const notEmpty = 'this combination does not show that the case is empty';
export const expected = /^expected .+, got .+$/;

export type Case = readonly [
  name: string,
  region: object,
  unsafe: ConstraintJson,
  way: RidgeWay | undefined,
  answer: string | RegExp,
  ridges?: RidgePart,
  where?: string,
];

/** Each question is answered as expected; at least half of the answers are refusals. */
export function cases(name: string, net: ReturnType<typeof network>, table: readonly Case[]): void {
  describe(name, () => {
    test.each(table.map((row) => [row[0], row] as const))('%s', (_, row) => {
      const [, region, unsafe, way, answer, ridges, where = 'certificate.'] = row;
      const about = query(net, region, [[unsafe]]);
      const proof: RidgeProof = { rule: 'ridge', constraint: 0, ...(way && { way }) };
      const file = { ...certificate(about), ...(ridges && { ridges }), proofs: [proof] };
      const got = outcomeOf(net, about, file);
      if (answer === valid) expect(got).toEqual({ outcome: 'valid' });
      else expect(got).toMatchObject({ outcome: 'invalid', why: expect.stringMatching(answer) });
      if (got.outcome !== 'valid') expect(got.where).toContain(where);
    });
    test('has a refusal for each acceptance', () => {
      expect(table.filter((row) => row[4] !== valid).length).toBeGreaterThanOrEqual(table.length / 2);
    });
  });
}

/** The rows of |x0| + |x1|. */
export const signs = ['1 0', '-1 0', '0 1', '0 -1'].map((row) => [row.split(' '), 0] as const);

/** y > bound. */
export const beyond = (bound: number | string): ConstraintJson => {
  const [n, d = '1'] = `${bound}`.split('/');
  return constraint([1], ratio(-BigInt(n!), BigInt(d)), true);
};
