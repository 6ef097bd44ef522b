/**
 * Balls as pictures show them.
 *
 * Main definitions: `PictureBall`, `ShownBall`, `shownBall`, `ballKind`.
 */

import type { Rational, Vector } from '../exact/index.js';
import { InternalError, type Norm, type OutputReading } from '../format/index.js';
import { ball as ballAround, contains, type Dataset, point } from '../geometry/index.js';
import { evaluate, type Network, readLabel } from '../network/index.js';
import type { Verdict } from '../verify/verdict.js';

/** The ball around a sample, and what is known about it. */
export interface PictureBall {
  readonly sample: number;
  readonly norm: Norm;
  readonly radius: Rational;
  /** Without it the ball is drawn as not examined. */
  readonly verdict?: Verdict;
  /** A word for the legend, such as "deliberately too large". */
  readonly note?: string;
}

/** safe: unsat. broken: sat. undecided: unknown or timed out. plain: not examined. */
export type BallKind = 'safe' | 'broken' | 'undecided' | 'plain';

export const ballKind = (verdict: Verdict | undefined): BallKind =>
  verdict === undefined
    ? 'plain'
    : verdict.verdict === 'unsat'
      ? 'safe'
      : verdict.verdict === 'sat'
        ? 'broken'
        : 'undecided';

export interface ShownBall extends PictureBall {
  readonly kind: BallKind;
  readonly centre: Vector;
  /** x′ with the class that the network gives it, undefined for none. */
  readonly counterexample?: { readonly point: Vector; readonly label: number | undefined };
}

/** The ball with its counterexample read again. @throws InternalError when that lies outside the ball or has the right class. */
export function shownBall(network: Network, data: Dataset, ball: PictureBall, reading: OutputReading): ShownBall {
  const centre = point(data, ball.sample);
  const kind = ballKind(ball.verdict);
  if (ball.verdict?.verdict !== 'sat') return { ...ball, kind, centre };
  const x = ball.verdict.point;
  const label = readLabel(reading, evaluate(network, x));
  if (label === data.labels[ball.sample] || !contains(ballAround(ball.norm, centre, ball.radius), x)) {
    throw new InternalError(`picture: expected a counterexample for sample ${ball.sample}, got a point that is none`);
  }
  return { ...ball, kind, centre, counterexample: { point: x, label } };
}
