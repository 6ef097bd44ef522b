import { describe, expect, test } from 'vitest';
import { thresholdBox, ygzWide } from '../../../src/construction/index.js';
import {
  add,
  compare,
  equal,
  half,
  lessEqual,
  mul,
  one,
  parseRational as q,
  randomSource,
  rational,
  sub,
} from '../../../src/exact/index.js';
import type { Activation } from '../../../src/format/index.js';
import { ball, datasetOf, type Region, separation } from '../../../src/geometry/index.js';
import { evaluate, type Network, trace } from '../../../src/network/index.js';
import { intervalBounds, intervalProof, outputBounds } from '../../../src/verify/bounds/interval.js';
import { robustnessQuery } from '../../../src/verify/query.js';
import { golden, goldenData, goldenReading, networkOf, randomNetwork } from '../fixtures/networks.js';
import { ends, networkInBigIntOnly, norms, pointsOf } from './cases.js';

const goldenQuery = (network: Network, i: number, radius: string, open = false, data = goldenData) =>
  robustnessQuery(network, data, i, { norm: 'linf', radius: q(radius), reading: goldenReading, open });

describe('by hand', () => {
  test.each([0, 1, 2])('the memorizer of three samples: ball %i', (i) => {
    expect(intervalProof(goldenQuery(golden(), i, '3/4'))).toEqual([true, true]);
  });

  test.each<[string, number, boolean[], (layers: [Activation, string[]][]) => void]>([
    ['a perturbed weight', 1, [true, false], (layers) => (layers[1]![1][0] = '-2 -2 -2 -2 -1 0 0 0 | 1')],
    ['a perturbed bias', 1, [true, false], (layers) => (layers[0]![1][0] = '1 0 | -5/2')],
    ['a removed neuron', 0, [false, true], (layers) => (layers[1]![1][0] = '-2 0 -2 -2 0 0 0 0 | 1')],
  ])('%s is not proved', (_, i, proved, change) => {
    const found = intervalProof(goldenQuery(golden(change), i, '3/4'));
    expect(found.every(Boolean)).toBe(false);
    expect(found).toEqual(proved);
  });

  test('a larger radius and a false label are not proved', () => {
    expect(intervalProof(goldenQuery(golden(), 0, '5/4')).every(Boolean)).toBe(false);
    const flipped = { ...goldenData, labels: [1, 1, 2] };
    expect(intervalProof(goldenQuery(golden(), 0, '3/4', false, flipped)).every(Boolean)).toBe(false);
  });

  test('sup = 0 refutes f ≥ 0 only when it is not attained, f > 0 always', () => {
    const network = networkOf(1, [['identity', ['1 | 0']]]);
    const asked = (open: boolean, strict: boolean) =>
      intervalProof({
        network,
        region: ball('linf', [q('-1')], one, open),
        unsafe: [[{ columns: [0], weights: [one], bias: q('0'), strict }]],
      });
    expect([asked(false, false), asked(true, false), asked(false, true), asked(true, true)]).toEqual([
      [false],
      [true],
      [true],
      [true],
    ]);
  });

  test('one constraint that fails refutes its conjunction; an empty conjunction is never refuted', () => {
    const network = networkOf(1, [['identity', ['1 | 0', '-1 | 0']]]);
    const over = (column: number, bias: string) => ({
      columns: [column],
      weights: [one],
      bias: q(bias),
      strict: false,
    });
    const region = ball('linf', [q('0')], one);
    const unsafe = [[over(0, '0'), over(1, '-2')], [over(0, '0'), over(1, '0')], []];
    expect(intervalProof({ network, region, unsafe })).toEqual([true, false, false]);
    expect(intervalProof({ network, region, unsafe: [] })).toEqual([]);
  });

  test('an affine last layer is composed with the constraint, so that equal outputs cancel', () => {
    const network = networkOf(1, [
      ['relu', ['1 | 0']],
      ['identity', ['1 | 0', '1 | 1']],
    ]);
    const unsafe = [[{ columns: [0, 1], weights: [one, q('-1')], bias: q('0'), strict: false }]];
    expect(intervalProof({ network, region: ball('linf', [q('5')], q('5')), unsafe })).toEqual([true]);
  });
});

/** Random networks whose weights and biases are small, in the shapes that matter. */
const shapes: readonly (readonly (readonly [Activation, number])[])[] = [
  [['relu', 6]],
  [
    ['relu', 5],
    ['relu', 4],
  ],
  [
    ['step', 6],
    ['relu', 3],
  ],
  [
    ['relu', 4],
    ['identity', 3],
    ['step', 4],
  ],
];

