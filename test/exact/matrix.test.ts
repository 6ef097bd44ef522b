import { create, detDependencies, fractionDependencies, lusolveDependencies } from 'mathjs';
import { describe, expect, it } from 'vitest';
import {
  dense,
  formatRational,
  kernelVector,
  multiply,
  parseRational,
  type Rational,
  randomSource,
  rank,
  rational,
  solve,
  solveAll,
  sparseMatrix,
} from '../../src/exact/index.js';

const math = create({ fractionDependencies, lusolveDependencies, detDependencies });
const matrix = (...rows: string[]) => sparseMatrix(rows.map((row) => row.split(' ').map((t) => parseRational(t))));
const vector = (text: string): Rational[] => text.split(' ').map((t) => parseRational(t));

describe('sparseMatrix', () => {
  it('stores no zeros and gives the dense rows back', () => {
    const a = matrix('1 0 1/2', '0 0 0');
    expect(a.entries).toEqual([
      { columns: [0, 2], values: [rational(1), rational(1, 2)] },
      { columns: [], values: [] },
    ]);
    expect(dense(a)).toEqual([vector('1 0 1/2'), vector('0 0 0')]);
    expect(multiply(a, vector('2 5 4'))).toEqual(vector('4 0'));
  });

  it('of no rows has no columns', () => {
    expect(sparseMatrix([])).toEqual({ rows: 0, columns: 0, entries: [] });
  });

  it('refuses ragged rows', () => {
    expect(() => matrix('1 2', '3')).toThrow(new RangeError('sparseMatrix: row 1: expected 2 entries, got 1'));
  });
});

describe('solve', () => {
  it.each([
    ['regular', matrix('2 1', '1 3'), '3 5', '4/5 7/5'],
    ['with a row swap', matrix('0 1', '1 0'), '7 8', '8 7'],
    ['with fractions', matrix('1/3 0', '0 -2/7'), '1 1', '3 -7/2'],
    ['with a free variable, set to 0', matrix('1 2'), '3', '3 0'],
    ['with a column of zeros', matrix('0 2', '0 4'), '1 2', '0 1/2'],
    ['more rows than columns', matrix('1', '2', '3'), '2 4 6', '2'],
    ['zero on zero', matrix('0 0'), '0', '0 0'],
  ])('%s', (_, a, b, x) => expect(solve(a, vector(b))).toEqual(vector(x)));

  it('answers many right sides at once, each by itself', () => {
    const a = matrix('1 2', '2 4', '0 1');
    const sides = ['3 6 1', '3 7 1', '5 10 0'].map(vector);
    expect(solveAll(a, sides)).toEqual([vector('1 1'), undefined, vector('5 0')]);
    expect(sides.map((b) => solve(a, b))).toEqual(solveAll(a, sides));
    expect(solveAll(a, [])).toEqual([]);
  });

  it.each([
    ['parallel rows', matrix('1 2', '2 4'), '1 3'],
    ['zero row', matrix('0 0'), '1'],
    ['too many rows', matrix('1', '2', '3'), '2 4 7'],
  ])('has no answer: %s', (_, a, b) => expect(solve(a, vector(b))).toBeUndefined());

  it('agrees with mathjs on Fractions, for regular matrices with rational entries', () => {
    const random = randomSource(11);
    let regular = 0;
    for (let k = 0; k < 25; k++) {
      const n = random.between(1, 5);
      const value = () => rational(random.between(-6, 6), random.between(1, 5));
      const rows = Array.from({ length: n }, () => Array.from({ length: n }, value));
      const b = Array.from({ length: n }, value);
      const fractions = rows.map((row) => row.map((v) => math.fraction(formatRational(v))));
      const isRegular = math.det(fractions as never).valueOf() !== 0;
      expect(rank(sparseMatrix(rows)) === n).toBe(isRegular);
      if (!isRegular) continue;
      regular++;
      const theirs = math.lusolve(fractions as never, b.map((v) => math.fraction(formatRational(v))) as never);
      const texts = (theirs.valueOf() as unknown as { toFraction(): string }[][]).map(([x]) => x!.toFraction());
      const ours = solve(sparseMatrix(rows), b)!;
      expect(ours.map(formatRational)).toEqual(texts);
      expect(multiply(sparseMatrix(rows), ours)).toEqual(b);
    }
    expect(regular).toBeGreaterThan(15);
  });
});

describe('kernelVector and rank', () => {
  it.each([
    [matrix('1 2', '2 4'), 1, '-2 1'],
    [matrix('1 0 0', '0 0 1'), 2, '0 1 0'],
    [matrix('0 0'), 0, '1 0'],
    [matrix('1/2 1/3 1/5'), 1, '-2/3 1 0'],
    [matrix('1 1 1', '1 2 4', '2 3 5'), 2, '2 -3 1'],
  ])('%o has a kernel', (a, r, z) => {
    expect(rank(a)).toBe(r);
    expect(kernelVector(a)).toEqual(vector(z));
    expect(multiply(a, vector(z)).every((v) => v.n === 0n)).toBe(true);
  });

  it.each([
    [matrix('1 2', '3 4'), 2],
    [matrix('1', '5'), 1],
    [matrix('0 0 2', '0 3 0', '5 1 1', '1 1 1'), 3],
  ])('%o has none', (a, r) => {
    expect(rank(a)).toBe(r);
    expect(kernelVector(a)).toBeUndefined();
  });
});
