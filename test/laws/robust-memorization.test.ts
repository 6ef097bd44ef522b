import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ConstructionOptions, theoremNamed } from '../../src/construction/index.js';
import { add, neg, one, type Rational, rational, zero } from '../../src/exact/index.js';
import type { Dataset } from '../../src/geometry/index.js';
import { classes, datasetOf, distinctSamples, point, points } from '../../src/geometry/index.js';
import { type RobustMemorizationOptions, robustMemorizationLaws, runLaw } from '../../src/laws/index.js';
import type { ConstructFunction, TestedConstruction } from '../../src/laws/tested-construction.js';
import {
  type Layer,
  layerOf,
  type Network,
  rowOf,
  scaleForm,
  sequentialBuilder,
  sumForms,
} from '../../src/network/index.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muball-laws-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const theorem = theoremNamed('ygz-wide');
const build = (data: Dataset, options: ConstructionOptions): Network => theorem.construct(data, options).network;

/** The names of the laws that a construction breaks. */
async function broken(given: ConstructFunction | TestedConstruction, options: RobustMemorizationOptions = {}) {
  const names: string[] = [];
  for (const law of robustMemorizationLaws(given, { norms: ['linf'], runs: 40, ...options })) {
    const run = await runLaw(law, { seed: 5, folder });
    if (run.failure !== undefined) names.push(law.name);
  }
  return names;
}

/** A network with its last layer changed. */
const withOutput = (network: Network, change: (layer: Layer) => Layer): Network => ({
  ...network,
  layers: network.layers.map((layer, k) => (k === network.layers.length - 1 ? change(layer) : layer)),
});

const shiftedBy = (by: Rational) => (layer: Layer) =>
  layerOf(layer.inputs, layer.activation, [{ ...rowOf(layer, 0), bias: add(rowOf(layer, 0).bias, by) }]);

const onBalls = 'labels are right on the balls';
const atCorners = 'labels are right at centres and corners';
const small = 'small cases are proved, ball by ball';
const refused = 'impossible input is refused';
const same = 'the same input gives the same network';
const file = 'the network comes back from its file';

describe('which laws there are', () => {
  test('for a theorem, with its claims', () => {
    const names = robustMemorizationLaws(theorem).map(({ name }) => name);
    expect(names).toEqual([
      onBalls,
      atCorners,
      'claims hold',
      'permuting the samples: labels correspond',
      'relabelling: labels correspond',
      'translating: labels correspond',
      'scaling points and radius: labels correspond',
      'permuting and mirroring coordinates: labels correspond',
      'duplicating a sample: labels correspond',
      refused,
      same,
      file,
      small,
    ]);
  });

  test('for a function, without claims; for open balls, one more; and without those left out', () => {
    const namesOf = (...given: Parameters<typeof robustMemorizationLaws>) =>
      robustMemorizationLaws(...given).map(({ name }) => name);
    expect(namesOf(build)).not.toContain('claims hold');
    expect(namesOf(build, { claims: true })).toContain('claims hold');
    expect(namesOf(theoremNamed('finke-box'))).toContain('labels are right on the open balls of radius δ/2');
    expect(namesOf(build, { without: [onBalls, same] })).toHaveLength(namesOf(build).length - 2);
  });

  test('named after the construction, with as many runs as asked', () => {
    const [first] = robustMemorizationLaws(build, { runs: 7 });
    expect(first).toMatchObject({ subject: 'build', runs: 7 });
    expect(robustMemorizationLaws({ construct: (data, options) => build(data, options) })[0]!.subject).toBe(
      'construct',
    );
    expect(robustMemorizationLaws(theorem)[0]!.subject).toBe('ygz-wide');
  });

  test('norms that the construction is not for, and no norms, are refused', () => {
    expect(() => robustMemorizationLaws(theorem, { norms: ['l1'] })).toThrow(
      'laws.norms: expected linf for ygz-wide, got l1',
    );
    expect(() => robustMemorizationLaws(theorem, { norms: [] })).toThrow('laws.norms: expected at least one norm');
  });
});

