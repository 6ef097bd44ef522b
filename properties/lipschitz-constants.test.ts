/**
 * [F, Part II] and [YGZ, Thm 5.2]: exact Lipschitz constants obey the laws of constants, are those that linear programs over
 * all patterns and z3 find, lie under every bound, and are 2/δ of the networks that promise it.
 */
import fc from 'fast-check';
import { afterAll, expect } from 'vitest';
import { dataset, network as networks } from '../src/arbitrary/index.js';
import { theoremNamed } from '../src/construction/index.js';
import {
  abs,
  add,
  compare,
  div,
  mul,
  type Rational,
  rational,
  rootAbove,
  subVectors,
  type Vector,
} from '../src/exact/index.js';
import { type Norm, norms } from '../src/format/index.js';
import { ball, classes, magnitude, type Region, separation } from '../src/geometry/index.js';
import { evaluate, layerOf, type Network, type Row, rowCount, rowOf } from '../src/network/index.js';
import { exactLipschitz, gradientAt, type LipschitzQuestion, lipschitzBounds } from '../src/verify/lipschitz/index.js';
import { operatorMagnitude } from '../src/verify/lipschitz/operator-magnitude.js';
import { z3Pool } from '../src/verify/smt/z3.js';
import { constantByPatterns, slopeQuestion } from './lipschitz-oracle.js';
import { property } from './property.js';

const small = {
  inputs: { min: 1, max: 3 },
  layers: { min: 1, max: 2 },
  widths: { min: 1, max: 4 },
  outputs: { min: 1, max: 1 },
  activations: ['relu'],
  readings: false,
} as const;
const norm = fc.constantFrom<Norm>(...norms);
const coordinate = fc
  .tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: 1, max: 7 }))
  .map(([n, d]) => rational(n, d));
const points = fc.array(coordinate, { minLength: 3, maxLength: 3 });
const pointIn = (given: Network, x: Vector): Vector => x.slice(0, given.layers[0]!.inputs);

const constantOf = async (given: Network, p: Norm, question: LipschitzQuestion = {}): Promise<Rational> => {
  const { isComplete, lower } = await exactLipschitz(given, p, question);
  expect(isComplete).toBe(true);
  return lower;
};
const atMost = (a: Rational, b: Rational | undefined): void => {
  if (b !== undefined) expect(compare(a, b)).toBeLessThanOrEqual(0);
};
/** c², or c: what a factor c does to a magnitude. */
const power = (p: Norm, c: Rational): Rational => (p === 'l2' ? mul(c, c) : c);

/** The network with each layer's rows changed. */
const changed = (given: Network, change: (row: Row, layer: number, r: number) => Row): Network => ({
  layers: given.layers.map((layer, l) =>
    layerOf(
      layer.inputs,
      layer.activation,
      Array.from({ length: rowCount(layer) }, (_, r) => change(rowOf(layer, r), l, r)),
    ),
  ),
});

property(
  'gradients at points ≤ constant ≤ all patterns ≤ intervals ≤ paths ≤ product of norms, everywhere and in balls',
  [
    networks({ ...small, outputs: { min: 1, max: 2 }, activations: ['relu', 'identity'] }),
    norm,
    fc.option(fc.tuple(points, fc.integer({ min: 1, max: 30 }), norm)),
    fc.array(points, { minLength: 3, maxLength: 3 }),
  ],
  async (given, p, where, xs) => {
    const outputs = rowCount(given.layers.at(-1)!);
    const region: Region | undefined =
      where === null ? undefined : ball(where[2], pointIn(given, where[0]), rational(where[1], 4));
    const question = {
      ...(region && { region }),
      ...(outputs === 2 && p === 'l2' && { functional: { columns: [0, 1], weights: [rational(1), rational(-2)] } }),
    };
    const exact = await constantOf(given, p, question);
    const bounds = lipschitzBounds(given, p, question).reverse();
    expect(bounds.length).toBeGreaterThanOrEqual(3);
    let below = exact;
    for (const { magnitude: bound } of bounds) {
      atMost(below, bound);
      below = bound!;
    }
    if (region !== undefined || 'functional' in question) return;
    for (const x of xs) {
      const gradient = gradientAt(given.layers, pointIn(given, x));
      if (gradient === undefined) continue;
      const denominator = gradient.flat().reduce((product, g) => product * g.d, 1n);
      const entries = gradient.map((row) => row.map((g) => g.n * (denominator / g.d)));
      atMost(operatorMagnitude(p, { entries, denominator }), exact);
    }
  },
  { runs: 100 },
);

