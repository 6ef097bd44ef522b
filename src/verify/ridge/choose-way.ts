/**
 * Looking for a way to a good upper bound. Floating point suggests ways; the bounds are exact.
 *
 * Main definition: `bestAbove`.
 *
 * Candidates, until one reaches the target: the interval, the sum of the ridges' maxima; all linear ridges taken together
 * by their slopes; a curvature λ, which for axis-parallel (ℓ1) or orthogonal (ℓ2) directions is the whole Lagrange dual:
 * slopes (ℓ1) and second differences (ℓ2) of the ridges, which are the exact answers for distances, then the minimum
 * over λ of the bound, which is convex, by golden sections; the substitution of ReLUs, latest first.
 */
import {
  abs,
  compare,
  div,
  fromDouble,
  lessEqual,
  mul,
  type Rational,
  sign,
  sub,
  toNumber,
} from '../../exact/index.js';
import { type Expression, replaced, type State } from './expression.js';
import { isLinear, type Piecewise, slopeOf } from './piecewise.js';
import { boundAbove, type Way } from './way.js';

export interface FoundBound {
  readonly bound: Rational;
  readonly way: Way;
}

/** Substitutions one inside another. */
const deepest = 3;
/** Exact candidates that are tried. */
const mostCandidates = 6;

/** A good upper bound, or any at or below the target. */
export function bestAbove(state: State, expression: Expression, target?: Rational, depth = deepest): FoundBound {
  let best: FoundBound = { bound: boundAbove(state, expression, {}), way: {} };
  const reached = (): boolean => target !== undefined && lessEqual(best.bound, target);
  const attempt = (way: Way): void => {
    const bound = boundAbove(state, expression, way);
    if (compare(bound, best.bound) < 0) best = { bound, way };
  };
  for (const way of leafWays(state, expression)) {
    if (reached()) return best;
    attempt(way);
  }
  if (reached() || depth === 0) return best;
  const relus = [...expression.atoms.keys()]
    .filter((q) => state.atoms[q]!.argument !== undefined)
    .sort((a, b) => b - a);
  for (const q of relus.slice(0, 2)) {
    const found = bySubstitution(state, expression, q, target, depth);
    if (found !== undefined && compare(found.bound, best.bound) < 0) best = found;
    if (reached()) return best;
  }
  return best;
}

function bySubstitution(
  state: State,
  expression: Expression,
  q: number,
  target: Rational | undefined,
  depth: number,
): FoundBound | undefined {
  const side = (byArgument: boolean): FoundBound =>
    bestAbove(state, replaced(state, expression, q, byArgument), target, depth - 1);
  const without = side(false);
  if (sign(expression.atoms.get(q)!) > 0) {
    // Both sides have to be small.
    if (target !== undefined && compare(without.bound, target) > 0) return undefined;
    const other = side(true);
    const larger = compare(without.bound, other.bound) >= 0 ? without : other;
    return { bound: larger.bound, way: { atom: q, without: without.way, replaced: other.way } };
  }
  if (target !== undefined && lessEqual(without.bound, target)) {
    return { bound: without.bound, way: { atom: q, without: without.way } };
  }
  const other = side(true);
  return compare(other.bound, without.bound) < 0
    ? { bound: other.bound, way: { atom: q, replaced: other.way } }
    : { bound: without.bound, way: { atom: q, without: without.way } };
}

