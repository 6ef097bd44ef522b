import { describe, expect, test } from 'vitest';
import {
  add,
  bigNumerators,
  entry,
  mul,
  parseRational,
  type Rational,
  randomSource,
  rational,
  type ScaledVector,
  scaled,
  zero,
} from '../../src/exact/index.js';
import type { Activation } from '../../src/format/index.js';
import {
  applyLayer,
  commonScale,
  exactInDoubles,
  type Layer,
  layerOf,
  rowCount,
  rowOf,
} from '../../src/network/index.js';

/** One neuron after another in rationals: what `applyLayer` must equal. */
function plainly(layer: Layer, x: readonly Rational[]): Rational[] {
  return Array.from({ length: rowCount(layer) }, (_, r) => {
    const row = rowOf(layer, r);
    const z = row.columns.reduce((sum, c, k) => add(sum, mul(row.weights[k]!, x[c]!)), row.bias);
    if (layer.activation === 'identity') return z;
    if (z.n <= 0n) return zero;
    return layer.activation === 'step' ? rational(1) : z;
  });
}

const values = (v: ScaledVector): Rational[] => Array.from({ length: v.numerators.length }, (_, k) => entry(v, k));

describe.each(['relu', 'step', 'identity'] as const)('%s', (activation: Activation) => {
  test.each([
    ['small integers and short fractions, in doubles', 9, 6, true],
    ['numbers near 2^60, in BigInt', 2 ** 60, 1, false],
  ])('%s', (_, size, denominator, doubles) => {
    const random = randomSource(size % 1000);
    const value = (): Rational => {
      const n = BigInt(random.between(-1000, 1000)) * BigInt(size) + BigInt(random.between(-3, 3));
      return rational(n, BigInt(random.between(1, denominator)));
    };
    let inDoubles = 0;
    for (let t = 0; t < 60; t++) {
      const inputs = random.between(1, 6);
      const rows = Array.from({ length: random.between(1, 5) }, () => {
        const columns = Array.from({ length: inputs }, (_, c) => c).filter(() => random.coin());
        return {
          columns,
          weights: columns.map(() => rational(random.between(1, 9), random.between(1, 4))),
          bias: value(),
        };
      });
      const layer = layerOf(inputs, activation, rows);
      const x = Array.from({ length: inputs }, value);
      const input = scaled(x);
      const largest = Math.max(...bigNumerators(input.numerators).map((v) => Math.abs(Number(v))));
      if (exactInDoubles(layer, commonScale(layer, input.denominator), largest)) inDoubles++;
      expect(values(applyLayer(layer, input))).toEqual(plainly(layer, x));
    }
    expect(inDoubles > 40).toBe(doubles);
  });
});

test('a sum that leaves the integers of doubles is found out before it is computed', () => {
  const layer = layerOf(2, 'identity', [{ columns: [0, 1], weights: [rational(2 ** 30), rational(1)], bias: zero }]);
  const x = [rational(2 ** 30), rational(1)];
  expect(exactInDoubles(layer, commonScale(layer, 1n), 2 ** 30)).toBe(false);
  expect(values(applyLayer(layer, scaled(x)))).toEqual([parseRational(String(2n ** 60n + 1n))]);
});

test('step(0) = 0, and a step after a fraction is the integer 1', () => {
  const layer = layerOf(1, 'step', [
    { columns: [0], weights: [rational(1, 3)], bias: rational(-1, 3) },
    { columns: [0], weights: [rational(1, 3)], bias: zero },
  ]);
  expect(values(applyLayer(layer, scaled([rational(1)])))).toEqual([zero, rational(1)]);
});
