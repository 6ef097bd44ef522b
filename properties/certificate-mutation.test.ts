/**
 * The checker judges proofs, not names: certificates found by the search, and the queries and networks that they are
 * about, are edited at random and named anew. Whatever is still called valid, z3 proves too; nothing is called valid
 * that a point refutes.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { query as queries } from '../src/arbitrary/index.js';
import { checker } from '../src/check/index.js';
import { certificateText, networkFileAt, queryFileAt } from '../src/format/index.js';
import { networkFromFile, networkToFile } from '../src/network/index.js';
import {
  falsify,
  queryFromFile,
  queryHash,
  queryToFile,
  search,
  sha256,
  type Verdict,
  type Z3Engine,
  z3Engine,
} from '../src/verify/index.js';
import { ball, box, constraint, differsFrom, golden, network, query, samples } from '../test/check/example.js';
import { edits, type Files, named } from './certificate-edits.js';
import { property } from './property.js';

/** Queries of many unstable neurons, most of them too hard for intervals, few for z3. */
const asked = [
  queries({
    intents: ['between'],
    norms: ['l1', 'linf'],
    network: { layers: { min: 2, max: 2 }, widths: { min: 3, max: 4 } },
  }),
  queries({
    intents: ['between'],
    norms: ['l1', 'linf'],
    network: { layers: { min: 2, max: 2 }, widths: { min: 4, max: 5 }, largest: 2, denominator: 1 },
  }),
].flatMap((arbitrary) => fc.sample(arbitrary, { numRuns: 200, seed: 5 }));
/** Unsafe sets that the region just fails to touch: nothing but the strictness of one constraint keeps them apart. */
const touching = [
  // |x| > 2 on [-1, 2]
  {
    network: network(
      [
        'relu',
        [
          [[1], 0],
          [[-1], 0],
        ],
      ],
      ['identity', [[[1, 1], 0]]],
    ),
    region: box([-1], [2]),
    unsafe: [[constraint([1], -2, true)]],
  },
  // |x| + |y| > 2 or < 0 on the square around 0
  {
    network: network(
      [
        'relu',
        [
          [[1, 0], 0],
          [[-1, 0], 0],
          [[0, 1], 0],
          [[0, -1], 0],
        ],
      ],
      ['identity', [[[1, 1, 1, 1], 0]]],
    ),
    region: ball('linf', [0, 0], 1),
    unsafe: [[constraint([1], -2, true)], [constraint([-1], 0, true)]],
  },
  // relu(|x| - 1) > 0 on [-1, 1], or its sum with relu(1 - |x|) > 1
  {
    network: network(
      [
        'relu',
        [
          [[1], 0],
          [[-1], 0],
        ],
      ],
      [
        'relu',
        [
          [[1, 1], -1],
          [[-1, -1], 1],
        ],
      ],
      [
        'identity',
        [
          [[1, 0], 0],
          [[1, 1], 0],
        ],
      ],
    ),
    region: ball('l1', [0], 1),
    unsafe: [[constraint([1, 0], 0, true)], [constraint([0, 1], -1, true), constraint([1, 0], 1)]],
  },
  // each ball of the network for three samples, at the largest radius
  ...samples.map(({ centre, label }) => ({
    network: golden,
    region: ball('linf', centre, '3/4'),
    unsafe: differsFrom(label),
  })),
].map((of) => {
  const net = networkFromFile(networkFileAt(of.network));
  return queryFromFile(queryFileAt(query(of.network, of.region, of.unsafe)), net);
});
const kinds = Object.keys(edits) as (keyof typeof edits)[];
const cases: Files[] = [];
let touchingCases = 0;
const counts = { edits: 0, valid: 0, confirmed: 0, holey: 0, satisfiable: 0, edited: 0 };
const perKind = new Map(kinds.map((kind) => [kind, { edits: 0, valid: 0 }]));
const known = new Map<string, Verdict>();
let z3: Z3Engine;

