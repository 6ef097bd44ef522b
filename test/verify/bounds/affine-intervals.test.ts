import { describe, expect, test } from 'vitest';
import { parseRational as q, randomSource, rational } from '../../../src/exact/index.js';
import { type Layer, layerOf, type Row } from '../../../src/network/index.js';
import { activationIntervals } from '../../../src/verify/bounds/activation-intervals.js';
import { affineIntervals, affineIntervalsInDoubles } from '../../../src/verify/bounds/affine-intervals.js';
import type { Intervals } from '../../../src/verify/bounds/intervals.js';
import { randomNetwork } from '../fixtures/networks.js';
import { ends, inBigIntOnly, randomBox } from './cases.js';

const box = (lower: number[], upper: number[], denominator = 1n, flags: Partial<Intervals> = {}): Intervals => ({
  lower: Float64Array.from(lower),
  upper: Float64Array.from(upper),
  denominator,
  ...flags,
});

/** One relu row with the weights 1, …, given as runs of [count, weight], on columns 0, 1, … */
function runs(bias: number, ...list: readonly (readonly [number, number])[]): Row {
  const weights = list.flatMap(([count, w]) => new Array<number>(count).fill(w));
  return { columns: weights.map((_, k) => k), weights: weights.map((w) => rational(w)), bias: rational(bias) };
}

describe('ends', () => {
  const layer = layerOf(2, 'relu', [
    { columns: [0, 1], weights: [q('1/2'), q('-3')], bias: q('1/7') },
    { columns: [], weights: [], bias: q('-5') },
  ]);

  test('by hand', () => {
    // x ∈ [1/3, 2/3] × [−1/3, 1]: (1/2)x − 3y + 1/7 ∈ [1/6 − 3 + 1/7, 1/3 + 1 + 1/7].
    expect(ends(affineIntervals(layer, box([1, -1], [2, 3], 3n)))).toEqual({
      lower: [q('-113/42'), q('-5')],
      upper: [q('31/21'), q('-5')],
      lowerAttained: [1, 1],
      upperAttained: [1, 1],
    });
    expect(ends(affineIntervals(layer, box([1, -1], [2, 3], 3n), { clip: true })).lower).toEqual([q('0'), q('0')]);
  });

  test('are attained where all ends that they use are', () => {
    const x = box([1, -1], [2, 3], 3n, { lowerAttained: Uint8Array.of(1, 0), upperAttained: Uint8Array.of(0, 1) });
    // Upper end: x at its upper end, which is not attained. Lower end: x and y at attained ends. A constant is attained.
    expect(ends(affineIntervals(layer, x))).toMatchObject({ lowerAttained: [1, 1], upperAttained: [0, 1] });
    // Raised to 0 the lower end becomes attained: relu is 0 on a whole part of the box.
    const open = { ...x, lowerAttained: Uint8Array.of(0, 0), upperAttained: Uint8Array.of(0, 0) };
    expect(ends(affineIntervals(layer, open))).toMatchObject({ lowerAttained: [0, 1], upperAttained: [0, 1] });
    expect(ends(affineIntervals(layer, open, { clip: true }))).toMatchObject({
      lowerAttained: [1, 1],
      upperAttained: [0, 1],
    });
  });
});

describe('tiers', () => {
  test.each([
    ['closed', false],
    ['with ends that are not attained', true],
  ])('doubles and BigInt give the same ends, %s', (_, open) => {
    const random = randomSource(11);
    for (let t = 0; t < 120; t++) {
      const size = random.between(1, 60);
      const layer = randomNetwork(random, size, [['relu', 4]]).layers[0]!;
      const x = randomBox(random, size, random.coin() ? 0 : -9, open);
      for (const clip of [false, true]) {
        expect(affineIntervalsInDoubles(layer, x, { clip })).toBeDefined();
        expect(affineIntervalsInDoubles(inBigIntOnly(layer), x, { clip })).toBeUndefined();
        const work = { doubles: 0, bigints: 0 };
        const exact = affineIntervals(inBigIntOnly(layer), x, { clip, work });
        expect(work).toEqual({ doubles: 0, bigints: 2 * layer.columns.length });
        expect(ends(affineIntervals(layer, x, { clip }))).toEqual(ends(exact));
      }
    }
  });

  test('sums that could leave 2⁵³ are not left to doubles', () => {
    const wide = layerOf(2, 'identity', [{ columns: [0, 1], weights: [q('1'), q('-1')], bias: q('0') }]);
    const large = 2 ** 52;
    const x = box([large - 1, -large], [large, 1 - large]);
    expect(affineIntervalsInDoubles(wide, x)).toBeUndefined();
    expect(ends(affineIntervals(wide, x)).upper).toEqual([rational(2n ** 53n)]);
    expect(ends(affineIntervals(wide, x)).lower).toEqual([rational(2n ** 53n - 2n)]);
  });

  test('a common factor is removed before doubles are given up', () => {
    const one = layerOf(1, 'identity', [{ columns: [0], weights: [q('3')], bias: q('1/3') }]);
    const factor = 2 ** 51;
    const x = box([factor], [3 * factor], BigInt(2 * factor));
    expect(ends(affineIntervalsInDoubles(one, x)!)).toMatchObject({ lower: [q('11/6')], upper: [q('29/6')] });
  });
});

