/** The encoding as text: every region, activation and option, line by line; what solvers make of it is tested with the engine. */
import { describe, expect, it } from 'vitest';
import { parseRational, rational } from '../../../src/exact/index.js';
import type { Norm } from '../../../src/format/index.js';
import { ball, type Region } from '../../../src/geometry/index.js';
import type { Network } from '../../../src/network/index.js';
import { intervalBounds } from '../../../src/verify/bounds/interval.js';
import { type Query, robustnessQuery, type UnsafeSet } from '../../../src/verify/query.js';
import { type EncodeOptions, encode, encodingHash } from '../../../src/verify/smt/encode.js';
import { golden, goldenData, goldenReading, networkOf, vector } from '../fixtures/networks.js';

/** y0 = relu(x0 / 2 − x1 / 3 + 1/4) − 2. */
const small = networkOf(2, [
  ['relu', ['1/2 -1/3 | 1/4']],
  ['identity', ['1 | -2']],
]);
const unsafe: UnsafeSet = [[{ columns: [0], weights: [rational(1)], bias: rational(-3, 8), strict: false }]];
const unit = ball('linf', vector('0 1/2'), parseRational('1/4'));

const lines = (query: Query, options?: EncodeOptions): string[] => encode(query, options).text.trimEnd().split('\n');
const regionLines = (region: Region, inputs = 2): string[] => {
  const network = networkOf(inputs, [['identity', [`${'1 '.repeat(inputs)}| 0`]]]);
  const all = lines({ network, region, unsafe: [] }, { part: 'region-only' });
  return all.slice(2 + inputs, -1);
};
const networkLines = (network: Network, options: EncodeOptions = {}, region: Region = unit): string[] =>
  lines({ network, region, unsafe }, { ...options, part: 'network-only' }).slice(4, -1);

describe('encode', () => {
  it('writes a whole script', () => {
    expect(encode({ network: small, region: unit, unsafe }).text).toBe(`(set-info :smt-lib-version 2.6)
(set-logic QF_LRA)
(declare-const x0 Real)
(declare-const x1 Real)
(assert (>= x0 (- (/ 1 4))))
(assert (<= x0 (/ 1 4)))
(assert (>= x1 (/ 1 4)))
(assert (<= x1 (/ 3 4)))
(declare-const h1_0 Real)
(assert (>= h1_0 0))
(assert (>= (* 12 h1_0) (+ (* 6 x0) (* (- 4) x1) 3)))
(assert (or (<= h1_0 0) (<= (* 12 h1_0) (+ (* 6 x0) (* (- 4) x1) 3))))
(declare-const y0 Real)
(assert (= y0 (+ h1_0 (- 2))))
(assert (>= (+ (* 8 y0) (- 3)) 0))
(check-sat)
`);
  });

  it('names constants, logic and counts', () => {
    const { constants, logic, neurons, unstable } = encode({ network: small, region: unit, unsafe });
    expect({ constants, logic, neurons, unstable }).toEqual({
      constants: ['x0', 'x1'],
      logic: 'QF_LRA',
      neurons: 2,
      unstable: 1,
    });
  });

  it('asks for values when told to', () => {
    const text = lines({ network: small, region: unit, unsafe }, { values: true });
    expect(text[1]).toBe('(set-option :produce-models true)');
    expect(text.slice(-2)).toEqual(['(check-sat)', '(get-value (x0 x1))']);
    expect(lines({ network: small, region: unit, unsafe }).join()).not.toContain('get-value');
  });

  it('splits into parts that add up to the whole', () => {
    const query = { network: small, region: unit, unsafe };
    const of = (part: EncodeOptions['part']) => lines(query, { part }).slice(4, -1);
    expect([...of('region-only'), ...of('network-only')]).toEqual(of('without-unsafe'));
    expect([...of('without-unsafe'), '(assert (>= (+ (* 8 y0) (- 3)) 0))']).toEqual(of('all'));
    expect(of('region-only')).toHaveLength(4);
  });
});

