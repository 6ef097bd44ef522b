/**
 * Random exact points of a closed ball.
 *
 * Main definitions: `pointInBall`, `PointConstraints`, `PlaceInBall`.
 *
 * Implementation notes. Offsets from the centre are drawn and shrunk, points returned. ℓ2 spheres have rational points
 * in every direction up to rounding: the stereographic map t ↦ (2t, |t|² − 1)/(|t|² + 1) sends ℚ^{d−1} onto all of
 * them but the pole.
 */
import type { Arbitrary, Random } from 'fast-check';
import {
  abs,
  add,
  addVectors,
  compare,
  div,
  inverse,
  max,
  min,
  mul,
  neg,
  type Rational,
  rational,
  rootAbove,
  scaleVector,
  sign,
  square,
  subVectors,
  sumOfAbs,
  sumOfSquares,
  type Vector,
  zero,
} from '../exact/index.js';
import { InputError, type Norm, refuse } from '../format/index.js';
import { compareToRadius, magnitude } from '../geometry/index.js';
import { oneIn, permutation, pick, whole } from './draw.js';
import { isVector } from './exact-values.js';
import { shrinking } from './shrinking.js';
import { simplerRationals, totalCost } from './simpler.js';

/**
 * Where a point lies.
 * - `interior`: anywhere inside, whatever the distance to the centre.
 * - `centre`: the centre itself.
 * - `vertex`: ±r in one coordinate (ℓ1, ℓ2) or in all (ℓ∞).
 * - `face`: on the boundary with some coordinates at their extremes and the others not (ℓ∞), or with several coordinates
 *   sharing the radius (ℓ1); on the sphere in a coordinate plane (ℓ2).
 * - `sphere`: on the boundary in a direction with all coordinates.
 * - `towards`: on the way to another sample: on the boundary, half-way, or nearest to the sample.
 */
export type PlaceInBall = 'interior' | 'centre' | 'vertex' | 'face' | 'sphere' | 'towards';

export interface PointConstraints {
  /** Other samples, whose directions are the dangerous ones. @defaultValue none */
  readonly towards?: readonly Vector[];
  /** Places to draw from; shrinks move through the whole ball. @defaultValue all; `towards` only with samples */
  readonly places?: readonly PlaceInBall[];
}

const allPlaces: readonly PlaceInBall[] = ['interior', 'centre', 'vertex', 'face', 'sphere', 'towards'];
/** The centre is one point; the dangerous places are drawn more often. */
const weight: Readonly<Record<PlaceInBall, number>> = {
  interior: 4,
  centre: 1,
  vertex: 4,
  face: 4,
  sphere: 3,
  towards: 6,
};

/**
 * Rational points x with ‖x − centre‖ ≤ radius, exactly. Shrinks come nearer to the centre, coordinate by coordinate.
 * @throws InputError for a negative radius, no coordinates, or no place to draw from.
 */
export function pointInBall(
  centre: Vector,
  radius: Rational,
  norm: Norm,
  constraints: PointConstraints = {},
): Arbitrary<Vector> {
  if (centre.length === 0) throw new InputError('pointInBall.centre: expected at least one coordinate, got none');
  if (sign(radius) < 0) refuse('pointInBall.radius', 'a radius ≥ 0', `${radius.n}/${radius.d}`);
  const towards = (constraints.towards ?? [])
    .map((sample) => subVectors(sample, centre))
    .filter((v) => v.some((w) => w.n !== 0n));
  const places = (constraints.places ?? allPlaces).filter((place) => place !== 'towards' || towards.length > 0);
  if (places.length === 0) throw new InputError('pointInBall.places: expected at least one that applies, got none');
  const mix = places.flatMap((place) => new Array<PlaceInBall>(weight[place]).fill(place));
  const inside = (offset: Vector): boolean => compareToRadius(norm, offset, radius) <= 0;
  return shrinking<Vector>({
    draw: (random) => {
      if (radius.n === 0n) return centre;
      return addVectors(centre, drawOffset(random, pick(random, mix), { d: centre.length, radius, norm, towards }));
    },
    accepts: (value) => isVector(value, centre.length) && inside(subVectors(value, centre)),
    proposals: (x) => pointProposals(x, centre),
    size: (x) => {
      const offset = subVectors(x, centre);
      return [offset.filter((v) => v.n !== 0n).length, ...totalCost(offset), ...totalCost(x)];
    },
  });
}

