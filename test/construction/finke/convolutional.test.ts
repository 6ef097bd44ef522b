import { describe, expect, test } from 'vitest';
import {
  countRadii,
  finkeConvolutional,
  fitThreshold,
  sharedParameters,
  signalWindows,
  thresholdGuarantees,
  windowViews,
} from '../../../src/construction/index.js';
import { compare, half, mul, parseRational, type Rational, rational, type Vector } from '../../../src/exact/index.js';
import { AssumptionError, norms } from '../../../src/format/index.js';
import { type Dataset, datasetOf, point, selectSamples } from '../../../src/geometry/index.js';
import { evaluate, type Network, rowCount, rowOf } from '../../../src/network/index.js';
import { intervalProof } from '../../../src/verify/bounds/interval.js';
import { robustnessQuery } from '../../../src/verify/query.js';

const q = (text: string): Rational => parseRational(text);
const rows = (values: readonly (readonly number[])[]): Rational[][] => values.map((x) => x.map((v) => rational(v)));
const turned = (x: Vector, t: number): Rational[] => [...x.slice(t), ...x.slice(0, t)];

/** One peak, two neighbouring peaks, two peaks apart: three classes of cyclic signals with four places. */
const peaks = datasetOf(
  rows([
    [4, 0, 0, 0],
    [0, 0, 5, 0],
    [4, 4, 0, 0],
    [4, 5, 0, 0],
    [4, 0, 4, 0],
    [4, 0, 5, 0],
    [0, 6, 0, 0],
  ]),
  [0, 0, 1, 1, 2, 2, 0],
);

/** All shifts of all samples, with their labels. */
const allShifts = (data: Dataset): Dataset =>
  datasetOf(
    data.labels.flatMap((_, i) => point(data, i).map((_, t) => turned(point(data, i), t))),
    data.labels.flatMap((label) => Array.from({ length: data.dimension }, () => label)),
  );

describe.each(norms)('%s', (norm) => {
  // δ = 4 over all shifts.
  const radius = q('199/100');
  const built = finkeConvolutional.construct(peaks, { norm, radius, hyperplanes: 8 });
  const { network } = built;

  test('the ball of every shift of every sample is proved by intervals, and no other label is', () => {
    const everything = allShifts(peaks);
    const proofs = (data: Dataset): boolean[] =>
      data.labels.map((_, i) =>
        intervalProof(robustnessQuery(network, data, i, { norm, radius, reading: network.output! })).every(Boolean),
      );
    expect(everything.size).toBe(28);
    expect(new Set(proofs(everything))).toEqual(new Set([true]));
    const wrong = { ...everything, labels: everything.labels.map((c) => (c + 1) % 3) };
    expect(new Set(proofs(wrong))).toEqual(new Set([false]));
  });

  test('half the distance over shifts is refused, naming both samples and the shift', () => {
    const separated = datasetOf(
      rows([
        [3, 0, 0],
        [0, 0, 4],
        [9, 9, 9],
      ]),
      [0, 1, 0],
    );
    const refused = () => finkeConvolutional.construct(separated, { norm, radius: half });
    expect(refused).toThrow(AssumptionError);
    expect(refused).toThrow(
      /^needs 2μ < δ over all shifts: got μ = 1\/2 with δ = 1 in ℓ[12∞] between samples 1 and 0, the second shifted by 1$/,
    );
    expect(finkeConvolutional.construct(separated, { norm, radius: q('49/100') }).variables.N).toBe(3n);
  });
});

test('a shift of another class is refused for every radius', () => {
  const data = datasetOf(
    rows([
      [0, 1, 2],
      [1, 2, 0],
      [5, 5, 5],
    ]),
    [0, 1, 0],
    { lines: [1, 2, 3] },
  );
  expect(() => finkeConvolutional.construct(data, { norm: 'l1', radius: rational(0) })).toThrow(
    'needs 2μ < δ over all shifts: got μ = 0 with δ = 0 in ℓ1 between samples 1 and 0 (lines 2 and 1), the second shifted by 1',
  );
  expect(finkeConvolutional.range!.end(data, 'l1')).toEqual(rational(0));
});

