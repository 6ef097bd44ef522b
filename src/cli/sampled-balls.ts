/**
 * Testing, not proving: exact evaluation at chosen and random points of every ball.
 */
import {
  compare,
  one,
  type RandomSource,
  type Rational,
  randomSource,
  rational,
  subVectors,
  type Vector,
  zero,
} from '../exact/index.js';
import { ball, point } from '../geometry/index.js';
import { evaluate, readLabel } from '../network/index.js';
import { extremePoint, rayPoint } from '../verify/region-points.js';
import type { ProofProblem } from './proof-run.js';

/** Random directions tried in each ball, beside the axes and the directions of other samples. */
const randomDirections = 3;

/** How many points of the closed balls were evaluated, and how many did not have their sample's label. */
export function sampledBalls(problem: ProofProblem, seed: number): { points: number; wrong: number } {
  const { data, network, norm, measured, reading } = problem;
  const random = randomSource(seed);
  let points = 0;
  let wrong = 0;
  for (let i = 0; i < data.size; i++) {
    const centre = point(data, i);
    const region = ball(norm, centre, measured.radius.radius);
    const axes = centre.map((_, j) => axis(j, data.dimension));
    const other = point(data, random.below(data.size));
    const directions = [
      ...axes,
      subVectors(other, centre),
      ...Array.from({ length: randomDirections }, () => direction(random, data.dimension)),
    ];
    const tried: Vector[] = [centre];
    for (const v of directions) {
      if (v.every((x) => compare(x, zero) === 0)) continue;
      tried.push(
        rayPoint(region, v),
        extremePoint(
          region,
          v.map((x) => Number(x.n)),
        ),
      );
    }
    for (const x of tried) {
      points++;
      if (readLabel(reading, evaluate(network, x)) !== data.labels[i]) wrong++;
    }
  }
  return { points, wrong };
}

const axis = (j: number, d: number): Vector => Array.from({ length: d }, (_, m) => (m === j ? one : zero));

const direction = (random: RandomSource, d: number): Rational[] =>
  Array.from({ length: d }, () => rational(random.between(-9, 9)));