function* pointProposals(x: Vector, centre: Vector): Generator<Vector> {
  yield centre;
  for (let j = 0; j < x.length; j++) yield x.map((v, k) => (k === j ? v : centre[k]!));
  const offset = subVectors(x, centre);
  for (let j = 0; j < x.length; j++) {
    if (offset[j]!.n === 0n) continue;
    for (const simpler of simplerRationals(offset[j]!)) {
      yield x.map((v, k) => (k === j ? add(centre[j]!, simpler) : v));
    }
  }
}

interface Ground {
  readonly d: number;
  readonly radius: Rational;
  readonly norm: Norm;
  /** Offsets of the other samples, none of them 0. */
  readonly towards: readonly Vector[];
}

function drawOffset(random: Random, place: PlaceInBall, ground: Ground): Vector {
  const { d, radius, norm } = ground;
  switch (place) {
    case 'centre':
      return new Array<Rational>(d).fill(zero);
    case 'vertex':
      return norm === 'linf'
        ? Array.from({ length: d }, () => signed(random, radius))
        : along(d, whole(random, 0, d - 1), signed(random, radius));
    case 'face':
      return boundaryOffset(random, ground, whole(random, 1, d));
    case 'sphere':
      return boundaryOffset(random, ground, d);
    case 'interior': {
      const parts = whole(random, 2, 12);
      return scaleVector(boundaryOffset(random, ground, d), rational(whole(random, 0, parts - 1), parts));
    }
    case 'towards':
      return offsetTowards(random, pick(random, ground.towards), ground);
  }
}

const signed = (random: Random, v: Rational): Rational => (oneIn(random, 2) ? v : neg(v));

const along = (d: number, axis: number, v: Rational): Rational[] =>
  Array.from({ length: d }, (_, j) => (j === axis ? v : zero));

/** An offset of length r exactly, with at most `used` coordinates other than 0 (ℓ1, ℓ2) or below r (ℓ∞). */
function boundaryOffset(random: Random, { d, radius, norm }: Ground, used: number): Rational[] {
  const axes = permutation(random, d).slice(0, used);
  const offset: Rational[] = new Array(d).fill(zero);
  if (norm === 'linf') {
    for (let j = 0; j < d; j++) offset[j] = signed(random, radius);
    // One coordinate stays at ±r, so the point stays on the boundary.
    for (const j of axes.slice(1)) offset[j] = mul(radius, rational(whole(random, -6, 6), 6));
    return offset;
  }
  if (norm === 'l1') {
    const shares = axes.map(() => whole(random, 1, 5));
    const total = shares.reduce((a, b) => a + b, 0);
    axes.forEach((j, k) => {
      offset[j] = signed(random, mul(radius, rational(shares[k]!, total)));
    });
    return offset;
  }
  const parameters = axes.slice(1).map(() => rational(whole(random, -4, 4), whole(random, 1, 3)));
  const length = sumOfSquares(parameters);
  const scale = mul(radius, inverse(add(length, rational(1))));
  offset[axes[0]!] = mul(scale, add(length, rational(-1)));
  axes.slice(1).forEach((j, k) => {
    offset[j] = mul(scale, mul(rational(2), parameters[k]!));
  });
  return offset;
}

/** An offset in the direction of w ≠ 0: as far as the ball goes, half as far, or the point of the ball nearest to w. */
function offsetTowards(random: Random, w: Vector, { radius, norm }: Ground): Rational[] {
  if (oneIn(random, 4)) return scaleVector(reach(w, radius, norm), rational(1, 2));
  if (oneIn(random, 2)) return reach(w, radius, norm);
  switch (norm) {
    case 'linf':
      return w.map((v) => max(neg(radius), min(radius, v)));
    case 'l1': {
      const largest = w.reduce((best, v, j) => (compare(abs(v), abs(w[best]!)) > 0 ? j : best), 0);
      return along(w.length, largest, sign(w[largest]!) > 0 ? radius : neg(radius));
    }
    case 'l2':
      return reach(w, radius, norm);
  }
}

/** w scaled to length r, or barely less where that is irrational; w itself when it is shorter. */
function reach(w: Vector, radius: Rational, norm: Norm): Rational[] {
  if (compareToRadius(norm, w, radius) <= 0) return [...w];
  if (norm === 'l1') return scaleVector(w, div(radius, sumOfAbs(w)));
  if (norm === 'linf') return scaleVector(w, div(radius, magnitude('linf', w)));
  return scaleVector(w, inverse(rootAbove(div(sumOfSquares(w), square(radius)), 16).value));
}
