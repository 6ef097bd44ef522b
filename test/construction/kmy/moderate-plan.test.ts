import { describe, expect, test } from 'vitest';
import { kmyModerate } from '../../../src/construction/index.js';
import { classRanks } from '../../../src/construction/kmy/class-ranks.js';
import { guaranteedGroup, type ModerateGroup, moderatePlan } from '../../../src/construction/kmy/moderate-plan.js';
import {
  add,
  compare,
  div,
  dot,
  floor,
  mul,
  parseRational,
  type Rational,
  rational,
  sub,
} from '../../../src/exact/index.js';
import { AssumptionError } from '../../../src/format/index.js';
import { datasetOf, point } from '../../../src/geometry/index.js';

const data = datasetOf(
  [
    [0, 0],
    [7, 3],
    [2, 9],
    [11, 4],
    [5, 5],
    [13, 12],
    [3, 14],
    [9, 8],
  ].map((x) => x.map((v) => rational(v))),
  [0, 1, 2, 0, 1, 2, 0, 1],
);
const ranks = classRanks(data.labels);
const mu = rational(1, 2);

/** V_r of a sample. */
function position({ directions }: ModerateGroup, r: number, i: number): Rational {
  const { row, step, theta, first } = directions[r]!;
  const image = dot(
    row.map((t) => rational(t)),
    point(data, i),
  );
  return sub(div(image, step), add(theta, rational(first)));
}

const fraction = (v: Rational): Rational => sub(v, rational(floor(v)));

describe.each(['linf', 'l1', 'l2'] as const)('%s', (norm) => {
  const { groups } = moderatePlan(data, ranks, norm, mu)!;
  const samples = data.labels.map((_, i) => i);

  test('every sample of a class above rank 0 is in one group', () => {
    const wanted = samples.filter((i) => ranks.rank(data.labels[i]!) > 0);
    expect(groups.flatMap((group) => group.samples).sort((a, b) => a - b)).toEqual(wanted);
  });

  test('own balls stay γ above walls and 2γ below them', () => {
    for (const group of groups) {
      for (const [r, { extent, gamma }] of group.directions.entries()) {
        for (const i of group.samples) {
          const part = fraction(position(group, r, i));
          expect(compare(sub(part, extent), gamma)).toBeGreaterThanOrEqual(0);
          expect(compare(add(part, extent), sub(rational(1), mul(rational(2), gamma)))).toBeLessThanOrEqual(0);
        }
      }
    }
  });

  test('balls of other classes miss the part of active cells in which keys are right', () => {
    for (const group of groups) {
      for (const i of group.samples) {
        for (const m of samples.filter((k) => data.labels[k] !== data.labels[i])) {
          const apart = group.directions.some(({ extent, gamma }, r) => {
            const cell = rational(floor(position(group, r, i)));
            const v = position(group, r, m);
            const live = sub(add(cell, rational(1)), gamma);
            return compare(add(v, extent), cell) < 0 || compare(sub(v, extent), live) > 0;
          });
          expect(apart, `samples ${i} and ${m}`).toBe(true);
        }
      }
    }
  });

  test('keys of records are those of the cells, and lie below 2^(sum of bits)', () => {
    for (const group of groups) {
      const keys = group.samples.map((i) =>
        group.directions.reduce((sum, { scale }, r) => sum + scale * floor(position(group, r, i)), 0n),
      );
      expect(new Set(group.records.map(({ key }) => key))).toEqual(new Set(keys));
      const bits = group.directions.reduce((sum, direction) => sum + direction.bits, 0);
      for (const key of keys) expect(key >= 0n && key < 1n << BigInt(bits)).toBe(true);
    }
  });
});

test('a group of s samples is promised while 2μs < δ∞', () => {
  // δ∞ = 4, between samples 4 and 7.
  expect(guaranteedGroup(data, rational(0))).toBe(8n);
  expect(guaranteedGroup(data, rational(1))).toBe(1n);
  expect(guaranteedGroup(data, parseRational('0.99'))).toBe(2n);
  expect(guaranteedGroup(data, parseRational('1/4'))).toBe(7n);
  expect(guaranteedGroup(data, rational(40))).toBe(1n);
});

test('no lattice beyond the range: exit by the hypothesis, with needed and given values', () => {
  const far = datasetOf(
    [
      [0, 0],
      [1, 1],
      [0, 2],
      [1, 3],
    ].map((x) => x.map((v) => rational(v))),
    [0, 1, 0, 1],
  );
  const build = () => kmyModerate.construct(far, { norm: 'l2', radius: parseRational('7/10') });
  expect(build).toThrow(AssumptionError);
  expect(build).toThrow(/as 2μ < δ∞ = 1 makes sure: got 2μ = 7\/5/);
});
