import { describe, expect, it } from 'vitest';
import { less, parseRational, type Rational, randomSource, rational, subVectors } from '../../src/exact/index.js';
import { type Norm, norms } from '../../src/format/index.js';
import { type Dataset, datasetOf, magnitude, points, separation } from '../../src/geometry/index.js';

const vectors = (...rows: string[]) => rows.map((row) => row.split(' ').map((t) => parseRational(t)));

/** All pairs on rationals, straight from the definition. */
function plain(data: Dataset, norm: Norm) {
  let best: { norm: Norm; magnitude: Rational; pair: [number, number] } | undefined;
  const x = points(data);
  for (let i = 0; i < data.size; i++) {
    for (let k = i + 1; k < data.size; k++) {
      if (data.labels[i] === data.labels[k]) continue;
      const size = magnitude(norm, subVectors(x[i]!, x[k]!));
      if (best === undefined || less(size, best.magnitude)) best = { norm, magnitude: size, pair: [i, k] };
    }
  }
  return best;
}

describe('separation by hand', () => {
  const data = datasetOf(vectors('0 0', '0.1 0', '1 1', '3/2 0.4'), [0, 0, 1, 0]);

  it.each<[Norm, string, [number, number]]>([
    ['linf', '3/5', [2, 3]],
    ['l1', '11/10', [2, 3]],
    ['l2', '61/100', [2, 3]],
  ])('%s', (norm, size, pair) => {
    expect(separation(data, norm)).toEqual({ norm, magnitude: parseRational(size), pair });
  });

  it('counts only pairs of different labels: one class has none', () => {
    expect(separation(datasetOf(vectors('0', '0', '1'), [4, 4, 4]), 'l2')).toBeUndefined();
    expect(separation(datasetOf(vectors('7'), [0]), 'l1')).toBeUndefined();
  });

  it('is 0 for one point with two labels', () => {
    const twice = datasetOf(vectors('1 2', '1/2 0', '1 2'), [0, 0, 1]);
    for (const norm of norms) expect(separation(twice, norm)).toEqual({ norm, magnitude: rational(0), pair: [0, 2] });
  });

  it('names the first of several closest pairs', () => {
    const square = datasetOf(vectors('0 0', '0 1', '1 0', '1 1'), [0, 1, 1, 0]);
    for (const norm of norms) expect(separation(square, norm)!.pair).toEqual([0, 1]);
  });
});

describe('separation agrees with all pairs', () => {
  const random = randomSource(21);
  const coordinates: Record<string, () => Rational> = {
    'small integers with ties': () => rational(random.between(-3, 3)),
    'thousandths in doubles': () => rational(random.between(-5000, 5000), 1000),
    // Numerators are doubles, their squares are not.
    'numerators near 2⁵²': () => rational(2n ** 52n - BigInt(random.between(0, 1_000_000))),
    'differences near 2⁵³': () => rational((2n ** 53n - BigInt(random.between(0, 9))) * BigInt(random.between(-1, 1))),
    'huge coordinates, tiny differences': () => rational(10n ** 40n + BigInt(random.between(0, 50)), 7n),
    'large denominators': () => rational(random.between(-90, 90), random.between(1, 60)),
  };

  it.each(Object.keys(coordinates))('%s', (kind) => {
    for (let round = 0; round < 12; round++) {
      const [size, dimension] = [random.between(1, 12), random.between(1, 5)];
      const rows = Array.from({ length: size }, () => Array.from({ length: dimension }, coordinates[kind]!));
      const labels = rows.map(() => random.below(3));
      const data = datasetOf(rows, labels);
      for (const norm of norms) expect(separation(data, norm)).toEqual(plain(data, norm));
    }
  });

  it('tells apart distances that doubles would confuse', () => {
    const big = 2n ** 60n;
    const data = datasetOf([[rational(0)], [rational(big + 1n)], [rational(2n * big + 1n)]], [0, 1, 0]);
    expect(separation(data, 'linf')).toEqual({ norm: 'linf', magnitude: rational(big), pair: [1, 2] });
    expect(separation(data, 'l2')).toEqual({ norm: 'l2', magnitude: rational(big * big), pair: [1, 2] });
  });
});
