/** Nearest points of polyhedra: by hand, and by their optimality conditions. */
import { describe, expect, it } from 'vitest';
import {
  add,
  addVectors,
  dot,
  mul,
  parseRational,
  type Rational,
  randomSource,
  rational,
  scaleVector,
  type Vector,
  zero,
} from '../../../src/exact/index.js';
import { nearestPoint } from '../../../src/verify/search/nearest-point.js';
import { type Form, formValue } from '../../../src/verify/search/node-forms.js';
import { vector } from '../fixtures/networks.js';

/** `1 1 | -2` is x0 + x1 − 2 ≥ 0. */
const form = (text: string): Form => {
  const [coefficients, constant] = text.split(' | ');
  return { coefficients: vector(coefficients!), constant: parseRational(constant!) };
};
const origin = vector('0 0');

describe('nearestPoint', () => {
  it.each([
    ['the centre where nothing is violated', ['1 0 | 1'], '0 0', '0'],
    ['the foot on a line', ['1 1 | -2'], '1 1', '1'],
    ['a corner', ['1 0 | -1', '0 1 | -2'], '1 2', '1 2'],
    ['a foot beside rows that hold there', ['1 0 | 5', '1 1 | -2', '0 1 | -1/2'], '1 1', '0 1 0'],
    // The second row is the most violated; on it the first is still violated, and then the second is loose.
    ['a foot on a row that makes another superfluous', ['1 0 | -3', '1 3 | -4'], '3 1/3', '26/9 1/9'],
    ['a foot on one row only after all', ['1 0 | -3', '3 3 | -8'], '3 0', '3 0'],
  ])('%s', (_, rows, point, multipliers) => {
    expect(nearestPoint(origin, rows.map(form))).toEqual({
      kind: 'nearest',
      point: vector(point),
      multipliers: vector(multipliers),
    });
  });

  it('adds the rows of an empty polyhedron up to a negative constant', () => {
    expect(nearestPoint(origin, ['1 0 | -1', '-1 0 | 0'].map(form))).toMatchObject({
      kind: 'empty',
      multipliers: vector('1 1'),
    });
    expect(nearestPoint(origin, ['1 1 | -1', '0 0 | 1', '-2 -2 | 1'].map(form)).kind).toBe('empty');
  });

  it('meets the optimality conditions, or refutes, on random polyhedra', () => {
    const random = randomSource(7);
    const seen = { nearest: 0, empty: 0, inactive: 0 };
    for (let run = 0; run < 300; run++) {
      const d = random.between(1, 4);
      const whole = (): Rational => rational(random.between(-4, 4));
      const centre: Vector = Array.from({ length: d }, whole);
      const rows = Array.from(
        { length: random.between(1, 7) },
        (): Form => ({
          coefficients: Array.from({ length: d }, whole),
          constant: rational(random.between(-9, 5)),
        }),
      );
      const { kind, multipliers, ...found } = nearestPoint(centre, rows);
      seen[kind]++;
      expect(multipliers.every(({ n }) => n >= 0n)).toBe(true);
      const sum = rows.reduce(
        (v, { coefficients }, j) => addVectors(v, scaleVector(coefficients, multipliers[j]!)),
        centre.map(() => zero) as Vector,
      );
      const constant = rows.reduce((total, row, j) => add(total, mul(row.constant, multipliers[j]!)), zero);
      if (kind === 'empty') {
        expect(dot(sum, sum)).toEqual(zero);
        expect(constant.n).toBeLessThan(0n);
        continue;
      }
      const { point } = found as { point: Vector };
      expect(addVectors(centre, sum)).toEqual(point);
      rows.forEach((row, j) => {
        const value = formValue(row, point);
        expect(value.n).toBeGreaterThanOrEqual(0n);
        if (multipliers[j]!.n > 0n) expect(value).toEqual(zero);
        else if (value.n > 0n) seen.inactive++;
      });
    }
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(30);
  });
});
