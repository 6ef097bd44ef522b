import { describe, expect, it } from 'vitest';
import { parseRational, type Rational } from '../../../../src/exact/index.js';
import {
  boxCone,
  type Cone,
  crossCone,
  cut,
  everywhere,
  innerPoint,
} from '../../../../src/verify/lipschitz/cells/cone.js';
import { homogeneous, product, signOfProduct } from '../../../../src/verify/lipschitz/cells/homogeneous.js';

const values = (...texts: (string | number)[]): Rational[] => texts.map((t) => parseRational(String(t)));
const form = (...entries: (number | bigint)[]) => homogeneous(entries.map(BigInt));

/** The cells that forms g·x + h cut a polyhedron into. */
function cells(start: { cone: Cone; next: number }, forms: readonly (readonly number[])[]): Cone[] {
  return forms.reduce<Cone[]>(
    (all, entries, k) =>
      all.flatMap((cone) => {
        const parts = cut(cone, form(...entries), start.next + k);
        return typeof parts === 'number' ? [cone] : [parts.above, parts.below];
      }),
    [start.cone],
  );
}
const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
/** Points of the moment curve are in general position, so hyperplanes with these rows are. */
const generic = (d: number, n: number): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: d + 1 }, (_, k) => (i + 1) ** k));

describe('cut', () => {
  it.each([
    [1, 7],
    [2, 6],
    [2, 12],
    [3, 7],
    [4, 6],
    [5, 5],
    [6, 3],
  ])('in d = %i, n = %i hyperplanes in general position leave Σ C(n, i) cells', (d, n) => {
    const expected = Array.from({ length: d + 1 }, (_, i) => (i <= n ? choose(n, i) : 0)).reduce((a, b) => a + b, 0);
    const rows = generic(d, n);
    expect(cells(everywhere(d, n), rows)).toHaveLength(expected);
    // In another order.
    expect(cells(everywhere(d, n), rows.toReversed())).toHaveLength(expected);
  });

  it.each<[string, number, number[][], number]>([
    [
      'parallel lines',
      2,
      [
        [1, 0, 0],
        [1, 0, -1],
        [2, 0, 5],
      ],
      4,
    ],
    [
      'a line twice',
      2,
      [
        [1, 1, 0],
        [-3, -3, 0],
      ],
      2,
    ],
    [
      'four lines through a point',
      2,
      [
        [1, 0, 0],
        [0, 1, 0],
        [1, 1, 0],
        [1, -1, 0],
      ],
      8,
    ],
    [
      'a grid of 3 by 2 lines',
      2,
      [
        [1, 0, 0],
        [1, 0, 1],
        [1, 0, 2],
        [0, 1, 0],
        [0, 1, 1],
      ],
      12,
    ],
    [
      'six planes through the diagonals of a cube',
      3,
      [
        [1, -1, 0, 0],
        [1, 1, 0, 0],
        [1, 0, -1, 0],
        [1, 0, 1, 0],
        [0, 1, -1, 0],
        [0, 1, 1, 0],
      ],
      24,
    ],
    [
      'constants, which cut nothing',
      2,
      [
        [0, 0, 1],
        [0, 0, -1],
        [0, 0, 0],
      ],
      1,
    ],
  ])('%s', (_, d, rows, expected) => {
    expect(cells(everywhere(d, rows.length), rows)).toHaveLength(expected);
  });

  it.each<[string, number[][], number]>([
    ['a line that only touches an edge', [[1, 0, -1]], 1],
    ['a line through a corner alone', [[1, 1, -2]], 1],
    ['a line through two corners', [[1, 1, 0]], 2],
    [
      'lines outside',
      [
        [1, 0, -2],
        [1, 1, 3],
      ],
      1,
    ],
    [
      'both diagonals and both axes',
      [
        [1, 1, 0],
        [1, -1, 0],
        [1, 0, 0],
        [0, 1, 0],
      ],
      8,
    ],
  ])('inside the square [−1, 1]²: %s', (_, rows, expected) => {
    const start = boxCone(values(-1, -1), values(1, 1), rows.length);
    expect(cells(start, rows)).toHaveLength(expected);
  });

  it('inside an ℓ1 ball: a line through one of its corners does not cut it, one that enters the face does', () => {
    const start = () => crossCone(values('1/2', 0, 0), parseRational('3/2'), 1);
    expect(cells(start(), [[1, 0, 0, -2]])).toHaveLength(1);
    expect(cells(start(), [[1, 1, 1, -2]])).toHaveLength(1);
    expect(cells(start(), [[2, 2, 2, -3]])).toHaveLength(2);
    expect(cells(start(), [[2, 0, 0, -1]])).toHaveLength(2);
  });

  it('says the sign of a form that does not cut, also where it is 0 on the boundary', () => {
    const { cone, next } = boxCone(values(0, 0), values(1, 1), 1);
    expect(cut(cone, form(1, 1, 0), next)).toBe(1);
    expect(cut(cone, form(1, 0, -1), next)).toBe(-1);
    expect(cut(cone, form(0, 0, 0), next)).toBe(0);
  });

  it('keeps no rays but extreme ones: mirrors through a point leave cones with one direction for each side', () => {
    for (const d of [3, 4]) {
      const mirrors = Array.from({ length: d }, (_, i) => i).flatMap((i) =>
        Array.from({ length: i }, (_, j) => j).flatMap((j) =>
          [1, -1].map((sign) => Array.from({ length: d + 1 }, (_, k) => (k === i ? 1 : k === j ? sign : 0))),
        ),
      );
      const cones = cells(everywhere(d, mirrors.length), mirrors);
      expect(cones).toHaveLength(d === 3 ? 24 : 192);
      expect(new Set(cones.map(({ rays }) => rays.length))).toEqual(new Set([d + 1]));
    }
  });

  it('joins vertices of edges only, also where more constraints meet than need to', () => {
    // [0, 1]² × [−1, 1]²; of z + w ≥ 0, z ≥ 0, w ≥ 0 the first is redundant, and tight on the square z = w = 0 with the others.
    const start = boxCone(values(0, 0, -1, -1), values(1, 1, 1, 1), 4);
    const upper = [
      [0, 0, 1, 1, 0],
      [0, 0, 1, 0, 0],
      [0, 0, 0, 1, 0],
    ].reduce<Cone>((cone, entries, k) => {
      const parts = cut(cone, form(...entries), start.next + k);
      return typeof parts === 'number' ? cone : parts.above;
    }, start.cone);
    expect(upper.rays).toHaveLength(16);
    // x + y against 3/2: a triangle, and a pentagon, times the square of z and w.
    const parts = cut(upper, form(2, 2, 0, 0, -3), start.next + 3);
    if (typeof parts === 'number') throw new Error('expected a cut');
    expect([parts.above.rays.length, parts.below.rays.length]).toEqual([12, 20]);
  });

  it('gives parts whose inner points have the sign of the part', () => {
    const rows = generic(3, 6);
    const parts = cells(everywhere(3, 6), rows);
    const patterns = parts.map((cone) => {
      const x = innerPoint(cone);
      const t = x.reduce((d, v) => d * v.d, 1n);
      const at = homogeneous([...x.map((v) => v.n * (t / v.d)), t]);
      return rows.map((row) => signOfProduct(form(...row), at)).join();
    });
    expect(new Set(patterns).size).toBe(parts.length);
    expect(patterns.filter((pattern) => pattern.split(',').includes('0'))).toEqual([]);
  });
});