function* leafWays(state: State, { ridges, atoms }: Expression): Generator<Way> {
  // One scalar alone is exact already.
  if (ridges.size < 2 && (ridges.size === 0 || atoms.size === 0)) return;
  if ([...ridges.values()].filter(isLinear).length > 1) yield { linear: true };
  const { norm } = state.scalars.ball;
  if (norm === 'linf' || ridges.size < 2) return;
  const p = norm === 'l2' ? 2 : 1;
  const shapes = [...ridges].map(([scalar, f]) => shapeOf(f, state.scalars.size(scalar)));
  const allowance = toNumber(
    state.scalars.allowance([...ridges.keys()].map((scalar) => [scalar, div(one, state.scalars.size(scalar))])),
  );
  const estimate = (lambda: number): number =>
    shapes.reduce((sum, shape) => sum + largest(shape, lambda, p), lambda * allowance);
  const exact = [...ridges].flatMap(([scalar, f]) =>
    naturalCurvatures(f, p).map((v) => mul(v, state.scalars.size(scalar))),
  );
  const distinct = [...new Map(exact.map((v) => [`${v.n}/${v.d}`, v])).values()];
  const ranked = distinct
    .map((v) => ({ v, value: estimate(toNumber(v)) }))
    .sort((a, b) => a.value - b.value)
    .slice(0, mostCandidates);
  const golden = goldenMinimum(estimate, Math.max(...shapes.map(steepest)));
  for (const { v } of ranked.slice(0, 2)) yield { curvature: v };
  // A short λ costs little where there is room, a long one reaches what a narrow gap asks for.
  for (const bits of [6, 24]) {
    const curvature = rounded(golden, bits);
    if (curvature.n > 0n) yield { curvature };
  }
}

const one: Rational = { n: 1n, d: 1n };

/** λ for which f(t) − λ|t|ᵖ may be flat: absolute slopes, or second differences. */
function naturalCurvatures(f: Piecewise, p: 1 | 2): Rational[] {
  const slopes = Array.from({ length: f.at.length - 1 }, (_, k) => slopeOf(f, k));
  if (p === 1) return slopes.map(abs).filter((v) => v.n !== 0n);
  const found: Rational[] = [];
  for (let k = 1; k < slopes.length; k++) {
    const bend = div(sub(slopes[k]!, slopes[k - 1]!), sub(f.at[k + 1]!, f.at[k - 1]!));
    if (bend.n > 0n) found.push(bend);
  }
  return found;
}

/** A ridge in doubles, with the square or power of its direction's size. */
interface Shape {
  readonly at: readonly number[];
  readonly values: readonly number[];
  readonly size: number;
}

const shapeOf = (f: Piecewise, size: Rational): Shape => ({
  at: f.at.map(toNumber),
  values: f.values.map(toNumber),
  size: toNumber(size),
});

/** The λ at which a penalty as steep as the function stands at the end of its interval. */
const steepest = ({ at, values, size }: Shape): number =>
  values.reduce((most, v, k) => (at[k] === 0 ? most : Math.max(most, Math.abs(v / at[k]!) * size)), 0) /
  Math.min(1, at.at(-1)!);

/** A double with so many significant bits. */
function rounded(value: number, bits: number): Rational {
  if (!(value > 0) || !Number.isFinite(value)) return { n: 0n, d: 1n };
  const unit = 2 ** (Math.floor(Math.log2(value)) - bits);
  return fromDouble(Math.round(value / unit) * unit);
}

/** max f(t) − (λ/size)·|t|ᵖ, nearly. */
function largest({ at, values, size }: Shape, common: number, p: 1 | 2): number {
  const lambda = common / size;
  let most = 0;
  for (let k = 0; k < at.length; k++) {
    const t = at[k]!;
    most = Math.max(most, values[k]! - lambda * (p === 1 ? Math.abs(t) : t * t));
    if (p === 1 || lambda === 0 || k + 1 === at.length) continue;
    const slope = (values[k + 1]! - values[k]!) / (at[k + 1]! - t);
    const vertex = slope / (2 * lambda);
    if (vertex > t && vertex < at[k + 1]!) {
      most = Math.max(most, values[k]! + slope * (vertex - t) - lambda * vertex * vertex);
    }
  }
  return most;
}

/** Where a convex function of λ ≥ 0 is least, nearly; the interval grows while the right end falls. */
function goldenMinimum(value: (lambda: number) => number, start: number): number {
  let [low, high] = [0, start];
  for (let n = 0; n < 30 && value(2 * high) < value(high); n++) high *= 2;
  high *= 2;
  const ratio = (Math.sqrt(5) - 1) / 2;
  for (let n = 0; n < 40; n++) {
    const [a, b] = [high - ratio * (high - low), low + ratio * (high - low)];
    if (value(a) <= value(b)) high = b;
    else low = a;
  }
  return (low + high) / 2;
}
