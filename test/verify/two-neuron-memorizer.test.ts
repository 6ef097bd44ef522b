/** What becomes of each answer that a solver may give; z3 itself is asked in proofs/two-variable-formulas.test.ts. */
import { expect, test } from 'vitest';
import { rational } from '../../src/exact/index.js';
import { datasetOf, point } from '../../src/geometry/index.js';
import { evaluate, readLabel } from '../../src/network/index.js';
import { encodeTwoNeurons, signPatterns, twoNeuronMemorizer } from '../../src/verify/index.js';
import type { Z3Answer } from '../../src/verify/smt/z3.js';

const data = datasetOf([[rational(0)], [rational(1, 2)], [rational(1)]], [0, 1, 0]);

/** A pool that gives these answers in turn, and keeps the scripts. */
function answers(...given: Z3Answer[]) {
  const scripts: string[] = [];
  const solve = (smt: string): Promise<Z3Answer> => {
    scripts.push(smt);
    return Promise.resolve(given[scripts.length - 1]!);
  };
  return { pool: { solve }, scripts };
}

const unsat: Z3Answer = { status: 'unsat' };
/** f = c − relu(20x − 14) − relu(6 − 20x). */
const model = (c: string): Z3Answer => ({
  status: 'sat',
  model: Object.fromEntries(
    Object.entries({ w0_0: '20', b0: '-14', w1_0: '-20', b1: '6', c }).map(([name, rational]) => [name, { rational }]),
  ),
});

test('none only when all pairs of signs are refuted', async () => {
  const all = answers(unsat, unsat, unsat);
  expect(await twoNeuronMemorizer(data, all)).toEqual({ status: 'none' });
  expect(new Set(all.scripts).size).toBe(signPatterns.length);
  expect(await twoNeuronMemorizer(data, answers(unsat, { status: 'timed-out' }, unsat))).toEqual({
    status: 'undecided',
    reason: 'z3 timed out',
  });
  const unknown: Z3Answer = { status: 'unknown', reason: 'memory' };
  expect(await twoNeuronMemorizer(data, answers(unknown, unsat, { status: 'timed-out' }))).toEqual({
    status: 'undecided',
    reason: 'memory; z3 timed out',
  });
});

test('a model is a network, evaluated at every sample, also after an answer that was none', async () => {
  const found = await twoNeuronMemorizer(data, answers(model('2')));
  if (found.status !== 'found') throw new Error(`expected a network, got ${found.status}`);
  expect(found.signs).toEqual([-1, -1]);
  expect(data.labels.map((_, i) => evaluate(found.network, point(data, i))[0])).toEqual(
    [-4, 2, -4].map((v) => rational(v)),
  );
  expect(readLabel(found.network.output!, [rational(2)])).toBe(1);
  // With signs 1, −1 the same weights give 2 − 6, 2 and 2 + 6.
  await expect(twoNeuronMemorizer(data, answers({ status: 'timed-out' }, model('2')))).rejects.toThrow(
    'z3: expected a network of class 0 at sample 2, got 1',
  );
  await expect(twoNeuronMemorizer(data, answers(model('7')))).rejects.toThrow(
    'z3: expected a network of class 0 at sample 0, got 1',
  );
  await expect(twoNeuronMemorizer(data, answers({ status: 'sat', model: {} }))).rejects.toThrow(
    'z3: expected a model with a rational w0_0',
  );
});

test('the script: whole coefficients, one case distinction for each neuron and sample, margins of 1', () => {
  const { text, constants } = encodeTwoNeurons(data, [1, -1]);
  expect(constants).toEqual(['w0_0', 'b0', 'w1_0', 'b1', 'c']);
  expect(text.split('\n').filter((line) => line.includes('h0_1') || line.includes('h1_1'))).toEqual([
    '(declare-const h0_1 Real)',
    '(assert (>= h0_1 0))',
    '(assert (>= (* 2 h0_1) (+ w0_0 (* 2 b0))))',
    '(assert (or (<= h0_1 0) (<= (* 2 h0_1) (+ w0_0 (* 2 b0)))))',
    '(declare-const h1_1 Real)',
    '(assert (>= h1_1 0))',
    '(assert (>= (* 2 h1_1) (+ w1_0 (* 2 b1))))',
    '(assert (or (<= h1_1 0) (<= (* 2 h1_1) (+ w1_0 (* 2 b1)))))',
    '(assert (>= (+ c h0_1 (- h1_1)) 1))',
  ]);
  expect(text).toContain('(assert (<= (+ c h0_2 (- h1_2)) (- 1)))');
  expect(text.match(/\(or /g)).toHaveLength(6);
});
