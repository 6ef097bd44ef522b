/**
 * Points in balls at which a network of groups without gates reads a wrong key.
 *
 * Main definition: `stripAttack`. A ball that does not belong to a group may cross that group's walls. In the strip
 * V_r = k − γ(1 − b), 0 < b < 1, below a wall the bits of ⌊V_r⌋ are fractions and the key lies between those of the two
 * cells, at K + b·scale_r if k is odd; so some b hits the key of any active cell between them. Random points of a ball
 * hardly ever do: γ is small, and b has to fit.
 */
import type { ModerateGroup, ModeratePlan } from '../src/construction/kmy/moderate-plan.js';
import {
  absInt,
  add,
  addVectors,
  ceil,
  compare,
  div,
  dot,
  floor,
  mul,
  one,
  type Rational,
  rational,
  scaleVector,
  sign,
  sub,
  type Vector,
} from '../src/exact/index.js';
import type { Norm } from '../src/format/index.js';
import { type Dataset, point } from '../src/geometry/index.js';

export interface StripPoint {
  readonly sample: number;
  readonly point: Vector;
}

/** Shares b that are tried beside those that hit a key. */
const shares = [rational(1, 4), rational(1, 2), rational(3, 4)];

/** Points on the lines of steepest V_r through samples outside a group, in the strips below its walls. */
export function* stripAttack({ groups }: ModeratePlan, data: Dataset, norm: Norm): Generator<StripPoint> {
  for (const group of groups) {
    for (let i = 0; i < data.size; i++) {
      if (group.samples.includes(i)) continue;
      for (const r of group.directions.keys()) {
        const { row, step, extent, gamma } = group.directions[r]!;
        const x = point(data, i);
        const v = position(group, r, x);
        const along = steepest(row, norm);
        const slope = div(
          dot(
            row.map((t) => rational(t)),
            along,
          ),
          step,
        );
        const last = floor(add(add(v, extent), gamma));
        for (let k = ceil(sub(v, extent)); k <= last; k++) {
          for (const b of [...shares, ...hits(group, r, x, k)]) {
            const target = sub(rational(k), mul(gamma, sub(one, b)));
            yield { sample: i, point: addVectors(x, scaleVector(along, div(sub(target, v), slope))) };
          }
        }
      }
    }
  }
}

/** V_r(x). */
function position({ directions }: ModerateGroup, r: number, x: Vector): Rational {
  const { row, step, theta, first } = directions[r]!;
  return sub(
    sub(
      div(
        dot(
          row.map((t) => rational(t)),
          x,
        ),
        step,
      ),
      theta,
    ),
    rational(first),
  );
}

/** The shares b in (0, 1) for which K + b·scale_r is the key of an active cell, K that of the cell of x with k − 1. */
function hits(group: ModerateGroup, r: number, x: Vector, k: bigint): Rational[] {
  const key = group.directions.reduce(
    (sum, { scale }, q) => sum + scale * (q === r ? k - 1n : floor(position(group, q, x))),
    0n,
  );
  return group.records
    .map((record) => rational(record.key - key, group.directions[r]!.scale))
    .filter((b) => b.n > 0n && compare(b, one) < 0);
}

/** A direction in which t·x grows fastest, for its length in the norm. */
function steepest(row: readonly bigint[], norm: Norm): Vector {
  if (norm === 'l2') return row.map((t) => rational(t));
  const signs = row.map((t) => rational(sign(rational(t))));
  if (norm === 'linf') return signs;
  const widest = row.reduce((best, t, j) => (absInt(t) > absInt(row[best]!) ? j : best), 0);
  return signs.map((s, j) => (j === widest ? s : rational(0)));
}
