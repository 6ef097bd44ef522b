import { describe, expect, test } from 'vitest';
import {
  biasSteps,
  drawHyperplanes,
  firing,
  type HyperplaneFamily,
  separationRates,
  thresholdGuarantees,
} from '../../../src/construction/index.js';
import {
  evaluateExpression,
  parseExpression,
  parseRational,
  type Rational,
  randomSource,
  rational,
  zero,
} from '../../../src/exact/index.js';
import { type Dataset, datasetOf } from '../../../src/geometry/index.js';

const dataOf = (points: readonly (readonly number[])[], labels: readonly number[]): Dataset =>
  datasetOf(
    points.map((x) => x.map((v) => rational(v))),
    labels,
  );
const at = (r: Rational): number => Number(r.n) / Number(r.d);

/** Every weight vector of a family with its probability, for d coordinates. */
function weightsOf(family: HyperplaneFamily, d: number): number[][] {
  if (family === 'axis')
    return Array.from({ length: 2 * d }, (_, k) =>
      Array.from({ length: d }, (_, j) => (j === k >> 1 ? 1 - 2 * (k & 1) : 0)),
    );
  return Array.from({ length: 2 ** d }, (_, code) => Array.from({ length: d }, (_, j) => 1 - 2 * ((code >> j) & 1)));
}

const dot = (w: readonly number[], x: readonly number[]): number => w.reduce((sum, v, j) => sum + v * x[j]!, 0);

describe('separation rates', () => {
  const points = [
    [0, 0, 0],
    [3, -1, 2],
    [-2, 5, 1],
    [4, 4, -4],
  ];
  const data = dataOf(points, [0, 1, 0, 1]);

  test.each([
    ['axis', 1, undefined],
    ['axis', 3, rational(3)],
    ['signs', 1, undefined],
    ['signs', 2, rational(2)],
  ] as const)('%s, Λ = %i: between what all weights and biases give', (family, factor, biasBound) => {
    const options = biasBound === undefined ? {} : { biasBound };
    const rates = separationRates(data, family, options)!;
    const K = Number(biasSteps(family, data.coordinates, 3, options));
    expect(K).toBe(factor * (family === 'axis' ? 5 : 12));
    const all = weightsOf(family, 3);
    for (const [i, u] of points.entries()) {
      for (const v of points.filter((_, k) => k !== i)) {
        // Twice the pre-activation is 2w·x + 2k + 1.
        let count = 0;
        for (const w of all)
          for (let k = -K; k <= K; k++) if (2 * dot(w, u) + 2 * k + 1 <= 0 && 2 * dot(w, v) + 2 * k + 1 > 0) count++;
        const p = count / (all.length * (2 * K + 1));
        const z = u.map((a, j) => v[j]! - a);
        const size = family === 'axis' ? z.reduce((s, a) => s + Math.abs(a), 0) : Math.hypot(...z);
        const [least, most] = [at(rates.least) * size, at(rates.most) * size];
        expect(least).toBeLessThanOrEqual(p + 1e-12);
        expect(most).toBeGreaterThanOrEqual(p - 1e-12);
        if (family === 'axis') expect(least).toBeCloseTo(p, 12);
      }
    }
  });

  test.each([['1'], ['3'], ['1/2']])('normal weights, Λ = %s: frequencies lie between', (text) => {
    const options = { biasBound: parseRational(text) };
    const rates = separationRates(data, 'gaussian', options)!;
    const draws = 40_000;
    const h = drawHyperplanes('gaussian', data.coordinates, 3, draws, randomSource(7), options);
    const { upper, words } = firing(h, data.coordinates, { norm: 'l2', radius: zero });
    const fires = (row: number, i: number): boolean => ((upper[row * words + (i >> 5)]! >>> (i & 31)) & 1) === 1;
    points.forEach((u, a) => {
      points.forEach((v, b) => {
        if (a === b) return;
        let count = 0;
        for (let i = 0; i < draws; i++) if (!fires(a, i) && fires(b, i)) count++;
        const size = Math.hypot(...u.map((x, j) => v[j]! - x));
        // Five standard deviations.
        const slack = 5 * Math.sqrt(0.25 / draws);
        expect(at(rates.least) * size).toBeLessThanOrEqual(count / draws + slack);
        expect(at(rates.most) * size).toBeGreaterThanOrEqual(count / draws - slack);
      });
    });
    // A share P(χ² with 3 degrees ≤ Λ²) of what there is without clipping: 0.031, 0.199, 0.971.
    const share = at(rates.least) / at(rates.most);
    const expected = { '1/2': 0.0309, '1': 0.1987, '3': 0.9707 }[text]!;
    expect(Math.abs(share - expected)).toBeLessThan(0.01);
  });

  test('there are none for biases that leave points out, or all 0', () => {
    for (const family of ['axis', 'signs', 'gaussian'] as const) {
      expect(separationRates(data, family, { biasBound: zero })).toBeUndefined();
      expect(separationRates(dataOf([[0, 0]], [0]), family)).toBeUndefined();
    }
    expect(separationRates(data, 'axis', { biasBound: rational(4, 5) })).toBeUndefined();
  });
});

