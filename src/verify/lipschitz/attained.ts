/**
 * Where a Lipschitz constant is attained: two points whose outputs are as far apart as it allows.
 *
 * Main definitions: `Attained`, `attainedIn`.
 *
 * Main statement. On a cell with DF = J there is v with ‖Jv‖ = ‖J‖‖v‖: the signs of the largest row in ℓ∞, the unit vector of the
 * largest column in ℓ1, the row itself in ℓ2. So for x inside the cell and small s > 0, ‖F(x + sv) − F(x)‖ = ‖J‖·‖sv‖, which is
 * checked by evaluating F. It proves from below, whatever found the cell.
 */
import {
  add,
  addVectors,
  compare,
  dot,
  equal,
  floor,
  half,
  less,
  maxOfAbs,
  mul,
  one,
  powerOfTwo,
  type Rational,
  rational,
  scaleVector,
  subVectors,
  sumOfAbs,
  type Vector,
  zero,
} from '../../exact/index.js';
import { InternalError, type Norm } from '../../format/index.js';
import { contains, magnitude, type Region } from '../../geometry/index.js';
import { evaluate, type Layer } from '../../network/index.js';
import type { Leaf } from './cells/cell-walk.js';
import { innerPoint } from './cells/cone.js';
import { rowsOf, type StartCell } from './cells/start-cell.js';
import { gradientAt } from './gradient-at.js';

export interface Attained {
  /** A point inside the cell, and inside the region. */
  readonly point: Vector;
  /** DF there, row by row. */
  readonly gradient: readonly Vector[];
  /** ‖F(to) − F(point)‖ = constant · ‖to − point‖, with the difference of the outputs. */
  readonly to: Vector;
  readonly difference: Vector;
}

/** Binary digits tried for a short point inside a cell. */
const mostDigits = 24;

/** Steps towards a point after which the cell is said to be none. */
const mostHalvings = 500;
const fineHalvings = 32;

/**
 * The pair of points of a leaf of the walk over the layers' cells.
 * @throws InternalError when evaluating the network contradicts the leaf.
 */
export function attainedIn(
  layers: readonly Layer[],
  norm: Norm,
  leaf: Leaf,
  start: StartCell,
  region?: Region,
): Attained {
  const { gradient, magnitude: constant } = leaf;
  const rows = rowsOf(leaf.sides);
  const valueAt = (row: Vector, x: Vector): Rational => add(dot(row.slice(0, -1), x), row.at(-1)!);
  const isIn = (x: Vector): boolean => region === undefined || contains(region, x);
  const isInside = (x: Vector): boolean =>
    (region === undefined || isInner(region, x)) && rows.every((row) => valueAt(row, x).n > 0n);

  const point = shortened(insidePoint(leaf, start, isInside), isInside);
  const v = direction(norm, gradient);
  const to = firstHalved(
    (step) => addVectors(point, scaleVector(v, step)),
    (x) => isIn(x) && rows.every((row) => valueAt(row, x).n >= 0n),
  );
  const network = { layers };
  const difference = subVectors(evaluate(network, to), evaluate(network, point));
  const found = gradientAt(layers, point);
  const isSame = found?.every((row, i) => row.every((g, j) => equal(g, gradient[i]![j]!))) ?? false;
  const isAttained = equal(magnitude(norm, difference), mul(constant, magnitude(norm, subVectors(to, point))));
  if (!isSame || !isAttained)
    throw new InternalError('lipschitz: expected the gradient of the cell at its point, got another');
  return { point, gradient, to, difference };
}

/** Whether x is in the region and not on its boundary: from there every direction leads on within it. */
const isInner = (region: Region, x: Vector): boolean =>
  region.kind === 'ball'
    ? contains({ ...region, open: true }, x)
    : x.every((v, j) => less(region.lower[j]!, v) && less(v, region.upper[j]!));

/** A point inside the cell and the region; in an ℓ2 ball, from the cell's nearest point on towards its middle. */
function insidePoint(leaf: Leaf, start: StartCell, isInside: (x: Vector) => boolean): Vector {
  const middle = innerPoint(leaf.cone);
  const entry = start.entry?.(leaf.sides);
  if (entry === undefined) return middle;
  return firstHalved((part) => addVectors(entry, scaleVector(subVectors(middle, entry), part)), isInside);
}

/** The first of at(1), at(1/2), at(1/4), … that is good, in larger steps when it is none of the first. @throws InternalError when there is none. */
function firstHalved(at: (part: Rational) => Vector, isGood: (x: Vector) => boolean): Vector {
  for (let k = 0; k < mostHalvings; k++) {
    const x = at(powerOfTwo(k <= fineHalvings ? -k : -k * (k - fineHalvings + 1)));
    if (isGood(x)) return x;
  }
  throw new InternalError('lipschitz: expected a cell with inner points in the region, got one without');
}

/** The point with few binary digits, where that is still inside. */
function shortened(x: Vector, isInside: (x: Vector) => boolean): Vector {
  for (let digits = 0; digits <= mostDigits; digits++) {
    const unit = powerOfTwo(-digits);
    const short = x.map((v) => mul(rational(floor(add(mul(v, powerOfTwo(digits)), half))), unit));
    if (isInside(short)) return short;
  }
  return x;
}

/** v ≠ 0 with ‖Jv‖ = ‖J‖·‖v‖. */
function direction(norm: Norm, gradient: readonly Vector[]): Rational[] {
  const d = gradient[0]!.length;
  const unit = (k: number): Rational[] => Array.from({ length: d }, (_, j) => (j === k ? one : zero));
  const columns = Array.from({ length: d }, (_, j) => gradient.map((row) => row[j]!));
  const found =
    norm === 'linf'
      ? largest(gradient, sumOfAbs).map((g) => rational(g.n > 0n ? 1 : g.n < 0n ? -1 : 0))
      : norm === 'l1'
        ? unit(columns.indexOf(largest(columns, sumOfAbs)))
        : scaledToOne(gradient[0]!);
  return found.some((v) => v.n !== 0n) ? found : unit(0);
}

/** v / max |v_j|, and 0 for 0. */
function scaledToOne(v: Vector): Rational[] {
  const size = maxOfAbs(v);
  return v.map((g) => (size.n === 0n ? zero : mul(g, { n: size.d, d: size.n })));
}

function largest<T>(values: readonly T[], size: (value: T) => Rational): T {
  return values.reduce((best, value) => (compare(size(value), size(best)) > 0 ? value : best));
}
