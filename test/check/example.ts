/**
 * Files for the tests of the checker, written in canonical order so that `JSON.stringify` gives their canonical text.
 *
 * Main definitions: `golden`, `ratio`, `network`, `ball`, `box`, `constraint`, `query`, `certificate`, `outcomeOf`,
 * `leaf`, `split`, `hole`, `treeCases`.
 */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checker, type Outcome } from '../../src/check/index.js';
import type { Lemma, Proof, ProofTree } from '../../src/format/index.js';

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** A row as [weights by column, with 0 for none | bias]. */
export type DenseRow = readonly [weights: readonly (string | number)[], bias: string | number];
export type DenseLayer = readonly [activation: 'relu' | 'step' | 'identity', rows: readonly DenseRow[]];

export interface RowFile {
  bias: string;
  columns: number[];
  weights: string[];
}
export interface NetworkJson {
  format: string;
  version: number;
  output?: object;
  provenance?: object;
  layers: { activation: string; inputs: number; rows: RowFile[] }[];
}
export interface ConstraintJson {
  columns: number[];
  weights: string[];
  bias: string;
  strict?: true;
}
export interface QueryJson {
  format: string;
  version: number;
  network: object;
  region: object;
  unsafe: ConstraintJson[][];
}
export interface CertificateJson {
  format: string;
  version: number;
  query: string;
  lemmas?: readonly Lemma[];
  proofs: readonly Proof[];
}

/** Canonical text of n / d, d > 0. */
export function ratio(n: bigint, d: bigint): string {
  let [a, b] = [d, n < 0n ? -n : n];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === d ? String(n / a) : `${n / a}/${d / a}`;
}

/** A network from dense rows. */
export function network(...layers: readonly DenseLayer[]): NetworkJson {
  return {
    format: 'muball-network',
    version: 1,
    layers: layers.map(([activation, rows]) => ({
      activation,
      inputs: rows[0]![0].length,
      rows: rows.map(([weights, bias]) => {
        const columns = weights.flatMap((weight, j) => (String(weight) === '0' ? [] : [j]));
        return { bias: String(bias), columns, weights: columns.map((j) => String(weights[j])) };
      }),
    })),
  };
}

/**
 * The wide network for the samples (0,0), (2,1), (1,4) with labels 0, 1, 2 and δ = 2 in ℓ∞: its output is the label on
 * each closed ball of radius 3/4, and interval propagation finds exactly that.
 */
export const golden: NetworkJson = network(
  [
    'relu',
    [
      [[1, 0], '-11/4'],
      [[-1, 0], '5/4'],
      [[0, 1], '-7/4'],
      [[0, -1], '1/4'],
      [[1, 0], '-7/4'],
      [[-1, 0], '1/4'],
      [[0, 1], '-19/4'],
      [[0, -1], '13/4'],
    ],
  ],
  [
    'relu',
    [
      [[-2, -2, -2, -2, 0, 0, 0, 0], 1],
      [[0, 0, 0, 0, -2, -2, -2, -2], 1],
    ],
  ],
  [
    'relu',
    [
      [[-1, 0], 1],
      [[0, -1], 1],
    ],
  ],
  ['identity', [[[-1, -2], 3]]],
);
export const samples: readonly { centre: readonly [number, number]; label: number }[] = [
  { centre: [0, 0], label: 0 },
  { centre: [2, 1], label: 1 },
  { centre: [1, 4], label: 2 },
];

export function ball(norm: string, centre: readonly (string | number)[], radius: string | number, open = false) {
  const head = { kind: 'ball', norm, centre: centre.map(String), radius: String(radius) };
  return open ? { ...head, open: true } : head;
}

export function box(lower: readonly (string | number)[], upper: readonly (string | number)[]) {
  return { kind: 'box', lower: lower.map(String), upper: upper.map(String) };
}

/** weights·y + bias ≥ 0, or > 0 if strict; a weight 0 is written. */
export function constraint(
  weights: readonly (string | number)[],
  bias: string | number,
  strict = false,
): ConstraintJson {
  const head = { columns: weights.map((_, j) => j), weights: weights.map(String), bias: String(bias) };
  return strict ? { ...head, strict: true } : head;
}

