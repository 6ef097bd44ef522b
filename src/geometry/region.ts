/**
 * The regions of queries: balls of the three norms, closed or open, and boxes.
 */

import { compare, lessEqual, type Rational, subVectors, type Vector } from '../exact/index.js';
import type { Norm } from '../format/index.js';
import { compareToRadius } from './norm.js';

/** {x : ‖x − centre‖ ≤ radius}, or < radius when open. */
export interface Ball {
  readonly kind: 'ball';
  readonly norm: Norm;
  readonly centre: Vector;
  readonly radius: Rational;
  readonly open: boolean;
}

/** {x : lower ≤ x ≤ upper}, coordinate by coordinate. */
export interface Box {
  readonly kind: 'box';
  readonly lower: Vector;
  readonly upper: Vector;
}

export type Region = Ball | Box;

/** The ball of the given radius around a point, closed unless said otherwise. */
export const ball = (norm: Norm, centre: Vector, radius: Rational, open = false): Ball => ({
  kind: 'ball',
  norm,
  centre,
  radius,
  open,
});

/** Whether x lies in the region, exactly. */
export function contains(region: Region, x: Vector): boolean {
  if (region.kind === 'box') {
    return x.every((v, j) => lessEqual(region.lower[j]!, v) && lessEqual(v, region.upper[j]!));
  }
  const side = compareToRadius(region.norm, subVectors(x, region.centre), region.radius);
  return region.open ? side < 0 : side <= 0;
}

/** Number of coordinates of the region's points. */
export const regionDimension = (region: Region): number =>
  region.kind === 'ball' ? region.centre.length : region.lower.length;

/** Whether the box has no point: some lower end is above its upper end. */
export const boxIsEmpty = (box: Box): boolean => box.lower.some((v, j) => compare(v, box.upper[j]!) > 0);