describe('what holds', () => {
  test('a theorem, a function, and one whose network is one of several fields', async () => {
    expect(await broken(theorem)).toEqual([]);
    expect(await broken(build)).toEqual([]);
    expect(await broken((data, options) => ({ network: build(data, options) }))).toEqual([]);
  });

  test('a theorem of open balls', async () => {
    expect(await broken(theoremNamed('finke-box'))).toEqual([]);
  });

  /** Class 0 as −1 and class 1 as 1, on the balls, from the exact network. */
  const signs: ConstructFunction = (data, options) => {
    const { output: _, ...network } = build(data, options);
    return withOutput(network, (layer) => {
      const row = rowOf(layer, 0);
      const twice = {
        ...row,
        weights: row.weights.map((w) => add(w, w)),
        bias: add(add(row.bias, row.bias), neg(one)),
      };
      return layerOf(layer.inputs, layer.activation, [twice]);
    });
  };

  test('signs: two classes, 0 and 1', async () => {
    expect(await broken({ construct: signs, notion: 'sign' })).toEqual([]);
    const flipped: ConstructFunction = (data, options) =>
      withOutput(signs(data, options) as Network, (layer) => {
        const row = rowOf(layer, 0);
        const negated = { ...row, weights: row.weights.map(neg), bias: neg(row.bias) };
        return layerOf(layer.inputs, layer.activation, [negated]);
      });
    expect(await broken({ construct: flipped, notion: 'sign' })).toEqual([onBalls, atCorners, small]);
  });

  test('rounding forgives what exactness does not', async () => {
    const nearly: ConstructFunction = (data, options) => withOutput(build(data, options), shiftedBy(rational(1, 3)));
    expect(await broken(nearly, { notion: 'round' })).toEqual([]);
    expect(await broken(nearly)).toContain(onBalls);
  });

  test('one output for each class', async () => {
    const scores: ConstructFunction = (data, options) => {
      // The exact network once more, then −|F − c| for each class c.
      const { layers } = build(data, options);
      const builder = sequentialBuilder(1);
      const count = Math.max(...classes(data)) + 1;
      const [x] = builder.inputs;
      const sides = builder.layer(
        'relu',
        Array.from({ length: count }, (_, c) => c).flatMap((c) => {
          const gap = sumForms([x!, { terms: new Map(), constant: rational(-c) }]);
          return [gap, scaleForm(gap, neg(one))];
        }),
      );
      const distance = (c: number) => sumForms([sides[2 * c]!, sides[2 * c + 1]!]);
      const { layers: last } = builder.network(
        Array.from({ length: count }, (_, c) => scaleForm(distance(c), neg(one))),
      );
      return { layers: [...layers, ...last] };
    };
    expect(await broken(scores)).toEqual([]);
  });
});

