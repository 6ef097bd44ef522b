import { describe, expect, it } from 'vitest';
import { parseRational, type Rational, rational } from '../../src/exact/index.js';
import type { Norm } from '../../src/format/index.js';
import { ball } from '../../src/geometry/index.js';
import { layerBuilder, type Network } from '../../src/network/index.js';
import { nearestInCell } from '../../src/verify/nearest-in-cell.js';
import type { Query } from '../../src/verify/query.js';

const values = (...texts: (string | number)[]): Rational[] => texts.map((t) => parseRational(String(t)));

/** y = relu(x₀ − 1) + 2·relu(x₁ − x₀). */
const network: Network = (() => {
  const first = layerBuilder(2, 'relu');
  const a = first.neuron([0], values(1), rational(-1));
  const b = first.neuron([0, 1], values(-1, 1), rational(0));
  const last = layerBuilder(2, 'identity');
  last.neuron([a, b], values(1, 2), rational(0));
  return { layers: [first.build(), last.build()] };
})();
/** y ≥ 1 around the origin. */
const query = (norm: Norm): Query => ({
  network,
  region: ball(norm, values(0, 0), rational(0)),
  unsafe: [[{ columns: [0], weights: values(1), bias: rational(-1), strict: false }]],
});
const near = (norm: Norm, ...x: (string | number)[]) => nearestInCell(query(norm), values(...x));

describe('nearestInCell', () => {
  // Cells by the signs of x₀ − 1 and x₁ − x₀; in each the unsafe half-plane, by hand.
  it.each<[string, Norm, readonly number[], string, readonly string[] | undefined]>([
    ['x₀ ≥ 2 in (+, −)', 'linf', [5, 0], '2', undefined],
    ['x₀ ≥ 2 in (+, −), where x₁ ≤ x₀', 'l1', [5, 4], '2', ['2', '0']],
    ['2x₁ − 2x₀ ≥ 1 in (−, +)', 'linf', [0, 3], '1/4', ['-1/4', '1/4']],
    ['2x₁ − 2x₀ ≥ 1 in (−, +)', 'l1', [0, 3], '1/2', undefined],
    ['2x₁ − x₀ ≥ 2 with x₀ ≥ 1 in (+, +)', 'linf', [2, 3], '3/2', ['1', '3/2']],
    ['2x₁ − x₀ ≥ 2 with x₀ ≥ 1 in (+, +)', 'l1', [2, 3], '5/2', ['1', '3/2']],
  ])('%s, %s', (_, norm, x, radius, point) => {
    const found = near(norm, ...x);
    expect(found?.radius).toEqual(parseRational(radius));
    if (point !== undefined) expect(found?.point).toEqual(values(...point));
  });

  it('ℓ2, a box and safe points have none', () => {
    expect(near('l2', 5, 0)).toBeUndefined();
    expect(near('linf', 0, 0)).toBeUndefined();
    const box: Query = { ...query('linf'), region: { kind: 'box', lower: values(0, 0), upper: values(9, 9) } };
    expect(nearestInCell(box, values(5, 0))).toBeUndefined();
  });
});
