import { describe, expect, test } from 'vitest';
import { kmyLarge } from '../../../src/construction/index.js';
import { mul, parseRational, type Rational, randomSource, rational } from '../../../src/exact/index.js';
import { AssumptionError, type Norm } from '../../../src/format/index.js';
import { datasetOf, preserves, ratioRadius, resolveRadius, separation } from '../../../src/geometry/index.js';
import { rowOf } from '../../../src/network/index.js';

const d = 12;
const random = randomSource(5);
const data = datasetOf(
  Array.from({ length: 16 }, () => Array.from({ length: d }, () => rational(random.between(-50, 50)))),
  Array.from({ length: 16 }, (_, i) => i % 3),
);

/** At ρ as a part of the range. */
function radiusAt(norm: Norm, part: string): Rational {
  const { radius } = resolveRadius(ratioRadius(part), separation(data, norm), data);
  return mul(radius, kmyLarge.range!.end(data, norm));
}

describe.each(['l2', 'l1', 'linf'] as const)('%s', (norm) => {
  test('more dimensions for larger radii, fewer than d, and the first layer keeps the balls apart', () => {
    const found = ['0', '0.3', '0.6', '0.9'].map((part) => {
      const radius = radiusAt(norm, part);
      const { network, variables } = kmyLarge.construct(data, { norm, radius });
      const layer = network.layers[0]!;
      const rows = Array.from({ length: Number(variables.k) }, (_, r) => {
        const { columns, weights } = rowOf(layer, r);
        // Rows are integer up to a factor, which the row space does not notice.
        const scale = weights.reduce((least, w) => (w.d > least ? w.d : least), 1n);
        const row = new Array<bigint>(d).fill(0n);
        columns.forEach((c, at) => {
          const w = mul(weights[at]!, rational(scale));
          expect(w.d).toBe(1n);
          row[c] = w.n;
        });
        return row;
      });
      expect(preserves({ rows, columns: d }, data, radius, norm)).toBe(true);
      return variables.k!;
    });
    expect(found[0]).toBe(1n);
    expect(found.every((k, at) => at === 0 || k > found[at - 1]!)).toBe(true);
    expect(found[2]! < BigInt(d)).toBe(true);
  });
});

test('a number of dimensions that is asked for is used, or refused with what was needed and given', () => {
  const radius = radiusAt('l2', '0.3');
  expect(kmyLarge.construct(data, { norm: 'l2', radius, projected: 9 }).variables.k).toBe(9n);
  const build = () => kmyLarge.construct(data, { norm: 'l2', radius, projected: 1 });
  expect(build).toThrow(AssumptionError);
  expect(build).toThrow(/needs a map to k = 1 dimensions .* as the best of 24 maps/);
});

test('balls in ℓ∞ that do not fit into ℓ2 balls that keep apart are refused', () => {
  const square = datasetOf(
    [
      [0, 0],
      [1, 0],
    ].map((x) => x.map((v) => rational(v))),
    [0, 1],
  );
  const build = (radius: string) => () => kmyLarge.construct(square, { norm: 'linf', radius: parseRational(radius) });
  expect(build('0.35')).not.toThrow();
  expect(build('0.36')).toThrow(AssumptionError);
  expect(build('0.36')).toThrow(/needs ℓ2 balls .* < δ₂² = 1: got/);
});
