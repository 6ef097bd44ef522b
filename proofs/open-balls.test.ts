/**
 * The threshold box network at the radius δ/2 itself: right on every open ball, and on closed ones exactly where no
 * foreign box is touched.
 *
 * The box of a sample that is not of the base class is closed and has radius δ/2, so it meets the closed ball of every
 * differently labelled sample at distance δ, and there its class is added. Nothing else is touched. z3 has to tell these
 * cases apart by strictness alone.
 */
import { describe, expect, it } from 'vitest';
import { mostFrequentClass, thresholdBox } from '../src/construction/index.js';
import { addVectors, half, mul, scaleVector, subVectors, zero } from '../src/exact/index.js';
import { compareToRadius, distinctSamples, point, selectSamples, separation } from '../src/geometry/index.js';
import { robustnessQuery } from '../src/verify/query.js';
import { replay } from '../src/verify/verdict.js';
import { datasetNames, datasets } from './instances/datasets.js';
import { warmZ3 } from './warm-z3.js';

const norm = 'linf';
const z3 = warmZ3();
const cases = datasetNames.flatMap((name) => {
  const closest = separation(datasets[name], norm);
  return closest === undefined ? [] : [{ name, data: datasets[name], delta: closest.magnitude }];
});
const seen = { touched: 0, untouched: 0 };

describe.each(cases)('finke-box linf $name', ({ data, delta }) => {
  const { network } = thresholdBox.construct(data, { norm, radius: zero });
  const options = { norm, radius: mul(half, delta), reading: network.output! } as const;
  const base = mostFrequentClass(selectSamples(data, distinctSamples(data)));
  const samples = data.labels.map((_, i) => i);
  /** Samples whose closed box meets the closed ball of sample i, and whose class is another. */
  const touching = (i: number): number[] =>
    samples.filter(
      (k) =>
        data.labels[k] !== data.labels[i] &&
        data.labels[k] !== base &&
        compareToRadius(norm, subVectors(point(data, k), point(data, i)), delta) === 0,
    );

  it('is right on every open ball of radius δ/2', async () => {
    for (const i of samples) {
      const verdict = await z3.verify(robustnessQuery(network, data, i, { ...options, open: true }));
      expect(verdict.verdict, `ball ${i}`).toBe('unsat');
    }
  });

  it('is wrong on a closed ball of radius δ/2 exactly when it touches a foreign box', async () => {
    for (const i of samples) {
      const query = robustnessQuery(network, data, i, options);
      const verdict = await z3.verify(query);
      const foreign = touching(i);
      expect(verdict.verdict, `ball ${i}`).toBe(foreign.length > 0 ? 'sat' : 'unsat');
      seen[foreign.length > 0 ? 'touched' : 'untouched']++;
      if (verdict.verdict !== 'sat') continue;
      expect(replay(query, verdict.point)).toEqual({ inside: true, unsafe: true, outputs: verdict.outputs });
      // On the sphere: anywhere inside, the open ball would be wrong as well.
      expect(compareToRadius(norm, subVectors(verdict.point, point(data, i)), options.radius)).toBe(0);
    }
  });

  it('is wrong half way between touching samples', () => {
    for (const i of samples) {
      for (const k of touching(i)) {
        const middle = scaleVector(addVectors(point(data, i), point(data, k)), half);
        const inBoth = [i, k].map((s) => replay(robustnessQuery(network, data, s, options), middle));
        expect(
          inBoth.every(({ inside }) => inside),
          `${i}, ${k}`,
        ).toBe(true);
        expect(
          inBoth.some(({ unsafe }) => unsafe),
          `${i}, ${k}`,
        ).toBe(true);
      }
    }
  });
});

describe('both cases', () => {
  it('occur', () => {
    expect(seen.touched).toBeGreaterThan(10);
    expect(seen.untouched).toBeGreaterThan(10);
  });
});