describe('two dimensions', () => {
  // Diagonal pairs of lit pixels against horizontal ones, on a 3 × 3 torus.
  const images = datasetOf(
    rows([
      [1, 0, 0, 0, 1, 0, 0, 0, 0],
      [0, 0, 1, 0, 0, 0, 0, 1, 0],
      [1, 1, 0, 0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0, 1, 0, 1],
    ]),
    [0, 0, 1, 1],
  );
  const options = { norm: 'linf', radius: q('1/4'), hyperplanes: 16, shape: [3, 3] } as const;
  const moved = (x: Vector, a: number, b: number): Rational[] =>
    x.map((_, p) => x[((Math.floor(p / 3) + a) % 3) * 3 + ((p + b) % 3)]!);

  test('labels are those of the sample in all nine shifts, and corners of balls too', () => {
    const { network } = finkeConvolutional.construct(images, options);
    for (let i = 0; i < images.size; i++) {
      const corner = point(images, i).map((v, j) => rational(4n * v.n + (j % 2 === 0 ? 1n : -1n), 4n));
      for (let t = 0; t < 9; t++) {
        for (const x of [point(images, i), corner]) {
          expect(evaluate(network, moved(x, Math.floor(t / 3), t % 3))).toEqual([rational(images.labels[i]!)]);
        }
      }
    }
  });

  test('windows of 2 × 2 places see enough of the first three', () => {
    const few = selectSamples(images, [0, 1, 2]);
    const { network, variables } = finkeConvolutional.construct(few, { ...options, window: [2, 2] });
    expect(variables.k).toBe(4n);
    expect(rowOf(network.layers[0]!, 0).columns).toHaveLength(4);
    for (let t = 0; t < 9; t++) {
      const labels = few.labels.map((_, i) => evaluate(network, moved(point(few, i), Math.floor(t / 3), t % 3))[0]);
      expect(labels).toEqual(few.labels.map((c) => rational(c)));
    }
  });
});

describe('what shifts share', () => {
  const options = { norm: 'l2', radius: rational(0), hyperplanes: 8, window: [3] } as const;
  const { network, variables, note } = finkeConvolutional.construct(peaks, options);

  test('rows of the first two layers are shifts of H and T rows, counted with their zeros in the note', () => {
    const [first, second] = network.layers as [Network['layers'][0], Network['layers'][0]];
    const [H, T] = [Number(variables.H), Number(variables.T)];
    expect([rowCount(first), rowCount(second)]).toEqual([4 * H, 4 * T]);
    for (let t = 0; t < 4; t++) {
      for (let i = 0; i < H; i++) {
        const [own, base] = [rowOf(first, t * H + i), rowOf(first, i)];
        const moved = base.columns.map((c, k) => [(c + t) % 4, base.weights[k]!] as const).sort((a, b) => a[0] - b[0]);
        expect([...own.columns]).toEqual(moved.map(([c]) => c));
        expect(own.weights).toEqual(moved.map(([, w]) => w));
        expect(own.bias).toEqual(base.bias);
      }
      for (let j = 0; j < T; j++) {
        const [own, base] = [rowOf(second, t * T + j), rowOf(second, j)];
        expect([...own.columns]).toEqual([...base.columns].map((c) => c + t * H));
        expect(own.bias).toEqual(base.bias);
      }
    }
    expect(note).toMatch(new RegExp(`; ${H * 4 + T * (H + 1)} parameters on windows of 3 places, shared by 4 shifts$`));
  });

  test('as many parameters however many shifts there are', () => {
    const windows = signalWindows(4, { window: [3] });
    const fit = fitThreshold(peaks, { hyperplanes: 50, views: windowViews(peaks, windows) });
    expect(sharedParameters(fit, windows)).toBe(50 * 4 + fit.neurons.length * 51);
    expect(sharedParameters(fit, { size: windows.size })).toBe(sharedParameters(fit, windows));
  });

  test('a changed weight in one shift breaks the invariance', () => {
    const first = network.layers[0]!;
    const weights = Float64Array.from(first.weights as Float64Array, (w, k) =>
      k < first.rowStart[rowCount(first) / 4]! ? w : -w,
    );
    const broken: Network = { ...network, layers: [{ ...first, weights }, ...network.layers.slice(1)] };
    const differs = (net: Network): boolean =>
      peaks.labels.some((_, i) => {
        const x = point(peaks, i);
        return [1, 2, 3].some((t) => compare(evaluate(net, turned(x, t))[0]!, evaluate(net, x)[0]!) !== 0);
      });
    expect(differs(network)).toBe(false);
    expect(differs(broken)).toBe(true);
  });
});