describe('random networks', () => {
  test.each(norms)('no point of the region leaves the bounds, nor touches an end called not attained: %s', (norm) => {
    const random = randomSource(23);
    let touched = 0;
    for (let t = 0; t < 60; t++) {
      const network = randomNetwork(random, 3, shapes[t % shapes.length]!);
      const centre = Array.from({ length: 3 }, () => rational(random.between(-8, 8), 4));
      const region: Region = ball(norm, centre, rational(random.between(1, 6), 4), t % 2 === 1);
      const bounds = intervalBounds(network, region);
      const output = outputBounds(network, region);
      for (const x of pointsOf(random, region, 25)) {
        const values = trace(network, x);
        expect(values.at(-1)).toEqual(evaluate(network, x));
        // Layers end in an activation, so what is bounded shows where that is the identity, or a relu that is on.
        network.layers.forEach((layer, l) => {
          const { lower, upper, lowerAttained, upperAttained } = ends({
            lower: bounds[l]!.lower.numerators,
            upper: bounds[l]!.upper.numerators,
            denominator: bounds[l]!.lower.denominator,
            lowerAttained: bounds[l]!.lowerAttained,
            upperAttained: bounds[l]!.upperAttained,
          });
          values[l]!.forEach((v, r) => {
            const on = layer.activation === 'identity' || (layer.activation === 'relu' && v.n > 0n);
            if (layer.activation === 'step') {
              if (v.n > 0n) expect(upper[r]!.n > 0n).toBe(true);
              else expect(lower[r]!.n < 0n || (lower[r]!.n === 0n && lowerAttained[r] === 1)).toBe(true);
            }
            if (!on) return;
            expect(lessEqual(lower[r]!, v) && lessEqual(v, upper[r]!)).toBe(true);
            if (equal(v, upper[r]!)) touched += upperAttained[r] === 1 ? 1 : Number.NaN;
            if (equal(v, lower[r]!)) touched += lowerAttained[r] === 1 ? 1 : Number.NaN;
          });
        });
        const f = values.at(-1)![0]!;
        expect(lessEqual(output.lower[0]!, f) && lessEqual(f, output.upper[0]!)).toBe(true);
      }
    }
    expect(touched).toBeGreaterThan(20);
  });

  test('all tiers give the same bounds and the same verdicts', () => {
    const random = randomSource(31);
    const seen = new Set<boolean>();
    for (let t = 0; t < 120; t++) {
      const network = randomNetwork(random, 3, shapes[t % shapes.length]!);
      const big = networkInBigIntOnly(network);
      const centre = Array.from({ length: 3 }, () => rational(random.between(-8, 8), 4));
      const region = ball(norms[t % 3]!, centre, rational(random.between(1, 6), 8), random.coin());
      expect(outputBounds(big, region)).toEqual(outputBounds(network, region));
      const { upper, lower } = outputBounds(network, region);
      // Constraints at the ends, where the verdict is closest, and a quarter inside and outside.
      for (const move of [0, -1, 1]) {
        const unsafe = [true, false].flatMap((strict) => [
          [{ columns: [0], weights: [one], bias: sub(rational(move, 4), upper[0]!), strict }],
          [{ columns: [0], weights: [q('-1')], bias: add(rational(move, 4), lower[0]!), strict }],
        ]);
        const verdict = intervalProof({ network, region, unsafe });
        expect(intervalProof({ network: big, region, unsafe })).toEqual(verdict);
        expect(intervalProof({ network: big, region, unsafe }, { enclosures: false })).toEqual(verdict);
        if (move !== 0) expect(new Set(verdict)).toEqual(new Set([move < 0]));
        for (const v of verdict) seen.add(v);
      }
    }
    expect(seen.size).toBe(2);
  });
});

describe('memorizers with rows long enough to stop early', () => {
  const random = randomSource(7);
  const dimension = 24;
  const data = datasetOf(
    Array.from({ length: 14 }, () => Array.from({ length: dimension }, () => rational(random.between(0, 40), 40))),
    Array.from({ length: 14 }, (_, i) => i % 3),
  );
  const delta = separation(data, 'linf')!.magnitude;
  const radius = mul(delta, q('99/200'));
  const { network } = ygzWide.construct(data, { norm: 'linf', radius });
  const reading = network.output!;

  test('early stops do not change a verdict', () => {
    const verdicts = { true: 0, false: 0 };
    for (const factor of ['1/2', '1', '101/100', '11/10', '3/2', '2']) {
      for (let i = 0; i < data.size; i++) {
        for (const label of [data.labels[i]!, (data.labels[i]! + 1) % 3]) {
          const flipped = { ...data, labels: data.labels.with(i, label) };
          const asked = robustnessQuery(network, flipped, i, { norm: 'linf', radius: mul(radius, q(factor)), reading });
          const work = { doubles: 0, bigints: 0 };
          const verdict = intervalProof(asked, { work });
          // `outputBounds` stops no row.
          const { lower, upper } = outputBounds(network, asked.region);
          const y = rational(label);
          expect(verdict).toEqual([lessEqual(upper[0]!, y), lessEqual(y, lower[0]!)]);
          verdicts[`${verdict.every(Boolean)}`]++;
        }
      }
    }
    expect(verdicts.true).toBeGreaterThan(14);
    expect(verdicts.false).toBeGreaterThan(14);
  });

  test('early stops save work', () => {
    const work = { doubles: 0, bigints: 0 };
    for (let i = 0; i < data.size; i++) {
      const asked = robustnessQuery(network, data, i, { norm: 'linf', radius, reading });
      expect(intervalProof(asked, { work })).toEqual([true, true]);
    }
    const all = network.layers.reduce((sum, layer) => sum + 2 * layer.columns.length, 0) * data.size;
    expect(work.bigints).toBe(0);
    expect(work.doubles).toBeLessThan(0.9 * all);
  });

  test('step layers: open balls of radius δ/2 are proved, closed ones that meet are not', () => {
    const boxes = thresholdBox.construct(data, { norm: 'linf', radius: q('0') }).network;
    const mu = mul(half, delta);
    const verify = (i: number, open: boolean) =>
      intervalProof(robustnessQuery(boxes, data, i, { norm: 'linf', radius: mu, reading: boxes.output!, open }));
    const closed = data.labels.map((_, i) => verify(i, false).every(Boolean));
    expect(data.labels.map((_, i) => verify(i, true).every(Boolean))).not.toContain(false);
    expect(closed).toContain(false);
    expect(compare(mu, radius)).toBe(1);
  });
});
