/**
 * How far threshold networks are right: count bound ≤ exact radius ≤ every witness, on more than 100 samples.
 *
 * The networks are made at μ = 0, so their radii are what chance gives them. Exact radii are found by the search alone
 * and come with certificates from below and replayed points from above; on a line they are found once more, by looking
 * between all zeros. z3 confirms some of them, on the untightened encoding.
 */
import { describe, expect, it } from 'vitest';
import { countRadii, fitThreshold, thresholdNetwork } from '../src/construction/index.js';
import {
  abs,
  add,
  compare,
  equal,
  half,
  lessEqual,
  min,
  mul,
  powerOfTwo,
  type Rational,
  randomSource,
  rational,
  sub,
  subVectors,
} from '../src/exact/index.js';
import type { Norm } from '../src/format/index.js';
import {
  classes,
  type Dataset,
  datasetOf,
  distinctSamples,
  magnitude,
  point,
  selectSamples,
} from '../src/geometry/index.js';
import { evaluate, type Network, rowCount, rowOf } from '../src/network/index.js';
import { intervalProof } from '../src/verify/bounds/interval.js';
import { checkedSearch } from '../src/verify/checked-search.js';
import { falsify } from '../src/verify/falsify.js';
import { type Query, robustnessQuery, unsafeFor } from '../src/verify/query.js';
import { type RobustRadius, robustRadius } from '../src/verify/radius.js';
import { warmZ3 } from './warm-z3.js';

/** Points of a grid: class 1 around 0, the others on the two sides of a line through it. */
function grid(size: number, dimension: number, seed: number): Dataset {
  const random = randomSource(seed);
  const rows = Array.from({ length: size }, () => Array.from({ length: dimension }, () => random.between(-20, 20)));
  const labels = rows.map((x) =>
    x[0]! ** 2 + x.at(-1)! ** 2 < 150 ? 1 : x[0]! > (dimension === 1 ? 0 : x[1]!) ? 2 : 0,
  );
  const all = datasetOf(
    rows.map((x) => x.map((v) => rational(v))),
    labels,
  );
  return selectSamples(all, distinctSamples(all));
}

interface Case {
  readonly norm: Norm;
  readonly dimension: number;
  readonly seed: number;
}
const cases: readonly Case[] = [
  ...[1, 2, 3, 4, 5].map((seed): Case => ({ norm: 'linf', dimension: 2, seed })),
  ...[1, 2, 4, 6].map((seed): Case => ({ norm: 'l1', dimension: 2, seed })),
  ...[1, 2, 3, 4].map((seed): Case => ({ norm: 'linf', dimension: 1, seed })),
];

function problemOf({ norm, dimension, seed }: Case) {
  const data = grid(dimension === 1 ? 10 : 8, dimension, seed);
  const fit = fitThreshold(data, { hyperplanes: 8, rounds: 2, complete: true, seed });
  const others = classes(data).filter((c) => c !== fit.base);
  const network = thresholdNetwork(fit, others);
  const reading = { notion: 'exact', labels: ['0', '1', '2'] } as const;
  const ask = (i: number, radius: Rational, open: boolean): Query =>
    robustnessQuery(network, data, i, { norm, radius, reading, open });
  return { data, fit, network, reading, radii: countRadii(fit, norm), ask };
}

const most = rational(64);
const seen = { samples: 0, tight: 0, apart: 0 };
const z3 = warmZ3();

