/**
 * Rational points of a region: where counterexamples are looked for.
 *
 * Main definitions: `centreOf`, `rayPoint` (as far as possible in a direction), `extremePoint` (largest value of a
 * linear form), `spherePoint` (exactly on an ℓ2 sphere).
 *
 * Every function returns a point of the region, open regions included; only how close it comes to the boundary is
 * rounded, to `bits` binary digits. Directions may come from floating point: they suggest, and decide nothing.
 */
import {
  add,
  addVectors,
  div,
  half,
  max,
  min,
  mul,
  neg,
  one,
  powerOfTwo,
  type Rational,
  rational,
  rootBelow,
  scaleVector,
  sub,
  type Vector,
  zero,
} from '../exact/index.js';
import { type Ball, magnitude, type Region } from '../geometry/index.js';

/** Binary digits kept when nothing else is said: enough for most margins, few enough for arithmetic in doubles. */
const coarseBits = 12;

/** The ball's centre, the box's midpoint. */
export function centreOf(region: Region): Vector {
  if (region.kind === 'ball') return region.centre;
  return region.lower.map((low, j) => mul(half, add(low, region.upper[j]!)));
}

/** A radius r′ ≤ r that closed balls can use in place of r: r itself, or (1 − 2^−bits)·r when the ball is open. */
const usableRadius = (ball: Ball, bits: number): Rational =>
  ball.open ? mul(ball.radius, sub(one, powerOfTwo(-bits))) : ball.radius;

/** The last point of a ball on the ray from its centre along v ≠ 0; of a box, the point nearest to its midpoint + v. */
export function rayPoint(region: Region, v: Vector, bits = coarseBits): Vector {
  const centre = centreOf(region);
  if (region.kind === 'box') {
    return centre.map((c, j) => max(region.lower[j]!, min(region.upper[j]!, add(c, v[j]!))));
  }
  const size = magnitude(region.norm, v);
  if (size.n === 0n) return centre;
  const radius = usableRadius(region, bits);
  const scale = region.norm === 'l2' ? rootBelow(div(mul(radius, radius), size), bits).value : div(radius, size);
  return addVectors(centre, scaleVector(v, scale));
}

/** A point of the region where the linear form g·x is largest, or nearly so; coordinates with g_j = 0 stay at the centre. */
export function extremePoint(region: Region, g: ArrayLike<number>, bits = coarseBits): Vector {
  const centre = centreOf(region);
  const signs = centre.map((_, j) => Math.sign(g[j]!));
  if (region.kind === 'box') {
    return centre.map((c, j) => (signs[j]! > 0 ? region.upper[j]! : signs[j]! < 0 ? region.lower[j]! : c));
  }
  const radius = usableRadius(region, bits);
  const moved = (j: number): Rational => add(centre[j]!, signs[j]! < 0 ? neg(radius) : signs[j]! > 0 ? radius : zero);
  switch (region.norm) {
    case 'linf':
      return centre.map((_, j) => moved(j));
    case 'l1': {
      const top = signs.reduce((best, _, j) => (Math.abs(g[j]!) > Math.abs(g[best]!) ? j : best), 0);
      return centre.map((c, j) => (j === top ? moved(j) : c));
    }
    case 'l2':
      return rayPoint(region, roundedDirection(g, bits), bits);
  }
}

/** The direction g with entries rounded to multiples of 2^−bits of the largest one; 0 stays 0. */
function roundedDirection(g: ArrayLike<number>, bits: number): Rational[] {
  const values = Array.from(g);
  const largest = values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  return values.map((v) =>
    largest === 0 ? zero : rational(Math.round((v / largest) * 2 ** bits), 1n << BigInt(bits)),
  );
}

/**
 * A rational point exactly on the sphere of an ℓ2 ball near the direction g, by stereographic projection with
 * parameters rounded to `bits` digits; in an open ball, on a slightly smaller sphere.
 */
export function spherePoint(ball: Ball, g: ArrayLike<number>, bits = 6): Vector {
  const values = Array.from(g);
  const length = Math.hypot(...values);
  if (!(length > 0) || !Number.isFinite(length)) return ball.centre;
  // The pole is ±e_j on the side away from the direction, so the parameters u_i / (1 + |u_j|) are at most 1 in size.
  const j = values.reduce((best, v, i) => (Math.abs(v) > Math.abs(values[best]!) ? i : best), 0);
  const unit = values.map((v) => v / length);
  const t = unit.map((u, i) =>
    i === j ? zero : rational(Math.round((u / (1 + Math.abs(unit[j]!))) * 2 ** bits), 1n << BigInt(bits)),
  );
  const square = magnitude('l2', t);
  const scale = div(usableRadius(ball, coarseBits), add(one, square));
  const along = mul(scale, sub(one, square));
  return ball.centre.map((c, i) =>
    add(c, i === j ? (unit[j]! < 0 ? neg(along) : along) : mul(mul(rational(2), scale), t[i]!)),
  );
}
