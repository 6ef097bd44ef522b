import { describe, expect, test } from 'vitest';
import {
  add,
  compare,
  dot,
  max,
  min,
  mul,
  parseRational as q,
  randomSource,
  rational,
  sub,
  sumOfSquares,
  zero,
} from '../../../src/exact/index.js';
import { ball } from '../../../src/geometry/index.js';
import { layerOf, rowOf } from '../../../src/network/index.js';
import { firstLayerOverBall } from '../../../src/verify/bounds/first-layer.js';
import { randomNetwork, vector } from '../fixtures/networks.js';
import { ends } from './cases.js';

const random = randomSource(3);
const d = 4;
const draw = () => ({
  layer: randomNetwork(random, d, [['relu', 5]]).layers[0]!,
  centre: Array.from({ length: d }, () => rational(random.between(-20, 20), random.between(1, 7))),
  radius: rational(random.between(1, 9), random.between(1, 9)),
});

test('ℓ1: the ends are those over the vertices, and attained there', () => {
  for (let t = 0; t < 60; t++) {
    const { layer, centre, radius } = draw();
    const found = ends(firstLayerOverBall(layer, ball('l1', centre, radius)));
    for (let r = 0; r < 5; r++) {
      const { columns, weights, bias } = rowOf(layer, r);
      const at = (x: typeof centre) =>
        add(
          bias,
          dot(
            weights,
            columns.map((c) => x[c]!),
          ),
        );
      const values = centre.flatMap((_, j) =>
        [add, sub].map((move) => at(centre.map((v, k) => (k === j ? move(v, radius) : v)))),
      );
      expect(found.upper[r]).toEqual(values.reduce(max));
      expect(found.lower[r]).toEqual(values.reduce(min));
    }
    expect([...found.lowerAttained, ...found.upperAttained]).not.toContain(0);
  }
});

test('ℓ2: the squared reach is r²‖w‖², exactly or from above by less than 2⁻⁹⁰, and attained only when exact', () => {
  let irrational = 0;
  for (let t = 0; t < 60; t++) {
    const { layer, centre, radius } = draw();
    const found = ends(firstLayerOverBall(layer, ball('l2', centre, radius)));
    for (let r = 0; r < 5; r++) {
      const { columns, weights, bias } = rowOf(layer, r);
      const middle = add(
        bias,
        dot(
          weights,
          columns.map((c) => centre[c]!),
        ),
      );
      const reach = sub(found.upper[r]!, middle);
      expect(sub(middle, found.lower[r]!)).toEqual(reach);
      const square = mul(mul(radius, radius), sumOfSquares(weights));
      const excess = sub(mul(reach, reach), square);
      if (found.upperAttained[r] === 1) expect(excess).toEqual(zero);
      else {
        irrational++;
        expect(compare(excess, zero)).toBe(1);
        expect(compare(excess, mul(square, rational(1n, 2n ** 90n)))).toBe(-1);
      }
    }
  }
  expect(irrational).toBeGreaterThan(100);
});

describe('by hand', () => {
  const layer = layerOf(2, 'relu', [
    { columns: [0, 1], weights: vector('3 -4'), bias: q('1') },
    { columns: [0, 1], weights: vector('1 1'), bias: q('0') },
    { columns: [], weights: [], bias: q('7') },
  ]);
  const over = (norm: 'l1' | 'l2', radius: string, open = false) =>
    ends(firstLayerOverBall(layer, ball(norm, vector('1 1'), q(radius), open)));

  test('ℓ2: an exact norm is attained, an irrational one is not', () => {
    expect(over('l2', '1/2')).toMatchObject({ upperAttained: [1, 0, 1], lowerAttained: [1, 0, 1] });
    expect(over('l2', '1/2').upper[0]).toEqual(q('5/2'));
    expect(over('l2', '1/2').lower[0]).toEqual(q('-5/2'));
    expect(over('l2', '1/2').upper[2]).toEqual(q('7'));
  });

  test('ℓ1: the largest weight counts', () => {
    expect(over('l1', '1/2')).toMatchObject({ upper: vector('2 5/2 7'), lower: vector('-2 3/2 7') });
  });

  test('open balls attain constants only, points everything', () => {
    expect(over('l1', '1/2', true)).toMatchObject({ upperAttained: [0, 0, 1], lowerAttained: [0, 0, 1] });
    expect(over('l2', '0')).toMatchObject({ upper: vector('0 2 7'), upperAttained: [1, 1, 1] });
  });
});