describe.each(cases)('$norm, dimension $dimension, seed $seed', (given) => {
  const { data, fit, network, reading, radii, ask } = problemOf(given);
  const { norm, dimension, seed } = given;
  const samples = data.labels.map((_, i) => i);

  it('count bound ≤ exact radius ≤ witnesses', async () => {
    for (const i of samples) {
      const centre = point(data, i);
      const towards = samples.filter((k) => data.labels[k] !== data.labels[i]).map((k) => point(data, k));
      const unsafe = unsafeFor(reading, data.labels[i]!);
      const exactly = { gap: rational(0), most, towards };
      const found = await robustRadius({ network, norm, centre, unsafe }, (query) => checkedSearch(query), exactly);
      expect(found.exact, `sample ${i}`).toBe(true);
      const radius = found.witnessed!.radius;
      const { cell, count } = radii(centre);
      expect(lessEqual(cell!, count!)).toBe(true);
      expect(lessEqual(count!, radius)).toBe(true);
      if (dimension === 1) expect(radius).toEqual(radiusOnLine(network, centre[0]!, data.labels[i]!));

      // A random attack on a ball that holds a sample of another class.
      const attack = falsify(ask(i, most, false), { towards, samples: 60, seed: i });
      const reached = magnitude(norm, subVectors(attack!.point, centre));
      expect(lessEqual(radius, reached)).toBe(true);

      expect(intervalProof(ask(i, count!, true)).every(Boolean), `sample ${i}: intervals`).toBe(true);
      seen.samples++;
      seen[equal(count!, radius) ? 'tight' : 'apart']++;
      if (seed < 3 && i === seed) await confirmed(found, i, count!);
    }
  });

  /** z3 on the open ball of the count bound, on the ball of the exact radius, and just beyond it. */
  async function confirmed({ certified }: RobustRadius, i: number, count: Rational): Promise<void> {
    const { radius, open } = certified!;
    const beyond = open ? ask(i, radius, false) : ask(i, mul(radius, add(rational(1), powerOfTwo(-20))), false);
    const verdicts = [ask(i, count, true), ask(i, radius, open), beyond].map(
      async (query) => (await z3.verify(query)).verdict,
    );
    expect(await Promise.all(verdicts)).toEqual(['unsat', 'unsat', 'sat']);
  }

  it('another label is refuted on the same ball, and so is a network with a moved threshold', async () => {
    const i = samples.at(-1)!;
    const isBase = data.labels[i] === fit.base;
    const other = (data.labels[i]! + 1) % 3;
    const radius = radii(point(data, i)).count!;
    const relabelled = { ...ask(i, radius, true), unsafe: unsafeFor(reading, other) };
    expect((await checkedSearch(relabelled)).verdict).toBe('sat');
    // The first counting neuron always fires; or none ever does.
    const second = network.layers[1]!;
    const biases = Float64Array.from(second.biases as Float64Array, (_, k) => (isBase ? (k === 0 ? 99 : 0) : -99));
    const moved: Network = { ...network, layers: network.layers.with(1, { ...second, biases }) };
    expect((await checkedSearch({ ...ask(i, radius, true), network: moved })).verdict).toBe('sat');
  });
});

/** The distance of x to where the output is not the label: at zeros of hyperplanes or between them. */
function radiusOnLine(network: Network, x: Rational, label: number): Rational {
  const first = network.layers[0]!;
  const zeros = Array.from({ length: rowCount(first) }, (_, r) => rowOf(first, r))
    .filter(({ weights }) => weights.length > 0)
    .map(({ weights: [w], bias }) => rational(-bias.n * w!.d, bias.d * w!.n))
    .sort(compare);
  const isWrong = (t: Rational): boolean => !equal(evaluate(network, [t])[0]!, rational(label));
  const ends = [sub(zeros[0]!, rational(1)), ...zeros, add(zeros.at(-1)!, rational(1))];
  const distances = ends.flatMap((t, k) => {
    const next = ends[k + 1];
    const inside = next !== undefined && isWrong(mul(half, add(t, next))) ? [t, next] : [];
    return [...(isWrong(t) ? [t] : []), ...inside].map((end) => abs(sub(end, x)));
  });
  return distances.reduce(min);
}

describe('the samples', () => {
  it('are more than a hundred, with bounds that are exact and bounds that are not', () => {
    expect(seen.samples).toBeGreaterThanOrEqual(100);
    expect(seen.tight).toBeGreaterThan(20);
    expect(seen.apart).toBeGreaterThan(10);
  });
});

describe('l2', () => {
  it('z3 agrees with the count bound', async () => {
    const { data, radii, ask } = problemOf({ norm: 'l2', dimension: 2, seed: 1 });
    const { count } = radii(point(data, 0));
    expect(intervalProof(ask(0, count!, true)).every(Boolean)).toBe(true);
    expect((await z3.verify(ask(0, count!, true))).verdict).toBe('unsat');
    expect((await z3.verify(ask(0, most, false))).verdict).toBe('sat');
  });
});
