import { describe, expect, test } from 'vitest';
import { finkeAxis, finkeThreshold, fitThreshold } from '../../../src/construction/index.js';
import { bundled } from '../../../src/data/index.js';
import { parseRational, type Rational, rational, zero } from '../../../src/exact/index.js';
import { InputError } from '../../../src/format/index.js';
import { type Dataset, datasetOf, point } from '../../../src/geometry/index.js';
import { evaluate, networkHash, readLabel } from '../../../src/network/index.js';

const q = (text: string): Rational => parseRational(text);
const dataOf = (points: readonly (readonly number[])[], labels: readonly number[]): Dataset =>
  datasetOf(
    points.map((x) => x.map((v) => rational(v))),
    labels,
  );
const plain = { norm: 'linf', radius: zero, complete: false } as const;

describe('rounds, hyperplanes and completion', () => {
  test('one round, without completion, at μ = 0: the algorithm as it is stated', async () => {
    const data = await bundled('xor');
    const { network, note, claims, variables } = finkeThreshold.construct(data, {
      ...plain,
      hyperplanes: 64,
      rounds: 1,
      seed: 5,
    });
    expect(note).toBe(
      '64 hyperplanes drawn in 1 of at most 1 round, none made to complete them, 2 neurons to count them',
    );
    expect(variables.H).toBe(64n);
    expect(claims.find(({ quantity }) => quantity === 'width')!.theorem).toBe('64');
    expect(data.labels.map((_, i) => readLabel(network.output!, evaluate(network, point(data, i))))).toEqual(
      data.labels,
    );
    expect(network.provenance).toEqual({
      construction: 'finke-threshold',
      norm: 'linf',
      radius: '0',
      hyperplanes: 64,
      rounds: 1,
      complete: false,
      seed: 5,
    });
  });

  test('each class but the most frequent one is told from the rest', async () => {
    const iris = await bundled('iris');
    const { network } = finkeThreshold.construct(iris, { ...plain, hyperplanes: 1000, rounds: 4 });
    const labels = iris.labels.map((_, i) => readLabel(network.output!, evaluate(network, point(iris, i))));
    expect(labels).toEqual(iris.labels);
    expect(network.layers.map(({ activation }) => activation)).toEqual(['step', 'step', 'step', 'identity']);
    // One union for each of two classes.
    expect(network.layers[3]!.inputs).toBe(2);
  });

  test('hyperplanes are doubled while samples are left', async () => {
    const { note, variables } = finkeAxis.construct(await bundled('xor'), { ...plain, hyperplanes: 1, rounds: 9 });
    const [, count, rounds] = /^(\d+) hyperplanes drawn in (\d) of at most 9 rounds, none/.exec(note!)!;
    expect(Number(rounds)).toBeGreaterThan(1);
    expect(Number(count)).toBe(2 ** (Number(rounds) - 1));
    expect(variables.H).toBe(BigInt(count!));
  });

  test('what is left is completed, or refused with the bound that was reached', () => {
    const data = dataOf([[0], [1], [2], [3], [4], [5]], [0, 1, 0, 1, 0, 1]);
    const options = { norm: 'linf', radius: q('0.49'), hyperplanes: 2, rounds: 2 } as const;
    const { note, variables } = finkeAxis.construct(data, options);
    const made = Number(/^4 hyperplanes drawn in 2 of at most 2 rounds, (\d+) made to complete them/.exec(note!)![1]);
    expect(variables.H).toBe(BigInt(4 + made));
    const refused = (): unknown => finkeAxis.construct(data, { ...options, complete: false });
    expect(refused).toThrow(InputError);
    expect(refused).toThrow(
      /^--rounds: expected enough of them to cover every class, got 2 rounds with 4 hyperplanes, which leave [1-3] of 6 samples uncovered, the first of them sample \d/,
    );
  });

  test('numbers that make no sense, and networks that are too large, are refused before they are drawn', async () => {
    const xor = await bundled('xor');
    for (const rounds of [0, 33, 1.5])
      expect(() => finkeAxis.construct(xor, { ...plain, rounds })).toThrow(
        `--rounds: expected a whole number from 1 to 32, got ${rounds}`,
      );
    expect(() => finkeAxis.construct(xor, { ...plain, hyperplanes: 0 })).toThrow(/hyperplanes: expected .* ≥ 1, got 0/);
    const tooMany = { ...plain, hyperplanes: 2 ** 31, maxNonzero: 1000 };
    expect(() => finkeThreshold.construct(xor, tooMany)).toThrow(/--max-nonzero: .* got one of about 6442450944/);
    // 2 hyperplanes are few, those after ten rounds are not.
    const data = dataOf([[0], [1], [2], [3], [4], [5]], [0, 1, 0, 1, 0, 1]);
    const growing = { norm: 'linf', radius: q('0.4999'), hyperplanes: 2, rounds: 30, maxNonzero: 50 } as const;
    expect(() => finkeAxis.construct(data, growing)).toThrow(/got one of about 64/);
    // 32 hyperplanes are 64 weights, and something counts them.
    expect(() =>
      finkeAxis.construct(data, { ...plain, hyperplanes: 32, complete: true, rounds: 1, maxNonzero: 65 }),
    ).toThrow(/--max-nonzero: expected a network of at most 65 nonzero weights/);
  });

  test('other seeds draw other hyperplanes', async () => {
    const xor = await bundled('xor');
    const hashes = [1, 2, 3].map((seed) =>
      networkHash(finkeThreshold.construct(xor, { ...plain, complete: true, seed }).network),
    );
    expect(new Set(hashes).size).toBe(3);
  });
});

describe('biases of 0', () => {
  const onRay = dataOf(
    [
      [1, 2],
      [3, 6],
      [-5, 1],
    ],
    [0, 1, 0],
  );
  test('never separate points of a ray from 0, however many hyperplanes there are', () => {
    for (const seed of [1, 2, 3, 4]) {
      const fit = fitThreshold(onRay, { hyperplanes: 2000, biasBound: zero, seed, rounds: 2 });
      expect({ success: fit.success, left: fit.left }).toEqual({ success: false, left: [1] });
    }
    expect(fitThreshold(onRay, { hyperplanes: 2000 }).success).toBe(true);
  });
});

test('at μ = 0 the guarantees come along, in balls they do not', async () => {
  const xor = await bundled('xor');
  const { guarantees, variables, rationals } = finkeAxis.construct(xor, plain);
  expect(guarantees).toHaveLength(2);
  expect(variables).toMatchObject({ I: 2n, Q: 4n, M: 2n });
  expect(rationals).toEqual({ P: rational(1, 12), eta: rational(1, 1000) });
  expect(finkeAxis.construct(xor, { norm: 'linf', radius: q('1/8') }).guarantees).toBeUndefined();
});