describe('rows that stop early', () => {
  const worked = (layer: Layer, x: Intervals) => {
    const work = { doubles: 0, bigints: 0 };
    const { lower, upper } = ends(affineIntervals(layer, x, { clip: true, work }));
    return { lower, upper, doubles: work.doubles };
  };
  const unit = (size: number): Intervals => box(new Array(size).fill(1), new Array(size).fill(1));

  test.each([
    ['at the first look when no weight is positive', runs(14, [100, -1]), 16],
    ['at the second when the first does not suffice', runs(30, [100, -1]), 32],
    ['not when later weights can still lift it', runs(0, [32, -1], [32, 1]), 64],
    ['as soon as what is left is too little', runs(0, [64, -1], [32, 1]), 48],
    ['not before the end when the last entries decide', runs(0, [50, 1], [50, -1]), 100],
  ])('%s', (_, row, entries) => {
    const size = row.columns.length;
    expect(worked(layerOf(size, 'relu', [row]), unit(size))).toEqual({
      lower: [q('0')],
      upper: [q('0')],
      doubles: entries,
    });
  });

  test.each([
    ['at 1/7 above 0', { ...runs(0, [50, 1], [50, -1]), bias: q('1/7') }, '1/7'],
    ['at 1 after a deep start', runs(1, [32, -1], [32, 1]), '1'],
  ])('a row that ends %s does not stop', (_, row, value) => {
    const size = row.columns.length;
    expect(worked(layerOf(size, 'relu', [row]), unit(size))).toEqual({
      lower: [q(value)],
      upper: [q(value)],
      doubles: 2 * size,
    });
  });

  test('a row never stops over inputs below 0', () => {
    const row = runs(15, [100, -1]);
    expect(worked(layerOf(100, 'relu', [row]), box(new Array(100).fill(-1), new Array(100).fill(1)))).toMatchObject({
      upper: [q('115')],
      doubles: 200,
    });
  });

  test('clipped intervals are the relu of unclipped ones, for long rows of both signs', () => {
    const random = randomSource(5);
    let saved = 0;
    for (let t = 0; t < 300; t++) {
      const size = random.between(17, 120);
      const row = (): Row => {
        const weights = Array.from({ length: size }, () => random.between(-3, random.coin() ? 3 : 1));
        const columns = weights.map((_, c) => c).filter((c) => weights[c] !== 0);
        return {
          columns,
          weights: columns.map((c) => rational(weights[c]!, 2)),
          bias: rational(random.between(-9, 99), 3),
        };
      };
      const short: Row = { columns: [0], weights: [q('-1')], bias: q('2') };
      const layer = layerOf(size, 'relu', [row(), short, row(), row()]);
      const x = randomBox(random, size, 0, random.coin());
      const work = { doubles: 0, bigints: 0 };
      const clipped = affineIntervals(layer, x, { clip: true, work });
      expect(ends(clipped)).toEqual(ends(activationIntervals('relu', affineIntervals(layer, x))));
      expect(ends(activationIntervals('step', clipped))).toEqual(
        ends(activationIntervals('step', affineIntervals(layer, x))),
      );
      saved += 2 * layer.columns.length - work.doubles;
    }
    expect(saved).toBeGreaterThan(1000);
  });
});
