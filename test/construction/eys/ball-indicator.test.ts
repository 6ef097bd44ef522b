import { describe, expect, test } from 'vitest';
import { eysBall, eysBallL1, eysBallL2, squareScales, type Theorem } from '../../../src/construction/index.js';
import {
  add,
  compare,
  mul,
  parseRational,
  powerOfTwo,
  type Rational,
  rational,
  square,
  sub,
} from '../../../src/exact/index.js';
import { InputError, type Norm } from '../../../src/format/index.js';
import { datasetOf, identityMap, imagesUnder, point, separation } from '../../../src/geometry/index.js';
import { complexity, evaluate, trace } from '../../../src/network/index.js';

/** A dataset that is not special: three classes, whole coordinates below 40. */
const data = datasetOf(
  Array.from({ length: 12 }, (_, i) =>
    Array.from({ length: 8 }, (_, j) => rational((i * i * 7 + j * j * 3 + i * j * 11) % 40)),
  ),
  Array.from({ length: 12 }, (_, i) => i % 3),
);
const theorems: readonly (readonly [Theorem, Norm])[] = [
  [eysBall, 'linf'],
  [eysBallL1, 'l1'],
  [eysBallL2, 'l2'],
];
const radiusIn = (norm: Norm): Rational => {
  const delta = separation(data, norm)!.magnitude;
  return norm === 'l2' ? rational(1) : mul(parseRational('9/20'), delta);
};

describe.each(theorems)('$name', (theorem, norm) => {
  const build = (extra: object = {}) => theorem.construct(data, { norm, radius: radiusIn(norm), ...extra });
  // Blocks of B of d = 8 coordinates: depth falls with B, width grows.
  const extra = norm === 'linf' ? 5 : norm === 'l1' ? 4 : 5;

  test('has width d + O(1) and trades depth for width', () => {
    expect(complexity(build().network).width).toBe(8 + extra);
    const sizes = [1, 2, 4, 8].map((perLayer) => complexity(build({ perLayer }).network));
    const M = Number(build().variables.M ?? 0n);
    const layers =
      norm === 'l2' ? (B: number) => M * (8 / B) + 8 + 4 : (B: number) => 8 * (8 / B) + (norm === 'l1' ? 5 : 4);
    expect(sizes.map(({ depth }) => depth)).toEqual([1, 2, 4, 8].map(layers));
    const widths = sizes.map(({ width }) => width);
    expect(widths).toEqual([...widths].sort((a, b) => a - b));
  });

  test('refuses a number of coordinates in a layer that is none', () => {
    expect(() => build({ perLayer: 0 })).toThrow(InputError);
    expect(() => build({ perLayer: 1.5 })).toThrow('--per-layer: expected a whole number ≥ 1, got 1.5');
  });

  test('is zero, the smallest class, far from all balls', () => {
    const far = point(data, 1).map((v) => sub(v, rational(-1000)));
    expect(evaluate(build().network, far)).toEqual([rational(0)]);
  });
});

describe('the squares of eys-ball-l2', () => {
  test('are at least the exact squares and exceed them by at most 4^−(m+1) each', () => {
    const { network, variables } = eysBallL2.construct(data, { norm: 'l2', radius: rational(1), dyadic: true });
    const M = Number(variables.M);
    const x = point(data, 5).map((v, j) => sub(v, rational(j % 2, 3)));
    const layers = trace(network, x);
    const z = layers[0]!;
    // After k·m layers, t of the first sample reads the carried sum; the layer before carries S_k without its last part.
    const carried = layers[1 + 8 * M]!;
    const map = identityMap(8);
    const { weights } = squareScales(map, imagesUnder(map, data), separation(data, 'l2')!.magnitude, rational(1));
    const exact = z.map((v, j) => mul(weights[j]!, square(v))).reduce(add);
    const excess = sub(carried.at(-1)!, exact);
    const most = mul(weights.reduce(add), powerOfTwo(-2 * (M + 1)));
    expect(compare(excess, rational(0))).toBe(1);
    expect(compare(excess, most)).toBeLessThanOrEqual(0);
  });

  test('need fewer bits when numbers are short binary fractions', () => {
    const thirds = datasetOf(
      Array.from({ length: 6 }, (_, i) => [rational(i * i, 7), rational(5 * i, 3)]),
      [0, 1, 0, 1, 0, 1],
    );
    const bits = [true, false].map(
      (dyadic) =>
        complexity(eysBallL2.construct(thirds, { norm: 'l2', radius: parseRational('1/3'), dyadic }).network).bits,
    );
    expect(bits[0]!).toBeLessThan(bits[1]!);
  });
});
