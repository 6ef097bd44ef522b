/**
 * How far a threshold network keeps its output around a point, from its counts alone.
 *
 * Main definitions: `countRadii`, `CountRadii`.
 *
 * d_i(x) = |w_i·x + b_i|/‖w_i‖* is the distance of x to hyperplane i, so Φ_i keeps its value on the *open* ball of this
 * radius. A neuron that fires with `count` of its hyperplanes, s = m − 1 − count below its threshold, fires until s + 1
 * of those that are quiet have changed: at least up to the (s + 1)-th smallest of their distances. One that does not,
 * e = count − m ≥ 0, stays quiet up to the (e + 1)-th smallest distance of those that fire. A class fires as long as one
 * of its neurons does, and is quiet as long as all of them are; in a convolutional network a neuron is there once for each
 * view of the point. Interval propagation on that open ball finds the same.
 * Reference: ours; [DFG] and [F] are about μ = 0.
 */
import {
  abs,
  add,
  bigNumerators,
  boundRootBits,
  compare,
  div,
  dot,
  min,
  type Rational,
  rational,
  sign,
  type Vector,
} from '../../exact/index.js';
import type { Norm } from '../../format/index.js';
import { dualNormAbove } from '../../geometry/index.js';
import type { ThresholdFit } from './fit.js';
import type { Hyperplanes } from './hyperplanes.js';

/** Radii of open balls on which the output is that at the centre; undefined for all of ℚᵈ. In ℓ2 rounded down. */
export interface CountRadii {
  /** No hyperplane changes: min d_i. */
  readonly cell?: Rational;
  /** No class changes, because too few hyperplanes do. At least `cell`. */
  readonly count?: Rational;
}

/** The radii around a point, for the network of a fit. `views` of a point are what the fit saw of it, by default itself. */
export function countRadii(
  fit: ThresholdFit,
  norm: Norm,
  views: (x: Vector) => readonly Vector[] = (x) => [x],
): (x: Vector) => CountRadii {
  const planes = fit.hyperplanes.flatMap((h) => planesOf(h, norm));
  const byClass = new Map<number, typeof fit.neurons>();
  for (const neuron of fit.neurons) byClass.set(neuron.label, [...(byClass.get(neuron.label) ?? []), neuron]);
  return (x) => {
    const seen = views(x).map((view) =>
      planes.map(({ weights, bias, size }) => {
        const z = add(dot(weights, view), bias);
        return { fires: sign(z) > 0, distance: size.n === 0n ? undefined : div(abs(z), size) };
      }),
    );
    const classRadii = [...byClass.values()].map((neurons) => {
      const all = neurons.flatMap(({ members, threshold }) =>
        seen.map((units) => {
          const own = [...members].map((i) => units[i]!);
          const count = own.filter((unit) => unit.fires).length;
          const fires = count < threshold;
          const changing = own.filter((unit) => unit.fires !== fires).map((unit) => unit.distance);
          return { fires, radius: increasing(changing)[fires ? threshold - 1 - count : count - threshold] };
        }),
      );
      const firing = all.filter((neuron) => neuron.fires);
      return firing.length === 0 ? least(all.map((n) => n.radius)) : greatest(firing.map((n) => n.radius));
    });
    const radii = { cell: least(seen.flat().map((unit) => unit.distance)), count: least(classRadii) };
    return {
      ...(radii.cell === undefined ? {} : { cell: radii.cell }),
      ...(radii.count === undefined ? {} : { count: radii.count }),
    };
  };
}

function planesOf(h: Hyperplanes, norm: Norm): { weights: Vector; bias: Rational; size: Rational }[] {
  const all = bigNumerators(h.weights);
  const biases = bigNumerators(h.biases);
  return biases.map((bias, i) => {
    const weights = Array.from({ length: h.dimension }, (_, j) => rational(all[j * h.count + i]!, h.weightDenominator));
    const size = dualNormAbove(norm, weights, boundRootBits).value;
    return { weights, bias: rational(bias, h.biasDenominator), size };
  });
}

type Radius = Rational | undefined;

const finite = (values: readonly Radius[]): Rational[] => values.filter((v) => v !== undefined);
const increasing = (values: readonly Radius[]): Rational[] => finite(values).sort(compare);
const least = (values: readonly Radius[]): Radius => {
  const bounded = finite(values);
  return bounded.length === 0 ? undefined : bounded.reduce(min);
};
const greatest = (values: readonly Radius[]): Radius =>
  values.includes(undefined) ? undefined : increasing(values).at(-1);
