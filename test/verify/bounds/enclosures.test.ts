import { describe, expect, test } from 'vitest';
import {
  compare,
  fromDouble,
  neg,
  powerOfTwo,
  parseRational as q,
  randomSource,
  rational,
} from '../../../src/exact/index.js';
import { ball } from '../../../src/geometry/index.js';
import { type Layer, layerOf } from '../../../src/network/index.js';
import { activationIntervals } from '../../../src/verify/bounds/activation-intervals.js';
import { affineIntervals } from '../../../src/verify/bounds/affine-intervals.js';
import {
  activationEnclosures,
  affineEnclosures,
  type Enclosures,
  enclosuresOf,
  firstLayerEnclosures,
} from '../../../src/verify/bounds/enclosures.js';
import { firstLayerOverBall } from '../../../src/verify/bounds/first-layer.js';
import type { Intervals } from '../../../src/verify/bounds/intervals.js';
import { randomNetwork } from '../fixtures/networks.js';
import { ends, randomBox } from './cases.js';

/** Whether each exact interval lies in its enclosure, and no end is further out than `slack`. */
function holds(enclosed: Enclosures, exact: Intervals, slack: number): boolean {
  const { lower, upper } = ends(exact);
  return lower.every((l, r) => {
    const low = enclosed.lower[r]!;
    const high = enclosed.upper[r]!;
    const near = Math.max(1, Math.abs(low), Math.abs(high)) * slack;
    return (
      compare(fromDouble(low), l) <= 0 &&
      compare(upper[r]!, fromDouble(high)) <= 0 &&
      compare(l, fromDouble(low + near)) <= 0 &&
      compare(fromDouble(high - near), upper[r]!) <= 0
    );
  });
}

/** A layer with values that no double holds. */
const awkward = (layer: Layer): Layer => ({
  ...layer,
  weightDenominator: 3n * layer.weightDenominator + 7n * 2n ** 70n,
  biasDenominator: layer.biasDenominator * 10n ** 25n,
});

describe('enclosures contain the exact intervals, closely', () => {
  test('layer after layer', () => {
    const random = randomSource(17);
    for (let t = 0; t < 150; t++) {
      const size = random.between(1, 40);
      const { layers } = randomNetwork(random, size, [
        [t % 3 === 0 ? 'step' : 'relu', 5],
        ['relu', 4],
      ]);
      let x: Intervals = randomBox(random, size, -9, false);
      let e = enclosuresOf(x);
      expect(holds(e, x, 2 ** -45)).toBe(true);
      // Near 0 a step turns a rounding into a whole unit, so what follows one is only sound.
      const slack = t % 3 === 0 ? 2 ** 20 : 2 ** -30;
      for (const layer of t % 2 === 0 ? layers : layers.map(awkward)) {
        const z = affineIntervals(layer, x);
        const enclosed = affineEnclosures(layer, e);
        expect(holds(enclosed, z, slack)).toBe(true);
        x = activationIntervals(layer.activation, z);
        e = activationEnclosures(layer.activation, enclosed);
        expect(holds(e, x, slack)).toBe(true);
      }
    }
  });

  test.each(['l1', 'l2'] as const)('the first layer over %s balls', (norm) => {
    const random = randomSource(19);
    for (let t = 0; t < 80; t++) {
      const layer = randomNetwork(random, 4, [['relu', 5]]).layers[0]!;
      const centre = Array.from({ length: 4 }, () => rational(random.between(-20, 20), random.between(1, 7)));
      const region = ball(norm, centre, rational(random.between(1, 9), random.between(1, 9)));
      for (const each of [layer, awkward(layer)]) {
        expect(holds(firstLayerEnclosures(each, region), firstLayerOverBall(each, region), 2 ** -30)).toBe(true);
      }
    }
  });

  test('a product that underflows is not 0', () => {
    const tiny = { lower: Float64Array.of(2 ** -1000, 0), upper: Float64Array.of(2 ** -1000, 2 ** -1000) };
    const layer = layerOf(2, 'relu', [
      { columns: [0], weights: [powerOfTwo(-80)], bias: rational(0) },
      { columns: [1], weights: [neg(powerOfTwo(-80))], bias: rational(0) },
      { columns: [1], weights: [powerOfTwo(-2000)], bias: rational(0) },
    ]);
    const { lower, upper } = affineEnclosures(layer, tiny);
    expect(upper[0]).toBeGreaterThan(0);
    expect(lower[1]).toBeLessThan(0);
    // What is multiplied by the end 0 is 0.
    expect(upper[1]).toBe(0);
    expect(upper[2]).toBeGreaterThan(0);
  });

  test('what is beyond the doubles may be anything, and makes a step 0 or 1', () => {
    const layer = layerOf(1, 'step', [{ columns: [0], weights: [powerOfTwo(1100)], bias: rational(0) }]);
    const z = affineEnclosures(layer, { lower: Float64Array.of(0), upper: Float64Array.of(1) });
    expect(activationEnclosures('step', z)).toEqual({ lower: Float64Array.of(0), upper: Float64Array.of(1) });
    const known = { lower: Float64Array.of(-2, -1, 1), upper: Float64Array.of(-1, 0, 2) };
    expect(activationEnclosures('step', known)).toEqual({
      lower: Float64Array.of(0, 0, 1),
      upper: Float64Array.of(0, 0, 1),
    });
  });

  test('a third is bracketed from both sides; whole numbers are themselves', () => {
    const third = enclosuresOf({ lower: Float64Array.of(1, -1, 6), upper: Float64Array.of(1, -1, 6), denominator: 3n });
    for (const [r, value] of [
      [0, q('1/3')],
      [1, q('-1/3')],
    ] as const) {
      expect(compare(fromDouble(third.lower[r]!), value)).toBe(-1);
      expect(compare(fromDouble(third.upper[r]!), value)).toBe(1);
    }
    expect([third.lower[2], third.upper[2]]).toEqual([2, 2]);
  });
});
