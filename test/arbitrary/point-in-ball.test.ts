import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pointInBall } from '../../src/arbitrary/index.js';
import {
  add,
  compare,
  equal,
  maxOfAbs,
  type Rational,
  rational,
  square,
  subVectors,
  sumOfAbs,
  sumOfSquares,
  type Vector,
} from '../../src/exact/index.js';
import { InputError, type Norm, norms } from '../../src/format/index.js';
import { arbitraryLaws } from '../laws/arbitrary.js';

const centre = [rational(1, 2), rational(-2), rational(0)];
const radius = rational(3, 4);
const other = [rational(3), rational(-2), rational(1)];
const beside = [rational(1, 2), rational(-3, 2), rational(0)];

/** −1, 0, 1 as x lies inside, on, outside the ball's boundary. */
function side(norm: Norm, x: Vector): number {
  const v = subVectors(x, centre);
  if (norm === 'l2') return compare(sumOfSquares(v), square(radius));
  return compare(norm === 'l1' ? sumOfAbs(v) : maxOfAbs(v), radius);
}

const moved = (x: Vector): number => subVectors(x, centre).filter((v) => v.n !== 0n).length;
const atEnd = (v: Rational): boolean => equal(rational(v.n < 0n ? -v.n : v.n, v.d), radius);
const ends = (x: Vector): number => subVectors(x, centre).filter(atEnd).length;
const magnitudeOf = (v: Rational): bigint => (v.n < 0n ? 1n - 2n * v.n : 2n * v.n);

function cost(x: Vector): (number | bigint)[] {
  const v = subVectors(x, centre);
  const sums = [v, x].flatMap((w) => [w.reduce((s, a) => s + a.d, 0n), w.reduce((s, a) => s + magnitudeOf(a), 0n)]);
  return [moved(x), ...sums];
}

for (const norm of norms) {
  arbitraryLaws(`pointInBall, ${norm}`, {
    make: () => pointInBall(centre, radius, norm, { towards: [other, beside, centre] }),
    valid: (x) => x.length === 3 && side(norm, x) <= 0,
    size: cost,
    refused: [other, centre.slice(1), [1, 2, 3]],
    classes: {
      centre: (x) => moved(x) === 0,
      interior: (x) => side(norm, x) < 0 && moved(x) === 3,
      boundary: (x) => side(norm, x) === 0,
      vertex: (x) => (norm === 'linf' ? ends(x) === 3 : ends(x) === 1 && moved(x) === 1),
      'edge or plane': (x) => side(norm, x) === 0 && (norm === 'linf' ? ends(x) === 2 : moved(x) === 2),
      'boundary, all coordinates moved': (x) => side(norm, x) === 0 && moved(x) === 3,
      'towards the other sample': (x) => {
        const [a, b, c] = subVectors(x, centre) as [Rational, Rational, Rational];
        return a.n > 0n && b.n === 0n && c.n > 0n && equal(add(a, rational(0)), rational(c.n * 5n, c.d * 2n));
      },
      'the sample inside the ball itself': (x) => x.every((v, j) => equal(v, beside[j]!)),
    },
  });
}

describe('pointInBall', () => {
  test('radius 0 leaves the centre only', () => {
    for (const norm of norms) {
      const points = fc.sample(pointInBall(centre, rational(0), norm, { towards: [other] }), { seed: 1, numRuns: 50 });
      for (const x of points) expect(x).toEqual(centre);
    }
  });

  test('towards another sample in ℓ2: on the segment, within 2⁻¹⁴ of the sphere', () => {
    const points = fc.sample(pointInBall(centre, radius, 'l2', { towards: [other], places: ['towards'] }), {
      seed: 1,
      numRuns: 50,
    });
    const nearly = square(rational(3 * (2 ** 14 - 1), 4 * 2 ** 14));
    const far = points.filter((x) => compare(sumOfSquares(subVectors(x, centre)), nearly) >= 0);
    expect(far.length).toBeGreaterThan(20);
    for (const x of points) expect(side('l2', x)).toBeLessThanOrEqual(0);
  });

  test('in one dimension, all norms have the same ball', () => {
    for (const norm of norms) {
      const points = fc.sample(pointInBall([rational(5)], radius, norm), { seed: 2, numRuns: 200 });
      for (const [x] of points) expect(atEnd(rational(x!.n * 1n - 5n * x!.d, x!.d)) || inside(x!)).toBe(true);
      expect(points.some(([x]) => equal(x!, rational(23, 4)))).toBe(true);
      expect(points.some(([x]) => equal(x!, rational(17, 4)))).toBe(true);
    }
  });

  test('64 dimensions', () => {
    const zeros = new Array<Rational>(64).fill(rational(0));
    for (const norm of norms) {
      for (const x of fc.sample(pointInBall(zeros, radius, norm), { seed: 3, numRuns: 20 })) {
        const size = norm === 'l2' ? sumOfSquares(x) : norm === 'l1' ? sumOfAbs(x) : maxOfAbs(x);
        expect(compare(size, norm === 'l2' ? square(radius) : radius)).toBeLessThanOrEqual(0);
      }
    }
  });

  test('bad input is refused', () => {
    expect(() => pointInBall(centre, rational(-1, 2), 'l1')).toThrow(
      new InputError('pointInBall.radius: expected a radius ≥ 0, got -1/2'),
    );
    expect(() => pointInBall([], radius, 'l1')).toThrow(InputError);
    expect(() => pointInBall(centre, radius, 'l1', { places: ['towards'] })).toThrow(
      new InputError('pointInBall.places: expected at least one that applies, got none'),
    );
  });
});

const inside = (x: Rational): boolean => compare(x, rational(17, 4)) > 0 && compare(x, rational(23, 4)) < 0;
