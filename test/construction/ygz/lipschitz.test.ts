import { describe, expect, test } from 'vitest';
import { theoremNamed, ygzLipschitz, ygzLipschitzArgmax, ygzLipschitzNarrow } from '../../../src/construction/index.js';
import {
  abs,
  add,
  addVectors,
  div,
  formatRational,
  half,
  less,
  maxOfAbs,
  min,
  mul,
  neg,
  one,
  parseRational,
  type Rational,
  randomSource,
  rational,
  scaleVector,
  sub,
  subVectors,
  type Vector,
  zero,
} from '../../../src/exact/index.js';
import { type Dataset, datasetOf, point, points, separation } from '../../../src/geometry/index.js';
import { complexity, evaluate, type Network } from '../../../src/network/index.js';

const q = (text: string): Rational => parseRational(text);
const options = { norm: 'linf', radius: zero } as const;
const rows = (values: readonly (readonly number[])[]) => values.map((p) => p.map((v) => rational(v)));

/** N samples in general position, labels 0 and 1 in turn. */
function scattered(n: number, d: number, classes = 2): Dataset {
  const random = randomSource(n + d);
  const all = Array.from({ length: n }, () => Array.from({ length: d }, () => rational(random.between(1, 1 << 20), 7)));
  return datasetOf(
    all,
    all.map((_, i) => i % classes),
  );
}
const value = (network: Network, x: Vector): Rational => evaluate(network, x)[0]!;

describe.each(['ygz-lipschitz', 'ygz-lipschitz-narrow'])('%s', (name) => {
  const theorem = theoremNamed(name);
  const data = scattered(9, 3);
  const { network } = theorem.construct(data, options);
  const delta = separation(data, 'linf')!.magnitude;
  const bound = div(rational(2), delta);
  const random = randomSource(4);
  const anywhere = (): Vector => Array.from({ length: 3 }, () => rational(random.between(-(1 << 18), 1 << 20), 7));
  const near = (x: Vector): Vector =>
    addVectors(
      x,
      scaleVector(
        Array.from({ length: 3 }, () => rational(random.between(-16, 16), 16)),
        delta,
      ),
    );

  test('is ±1 at the samples and 0 half way between a closest pair', () => {
    const values = data.labels.map((_, i) => formatRational(value(network, point(data, i))));
    expect(values).toEqual(data.labels.map((c) => (c === 1 ? '1' : '-1')));
    const [i, k] = separation(data, 'linf')!.pair;
    const a = point(data, i);
    expect(value(network, scaleVector(addVectors(a, point(data, k)), half))).toEqual(zero);
  });

  test('changes by at most 2/δ times the distance, everywhere, and by that much between a closest pair', () => {
    for (let run = 0; run < 300; run++) {
      const x = run % 2 === 0 ? anywhere() : near(point(data, random.below(9)));
      const y = run % 3 === 0 ? anywhere() : near(x);
      const change = abs(sub(value(network, x), value(network, y)));
      expect(less(mul(bound, maxOfAbs(subVectors(x, y))), change)).toBe(false);
    }
    const [i, k] = separation(data, 'linf')!.pair;
    const change = abs(sub(value(network, point(data, i)), value(network, point(data, k))));
    expect(change).toEqual(mul(bound, delta));
  });

  test('keeps the bound y·F ≥ 1 − 2‖x − x_i‖/δ around every sample', () => {
    for (let run = 0; run < 300; run++) {
      const i = random.below(9);
      const x = near(point(data, i));
      const along = data.labels[i] === 1 ? value(network, x) : neg(value(network, x));
      expect(less(along, sub(one, mul(bound, maxOfAbs(subVectors(x, point(data, i))))))).toBe(false);
    }
  });

  test('does not depend on the radius but through its history', () => {
    const other = theorem.construct(data, { norm: 'linf', radius: mul(q('49/100'), delta) });
    expect(other.network.layers).toEqual(network.layers);
  });
});

test('the wide and the narrow form are one function where no coordinate is clamped', () => {
  const data = scattered(7, 2);
  const [wide, narrow] = [ygzLipschitz, ygzLipschitzNarrow].map((t) => t.construct(data, options).network);
  const low = [0, 1].map((j) =>
    sub(
      points(data)
        .map((p) => p[j]!)
        .reduce(min),
      separation(data, 'linf')!.magnitude,
    ),
  );
  const random = randomSource(8);
  for (let run = 0; run < 400; run++) {
    const x = low.map((v) => add(v, rational(random.between(0, 1 << 20), 7)));
    expect(value(wide!, x)).toEqual(value(narrow!, x));
  }
});

test.each([
  [10, 4, { nonzero: 405, width: 80, depth: 8 }, { nonzero: 575, width: 14, depth: 40 }],
  [40, 4, { nonzero: 1605, width: 320, depth: 10 }, { nonzero: 2375, width: 14, depth: 160 }],
  [40, 16, { nonzero: 6405, width: 1280, depth: 12 }, { nonzero: 10399, width: 50, depth: 240 }],
  [40, 64, { nonzero: 25605, width: 5120, depth: 14 }, { nonzero: 45891, width: 194, depth: 320 }],
])('%d samples in general position, d = %d: linear and N·d·log d weights', (n, d, wide, narrow) => {
  const data = scattered(n, d);
  expect(complexity(ygzLipschitz.construct(data, options).network)).toMatchObject(wide);
  expect(complexity(ygzLipschitzNarrow.construct(data, options).network)).toMatchObject(narrow);
});

describe('one output per class', () => {
  const data = datasetOf(
    rows([
      [0, 0],
      [4, 0],
      [0, 6],
      [5, 5],
      [1, 0],
    ]),
    [0, 3, 3, 5, 0],
  );
  const { network } = ygzLipschitzArgmax.construct(data, options);

  test('is minus the distance to each class', () => {
    const x = [q('3/2'), q('-7/3')];
    const distance = (c: number): Rational =>
      points(data)
        .filter((_, i) => data.labels[i] === c)
        .map((p) => maxOfAbs(subVectors(x, p)))
        .reduce((a, b) => (less(a, b) ? a : b));
    const outputs = evaluate(network, x);
    expect(outputs).toHaveLength(6);
    for (const c of [0, 3, 5]) expect(outputs[c]).toEqual(neg(distance(c)));
    // Numbers without samples stay behind one that has some, so they are never the largest.
    for (const c of [1, 2, 4]) expect(outputs[c]).toEqual(sub(outputs[0]!, one));
  });

  test('has a logit of every class ready in the same layer, whatever the sizes of the classes', () => {
    const uneven = datasetOf(rows([[0], [2], [4], [6], [8], [11]]), [0, 0, 0, 0, 0, 1]);
    const built = ygzLipschitzArgmax.construct(uneven, options);
    // Five samples: three rounds, of which two leave one over; the other distance waits three layers.
    expect(built.variables).toMatchObject({ N0: 5n, N1: 1n, W: 5n });
    expect(complexity(built.network)).toMatchObject({ depth: 5, width: 12 });
  });
});
