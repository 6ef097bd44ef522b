/**
 * Where a walk over cells starts, and which cells count.
 *
 * Main definitions: `startCell`, `StartCell`, `Side`.
 *
 * Notes. Boxes and balls of ℓ∞ and ℓ1 are polyhedra, so their part of a cell is cut like the cell itself. A ball of ℓ2 is
 * not: the walk starts in the box around it, and a cell counts when its point nearest to the centre, found exactly, is
 * nearer than the radius. As the cell is full-dimensional, it then has inner points inside the ball.
 */
import { compare, less, neg, type Rational, rational, subVectors, type Vector } from '../../../exact/index.js';
import { InputError } from '../../../format/index.js';
import { type Ball, magnitude, type Region, radiusMagnitude } from '../../../geometry/index.js';
import { nearestPoint } from '../../search/nearest-point.js';
import { boxCone, type Cone, crossCone, everywhere } from './cone.js';
import type { Homogeneous } from './homogeneous.js';

/** The forms that cut a cell, each ≥ 0 (`positive`) or ≤ 0 on it, the last first. */
export interface Side {
  readonly form: Homogeneous;
  readonly positive: boolean;
  readonly before: Side | undefined;
}

export interface StartCell {
  readonly cone: Cone;
  /** Number of the first constraint to come. */
  readonly next: number;
  /** The point of a cell nearest to the centre, where it is inside the region; absent when every cell counts. */
  readonly entry?: (sides: Side | undefined) => Vector | undefined;
}

/** Corners of a box, and faces of an ℓ1 ball, that are kept. */
const mostDimensions = { box: 14, cross: 10 } as const;

/**
 * The cell to start in.
 * @throws InputError for a region without inner points, or one in too many dimensions.
 */
export function startCell(d: number, region: Region | undefined, room: number): StartCell {
  if (region === undefined) return everywhere(d, room);
  const kind = region.kind === 'ball' && region.norm === 'l1' ? 'cross' : 'box';
  if (d > mostDimensions[kind]) {
    throw new InputError(
      `region: expected at most ${mostDimensions[kind]} inputs for exact constants in a ${kind === 'box' ? 'box or ball' : 'ball of ℓ1'}, got ${d}`,
    );
  }
  if (region.kind === 'box') {
    if (!region.lower.every((low, j) => less(low, region.upper[j]!))) {
      throw new InputError('region: expected a box with inner points, got one that is flat');
    }
    return boxCone(region.lower, region.upper, room);
  }
  const { centre, radius } = region;
  if (radius.n <= 0n) throw new InputError('region: expected a radius above 0, got 0');
  if (region.norm === 'l1') return crossCone(centre, radius, room);
  const by = (side: bigint): Vector =>
    centre.map((c) => rational(c.n * radius.d + side * radius.n * c.d, c.d * radius.d));
  const box = boxCone(by(-1n), by(1n), room);
  return region.norm === 'linf' ? box : { ...box, entry: (sides) => nearestInside(region, sides) };
}

/** The point of a cell that is nearest to the centre of an ℓ2 ball, when it is nearer than the radius. */
function nearestInside({ centre, radius }: Ball, sides: Side | undefined): Vector | undefined {
  const rows = rowsOf(sides).map((row) => ({ coefficients: row.slice(0, -1), constant: row.at(-1)! }));
  const found = nearestPoint(centre, rows);
  if (found.kind === 'empty') return undefined;
  const distance = magnitude('l2', subVectors(found.point, centre));
  return compare(distance, radiusMagnitude('l2', radius)) < 0 ? found.point : undefined;
}

/** The sides of a cell as rows (g, h) with g·x + h ≥ 0 on it. */
export function rowsOf(sides: Side | undefined): Rational[][] {
  const rows: Rational[][] = [];
  for (let side = sides; side !== undefined; side = side.before) {
    const row = side.form.values.map((v) => rational(v));
    rows.push(side.positive ? row : row.map(neg));
  }
  return rows;
}
