import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pointInBall, type QueryInstance, query } from '../../src/arbitrary/index.js';
import { add, compare, half, mul, type Rational, rational, type Vector } from '../../src/exact/index.js';
import { InputError, norms } from '../../src/format/index.js';
import type { Region } from '../../src/geometry/index.js';
import { evaluate, inputDimension, layerOf, type Network, rowCount, rowOf } from '../../src/network/index.js';
import { checkedQuery, type Query, queryFromFile, queryHash, queryToFile } from '../../src/verify/query.js';
import { replay } from '../../src/verify/verdict.js';
import { arbitraryLaws } from '../laws/arbitrary.js';

const values = (net: Network): Rational[] =>
  net.layers.flatMap((layer) =>
    Array.from({ length: rowCount(layer) }, (_, r) => rowOf(layer, r)).flatMap((row) => [...row.weights, row.bias]),
  );
const sizes = (list: readonly Rational[]): bigint[] => [
  list.reduce((sum, v) => sum + v.d, 0n),
  list.reduce((sum, v) => sum + (v.n < 0n ? 1n - 2n * v.n : 2n * v.n), 0n),
];
const ends = (region: Region): Rational[] =>
  region.kind === 'box' ? [...region.lower, ...region.upper] : [...region.centre, region.radius];

function cost({ network, region, unsafe }: QueryInstance): (number | bigint)[] {
  const constraints = unsafe.flat();
  const { layers } = network;
  return [
    unsafe.length,
    constraints.length,
    layers.length,
    layers.reduce((sum, layer) => sum + rowCount(layer), 0),
    inputDimension(network),
    layers.reduce((sum, layer) => sum + layer.columns.length, 0),
    ...sizes(values(network)),
    layers.reduce((sum, layer) => sum + ['relu', 'step', 'identity'].indexOf(layer.activation), 0),
    region.kind === 'box' ? 3 : norms.indexOf(region.norm),
    region.kind === 'ball' && region.open ? 1 : 0,
    ...sizes(ends(region)),
    constraints.reduce((sum, c) => sum + c.columns.length, 0),
    ...sizes(constraints.flatMap((c) => [...c.weights, c.bias])),
    constraints.filter((c) => c.strict).length,
  ];
}

/** Points of the region. */
function pointsOf(region: Region, many: number): Vector[] {
  if (region.kind === 'box') {
    const middle = region.lower.map((low, j) => mul(half, add(low, region.upper[j]!)));
    const corners = Array.from({ length: 2 ** Math.min(region.lower.length, 4) }, (_, mask) =>
      region.lower.map((low, j) => ((mask >> j) & 1 ? region.upper[j]! : low)),
    );
    return [middle, ...corners];
  }
  const places = region.open ? (['interior', 'centre'] as const) : undefined;
  const arbitrary = pointInBall(region.centre, region.radius, region.norm, { ...(places && { places }) });
  return fc.sample(arbitrary, { seed: 1, numRuns: many });
}

/** A point of the region with an unsafe output, if one of a few is. */
const witness = (given: Query, many = 30): Vector | undefined =>
  pointsOf(given.region, many).find((x) => {
    const found = replay(given, x);
    return found.inside && found.unsafe;
  });

/** Lower and upper bounds of the outputs on the box around the region, by intervals. */
function outputBounds({ network, region }: Query): [Rational, Rational][] {
  const [lower, upper] =
    region.kind === 'box'
      ? [region.lower, region.upper]
      : [-1, 1].map((s) => region.centre.map((c) => add(c, mul(rational(s), region.radius))));
  let at = lower!.map((low, j): [Rational, Rational] => [low, upper![j]!]);
  for (const layer of network.layers) {
    at = Array.from({ length: rowCount(layer) }, (_, r): [Rational, Rational] => {
      const { columns, weights, bias } = rowOf(layer, r);
      const end = (upward: boolean): Rational =>
        columns.reduce((sum, c, k) => add(sum, mul(weights[k]!, at[c]![weights[k]!.n > 0n === upward ? 1 : 0])), bias);
      const act = (v: Rational): Rational =>
        layer.activation === 'identity' ? v : v.n <= 0n ? rational(0) : layer.activation === 'step' ? rational(1) : v;
      return [act(end(false)), act(end(true))];
    });
  }
  return at;
}

/** Whether intervals show that no point of the region is unsafe. */
function excluded(given: Query): boolean {
  const at = outputBounds(given);
  return given.unsafe.every((conjunction) =>
    conjunction.some((c) => {
      const most = c.columns.reduce(
        (sum, column, k) => add(sum, mul(c.weights[k]!, at[column]![c.weights[k]!.n > 0n ? 1 : 0])),
        c.bias,
      );
      return most.n < 0n || (most.n === 0n && c.strict);
    }),
  );
}