property(
  'the constant and the number of cells are those of linear programs over all patterns, everywhere and in balls',
  [
    networks(small),
    norm,
    fc.option(fc.tuple(points, fc.integer({ min: 1, max: 30 }), fc.constantFrom<'l1' | 'linf'>('l1', 'linf'))),
  ],
  async (given, p, where) => {
    const region = where === null ? undefined : ball(where[2], pointIn(given, where[0]), rational(where[1], 4));
    const question = region === undefined ? {} : { region };
    const oracle = constantByPatterns(given, p, region);
    const walked = await exactLipschitz(given, p, { ...question, everyCell: true });
    expect(walked.lower).toEqual(oracle.magnitude);
    expect(await constantOf(given, p, question)).toEqual(oracle.magnitude);
    // The walk does not cut by neurons that nothing reads.
    expect(walked.cells).toBeLessThanOrEqual(oracle.cells);
  },
  { runs: 40 },
);

property(
  'no two points, of a ball or anywhere, have outputs further apart than the constant allows',
  [networks(small), norm, points, points, fc.boolean()],
  async (given, p, a, b, isLocal) => {
    const [x, y] = [pointIn(given, a), pointIn(given, b)];
    const gap = subVectors(x, y);
    const distance = magnitude(p, gap);
    if (distance.n === 0n) return;
    const radius = p === 'l2' ? rootAbove(distance, 8).value : distance;
    const region = ball(p, x, radius);
    const constant = await constantOf(given, p, isLocal ? { region } : {});
    const outputs = magnitude(p, subVectors(evaluate(given, x), evaluate(given, y)));
    atMost(outputs, mul(constant, distance));
  },
  { runs: 100 },
);

property(
  'laws: scaling, permuting, rescaling neurons, pairs that cancel, sums, norms against each other',
  [networks(small), networks(small), fc.integer({ min: -6, max: 6 }), fc.integer({ min: 1, max: 5 }), norm],
  async (given, other, factor, t, p) => {
    const constant = await constantOf(given, p);
    const last = given.layers.length - 1;

    // Lip(c·F) = |c|·Lip(F).
    const c = rational(factor, 3);
    const times = (row: Row, by: Rational): Row => ({
      columns: by.n === 0n ? [] : row.columns,
      weights: by.n === 0n ? [] : row.weights.map((w) => mul(w, by)),
      bias: mul(row.bias, by),
    });
    const multiple = changed(given, (row, l) => (l === last ? times(row, c) : row));
    expect(await constantOf(multiple, p)).toEqual(mul(constant, power(p, abs(c))));

    // (w, b, a) ↦ (tw, tb, a/t) in the first layer, and its neurons in reverse order.
    const scale = rational(t, 2);
    const width = rowCount(given.layers[0]!);
    const rescaled: Network = {
      layers: given.layers.map((layer, l) => {
        const rows = Array.from({ length: rowCount(layer) }, (_, r) => rowOf(layer, r));
        if (l === 0) return layerOf(layer.inputs, layer.activation, rows.map((row) => times(row, scale)).reverse());
        if (l > 1) return layer;
        const reversed = rows.map((row) => ({
          columns: row.columns.map((column) => width - 1 - column).reverse(),
          weights: row.weights.map((w) => div(w, scale)).reverse(),
          bias: row.bias,
        }));
        return layerOf(layer.inputs, layer.activation, reversed);
      }),
    };
    expect(await constantOf(rescaled, p)).toEqual(constant);

    // A neuron twice, read with weights that cancel.
    const first = given.layers[0]!;
    const rows = Array.from({ length: width }, (_, r) => rowOf(first, r));
    const pair: Network = {
      layers: [
        layerOf(first.inputs, first.activation, [...rows, rows[0]!, rows[0]!]),
        ...given.layers.slice(1).map((layer, l) => {
          if (l > 0) return layer;
          const reading = Array.from({ length: rowCount(layer) }, (_, r) => rowOf(layer, r)).map((row) => ({
            columns: [...row.columns, width, width + 1],
            weights: [...row.weights, rational(7), rational(-7)],
            bias: row.bias,
          }));
          return layerOf(width + 2, layer.activation, reading);
        }),
      ],
    };
    expect(await constantOf(pair, p)).toEqual(constant);

    // ‖·‖∞ ≤ ‖·‖₂ ≤ ‖·‖₁ of gradients, and back with √d.
    const [inf, l1, l2] = await Promise.all(norms.map((q) => constantOf(given, q)));
    const d = rational(first.inputs);
    atMost(mul(l1!, l1!), l2);
    atMost(l2!, mul(inf!, inf!));
    atMost(mul(inf!, inf!), mul(d, l2!));

    // Lip(F + G) ≤ Lip(F) + Lip(G), where the two are of one depth.
    if (p === 'l2' || other.layers.length !== given.layers.length || other.layers[0]!.inputs !== first.inputs) return;
    const sum: Network = {
      layers: given.layers.map((layer, l) => {
        const second = other.layers[l]!;
        const shift = l === 0 ? 0 : layer.inputs;
        const mine = Array.from({ length: rowCount(layer) }, (_, r) => rowOf(layer, r));
        const theirs = Array.from({ length: rowCount(second) }, (_, r) => rowOf(second, r)).map((row) => ({
          ...row,
          columns: row.columns.map((column) => column + shift),
        }));
        const inputs = l === 0 ? layer.inputs : layer.inputs + second.inputs;
        if (l < last) return layerOf(inputs, layer.activation, [...mine, ...theirs]);
        const columns = [...mine[0]!.columns, ...theirs[0]!.columns];
        return layerOf(inputs, 'identity', [
          { columns, weights: [...mine[0]!.weights, ...theirs[0]!.weights], bias: mine[0]!.bias },
        ]);
      }),
    };
    atMost(await constantOf(sum, p), add(constant, await constantOf(other, p)));
  },
  { runs: 50 },
);