test('radii from counts hold for all shifts together, and are those of a dense network of all rows', () => {
  const windows = signalWindows(4);
  const views = (x: Vector): Rational[][] => x.map((_, t) => turned(x, t));
  const fit = fitThreshold(peaks, { hyperplanes: 60, seed: 3, complete: true, views: windowViews(peaks, windows) });
  const { network } = finkeConvolutional.construct(peaks, {
    norm: 'linf',
    radius: rational(0),
    hyperplanes: 60,
    seed: 3,
  });
  const radii = countRadii(fit, 'linf', views);
  const inOneView = countRadii(fit, 'linf');
  let smaller = 0;
  for (let i = 0; i < peaks.size; i++) {
    const { count } = radii(point(peaks, i));
    for (let t = 1; t < 4; t++) expect(radii(turned(point(peaks, i), t)).count).toEqual(count);
    const options = { norm: 'linf', radius: count!, reading: network.output!, open: true } as const;
    expect(intervalProof(robustnessQuery(network, peaks, i, options)).every(Boolean)).toBe(true);
    const beyond = { ...options, radius: mul(count!, q('101/100')) };
    if (!intervalProof(robustnessQuery(network, peaks, i, beyond)).every(Boolean)) smaller++;
  }
  // Intervals count the same, so nothing larger is proved.
  expect(smaller).toBe(peaks.size);
  expect(peaks.labels.some((_, i) => inOneView(point(peaks, i)).count !== radii(point(peaks, i)).count)).toBe(true);
});

test('guarantees: parts are those of the quotient by shifts', () => {
  const single = [8, 0, 0, 0, 0, 0];
  const pair = [8, 8, 0, 0, 0, 0];
  const shifts = (x: readonly number[]): number[][] => x.map((_, t) => [...x.slice(t), ...x.slice(0, t)]);
  const data = datasetOf(rows([...shifts(single), ...shifts(pair)]), [...single.map(() => 1), ...pair.map(() => 0)]);
  const dense = thresholdGuarantees(data)!;
  const quotient = thresholdGuarantees(data, { views: windowViews(data, signalWindows(6)) })!;
  expect([dense.variables.M, quotient.variables.M]).toEqual([6n, 1n]);
  expect(quotient.rationals.P).toEqual(dense.rationals.P);
  expect(quotient.guarantees.map(({ hyperplanes }) => hyperplanes)).toEqual([
    'ceil(7*ceil(log2(Q*d/eta))/(10*P))',
    'ceil(112*ceil(log2(I*N*d/eta))/(5*P))',
  ]);
  const { variables, guarantees } = finkeConvolutional.construct(data, { norm: 'linf', radius: rational(0) });
  expect(variables.M).toBe(1n);
  expect(guarantees).toEqual(quotient.guarantees);
  const windowed = finkeConvolutional.construct(peaks, { norm: 'linf', radius: rational(0), window: [3] });
  expect(windowed.guarantees).toBeUndefined();
});
