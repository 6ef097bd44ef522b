/** Every instance of set splitting with three elements: its dataset, the networks of all colourings, and the way back. */
import { describe, expect, test } from 'vitest';
import { mul, type Rational, rational, scaleVector } from '../../../src/exact/index.js';
import type { OutputReading } from '../../../src/format/index.js';
import { distinctSamples, point, separation } from '../../../src/geometry/index.js';
import { complexity, evaluate, layerOf, type Network, readLabel, rowCount, rowOf } from '../../../src/network/index.js';
import {
  type Colours,
  isSplit,
  readSplitting,
  setSplitting,
  shownBySupports,
  splittingDataset,
  splittingNetwork,
} from '../../../src/theory/index.js';
import { falsify, intervalEngine, robustnessQuery } from '../../../src/verify/index.js';
import { assignments } from './formulas.js';

const sign: OutputReading = { notion: 'sign', negative: 0, positive: 1 };
const sets = [
  [0, 1],
  [0, 2],
  [1, 2],
  [0, 1, 2],
];
const instances = assignments(4).map((bits) =>
  setSplitting(
    3,
    sets.filter((_, s) => bits[s]),
  ),
);
const colourings = (m: number): Colours[] => assignments(m).map((bits) => bits.map((bit) => (bit ? 1 : 0)));

test('2m + 1 + |sets| samples, δ = 1/max(2, r), 2μ < δ', () => {
  for (const instance of [...instances, setSplitting(8, [[0, 1, 2, 3, 4, 5, 6, 7]]), setSplitting(1, [])]) {
    const { data, radius } = splittingDataset(instance);
    const m = instance.elements;
    expect([data.size, data.dimension]).toEqual([2 * m + 1 + instance.sets.length, m]);
    const delta = separation(data, 'linf')!.magnitude;
    expect(delta).toEqual(rational(1, Math.max(2, ...instance.sets.map((set) => set.length))));
    expect(radius).toEqual(rational(1, 16 * m));
    expect(distinctSamples(data)).toHaveLength(data.size);
  }
});

test('a colouring that splits gives a memorizer, proved whole twice; any other gives a network that is wrong at a sample', () => {
  const seen = { split: 0, other: 0 };
  for (const instance of instances) {
    const { data, radius } = splittingDataset(instance);
    for (const colours of colourings(3)) {
      const network = splittingNetwork(colours);
      const engine = intervalEngine(network);
      const query = (i: number, at: Rational) =>
        robustnessQuery(network, data, i, { norm: 'linf', radius: at, reading: sign });
      const supports = shownBySupports(network, sign, data, radius);
      if (isSplit(instance, colours)) {
        seen.split++;
        expect(supports).toHaveLength(data.size);
        for (let i = 0; i < data.size; i++) expect(engine.verify(query(i, radius))?.verdict).toBe('unsat');
        expect(complexity(network)).toMatchObject({ width: 2, depth: 2 });
        const back = readSplitting({ data, radius, instance }, network, sign);
        expect(isSplit(instance, back)).toBe(true);
      } else {
        seen.other++;
        const wrong = data.labels.findIndex((label, i) => readLabel(sign, evaluate(network, point(data, i))) !== label);
        expect(wrong).toBeGreaterThan(2 * instance.elements);
        expect(supports).not.toContain(wrong);
        expect(() => readSplitting({ data, radius, instance }, network, sign, 'f.json')).toThrow(
          `f.json: expected class 1 at sample ${wrong} = `,
        );
      }
    }
  }
  // Two colourings of one colour split no set at all, the other six leave out one pair: 2·1 + 6·8.
  expect(seen).toEqual({ split: 50, other: 78 });
});