const constructions = ['ygz-lipschitz', 'ygz-lipschitz-narrow'] as const;
let controlled = 0;
property(
  'the networks of [YGZ, Thm 5.2] have the constant 2/δ exactly, and with a changed weight a larger one',
  [dataset({ size: { min: 2, max: 5 }, dimension: { min: 1, max: 3 }, labels: { min: 2, max: 2 }, norm: 'linf' })],
  async (data) => {
    expect(classes(data)).toHaveLength(2);
    const delta = separation(data, 'linf')!.magnitude;
    for (const name of constructions) {
      const { network } = theoremNamed(name).construct(data, { norm: 'linf', radius: mul(delta, rational(1, 4)) });
      expect(await constantOf(network, 'linf')).toEqual(div(rational(2), delta));
    }
    // 3/2·relu(f + 1) − relu(f − 1): between a closest pair the output rises faster.
    const { network } = theoremNamed('ygz-lipschitz').construct(data, {
      norm: 'linf',
      radius: mul(delta, rational(1, 4)),
    });
    const last = network.layers.length - 1;
    const damaged = changed(network, (row, l) =>
      l < last ? row : { ...row, weights: row.weights.map((w) => (w.n > 0n ? mul(w, rational(3, 2)) : w)) },
    );
    atMost(div(rational(3), delta), await constantOf(damaged, 'linf'));
    controlled++;
  },
  { runs: 20 },
);

const pool = z3Pool({ timeoutMs: 120_000 });
afterAll(() => pool.close());
let asked = 0;
property(
  'z3 finds a pair of points of this slope and none of a larger one',
  [networks({ ...small, inputs: { min: 1, max: 2 } }), fc.constantFrom<'l1' | 'linf'>('l1', 'linf')],
  async (given, p) => {
    const constant = await constantOf(given, p);
    const ask = async (slope: Rational, strict: boolean) =>
      (await pool.solve(slopeQuestion(given, p, slope, strict), [])).status;
    expect(await ask(constant, true)).toBe('unsat');
    expect(await ask(constant, false)).toBe('sat');
    // A constant that is a little too small is caught.
    expect(await ask(mul(constant, rational(99, 100)), true)).toBe(constant.n === 0n ? 'unsat' : 'sat');
    asked++;
  },
  { runs: 20 },
);

afterAll(() => {
  // A run of one property alone leaves the other at 0.
  for (const count of [controlled, asked].filter((n) => n > 0)) expect(count).toBeGreaterThanOrEqual(20);
});