beforeAll(async () => {
  z3 = z3Engine({ jobs: 2, timeoutMs: 60_000 });
  for (const of of [...asked, ...touching]) {
    const found = await search(of, { nodes: 200 });
    if (found.verdict !== 'unsat') continue;
    const certificate = JSON.parse(certificateText(found.certificate));
    const isTouching = touching.includes(of);
    if (!isTouching && certificate.proofs.every(({ rule }: { rule: string }) => rule === 'interval')) continue;
    const files = { network: networkToFile(of.network), query: queryToFile(of, { inline: false }), certificate };
    if (isTouching) touchingCases++;
    cases.push(JSON.parse(JSON.stringify(files)) as Files);
  }
});
afterAll(() => z3.close());

const outcomeOf = ({ network, query, certificate }: Files) => {
  const check = checker(network);
  return ('outcome' in check ? check : check.check(query, certificate, sha256)).outcome;
};

test('the cases: certificates of all kinds, valid, unchanged by being named anew', () => {
  const holding = (word: string) =>
    cases.filter(({ certificate }) => JSON.stringify(certificate).includes(word)).length;
  expect(cases.length).toBeGreaterThanOrEqual(40);
  expect(touchingCases).toBe(touching.length);
  for (const word of ['"split"', '"lemmas"', '"neuron"', '"layer"', '"slopes"', '"weights"'])
    expect(holding(word), word).toBeGreaterThanOrEqual(10);
  expect(holding('"cuts"')).toBeGreaterThanOrEqual(5);
  for (const files of cases) {
    expect(outcomeOf(files)).toBe('valid');
    expect(named(files)).toEqual(files);
  }
});

/** The query of the files. @throws InputError when they are not in order. */
function queryOf({ network, query }: Files) {
  return queryFromFile(queryFileAt(query), networkFromFile(networkFileAt(network)));
}

property(
  'what is still valid after an edit, z3 confirms',
  [fc.constantFrom(...kinds), fc.nat(), fc.array(fc.nat({ max: 2 ** 30 }), { minLength: 6, maxLength: 6 })],
  async (kind, which, numbers) => {
    let used = 0;
    const below = (n: number): number => (n === 0 ? 0 : numbers[used++ % numbers.length]! % n);
    // The first case from `which` on that has something of this kind.
    let files: Files | undefined;
    for (let k = 0; k < cases.length && files === undefined; k++) {
      const copy = structuredClone(cases[(which + k) % cases.length]!);
      if (edits[kind](copy, below)) files = named(copy);
    }
    if (files === undefined) throw new Error(`expected a case with ${kind}, got none`);
    const outcome = outcomeOf(files);
    const count = perKind.get(kind)!;
    counts.edits++;
    count.edits++;
    if (outcome === 'holey') counts.holey++;
    if (kinds.indexOf(kind) < kinds.indexOf('a bound')) {
      // The query or the network is another one: a point may refute it.
      counts.edited++;
      const isRefuted = isWellFormed(files) && falsify(queryOf(files), { samples: 12 }) !== undefined;
      if (isRefuted) counts.satisfiable++;
      if (isRefuted) expect(outcome).not.toBe('valid');
    }
    if (outcome !== 'valid') return;
    counts.valid++;
    count.valid++;
    const claim = queryOf(files);
    const hash = queryHash(claim);
    if (!known.has(hash)) known.set(hash, await z3.verify(claim));
    expect(known.get(hash)).toMatchObject({ verdict: 'unsat' });
    counts.confirmed++;
  },
  { runs: 2000 },
);

function isWellFormed(files: Files): boolean {
  try {
    queryOf(files);
    return true;
  } catch {
    return false;
  }
}

test('counts: every kind of edit, enough of what stays valid and of what does not', () => {
  expect(counts.edits).toBeGreaterThanOrEqual(2000);
  expect(counts.confirmed).toBe(counts.valid);
  expect(counts.valid).toBeGreaterThanOrEqual(300);
  expect(counts.edits - counts.valid).toBeGreaterThanOrEqual(800);
  expect(counts.satisfiable).toBeGreaterThanOrEqual(100);
  expect(counts.holey).toBeGreaterThanOrEqual(20);
  for (const [kind, { edits }] of perKind) expect(edits, kind).toBeGreaterThanOrEqual(40);
});
