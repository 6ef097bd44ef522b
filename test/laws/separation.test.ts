import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { preservingMap } from '../../src/construction/index.js';
import { rational, zero } from '../../src/exact/index.js';
import { datasetOf, type LinearMap } from '../../src/geometry/index.js';
import { type MapBuilder, runLaw, type SeparationOptions, separationLaws } from '../../src/laws/index.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muball-laws-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The laws that a map breaks, with what they say. */
async function broken(map: LinearMap | MapBuilder, options: SeparationOptions = {}): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const law of separationLaws(map, { runs: 60, ...options })) {
    const { failure } = await runLaw(law, { seed: 5, folder });
    if (failure !== undefined) found[law.name] = failure.message;
  }
  return found;
}

const fits = 'the map fits the dataset, in whole numbers';
const apart = 'differently labelled samples are further than 2μ apart modulo the kernel';
const images = 'points of differently labelled balls have different images';
const closest = 'the closest images are no collision';

/** e_1, …, e_4 with labels 0, 1, 0, 1. */
const sparse = datasetOf(
  [0, 1, 2, 3].map((j) => [0, 1, 2, 3].map((m) => rational(m === j ? 1 : 0))),
  [0, 1, 0, 1],
);

test('maps that are chosen to preserve', async () => {
  expect(await broken((data, radius) => preservingMap(data, radius, undefined, 1))).toEqual({});
});

describe('a fixed map', () => {
  const hadamard: LinearMap = {
    rows: [
      [1n, 1n, 1n, 1n],
      [1n, -1n, 1n, -1n],
    ],
    columns: 4,
  };

  test('for its problem', async () => {
    expect(await broken(hadamard, { problem: { data: sparse, radius: rational(1, 10) } })).toEqual({});
  });

  test('a coordinate projection, with two inputs that collide', async () => {
    const projection: LinearMap = { rows: [[1n, 0n, 0n, 0n]], columns: 4 };
    const found = await broken(projection, { problem: { data: sparse, radius: zero } });
    expect(Object.keys(found)).toEqual([apart, images, closest]);
    expect(found[apart]).toContain('samples 1 and 2: expected dist₂(x_i − x_k, ker T)² > 4μ² = 0, got 0');
    expect(found[closest]).toContain('samples 1 and 2: expected disjoint images of their balls');
    expect(found[closest]).toMatch(/x {2}= \(0, 1, 0, 0\)\n *x′ = \(0, 0, 1, 0\)\n *T x = T x′ = \(0\)/);
  });

  test('exactly at the critical radius, and just below it', async () => {
    // dist₂(e_1 − e_2, ker T) = 1 for T = (1, −1, 1, −1)·1/2, so that 2μ = 1 is one too many.
    const signs: LinearMap = { rows: [[1n, -1n, 1n, -1n]], columns: 4 };
    const at = await broken(signs, { problem: { data: sparse, radius: rational(1, 2) } });
    expect(Object.keys(at)).toEqual(expect.arrayContaining([apart, closest]));
    expect(await broken(signs, { problem: { data: sparse, radius: rational(499, 1000) } })).toEqual({});
  });

  test('needs its problem', () => {
    expect(() => separationLaws(hadamard)).toThrow('separationLaws.problem: expected the dataset and radius');
  });
});

test('a builder that drops a dimension, and one whose rows are too short', async () => {
  const dropping: MapBuilder = ({ dimension: d }) => ({
    rows: Array.from({ length: Math.max(1, d - 1) }, (_, r) =>
      Array.from({ length: d }, (_, j) => (r === j ? 1n : 0n)),
    ),
    columns: d,
  });
  expect(Object.keys(await broken(dropping))).toEqual([apart, images, closest]);
  const short: MapBuilder = () => ({ rows: [[1n]], columns: 1 });
  expect(Object.keys(await broken(short, { instances: { dimension: { min: 2 } } }))).toContain(fits);
});