function isValid(given: QueryInstance): boolean {
  checkedQuery(given);
  return given.network.output === undefined && given.unsafe.flat().every((c) => c.weights.every((w) => w.d <= 2n));
}

const constant = layerOf(1, 'identity', [{ columns: [], weights: [], bias: rational(0) }]);
const point = { kind: 'box', lower: [rational(0)], upper: [rational(0)] } as const;

arbitraryLaws('query', {
  make: () => query(),
  valid: isValid,
  size: cost,
  refused: [
    { network: { layers: [constant] }, region: { ...point, upper: [rational(-1)] }, unsafe: [] },
    { network: { layers: [constant] }, region: { ...point, upper: [] }, unsafe: [] },
    {
      network: { layers: [constant] },
      region: point,
      unsafe: [[{ columns: [1], weights: [rational(1)], bias: rational(0), strict: false }]],
    },
  ],
  classes: {
    ...Object.fromEntries(
      norms.map((norm) => [norm, ({ region }: QueryInstance) => region.kind === 'ball' && region.norm === norm]),
    ),
    box: ({ region }) => region.kind === 'box',
    'open ball': ({ region }) => region.kind === 'ball' && region.open,
    'radius 0': ({ region }) => region.kind === 'ball' && region.radius.n === 0n,
    'a disjunction': ({ unsafe }) => unsafe.length > 1,
    'a conjunction': ({ unsafe }) => unsafe.some((conjunction) => conjunction.length > 1),
    strict: ({ unsafe }) => unsafe.flat().some((c) => c.strict),
    'two outputs in a constraint': ({ unsafe }) => unsafe.flat().some((c) => c.columns.length === 2),
    'never unsafe': ({ unsafe }) => unsafe.length === 0,
    'always unsafe': ({ unsafe }) => unsafe.some((conjunction) => conjunction.length === 0),
  },
});

arbitraryLaws('query, closed ℓ1 balls', {
  make: () =>
    query({ norms: ['l1'], boxes: false, open: false, network: { inputs: { max: 2 }, activations: ['relu'] } }),
  valid: (given) =>
    isValid(given) &&
    given.region.kind === 'ball' &&
    given.region.norm === 'l1' &&
    !given.region.open &&
    inputDimension(given.network) <= 2 &&
    given.network.layers.every((layer) => layer.activation !== 'step'),
  size: cost,
});

describe('verdicts', () => {
  const queries: readonly Query[] = fc.sample(query(), { seed: 4, numRuns: 600 });
  const share = (holds: (given: Query) => boolean): number => queries.filter(holds).length / queries.length;

  test('both verdicts are frequent: at least a quarter has a witness, a quarter has none', () => {
    expect(share((given) => witness(given) !== undefined)).toBeGreaterThan(0.25);
    expect(share(excluded)).toBeGreaterThan(0.25);
  });

  test('some are decided by neither a few points nor intervals', () => {
    expect(share((given) => witness(given) === undefined && !excluded(given))).toBeGreaterThan(0.05);
  });

  test('reached sets mostly have a witness among a few points, sets beyond never', () => {
    const reached = fc.sample(query({ intents: ['reached'], open: false }), { seed: 5, numRuns: 200 });
    expect(reached.filter((given) => witness(given, 60) !== undefined).length).toBeGreaterThan(120);
    for (const given of fc.sample(query({ intents: ['beyond'] }), { seed: 6, numRuns: 200 })) {
      if (given.unsafe.some((conjunction) => conjunction.length === 0)) continue;
      expect(excluded(given)).toBe(true);
      expect(witness(given)).toBeUndefined();
    }
  });

  test('the values are queries: files, hashes and replay take them', () => {
    for (const given of queries.slice(0, 50)) {
      const file = queryToFile(given, { inline: true });
      expect(queryHash(queryFromFile(file))).toBe(queryHash(given));
      const [x] = pointsOf(given.region, 1);
      const y = evaluate(given.network, x!);
      expect(replay(given, x!).outputs.every((v, k) => compare(v, y[k]!) === 0)).toBe(true);
    }
  });
});

describe('constraints', () => {
  test('nothing to draw from is refused', () => {
    expect(() => query({ norms: [], boxes: false })).toThrow(
      new InputError('query: expected norms or boxes, got neither'),
    );
    expect(() => query({ intents: [] })).toThrow(new InputError('query.intents: expected at least one, got none'));
  });
});
