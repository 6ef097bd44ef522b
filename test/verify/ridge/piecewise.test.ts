import { describe, expect, test } from 'vitest';
import { compare, parseRational, type Rational, toNumber } from '../../../src/exact/index.js';
import {
  combination,
  linearPiece,
  maximumMinus,
  type Piecewise,
  positivePart,
  shifted,
  valueAt,
} from '../../../src/verify/ridge/piecewise.js';

const q = (text: string): Rational => parseRational(text);
const graph = (...corners: [string, string][]): Piecewise => ({
  at: corners.map(([t]) => q(t)),
  values: corners.map(([, v]) => q(v)),
});
const identity = linearPiece(q('-2'), q('2'), q('1'));
const hat = graph(['-2', '-1'], ['0', '1'], ['2', '-1']);

test('|t| is relu(t) + relu(−t)', () => {
  const absolute = combination([
    [q('1'), positivePart(identity)],
    [q('1'), positivePart(combination([[q('-1'), identity]]))],
  ]);
  expect(absolute).toEqual(graph(['-2', '2'], ['0', '0'], ['2', '2']));
});

test('a sum whose bends cancel is linear again', () => {
  const bent = positivePart(identity);
  const sum = combination([
    [q('2'), bent],
    [q('-2'), positivePart(combination([[q('-1'), identity]]))],
  ]);
  expect(sum).toEqual(linearPiece(q('-2'), q('2'), q('2')));
});

test('the positive part has its zeros as breakpoints', () => {
  expect(positivePart(hat)).toEqual(graph(['-2', '0'], ['-1', '0'], ['0', '1'], ['1', '0'], ['2', '0']));
  expect(positivePart(shifted(hat, q('-1')))).toEqual(graph(['-2', '0'], ['2', '0']));
});

test('values between breakpoints lie on the chord', () => {
  expect(valueAt(hat, q('1/3'))).toEqual(q('2/3'));
  expect(valueAt(hat, q('-2'))).toEqual(q('-1'));
});

describe('max f(t) − λ|t|ᵖ', () => {
  test('t on [−2, 2] less t²/2 has its vertex at 1', () => {
    expect(maximumMinus(identity, q('1/2'), 2)).toEqual(q('1/2'));
  });

  test('the vertex of a parabola outside its piece does not count', () => {
    expect(maximumMinus(identity, q('1/8'), 2)).toEqual(q('3/2'));
  });

  test('for p = 1 only breakpoints and 0 count', () => {
    expect(maximumMinus(identity, q('1'), 1)).toEqual(q('0'));
    expect(maximumMinus(identity, q('1/2'), 1)).toEqual(q('1'));
  });

  test.each([1, 2] as const)('p = %s: no grid point is above, and the maximum is close to one', (p) => {
    const saw = graph(['-2', '1/3'], ['-3/2', '-1'], ['-1/7', '5/4'], ['1', '-2'], ['2', '7/3']);
    for (const lambda of ['0', '1/5', '1', '7/2'].map(q)) {
      const most = maximumMinus(saw, lambda, p);
      let seen = Number.NEGATIVE_INFINITY;
      for (let k = -2000; k <= 2000; k++) {
        const t = q(`${k}/1000`);
        const power = p === 1 ? Math.abs(k / 1000) : (k / 1000) ** 2;
        seen = Math.max(seen, toNumber(valueAt(saw, t)) - toNumber(lambda) * power);
      }
      expect(seen).toBeLessThanOrEqual(toNumber(most) + 1e-12);
      expect(seen).toBeGreaterThan(toNumber(most) - 2e-2);
      expect(compare(most, maximumMinus(saw, q('0'), p))).toBeLessThanOrEqual(0);
    }
  });
});
