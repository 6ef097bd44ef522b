/**
 * Points of closed balls where networks are evaluated exactly, and how many of them have their label.
 */
import { equal, type RandomSource, type Rational, rational, subVectors, type Vector } from '../exact/index.js';
import type { Norm } from '../format/index.js';
import { ball, type Dataset, point } from '../geometry/index.js';
import { evaluate, type Network } from '../network/index.js';
import { rayPoint } from '../verify/region-points.js';

export interface BallPointsOptions {
  readonly norm: Norm;
  readonly radius: Rational;
  /** Random directions for each ball, beside the centre, one axis in turn, and the nearest way to every other class. */
  readonly random: number;
  readonly source: RandomSource;
}

/** Points of the ball around sample i: the centre, and the ends of rays. */
export function ballPoints(data: Dataset, i: number, { norm, radius, random, source }: BallPointsOptions): Vector[] {
  const d = data.dimension;
  const centre = point(data, i);
  const region = ball(norm, centre, radius);
  const others = data.labels.flatMap((label, k) =>
    label === data.labels[i] ? [] : [subVectors(point(data, k), centre)],
  );
  const axis = Array.from({ length: d }, (_, j) => rational(j === i % d ? (i % 2 === 0 ? 1 : -1) : 0));
  const drawn = Array.from({ length: random }, () =>
    Array.from({ length: d }, () => rational(norm === 'linf' ? 2 * source.below(2) - 1 : source.between(-100, 100))),
  );
  const towards = others.slice(0, 2);
  return [centre, ...[axis, ...towards, ...drawn].map((v) => rayPoint(region, v))];
}

/** How many of the points of all balls have exactly the value of their label. */
export function exactPoints(
  network: Network,
  data: Dataset,
  options: BallPointsOptions,
): { readonly points: number; readonly exact: number } {
  let points = 0;
  let exact = 0;
  for (let i = 0; i < data.size; i++) {
    for (const x of ballPoints(data, i, options)) {
      points++;
      if (equal(evaluate(network, x)[0]!, rational(data.labels[i]!))) exact++;
    }
  }
  return { points, exact };
}
