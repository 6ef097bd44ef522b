/**
 * Convex polygons of ℚ² in homogeneous integers.
 *
 * Main definitions: `PlanePoint`, `Polygon`, `cut` (a polygon along a line), `area`, `centroid`, `pointKey`.
 *
 * A point (x/w, y/w) is three integers, so that the sign of an affine form needs no division and the point where an
 * edge crosses its zero line is one combination of the ends: with values a > 0 > b there, it is a·Q − b·P.
 */
import { absInt, gcd, type Rational, rational } from '../../exact/index.js';
import { nearby } from './nearby.js';

/** The point (x/w, y/w): w > 0, no common factor, so equal points are equal field by field. */
export interface PlanePoint {
  readonly x: bigint;
  readonly y: bigint;
  readonly w: bigint;
  /** Doubles near both coordinates, as `nearby` gives them. */
  readonly nearX: number;
  readonly nearY: number;
}

/** Vertices in counterclockwise order. */
export type Polygon = readonly PlanePoint[];

/** The point (x/w, y/w) for w > 0, without common factors. */
export function planePoint(x: bigint, y: bigint, w: bigint): PlanePoint {
  const g = gcd(gcd(w, x), y);
  const nearX = nearby(x, w);
  const nearY = nearby(y, w);
  return g === 1n ? { x, y, w, nearX, nearY } : { x: x / g, y: y / g, w: w / g, nearX, nearY };
}

/** The point with the given coordinates. */
export const planePointAt = (x: Rational, y: Rational): PlanePoint => planePoint(x.n * y.d, y.n * x.d, x.d * y.d);

/** Coordinates of a point. */
export const coordinates = (p: PlanePoint): [Rational, Rational] => [rational(p.x, p.w), rational(p.y, p.w)];

/** A text that equal points, and only they, share. */
export const pointKey = (p: PlanePoint): string => `${p.x},${p.y},${p.w}`;

/** The rectangle [x0, x1] × [y0, y1]. */
export function rectanglePolygon(lower: readonly [Rational, Rational], upper: readonly [Rational, Rational]): Polygon {
  return [
    planePointAt(lower[0], lower[1]),
    planePointAt(upper[0], lower[1]),
    planePointAt(upper[0], upper[1]),
    planePointAt(lower[0], upper[1]),
  ];
}

/** Both parts of a convex polygon, where an affine form is ≥ 0 and where it is ≤ 0. */
export interface Cut {
  readonly positive: Polygon;
  readonly negative: Polygon;
}

/**
 * The polygon cut along the zero line of an affine form that takes both signs on it; values[k] is w times the form at
 * vertex k, up to one positive factor for all.
 */
export function cut(polygon: Polygon, values: readonly bigint[]): Cut {
  const positive: PlanePoint[] = [];
  const negative: PlanePoint[] = [];
  for (let k = 0; k < polygon.length; k++) {
    const p = polygon[k]!;
    const a = values[k]!;
    if (a >= 0n) positive.push(p);
    if (a <= 0n) negative.push(p);
    const next = k + 1 === polygon.length ? 0 : k + 1;
    const b = values[next]!;
    if ((a > 0n && b < 0n) || (a < 0n && b > 0n)) {
      const crossing = crossingPoint(p, absInt(a), polygon[next]!, absInt(b));
      positive.push(crossing);
      negative.push(crossing);
    }
  }
  return { positive, negative };
}

/** Where an edge P–Q is crossed, by the sizes a and b of the form at its ends (each times w). */
const crossingPoint = (p: PlanePoint, a: bigint, q: PlanePoint, b: bigint): PlanePoint =>
  planePoint(a * q.x + b * p.x, a * q.y + b * p.y, a * q.w + b * p.w);

/** Signed area, positive for counterclockwise vertices. */
export function area(polygon: Polygon): Rational {
  let n = 0n;
  let d = 1n;
  for (let k = 0; k < polygon.length; k++) {
    const p = polygon[k]!;
    const q = polygon[(k + 1) % polygon.length]!;
    const w = p.w * q.w;
    n = n * w + (p.x * q.y - q.x * p.y) * d;
    d *= w;
    const g = gcd(n, d);
    if (g > 1n) {
      n /= g;
      d /= g;
    }
  }
  return rational(n, 2n * d);
}

/** The mean of the vertices: a point of the interior of a convex polygon that has one. */
export function centroid(polygon: Polygon): PlanePoint {
  let x = 0n;
  let y = 0n;
  let w = 1n;
  for (const p of polygon) {
    x = x * p.w + p.x * w;
    y = y * p.w + p.y * w;
    w *= p.w;
  }
  return planePoint(x, y, w * BigInt(polygon.length));
}