describe('guarantees', () => {
  const value = async (
    formula: string,
    found: NonNullable<ReturnType<typeof thresholdGuarantees>>,
  ): Promise<bigint> => {
    const whole = Object.entries(found.variables).map(([name, n]) => [name, rational(n)] as const);
    const variables = { ...found.rationals, ...Object.fromEntries(whole) };
    return evaluateExpression(await parseExpression(formula), variables).n;
  };

  test('by hand: two clusters beside one of the base class, on a line', async () => {
    // δ = 8; K = 100 and d = 1, so p = |u − v|/402. θ = 1/5: 40 and 41 are in one part, D = 20; 92 and 93, D = 8.
    const data = dataOf([[0], [20], [40], [41], [92], [93], [100], [84]], [0, 0, 1, 1, 1, 1, 0, 0]);
    const found = thresholdGuarantees(data, { family: 'axis', failure: rational(1, 100) })!;
    expect(found.parts).toEqual([
      [2, 3],
      [4, 5],
    ]);
    expect(found.variables).toEqual({ N: 8n, I: 4n, Q: 16n, M: 2n });
    expect(found.rationals).toEqual({ P: rational(7, 402), eta: rational(1, 100) });
    // log2(1600) < 11: 77·402/70 = 442.2; log2(3200) < 12: 112·12·402/35 = 15436.8.
    expect(await value(found.guarantees[0]!.hyperplanes, found)).toBe(443n);
    expect(await value(found.guarantees[1]!.hyperplanes, found)).toBe(15437n);
    expect(await value(found.guarantees[0]!.neurons, found)).toBe(4n);
    expect(await value(found.guarantees[1]!.neurons, found)).toBe(2n);
  });

  test.each(['axis', 'signs', 'gaussian'] as const)('%s: parts fall apart as the proof needs them', (family) => {
    const random = randomSource(3);
    const points = Array.from({ length: 60 }, () => [random.between(-30, 30), random.between(-30, 30)]);
    const distinct = [...new Map(points.map((x) => [x.join(), x])).values()];
    const data = dataOf(
      distinct,
      distinct.map(([x, y]) => (x! + y! > 25 ? 2 : x! > 0 ? 1 : 0)),
    );
    const options = { family, biasBound: rational(3) } as const;
    const { parts } = thresholdGuarantees(data, options)!;
    const { norm, least, most } = separationRates(data, family, options)!;
    const size = (a: number, b: number): number => {
      const z = distinct[a]!.map((v, j) => v - distinct[b]![j]!);
      return norm === 'l1' ? Math.abs(z[0]!) + Math.abs(z[1]!) : Math.hypot(...z);
    };
    const base = [0, 1, 2].find((c) => !parts.flat().some((i) => data.labels[i] === c))!;
    expect(parts.flat().sort((a, b) => a - b)).toEqual(data.labels.flatMap((c, i) => (c === base ? [] : [i])));
    expect(parts.some((part) => part.length > 1)).toBe(true);
    for (const part of parts) {
      const label = data.labels[part[0]!]!;
      const others = data.labels.flatMap((c, i) => (c === label ? [] : [i]));
      expect(part.every((i) => data.labels[i] === label)).toBe(true);
      const across = Math.min(...part.flatMap((u) => others.map((v) => at(least) * size(u, v))));
      const inner = Math.max(...part.flatMap((u) => part.map((v) => at(most) * size(u, v))));
      expect(inner).toBeLessThanOrEqual(across / 2 + 1e-12);
    }
  });

  test('the same for numbers beyond the doubles; none for one class', () => {
    const text = [['0'], ['1/3'], ['1e-40'], ['1']];
    const data = datasetOf(
      text.map((x) => x.map((v) => parseRational(v))),
      [0, 1, 0, 1],
    );
    const plain = dataOf(
      [[0], [1], [0.001], [3]].map((x) => x.map((v) => Math.round(v * 1000))),
      [0, 1, 0, 1],
    );
    expect(thresholdGuarantees(data, { family: 'axis' })!.parts).toEqual(
      thresholdGuarantees(plain, { family: 'axis' })!.parts,
    );
    expect(thresholdGuarantees(dataOf([[1], [2]], [4, 4]))).toBeUndefined();
  });
});
