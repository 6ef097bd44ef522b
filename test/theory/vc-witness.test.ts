/** [KMY, Thm 3.3]: every robust memorizer shatters these points, shown on ours. */
import { describe, expect, test } from 'vitest';
import { theoremNamed } from '../../src/construction/index.js';
import { compare, mul, randomSource, rational, subVectors } from '../../src/exact/index.js';
import { magnitude, point, separation } from '../../src/geometry/index.js';
import { evaluate, readLabel } from '../../src/network/index.js';
import { shatteredPoints, vcWitness } from '../../src/theory/index.js';

function randomSigns(groups: number, k: number, seed: number): number[][] {
  const random = randomSource(seed);
  return Array.from({ length: groups }, () => Array.from({ length: k }, () => (random.coin() ? 1 : -1)));
}

test.each([
  [1, 3, 1],
  [2, 3, 2],
  [4, 2, 3],
  [5, 4, 5],
])('d = %i, %i groups of k = %i points: δ and distances', (d, groups, k) => {
  const { data, shattered, least } = vcWitness(d, randomSigns(groups, k, d));
  expect(data.size).toBe(2 * groups);
  expect(shattered).toHaveLength(groups * k);
  expect(separation(data, 'l2')!.magnitude).toEqual(rational(4 * k));
  expect(separation(data, 'l1')!.magnitude).toEqual(rational(2 * k));
  for (const { point: x, sample, label } of shattered) {
    expect(data.labels[sample]).toBe(label);
    for (const norm of ['l1', 'l2'] as const) {
      expect(magnitude(norm, subVectors(x, point(data, sample)))).toEqual(least);
    }
  }
});

describe.each([
  ['eys-pair', 'l2'],
  ['ygz-l2', 'l2'],
  ['kmy-large', 'l2'],
  ['eys-pair', 'l1'],
  ['ygz-l1', 'l1'],
] as const)('%s in %s', (name, norm) => {
  // k = 3, d = 4. ℓ2: √2 ≤ 17/12 < √3; ℓ1: 2 ≤ 5/2 < 3.
  const radius = norm === 'l2' ? rational(17, 12) : rational(5, 2);
  const d = 4;

  test('memorizers reproduce any signs at the shattered points', () => {
    for (let seed = 1; seed <= 4; seed++) {
      const { data, shattered, least } = vcWitness(d, randomSigns(2, 3, seed));
      expect(compare(norm === 'l2' ? mul(radius, radius) : radius, least)).toBeGreaterThanOrEqual(0);
      const { network } = theoremNamed(name).construct(data, { norm, radius });
      for (const { point: x, label } of shattered) {
        expect(readLabel(network.output!, evaluate(network, x))).toBe(label);
      }
    }
  });
});

test('a network that is right on smaller balls only need not', () => {
  const missed = [1, 2, 3, 4].some((seed) => {
    const { data, shattered } = vcWitness(4, randomSigns(2, 3, seed));
    const { network } = theoremNamed('eys-pair').construct(data, { norm: 'l2', radius: rational(1, 4) });
    return shattered.some(({ point: x, label }) => readLabel(network.output!, evaluate(network, x)) !== label);
  });
  const wrong = vcWitness(4, [[1, 1, -1]]);
  const flipped = vcWitness(4, [[1, 1, 1]]);
  const { network } = theoremNamed('eys-pair').construct(flipped.data, { norm: 'l2', radius: rational(17, 12) });
  const labels = wrong.shattered.map(({ point: x }) => readLabel(network.output!, evaluate(network, x)));
  expect(labels).not.toEqual(wrong.shattered.map(({ label }) => label));
  expect(missed).toBe(true);
});

test('the number of points is the one that the bound counts', () => {
  // ρ² = 2/3 leaves k = 3; ρ = 2/3 in ℓ1 as well.
  for (const norm of ['l1', 'l2'] as const) {
    expect(shatteredPoints({ samples: 4, dimension: 4, norm, ratio: rational(2, 3) })).toBe(6n);
  }
});

test('impossible signs are refused', () => {
  expect(() => vcWitness(0, [[1]])).toThrow('dimension: expected a whole number ≥ 1, got 0');
  expect(() => vcWitness(2, [])).toThrow('signs[0]: expected from 1 to 2 signs, got 0');
  expect(() => vcWitness(2, [[1, 1, 1]])).toThrow('signs[0]: expected from 1 to 2 signs, got 3');
  expect(() => vcWitness(2, [[1, 1], [1]])).toThrow('signs[1]: expected 2 signs, got 1');
  expect(() => vcWitness(2, [[1, 0]])).toThrow('signs[0]: expected 1 and −1, got 0');
});
