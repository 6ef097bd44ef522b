/**
 * Points in and around a region, and what exact evaluation says of them.
 *
 * Main definitions: `isInside`, `isUnsafe`, `pointsOf`, `pointsAround`. Membership is computed from the definitions of the
 * norms, apart from the code that verifiers and replays use.
 */
import fc from 'fast-check';
import { pointInBall } from '../arbitrary/index.js';
import {
  abs,
  add,
  compare,
  lessEqual,
  max,
  mul,
  type Rational,
  rational,
  square,
  sub,
  type Vector,
  zero,
} from '../exact/index.js';
import type { Region } from '../geometry/index.js';
import { evaluate } from '../network/index.js';
import type { Query } from '../verify/query.js';
import { holds } from '../verify/verdict.js';

/** Points drawn in a region. */
const pointsTried = 12;

/** Whether x lies in a region, from the definitions of the norms. */
export function isInside(region: Region, x: Vector): boolean {
  if (region.kind === 'box') {
    return x.every((v, j) => lessEqual(region.lower[j]!, v) && lessEqual(v, region.upper[j]!));
  }
  const { norm, centre, radius } = region;
  const gaps = x.map((v, j) => abs(sub(v, centre[j]!)));
  const size =
    norm === 'linf' ? gaps.reduce(max, zero) : gaps.reduce((sum, v) => add(sum, norm === 'l1' ? v : square(v)), zero);
  const side = compare(size, norm === 'l2' ? square(radius) : radius);
  return region.open ? side < 0 : side <= 0;
}

/** Whether f(x) is unsafe. */
export const isUnsafe = ({ network, unsafe }: Query, x: Vector): boolean => {
  const y = evaluate(network, x);
  return unsafe.some((conjunction) => conjunction.every((c) => holds(c, y)));
};

/** Points of a region: drawn in its ball, or mixed from the ends of its box. */
export function pointsOf({ region }: Query, seed: number): Vector[] {
  const setting = { seed, numRuns: pointsTried };
  if (region.kind === 'box') return fc.sample(boxPoint(region.lower, region.upper), setting);
  return fc.sample(pointInBall(region.centre, region.radius, region.norm), setting).filter((x) => isInside(region, x));
}

/** Points in and around a region. */
export function pointsAround({ region }: Query, seed: number): Vector[] {
  const setting = { seed: seed + 1, numRuns: pointsTried };
  if (region.kind === 'ball') {
    const wider = add(mul(region.radius, rational(5, 4)), rational(1, 1000));
    return fc.sample(pointInBall(region.centre, wider, region.norm), setting);
  }
  const margin = rational(1, 3);
  return fc.sample(
    boxPoint(
      region.lower.map((v) => sub(v, margin)),
      region.upper.map((v) => add(v, margin)),
    ),
    setting,
  );
}

const boxPoint = (lower: Vector, upper: Vector): fc.Arbitrary<Vector> =>
  fc
    .array(fc.nat({ max: 4 }), { minLength: lower.length, maxLength: lower.length })
    .map((shares) =>
      shares.map((share, j): Rational => add(lower[j]!, mul(sub(upper[j]!, lower[j]!), rational(share, 4)))),
    );
