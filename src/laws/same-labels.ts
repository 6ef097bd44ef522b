/**
 * Corresponding points of corresponding problems have corresponding labels.
 *
 * Main definition: `requireSameLabels`. The networks may differ; only what they say on the balls may not.
 */
import fc from 'fast-check';
import { type MemorizationInstance, pointInBall } from '../arbitrary/index.js';
import { formatRational, type Vector } from '../exact/index.js';
import { type Dataset, point } from '../geometry/index.js';
import { evaluate, readLabel } from '../network/index.js';
import { shownValue } from '../regression/encoded-value.js';
import { type BallCase, otherPoints } from './ball-attack.js';
import type { Change } from './equivariance.js';

/** Demands it of a problem and its twin, at points drawn from every ball. @throws Error showing both problems and points. */
export function requireSameLabels(
  change: Change,
  problem: MemorizationInstance,
  { seed, drawn }: { readonly seed: number; readonly drawn: number },
  build: (problem: MemorizationInstance) => BallCase,
): void {
  const { data, norm, radius } = problem;
  const twin = change.twin(problem, seed);
  const before = build(problem);
  const after = build(twin.problem);
  for (let i = 0; i < data.size; i++) {
    const centre = point(data, i);
    const points = pointInBall(centre, radius, norm, { towards: otherPoints(data, i) });
    for (const x of [centre, ...fc.sample(points, { seed: seed + i, numRuns: drawn })]) {
      const other = twin.point(x);
      const [said, saidAfter] = [meaning(before, x), meaning(after, other)];
      const expected = said === undefined ? undefined : twin.label(said);
      if (saidAfter === expected) continue;
      throw new Error(
        [
          `${change.name}: sample ${i} has class ${said ?? 'none'} at ${tuple(x)}, and afterwards class ` +
            `${saidAfter ?? 'none'} instead of ${expected ?? 'none'} at ${tuple(other)}`,
          `before: ${shownProblem(data, radius)}`,
          `after:  ${shownProblem(twin.problem.data, twin.problem.radius)}`,
        ].join('\n'),
      );
    }
  }
}

const meaning = ({ network, reading }: BallCase, x: Vector): number | undefined =>
  readLabel(reading, evaluate(network, x));

const tuple = (x: Vector): string => `(${x.map(formatRational).join(', ')})`;

const shownProblem = (data: Dataset, radius: MemorizationInstance['radius']): string =>
  `${shownValue(data)}, radius ${formatRational(radius)}`;