/** The one output differs from the value. */
export function differsFrom(value: number): ConstraintJson[][] {
  return [[constraint([1], -value, true)], [constraint([-1], value, true)]];
}

export function query(net: NetworkJson, region: object, unsafe: ConstraintJson[][]): QueryJson {
  return { format: 'muball-query', version: 1, network: { sha256: sha256(JSON.stringify(net)) }, region, unsafe };
}

/** The certificate that proves each conjunction by intervals. */
export function certificate(of: QueryJson): CertificateJson {
  const proofs = of.unsafe.map(() => ({ rule: 'interval' as const }));
  return { format: 'muball-certificate', version: 1, query: sha256(JSON.stringify(of)), proofs };
}

/** The outcome of reading the network and then checking the certificate. */
export function outcomeOf(net: unknown, queryJson: unknown, certificateJson: unknown): Outcome {
  const check = checker(net);
  return 'outcome' in check ? check : check.check(queryJson, certificateJson, sha256);
}

/** The outcome for the query with its own interval certificate. */
export function verdict(net: NetworkJson, region: object, unsafe: ConstraintJson[][]): Outcome {
  const about = query(net, region, unsafe);
  return outcomeOf(net, about, certificate(about));
}

/** Deterministic numbers in [0, 1): a linear congruential generator. */
export function randomNumbers(seed: number): () => number {
  let state = BigInt(seed);
  return () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffff_ffff_ffff_ffffn;
    return Number(state >> 33n) / 2 ** 31;
  };
}

/** A leaf; left out fields are those of the file. */
export const leaf = (fields: Omit<Extract<ProofTree, { rule: 'leaf' }>, 'rule'> = {}): ProofTree => ({
  rule: 'leaf',
  ...fields,
});
export const split = (layer: number, row: number, below: ProofTree, above: ProofTree): ProofTree => ({
  rule: 'split',
  neuron: [layer, row],
  below,
  above,
});
export const hole: ProofTree = { rule: 'hole' };

/** The reasons why proofs are refused, by short names. */
const reasons = {
  expected: /^expected .+, got .+$/,
  unknownField: /^unknown field /,
  notRefuted: /^exact intervals refute none of the \d+ constraints$/,
  notClosed: /^the bound of this leaf does not refute the conjunction$/,
  negative: /^a constraint or lemma is taken less than 0 times$/,
  noLemma: /^there is no lemma \d+ before this place$/,
  laterLayer: /^a lemma is about a later layer than this proof$/,
  noNeuron: /^no relu or step neuron in layers \d+ to \d+ is at \d+, \d+$/,
  slopes: /^a slope has no relu or step neuron here, or is not the only one of it$/,
} as const;

/** One conjunction, its proof, what is expected of it (of a refusal the reason), and the lemmas. */
export type TreeCase = readonly [
  name: string,
  unsafe: readonly ConstraintJson[],
  proof: Proof,
  expected: 'valid' | 'holey' | keyof typeof reasons,
  lemmas?: readonly Lemma[],
  where?: string,
];

/** Each proof is answered as expected; there are at least as many refusals as acceptances. */
export function treeCases(name: string, net: NetworkJson, region: object, table: readonly TreeCase[]): void {
  describe(name, () => {
    test.each(table.map((entry) => [entry[0], entry] as const))(
      '%s',
      (_, [, conjunction, proof, expected, lemmas, where]) => {
        const about = query(net, region, [[...conjunction]]);
        const got = outcomeOf(net, about, { ...certificate(about), ...(lemmas && { lemmas }), proofs: [proof] });
        if (expected === 'valid') expect(got).toEqual({ outcome: 'valid' });
        else if (expected === 'holey') expect(got).toMatchObject({ outcome: 'holey' });
        else expect(got).toMatchObject({ outcome: 'invalid', why: expect.stringMatching(reasons[expected]) });
        if (got.outcome !== 'valid') expect(got.where).toMatch(new RegExp(where ?? '^certificate\\.'));
      },
    );
    test('has a refusal for each acceptance', () => {
      const accepted = table.filter(([, , , expected]) => expected === 'valid').length;
      expect(table.length - accepted).toBeGreaterThanOrEqual(accepted);
    });
  });
}