describe('regions', () => {
  const centred = (norm: Norm, open = false) => ball(norm, vector('0 -1/2'), parseRational('3/8'), open);

  it('ℓ∞ balls and boxes are bounds of inputs', () => {
    expect(regionLines(centred('linf'))).toEqual([
      '(assert (>= x0 (- (/ 3 8))))',
      '(assert (<= x0 (/ 3 8)))',
      '(assert (>= x1 (- (/ 7 8))))',
      '(assert (<= x1 (- (/ 1 8))))',
    ]);
    expect(regionLines({ kind: 'box', lower: vector('-1 2'), upper: vector('0 2') })).toEqual([
      '(assert (>= x0 (- 1)))',
      '(assert (<= x0 0))',
      '(assert (= x1 2))',
    ]);
  });

  it('ℓ1 balls have auxiliary variables', () => {
    expect(regionLines(centred('l1'))).toEqual([
      '(declare-const t0 Real)',
      '(assert (>= t0 x0))',
      '(assert (>= t0 (- x0)))',
      '(declare-const t1 Real)',
      '(assert (>= t1 (+ x1 (/ 1 2))))',
      '(assert (>= t1 (- (+ x1 (/ 1 2)))))',
      '(assert (<= (+ t0 t1) (/ 3 8)))',
    ]);
  });

  it('ℓ2 balls are one square sum and a box around it', () => {
    expect(regionLines(centred('l2'))).toEqual([
      ...regionLines(centred('linf')),
      '(assert (<= (+ (* x0 x0) (* (+ x1 (/ 1 2)) (+ x1 (/ 1 2)))) (/ 9 64)))',
    ]);
    expect(encode({ network: small, region: centred('l2'), unsafe }).logic).toBe('QF_NRA');
    expect(lines({ network: small, region: centred('l2'), unsafe })[1]).toBe('(set-logic QF_NRA)');
  });

  it.each(['linf', 'l1', 'l2'] as const)('an open %s ball differs by strictness alone', (norm) => {
    const relaxed = regionLines(centred(norm, true)).map((line, k) => {
      const last = k === regionLines(centred(norm)).length - 1;
      return last || norm !== 'l1' ? line.replace('(> ', '(>= ').replace('(< ', '(<= ') : line;
    });
    expect(relaxed).toEqual(regionLines(centred(norm)));
    expect(regionLines(centred(norm, true)).at(-1)).toContain('(< ');
  });

  it.each(['linf', 'l1', 'l2'] as const)('points and intervals are linear in %s', (norm) => {
    const point = ball(norm, vector('1/2 3'), rational(0));
    expect(regionLines(point)).toEqual(['(assert (= x0 (/ 1 2)))', '(assert (= x1 3))']);
    const interval = ball(norm, vector('1'), rational(2));
    expect(regionLines(interval, 1)).toEqual(['(assert (>= x0 (- 1)))', '(assert (<= x0 3))']);
    const network = networkOf(1, [['identity', ['1 | 0']]]);
    expect(encode({ network, region: interval, unsafe }).logic).toBe('QF_LRA');
  });
});

describe('networks', () => {
  const steps = networkOf(2, [
    ['step', ['1/2 -1/3 | 1/4', '1 1 | 0']],
    ['identity', ['1 -1 | 1/3']],
  ]);

  it('relu and step as if-then-else', () => {
    expect(networkLines(small, { form: 'ite' })[1]).toBe(
      '(assert (= (* 12 h1_0) (ite (> (+ (* 6 x0) (* (- 4) x1) 3) 0) (+ (* 6 x0) (* (- 4) x1) 3) 0)))',
    );
    expect(networkLines(steps, { form: 'ite' })[1]).toBe(
      '(assert (= h1_0 (ite (> (+ (* 6 x0) (* (- 4) x1) 3) 0) 1 0)))',
    );
  });

  it('step as two clauses: 1 exactly above 0', () => {
    expect(networkLines(steps)).toEqual([
      '(declare-const h1_0 Real)',
      '(assert (or (= h1_0 0) (> (+ (* 6 x0) (* (- 4) x1) 3) 0)))',
      '(assert (or (= h1_0 1) (<= (+ (* 6 x0) (* (- 4) x1) 3) 0)))',
      '(declare-const h1_1 Real)',
      '(assert (or (= h1_1 0) (> (+ x0 x1) 0)))',
      '(assert (or (= h1_1 1) (<= (+ x0 x1) 0)))',
      '(declare-const y0 Real)',
      '(assert (= (* 3 y0) (+ (* 3 h1_0) (* (- 3) h1_1) 1)))',
    ]);
  });

  it('a last layer with an activation, and a row without weights', () => {
    expect(networkLines(networkOf(2, [['relu', ['0 0 | -1/2']]]))).toEqual([
      '(declare-const y0 Real)',
      '(assert (>= y0 0))',
      '(assert (>= (* 2 y0) (- 1)))',
      '(assert (or (<= y0 0) (<= (* 2 y0) (- 1))))',
    ]);
  });

  it('rows that nothing reads are left out, all others stay', () => {
    const network = networkOf(2, [
      ['relu', ['1 0 | 0', '0 1 | 0', '1 1 | 0']],
      ['relu', ['1 0 0 | 0', '0 1 0 | -9']],
      ['identity', ['1 0 | 0', '0 1 | 0']],
    ]);
    const names = (options: EncodeOptions, columns: number[]) => {
      const set: UnsafeSet = [[{ columns, weights: columns.map(() => rational(1)), bias: rational(0), strict: true }]];
      const text = lines({ network, region: unit, unsafe: set }, options);
      return text.flatMap((line) => /declare-const ([hy]\w+)/.exec(line)?.[1] ?? []);
    };
    expect(names({}, [0])).toEqual(['h1_0', 'h2_0', 'y0']);
    expect(names({}, [0, 1])).toEqual(['h1_0', 'h1_1', 'h2_0', 'h2_1', 'y0', 'y1']);
    // With bounds h2_1 is 0 on the region, and h1_1 is read by it alone.
    expect(names({ bounds: intervalBounds(network, unit) }, [0, 1])).toEqual(['h1_0', 'h2_0', 'y0', 'y1']);
  });

  it('bounds turn stable neurons into affine forms and constants', () => {
    const region: Region = { kind: 'box', lower: vector('-1 1'), upper: vector('1 2') };
    const network = networkOf(2, [
      ['relu', ['1 0 | 0', '0 1 | 0', '0 -1 | 1']],
      ['step', ['1 0 1 | 1', '0 1 1 | -3', '1 -1 0 | 1/2']],
      ['identity', ['1 5 7 | 1/2']],
    ]);
    const problem = encode({ network, region, unsafe }, { bounds: intervalBounds(network, region) });
    expect(networkLines(network, { bounds: intervalBounds(network, region) }, region)).toEqual([
      '(declare-const h1_0 Real)',
      '(assert (>= h1_0 0))',
      '(assert (>= h1_0 x0))',
      '(assert (or (<= h1_0 0) (<= h1_0 x0)))',
      '(assert (<= h1_0 1))',
      '(declare-const h1_1 Real)',
      '(assert (= h1_1 x1))',
      '(declare-const h2_2 Real)',
      '(assert (or (= h2_2 0) (> (+ (* 2 h1_0) (* (- 2) h1_1) 1) 0)))',
      '(assert (or (= h2_2 1) (<= (+ (* 2 h1_0) (* (- 2) h1_1) 1) 0)))',
      '(declare-const y0 Real)',
      '(assert (= (* 2 y0) (+ (* 14 h2_2) 3)))',
    ]);
    expect([problem.neurons, problem.unstable]).toEqual([4, 2]);
  });

  it('a step with lower end 0 is 1 only where that end is not attained', () => {
    const network = networkOf(1, [
      ['step', ['1 | 0']],
      ['identity', ['1 | 0']],
    ]);
    for (const [open, unstable] of [
      [true, 0],
      [false, 1],
    ] as const) {
      const region = ball('linf', vector('1'), rational(1), open);
      const bounds = intervalBounds(network, region);
      expect(encode({ network, region, unsafe }, { bounds }).unstable, `open: ${open}`).toBe(unstable);
    }
  });
});

