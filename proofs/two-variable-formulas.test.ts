/**
 * [YGZ, Thm 4.1] on all 256 formulas of two variables: satisfiable exactly when some network of depth 2 and width 2 memorizes.
 *
 * Each network that is found is proved on whole balls, by certificates and by support functions. That there is none is z3's word, for
 * the formulas of which no clause can be left out; every other formula that is not satisfiable has the samples of one of these.
 */
import { afterAll, expect, test } from 'vitest';
import { parseRational, rational, zero } from '../src/exact/index.js';
import { type Dataset, datasetOf, points } from '../src/geometry/index.js';
import { networkHash } from '../src/network/index.js';
import {
  assignmentOf,
  type Cnf,
  coloursOf,
  decideCnf,
  readSplitting,
  satisfies,
  shownBySupports,
  splittingDataset,
  splittingNetwork,
  splittingOf,
} from '../src/theory/index.js';
import {
  intervalEngine,
  robustnessQuery,
  type SignPattern,
  signPatterns,
  twoNeuronMemorizer,
} from '../src/verify/index.js';
import { z3Pool } from '../src/verify/smt/z3.js';
import { assignments, falsifies, twoVariableFormulas } from '../test/theory/reduction/formulas.js';

const pool = z3Pool({ timeoutMs: 120_000 });
afterAll(() => pool.close());

const isSatisfiable = (cnf: Cnf): boolean => assignments(2).some((values) => !falsifies(cnf, values));
const satisfiable = twoVariableFormulas.filter(isSatisfiable);
const others = twoVariableFormulas.filter((cnf) => !isSatisfiable(cnf));
const samplesOf = (data: Dataset): Set<string> =>
  new Set(points(data).map((x, i) => `${x.map(({ n, d }) => `${n}/${d}`).join()} ${data.labels[i]}`));

test('95 formulas: a memorizer, proved on all its balls, with an assignment in it', () => {
  expect(satisfiable).toHaveLength(95);
  const networks = new Set<string>();
  let balls = 0;
  for (const cnf of satisfiable) {
    const answer = decideCnf(cnf);
    if (answer.status !== 'satisfiable') throw new Error('expected an assignment');
    const dataset = splittingDataset(splittingOf(cnf));
    const { data, radius } = dataset;
    const network = splittingNetwork(coloursOf(cnf, answer.assignment));
    const reading = network.output!;
    const engine = intervalEngine(network, { check: true });
    for (let i = 0; i < data.size; i++) {
      const verdict = engine.verify(robustnessQuery(network, data, i, { norm: 'linf', radius, reading }));
      expect(verdict).toMatchObject({ verdict: 'unsat', evidence: { level: 'certificate' } });
      balls++;
    }
    expect(shownBySupports(network, reading, data, radius)).toHaveLength(data.size);
    expect(satisfies(cnf, assignmentOf(cnf, readSplitting(dataset, network, reading)))).toBe(true);
    networks.add(networkHash(network));
  }
  // Five elements: 2·5 + 1 samples, two for the pairs of literals, and one for each clause.
  expect(balls).toBe(satisfiable.reduce((sum, { clauses }) => sum + 13 + clauses.length, 0));
  expect(balls).toBe(1503);
  expect(networks.size).toBe(4);
});

test('161 formulas: none, even for the samples alone', async () => {
  expect(others).toHaveLength(161);
  const minimal = others.filter(({ clauses }) =>
    clauses.every((left) => isSatisfiable({ variables: 2, clauses: clauses.filter((clause) => clause !== left) })),
  );
  expect(minimal.map(({ clauses }) => clauses.length).sort()).toEqual([2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 4]);
  const hard = minimal.map((cnf) => splittingDataset(splittingOf(cnf)).data);
  for (const data of hard) expect(await twoNeuronMemorizer(data, { pool })).toEqual({ status: 'none' });
  const cores = hard.map(samplesOf);
  for (const cnf of others) {
    const samples = samplesOf(splittingDataset(splittingOf(cnf)).data);
    expect(cores.some((core) => [...core].every((sample) => samples.has(sample)))).toBe(true);
  }
});

test('the same scripts have models where a formula is satisfiable; what z3 finds is read back', async () => {
  const asked = satisfiable.filter((_, at) => at % 19 === 4);
  for (const cnf of asked) {
    const dataset = splittingDataset(splittingOf(cnf));
    const answer = await twoNeuronMemorizer(dataset.data, { pool });
    if (answer.status !== 'found') throw new Error(`expected a network, got ${answer.status}`);
    const assignment = assignmentOf(cnf, readSplitting(dataset, answer.network, answer.network.output!));
    expect(falsifies(cnf, assignment)).toBe(false);
    // Class 0 is in no polyhedron, and sets of two elements need two colours.
    expect(answer.signs).toEqual([-1, -1]);
  }
  expect(asked).toHaveLength(5);
});

/** Labels at 0, 1, 2, … on a line. */
const line = (...labels: number[]): Dataset =>
  datasetOf(
    labels.map((_, x) => [rational(x)]),
    labels,
  );

test.each<[labels: string, signs: SignPattern, found: boolean]>([
  ['010', [-1, -1], true],
  ['010', [1, -1], true],
  ['010', [1, 1], false],
  ['101', [-1, -1], false],
  ['101', [1, -1], true],
  ['101', [1, 1], true],
  ['0101', [-1, -1], false],
  ['0101', [1, -1], false],
  ['0101', [1, 1], false],
  ['1', [-1, -1], true],
  ['0', [1, 1], true],
])('each pair of signs by itself: labels %s with %j', async (labels, pattern, found) => {
  const data = line(...[...labels].map(Number));
  const answer = await twoNeuronMemorizer(data, { pool, patterns: [pattern] });
  expect(answer.status).toBe(found ? 'found' : 'none');
  expect(signPatterns).toContainEqual(pattern);
});

test('a point of two labels has no network, points of fractions have one', async () => {
  const half = datasetOf([[rational(1, 2)], [rational(1, 2)]], [0, 1]);
  expect(await twoNeuronMemorizer(half, { pool })).toEqual({ status: 'none' });
  const fractions = datasetOf(
    [
      [parseRational('1/3'), parseRational('-2/7')],
      [parseRational('1/3'), zero],
    ],
    [0, 1],
  );
  expect((await twoNeuronMemorizer(fractions, { pool })).status).toBe('found');
  const three = datasetOf([[zero], [rational(1)]], [0, 2]);
  await expect(twoNeuronMemorizer(three, { pool })).rejects.toThrow('dataset.labels[1]: expected class 0 or 1, got 2');
});
