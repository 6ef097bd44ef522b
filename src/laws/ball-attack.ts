/**
 * Looking for points of a ball that do not mean its label, in exact arithmetic.
 *
 * Main definitions: `BallCase`, `attackBalls` (drawn points and a search), `attackCorners` (the points furthest
 * out), `Refutation` (an error that carries its counterexample).
 */
import fc from 'fast-check';
import { type MemorizationInstance, pointInBall } from '../arbitrary/index.js';
import { formatRational, type Vector } from '../exact/index.js';
import { type CounterexampleFile, InternalError, type OutputReading } from '../format/index.js';
import { type Dataset, point, sampleText } from '../geometry/index.js';
import { type Network, networkHash } from '../network/index.js';
import { counterexampleReport, counterexampleText } from '../report/index.js';
import { falsify } from '../verify/falsify.js';
import { type Query, queryToFile, robustnessQuery } from '../verify/query.js';
import { extremePoint, spherePoint } from '../verify/region-points.js';
import { replay } from '../verify/verdict.js';

/** A network that should have the label of every sample on its whole ball. */
export interface BallCase extends MemorizationInstance {
  readonly network: Network;
  readonly reading: OutputReading;
}

/** An error that says which point of which ball has another label, with the file that `muball replay` takes. */
export interface Refutation extends Error {
  readonly counterexample: CounterexampleFile;
}

/** Whether an error carries a counterexample. */
export const isRefutation = (error: unknown): error is Refutation =>
  error instanceof Error && 'counterexample' in error;

/** The query whether some point of the ball of sample i does not mean its label. */
export const ballQuery = ({ network, data, norm, radius, reading }: BallCase, i: number): Query =>
  robustnessQuery(network, data, i, { norm, radius, reading });

/** Points of other samples, whose directions are the dangerous ones: other labels first, nearest or not. */
export function otherPoints(data: Dataset, i: number): Vector[] {
  const own = data.labels[i];
  const others = data.labels.map((_, k) => k).filter((k) => k !== i);
  const foreign = others.filter((k) => data.labels[k] !== own);
  return [...foreign, ...others.filter((k) => data.labels[k] === own)].map((k) => point(data, k));
}

export interface AttackOptions {
  readonly seed: number;
  /** Points drawn in each ball. */
  readonly drawn: number;
  /** Points that the search may evaluate in each ball. */
  readonly searched: number;
}

/** Tries random points of every ball, then what the network's own slopes suggest. @throws Refutation for a wrong point. */
export function attackBalls(
  given: BallCase,
  { seed, drawn, searched }: AttackOptions,
  subject = (i: number): string => sampleText(given.data, i),
): void {
  const { data, norm, radius } = given;
  for (let i = 0; i < data.size; i++) {
    const query = ballQuery(given, i);
    const towards = otherPoints(data, i);
    const points = pointInBall(point(data, i), radius, norm, { towards });
    for (const x of fc.sample(points, { seed: seed + i, numRuns: drawn })) requireSafe(given, query, i, x, subject(i));
    const found = falsify(query, { towards, samples: searched, seed: seed + i + 1 });
    if (found !== undefined) throw refutation(given, query, i, found.point, subject(i));
  }
}

/** Up to this dimension all corners are tried, above it only the axes. */
const mostCornerDimensions = 6;

/** Tries the points of every ball that are furthest out. @throws Refutation for a wrong point. */
export function attackCorners(given: BallCase, subject = (i: number): string => sampleText(given.data, i)): void {
  const { data } = given;
  for (let i = 0; i < data.size; i++) {
    const query = ballQuery(given, i);
    for (const x of corners(query, data.dimension)) requireSafe(given, query, i, x, subject(i));
  }
}

/** The centre, ±r on each axis, and for ℓ∞ and ℓ2 the points with all coordinates off the centre by signs. */
function* corners({ region }: Query, d: number): Generator<Vector> {
  if (region.kind !== 'ball') return;
  yield region.centre;
  const axes = Array.from({ length: d }, (_, j) => j);
  for (const j of axes) {
    for (const side of [1, -1]) {
      yield extremePoint(
        region,
        axes.map((m) => (m === j ? side : 0)),
      );
    }
  }
  if (region.norm === 'l1' || d > mostCornerDimensions) return;
  for (let bits = 0; bits < 2 ** d; bits++) {
    const signs = axes.map((j) => ((bits >> j) & 1 ? 1 : -1));
    yield region.norm === 'l2' ? spherePoint(region, signs) : extremePoint(region, signs);
  }
}

function requireSafe(given: BallCase, query: Query, i: number, x: Vector, subject: string): void {
  const { inside, unsafe } = replay(query, x);
  if (!inside)
    throw new InternalError(`attack: expected a point of the ball, got (${x.map(formatRational).join(', ')})`);
  if (unsafe) throw refutation(given, query, i, x, subject);
}

/** The error for a point that does not mean the label of ball i. */
export function refutation(
  { data, reading }: BallCase,
  query: Query,
  i: number,
  x: Vector,
  subject = sampleText(data, i),
): Refutation {
  const report = counterexampleReport(query, x, reading, subject, { label: data.labels[i]! });
  const counterexample: CounterexampleFile = {
    format: 'muball-counterexample',
    version: 1,
    query: queryToFile(query, { inline: true }),
    point: x.map(formatRational),
    outputs: replay(query, x).outputs.map(formatRational),
    note: `${subject}, network ${networkHash(query.network).slice(0, 12)}`,
  };
  return Object.assign(new Error(counterexampleText(report)), { counterexample });
}
