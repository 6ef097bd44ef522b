import { describe, expect, test } from 'vitest';
import {
  add,
  compare,
  dot,
  mul,
  parseRational,
  type Rational,
  randomSource,
  rational,
  solve,
  sparseMatrix,
  type Vector,
  zero,
} from '../../src/exact/index.js';
import {
  datasetOf,
  hadamardMap,
  type LinearMap,
  orthogonalRows,
  preserves,
  separationUnderMap,
  signedMap,
  squaredDistanceToKernel,
} from '../../src/geometry/index.js';

const q = parseRational;
const map = (...rows: number[][]): LinearMap => ({ rows: rows.map((r) => r.map(BigInt)), columns: rows[0]!.length });

/** dist₂(v, ker T)² = vᵀTᵀ(TTᵀ)⁻¹Tv by solving the normal equations, for T with independent rows. */
function byNormalEquations(t: LinearMap, v: Vector): Rational {
  const rows = t.rows.map((row) => row.map((x) => rational(x)));
  const gram = rows.map((a) => rows.map((b) => dot(a, b)));
  const image = rows.map((row) => dot(row, v));
  const y = solve(sparseMatrix(gram), image)!;
  return image.reduce((sum, w, r) => add(sum, mul(w, y[r]!)), zero);
}

test('orthogonal rows are orthogonal and span the same distances', () => {
  const random = randomSource(5);
  let dependent = 0;
  for (let t = 0; t < 40; t++) {
    const d = random.between(1, 6);
    const k = random.between(1, d);
    const given: LinearMap = {
      rows: Array.from({ length: k }, () => Array.from({ length: d }, () => BigInt(random.between(-3, 3)))),
      columns: d,
    };
    const made = orthogonalRows(given);
    made.rows.forEach((a, r) => {
      made.rows.forEach((b, s) => {
        const product = a.reduce((sum, x, j) => sum + x * b[j]!, 0n);
        expect(product).toBe(r === s ? made.squaredLengths[r] : 0n);
      });
    });
    if (made.rows.length < k) {
      dependent++;
      continue;
    }
    const v = Array.from({ length: d }, () => BigInt(random.between(-9, 9)));
    expect(squaredDistanceToKernel(made, v, 3n)).toEqual(
      byNormalEquations(
        given,
        v.map((x) => rational(x, 3n)),
      ),
    );
  }
  expect(dependent).toBeGreaterThan(0);
  expect(dependent).toBeLessThan(20);
});

describe('the separation criterion in the plane', () => {
  // Projection on the first axis: a pair at (3, 4) keeps the distance 3.
  const data = datasetOf(
    [
      [q('0'), q('0')],
      [q('3/2'), q('2')],
    ],
    [0, 1],
  );
  test('is the distance to the kernel, strictly above 2μ', () => {
    expect(separationUnderMap(orthogonalRows(map([7, 0])), data)).toEqual({ magnitude: q('9/4'), pair: [0, 1] });
    expect(preserves(map([7, 0]), data, q('3/4'))).toBe(false);
    expect(preserves(map([7, 0]), data, q('74/100'))).toBe(true);
    expect(preserves(map([1, 0], [5, 1]), data, q('5/4'))).toBe(false);
    expect(preserves(map([1, 0], [5, 1]), data, q('124/100'))).toBe(true);
  });

  test('fails for a map whose kernel holds the difference', () => {
    expect(preserves(map([4, -3]), data, q('0'))).toBe(false);
  });

  test('is empty for one class', () => {
    expect(separationUnderMap(orthogonalRows(map([1, 0])), { ...data, labels: [1, 1] })).toBeUndefined();
    expect(preserves(map([4, -3]), { ...data, labels: [1, 1] }, q('9'))).toBe(true);
  });
});

describe('structured maps', () => {
  test('full Hadamard rows of a power of two are orthogonal and keep all distances', () => {
    for (const d of [1, 2, 4, 8, 16]) {
      const t = hadamardMap(d, d, 3);
      for (const [r, a] of t.rows.entries()) {
        expect(a.every((x) => x === 1n || x === -1n)).toBe(true);
        for (const [s, b] of t.rows.entries()) {
          expect(a.reduce((sum, x, j) => sum + x * b[j]!, 0n)).toBe(r === s ? BigInt(d) : 0n);
        }
      }
      const v = Array.from({ length: d }, (_, j) => BigInt(j * j - 3));
      const length = v.reduce((sum, x) => sum + x * x, 0n);
      expect(squaredDistanceToKernel(orthogonalRows(t), v, 1n)).toEqual(rational(length));
    }
  });

  test('fewer rows, and dimensions that are no power of two, never lengthen', () => {
    for (const [k, d] of [
      [1, 3],
      [2, 5],
      [4, 6],
      [3, 7],
    ] as const) {
      const t = hadamardMap(k, d, 11);
      expect(t.rows.length).toBe(k);
      expect(t.rows.every((row) => row.length === d)).toBe(true);
      const v = Array.from({ length: d }, (_, j) => BigInt(3 * j - 4));
      const found = squaredDistanceToKernel(orthogonalRows(t), v, 1n);
      expect(compare(found, rational(v.reduce((sum, x) => sum + x * x, 0n)))).toBeLessThanOrEqual(0);
    }
  });

  test('are deterministic in the seed and differ between seeds', () => {
    expect(hadamardMap(3, 8, 1)).toEqual(hadamardMap(3, 8, 1));
    expect(hadamardMap(3, 8, 1)).not.toEqual(hadamardMap(3, 8, 2));
    expect(signedMap(4, 6, 1)).toEqual(signedMap(4, 6, 1));
    for (let seed = 0; seed < 50; seed++) {
      expect(signedMap(3, 2, seed).rows.every((row) => row.some((x) => x !== 0n))).toBe(true);
    }
  });

  test('a number of rows outside the matrix is refused', () => {
    expect(() => hadamardMap(9, 5, 1)).toThrow('hadamardMap: expected 1 ≤ k ≤ 8, got 9');
  });
});