test('sets of eight, the largest: proved; larger balls are not, and have counterexamples', () => {
  const instance = setSplitting(9, [
    [0, 1, 2, 3, 4, 5, 6, 7],
    [1, 2, 3, 4, 5, 6, 7, 8],
    [0, 8],
  ]);
  const { data, radius } = splittingDataset(instance);
  const colours: Colours = [1, 0, 0, 0, 1, 0, 0, 0, 0];
  expect(isSplit(instance, colours)).toBe(true);
  const network = splittingNetwork(colours);
  expect(shownBySupports(network, sign, data, radius)).toHaveLength(data.size);
  const wide = mul(radius, rational(2));
  expect(shownBySupports(network, sign, data, wide).length).toBeLessThan(data.size);
  const found = data.labels.filter((_, i) => {
    const query = robustnessQuery(network, data, i, { norm: 'linf', radius: wide, reading: sign });
    return falsify(query)?.verdict === 'sat';
  });
  expect(found.length).toBeGreaterThan(0);
});

describe('read back from networks that were not built here', () => {
  const instance = setSplitting(4, [
    [0, 1],
    [1, 2, 3],
    [0, 3],
  ]);
  const dataset = splittingDataset(instance);
  const colours: Colours = [0, 1, 0, 1];
  const network = splittingNetwork(colours);
  const [hidden, output] = network.layers as [Network['layers'][0], Network['layers'][0]];
  const same = (back: Colours): boolean => back.every((c, i) => (c === back[0]) === (colours[i] === colours[0]));
  const rows = (k: number[], scales: Rational[]) =>
    layerOf(
      4,
      'relu',
      k.map((r, at) => {
        const row = rowOf(hidden, r);
        return { ...row, weights: scaleVector(row.weights, scales[at]!), bias: mul(row.bias, scales[at]!) };
      }),
    );
  const affine = (...given: [number[], number][]) =>
    layerOf(
      2,
      'identity',
      given.map(([w, b]) => ({ columns: [0, 1], weights: w.map((v) => rational(v, 10)), bias: rational(b, 10) })),
    );

  test('the built one', () => {
    expect(rowCount(output)).toBe(1);
    expect(same(readSplitting(dataset, network, sign))).toBe(true);
  });
  test('neurons exchanged and scaled', () => {
    const layers = [rows([1, 0], [rational(5), rational(1, 2)]), affine([[-2, -20], 10])];
    expect(same(readSplitting(dataset, { layers }, sign))).toBe(true);
  });
  test('the classes named the other way round', () => {
    const layers = [hidden, affine([[10, 10], -10])];
    expect(same(readSplitting(dataset, { layers }, { notion: 'sign', negative: 1, positive: 0 }))).toBe(true);
  });
  test('two outputs of which the larger counts', () => {
    const layers = [hidden, affine([[20, 30], -3], [[10, 20], 7])];
    expect(same(readSplitting(dataset, { layers }, { notion: 'argmax', classes: 2 }))).toBe(true);
  });
  test('values of classes: the nearer one counts', () => {
    const layers = [hidden, affine([[-10, -10], 60])];
    expect(same(readSplitting(dataset, { layers }, { notion: 'round', labels: ['4', '6'] }))).toBe(true);
  });
  test('controls: a perturbed weight, a flipped sign, exchanged labels', () => {
    for (const layers of [
      [hidden, affine([[-10, -10], 15])],
      [hidden, affine([[10, -10], 10])],
      [rows([0, 1], [rational(1), rational(0)]), output],
    ]) {
      expect(() => readSplitting(dataset, { layers }, sign)).toThrow('network: expected class');
    }
    expect(() => readSplitting(dataset, network, { notion: 'sign', negative: 1, positive: 0 })).toThrow(
      'network: expected class 0 at sample 0 = (0, 0, 0, 0)',
    );
  });
});

test('sets of nine elements, and more coordinates than fit, are refused', () => {
  expect(() => splittingDataset(setSplitting(9, [[0, 1, 2, 3, 4, 5, 6, 7, 8]]))).toThrow(
    'sets[0]: expected at most 8 elements, got 9',
  );
  expect(() => splittingDataset(setSplitting(4000, []))).toThrow('expected at most 20000000 coordinates of samples');
});