describe('what is caught, and by which law', () => {
  const constantFirst: ConstructFunction = (data, options) =>
    build(datasetOf([point(data, 0)], [data.labels[0]!]), options);

  test.each<[string, ConstructFunction | TestedConstruction, readonly string[]]>([
    ['the label of the first sample everywhere', constantFirst, [onBalls, atCorners, refused, small]],
    [
      'the number of samples matters',
      (data, options) => withOutput(build(data, options), shiftedBy(data.size > 2 ? one : zero)),
      [onBalls, atCorners, 'duplicating a sample: labels correspond', small],
    ],
    [
      'the origin matters',
      (data, options) => withOutput(build(data, options), shiftedBy(point(data, 0)[0]!.n > 20n ? one : zero)),
      ['translating: labels correspond'],
    ],
    [
      'the scale matters',
      (data, options) => withOutput(build(data, options), shiftedBy(options.radius.d > 1n << 18n ? one : zero)),
      ['scaling points and radius: labels correspond'],
    ],
    [
      'the order of samples matters',
      (data, options) => {
        const sorted = points(data).every(
          (x, i, all) => i === 0 || x[0]!.n * all[i - 1]![0]!.d >= all[i - 1]![0]!.n * x[0]!.d,
        );
        return withOutput(build(data, options), shiftedBy(sorted ? zero : one));
      },
      ['permuting the samples: labels correspond'],
    ],
    [
      'the numbers of classes matter',
      (data, options) => withOutput(build(data, options), shiftedBy(Math.max(...data.labels) > 3 ? one : zero)),
      ['relabelling: labels correspond'],
    ],
    [
      'the sign of a coordinate matters',
      (data, options) => withOutput(build(data, options), shiftedBy(point(data, 0)[0]!.n < 0n ? one : zero)),
      ['permuting and mirroring coordinates: labels correspond'],
    ],
    ['the shift of a signal matters', { ...theorem, signal: true }, ['shifting signals: labels correspond']],
    [
      'anything goes',
      (data, options) => {
        const clean = distinctSamples({ ...data, labels: data.labels.map(() => 0) });
        const kept = datasetOf(
          clean.map((i) => point(data, i)),
          clean.map((i) => data.labels[i]!),
        );
        try {
          return build(kept, options);
        } catch {
          return build(kept, { ...options, radius: zero });
        }
      },
      [refused],
    ],
    ['a promise of a network', (async () => undefined) as unknown as ConstructFunction, [onBalls, atCorners, refused]],
  ])('%s', async (_, construct, expected) => {
    const found = await broken(construct);
    for (const name of expected) expect(found).toContain(name);
  });

  test('chance, and input that is changed', async () => {
    let calls = 0;
    const fickle: ConstructFunction = (data, options) => {
      const network = build(data, options);
      const spare = { columns: [], weights: [], bias: rational(calls++) };
      const first = network.layers[0]!;
      const rows = Array.from({ length: first.rowStart.length - 1 }, (_, r) => rowOf(first, r));
      const wider = network.layers[1];
      return {
        ...network,
        layers: [
          layerOf(first.inputs, first.activation, [...rows, spare]),
          ...(wider === undefined ? [] : [{ ...wider, inputs: wider.inputs + 1 }, ...network.layers.slice(2)]),
        ],
      };
    };
    expect(await broken(fickle, { without: [small] })).toContain(same);
    const spoiling: ConstructFunction = (data, options) => {
      const network = build(data, options);
      (data.labels as number[])[0] = 0;
      return network;
    };
    expect(await broken(spoiling)).toContain(same);
  });

  test('claims that do not hold, and claims that are missing', async () => {
    const modest: TestedConstruction = {
      ...theorem,
      construct: (data, options) => {
        const built = theorem.construct(data, options);
        return { ...built, claims: built.claims.map((c) => (c.quantity === 'width' ? { ...c, theorem: 'd' } : c)) };
      },
    };
    expect(await broken(modest)).toEqual(['claims hold']);
    const wrongCount: TestedConstruction = {
      ...theorem,
      construct: (data, options) => {
        const built = theorem.construct(data, options);
        return { ...built, claims: built.claims.map((c) => (c.quantity === 'depth' ? { ...c, count: 'N' } : c)) };
      },
    };
    expect(await broken(wrongCount)).toEqual(['claims hold']);
    expect(await broken(build, { claims: true })).toEqual(['claims hold']);
  });

  test('only crashes that say what is wrong count as refusals of a theorem', async () => {
    const crashing: TestedConstruction = {
      ...theorem,
      construct: (data, options) => {
        try {
          return theorem.construct(data, options);
        } catch {
          throw new TypeError('undefined is not a function');
        }
      },
    };
    expect(await broken(crashing)).toEqual([refused]);
    expect(await broken({ construct: crashing.construct })).toEqual([]);
  });

  test('a failure names sample, points and outputs, and carries a counterexample that replays', async () => {
    const shifted: ConstructFunction = (data, options) => withOutput(build(data, options), shiftedBy(one));
    const [law] = robustMemorizationLaws(shifted, { norms: ['linf'] });
    const { failure, counterexample } = await runLaw(law!, { seed: 5, folder });
    expect(counterexample).toMatchObject([{ data: { size: 1, dimension: 1, labels: [0] }, radius: zero }]);
    expect(failure!.message).toContain('✗ sample 0: not memorized');
    expect(failure!.cause).toMatchObject({
      counterexample: { format: 'muball-counterexample', point: ['0'], outputs: ['1'] },
    });
  });
});