describe('unsafe sets', () => {
  const two = networkOf(1, [['identity', ['1 | 0', '2 | 1/3']]]);
  const last = (set: UnsafeSet): string =>
    lines({ network: two, region: ball('linf', vector('0'), rational(1)), unsafe: set }).at(-2)!;
  const constraint = (weights: string, bias: string, strict: boolean) => ({
    columns: [0, 1],
    weights: vector(weights),
    bias: parseRational(bias),
    strict,
  });

  it('a disjunction of conjunctions, strict or not, zero weights left out', () => {
    expect(
      last([[constraint('1 -1/2', '0', true), constraint('0 1', '1/5', false)], [constraint('-1 0', '1', false)]]),
    ).toBe('(assert (or (and (> (+ (* 2 y0) (- y1)) 0) (>= (+ (* 5 y1) 1) 0)) (>= (+ (- y0) 1) 0)))');
  });

  it('nothing is never unsafe, an empty conjunction always', () => {
    expect(last([])).toBe('(assert false)');
    expect(last([[]])).toBe('(assert true)');
  });
});

describe('encodingHash', () => {
  const query = (i: number, network = golden()) =>
    robustnessQuery(network, goldenData, i, { norm: 'linf', radius: rational(3, 4), reading: goldenReading });

  it('is SHA-256 of the text', () => {
    expect(encodingHash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('depends on query and options alone', () => {
    const hash = (q: Query, options?: EncodeOptions) => encodingHash(encode(q, options).text);
    expect(hash(query(0))).toBe(hash(query(0)));
    const changed = golden((layers) => layers[2]![1].splice(1, 1, '0 -1 | 2'));
    const hashes = [hash(query(0)), hash(query(1)), hash(query(0, changed)), hash(query(0), { form: 'ite' })];
    expect(new Set(hashes).size).toBe(4);
  });

  it('counts the neurons of the memorizer', () => {
    const { region, network } = query(1);
    const plain = encode(query(1));
    expect([plain.neurons, plain.unstable]).toEqual([13, 12]);
    // On its own ball every distance neuron is 0, the indicator 1, and the output has one term left at most.
    const tight = encode(query(1), { bounds: intervalBounds(network, region) });
    expect(tight.unstable).toBe(0);
    expect(tight.neurons).toBeLessThan(5);
  });
});
