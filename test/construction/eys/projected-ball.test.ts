import { describe, expect, test } from 'vitest';
import { eysBallL1, eysProjectedBall } from '../../../src/construction/index.js';
import { mul, neg, parseRational, type Rational, rational, rootBelow } from '../../../src/exact/index.js';
import { AssumptionError, InputError, type Norm } from '../../../src/format/index.js';
import { datasetOf, point, separation } from '../../../src/geometry/index.js';
import { complexity, evaluate } from '../../../src/network/index.js';
import { breakNetwork } from '../../../src/theory/index.js';

const norms: readonly Norm[] = ['linf', 'l1', 'l2'];
const [N, d] = [10, 12];
const data = datasetOf(
  Array.from({ length: N }, (_, i) =>
    Array.from({ length: d }, (_, j) => rational((i * i * 7 + j * j * i * 3 + i * j * 11) % 40)),
  ),
  Array.from({ length: N }, (_, i) => i % 3),
);
const delta = (norm: Norm): Rational => {
  const { magnitude } = separation(data, norm)!;
  return norm === 'l2' ? rootBelow(magnitude, 24).value : magnitude;
};

describe.each(norms)('eys-projected-ball in %s', (norm) => {
  // A tenth of δ: no network of width d is needed for that.
  const radius = mul(parseRational('1/10'), delta(norm));
  const build = (extra: object = {}) => eysProjectedBall.construct(data, { norm, radius, ...extra });

  test('finds fewer dimensions, and its width follows them', () => {
    const { network, variables } = build();
    const k = Number(variables.k);
    expect(k).toBeLessThan(d);
    expect(complexity(network).width).toBe(k + 5);
    expect(network.provenance?.projected).toBe(k);
    expect(network.layers[0]!.rowStart.length - 1).toBe(k);
  });

  test('is right at corners of every ball, and the images of its first layer are apart', () => {
    const { network } = build();
    for (let i = 0; i < N; i++) {
      // A vertex of the ball: along one axis in ℓ1 and ℓ2, all coordinates in ℓ∞.
      for (const at of [0, 5, 11]) {
        const x = point(data, i).map((v, j) => {
          const by = norm === 'linf' ? (j % 2 === 0 ? radius : neg(radius)) : j === at ? radius : rational(0);
          return rational(v.n * by.d + by.n * v.d, v.d * by.d);
        });
        expect(evaluate(network, x)).toEqual([rational(data.labels[i]!)]);
      }
    }
    // Two inputs of different balls collide only beyond μ; there its promise ends, and one of them has a wrong label.
    const found = breakNetwork(network, data, norm)!;
    const size = norm === 'l2' ? mul(radius, radius) : radius;
    expect(found.radiusMagnitude.n * size.d).toBeGreaterThan(size.n * found.radiusMagnitude.d);
  });

  test('a k that is too small for the radius is refused, one that is no dimension too', () => {
    const tight = { radius: mul(parseRational('49/100'), delta(norm)), projected: 1 };
    expect(() => build(tight)).toThrow(AssumptionError);
    expect(() => build({ projected: 0 })).toThrow(InputError);
    expect(() => build({ projected: 13 })).toThrow('--projected: expected a whole number from 1 to 12, got 13');
  });

  test('any radius below δ/2 is served, by the identity if need be', () => {
    const { network, variables } = build({ radius: mul(parseRational('4999/10000'), delta(norm)) });
    expect(Number(variables.k)).toBeLessThanOrEqual(d);
    expect(evaluate(network, point(data, 4))).toEqual([rational(data.labels[4]!)]);
  });

  test('trades depth for width', () => {
    const sizes = [1, 3].map((perLayer) => complexity(build({ projected: 6, perLayer }).network));
    expect(sizes[1]!.depth).toBeLessThan(sizes[0]!.depth);
    expect(sizes[1]!.width).toBeGreaterThan(sizes[0]!.width);
  });
});

test('with the identity in ℓ1 it is the network of sums', () => {
  const options = { norm: 'l1' as const, radius: mul(parseRational('1/10'), delta('l1')) };
  const sums = eysBallL1.construct(data, options).network;
  expect(eysProjectedBall.construct(data, { ...options, projected: d }).network.layers).toEqual(sums.layers);
});
