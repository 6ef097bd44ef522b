/**
 * The convolutional threshold network gives one output in all shifts, in one and two dimensions, and refuses exactly the
 * datasets in which a shift of a sample has another label.
 */
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { instance } from '../src/arbitrary/index.js';
import { type Construction, finkeConvolutional } from '../src/construction/index.js';
import { type Rational, rational, type Vector } from '../src/exact/index.js';
import { AssumptionError, InputError } from '../src/format/index.js';
import { classes, type Dataset, datasetOf, point } from '../src/geometry/index.js';
import { evaluate } from '../src/network/index.js';
import { property } from './property.js';
import { turns } from './threshold-reference.js';

const grids = [[4], [2, 2], [2, 3], [6]] as const;

/** Whether some shift of a sample is a sample of another class. */
const conflicts = (data: Dataset, shifts: (x: Vector) => readonly Vector[]): boolean =>
  data.labels.some((label, i) =>
    shifts(point(data, i)).some((z) =>
      data.labels.some(
        (other, k) => other !== label && point(data, k).every((v, j) => v.n * z[j]!.d === z[j]!.n * v.d),
      ),
    ),
  );

/** All shifts of a grid laid out row by row, from the definition. */
const shiftsOf =
  ([a, b = 1]: readonly number[], [s, t]: readonly [number, number]) =>
  (x: Vector): Rational[] =>
    b === 1 && a === x.length
      ? x.map((_, p) => x[(p + s) % a!]!)
      : x.map((_, p) => x[((Math.floor(p / b) + s) % a!) * b + ((p + t) % b)]!);

describe('finke-conv', () => {
  property(
    'refuses shifts of other classes, and serves all else',
    [instance({ norms: ['linf'], size: { max: 7 }, dimension: { max: 3 }, labels: { min: 2 } })],
    ({ data }) => {
      const build = (): Construction => finkeConvolutional.construct(data, { norm: 'linf', radius: rational(0) });
      if (conflicts(data, turns)) expect(build).toThrow(/^needs 2μ < δ over all shifts: got μ = 0 with δ = 0 /);
      else expect(build().variables.C).toBe(BigInt(classes(data).length));
    },
    { runs: 60 },
  );

  property(
    'F(T x) = F(x) for every x, shape and window',
    [
      fc.constantFrom(...grids).chain((shape) => {
        const d = shape.reduce((a: number, b: number) => a * b, 1);
        const value = fc.integer({ min: -6, max: 6 });
        const signal = fc.array(value, { minLength: d, maxLength: d });
        return fc.record({
          shape: fc.constant<readonly number[]>(shape),
          window: fc.tuple(...shape.map((n) => fc.integer({ min: 1, max: n }))),
          samples: fc.array(signal, { minLength: 3, maxLength: 6 }),
          labels: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 6, maxLength: 6 }),
          at: fc.array(signal, { minLength: 2, maxLength: 4 }),
          shift: fc.tuple(fc.nat(5), fc.nat(5)),
        });
      }),
    ],
    ({ shape, window, samples, labels, at, shift }) => {
      const data = datasetOf(
        samples.map((x) => x.map((v) => rational(v))),
        labels.slice(0, samples.length),
      );
      let built: Construction;
      try {
        const options = { norm: 'l1' as const, radius: rational(0), hyperplanes: 16, shape, window };
        built = finkeConvolutional.construct(data, options);
      } catch (error) {
        // Windows of two classes coincide, or one point has two labels.
        if (error instanceof AssumptionError || error instanceof InputError) fc.pre(false);
        throw error;
      }
      const turned = shiftsOf(shape, shift);
      data.labels.forEach((label, i) => {
        expect(evaluate(built.network, turned(point(data, i)))).toEqual([rational(label)]);
      });
      for (const x of at.map((values) => values.map((v) => rational(v, 2)))) {
        expect(evaluate(built.network, turned(x))).toEqual(evaluate(built.network, x));
      }
    },
    { runs: 40 },
  );
});