describe('signOfProduct', () => {
  const huge = 10n ** 400n;
  it.each<[string, bigint[], bigint[]]>([
    ['small', [3n, -2n], [1n, 1n]],
    ['0 of small numbers', [3n, -3n], [7n, 7n]],
    ['a difference far below the rounding error', [2n ** 60n + 1n, -(2n ** 60n)], [1n, 1n]],
    ['a sum of doubles with the wrong sign', [2n ** 60n + 129n, -3n * 2n ** 60n - 388n], [3n, 1n]],
    ['the same, negative', [2n ** 60n, -(2n ** 60n) - 1n], [1n, 1n]],
    ['0 of large numbers', [2n ** 70n + 1n, -(2n ** 70n) - 1n], [1n, 1n]],
    ['beyond the range of doubles', [huge + 1n, -huge], [1n, 1n]],
    ['0 beyond the range of doubles', [huge, -huge], [1n, 1n]],
    ['products beyond it', [10n ** 200n, -(10n ** 200n) - 1n], [10n ** 200n, 10n ** 200n]],
  ])('%s', (_, a, b) => {
    const [p, q] = [homogeneous(a), homogeneous(b)];
    const exact = product(p, q);
    expect(signOfProduct(p, q)).toBe(exact > 0n ? 1 : exact < 0n ? -1 : 0);
  });
});
