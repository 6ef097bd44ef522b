/**
 * From a solver's model of an encoding to a replayed counterexample.
 *
 * Main definition: `verdictOfModel`.
 *
 * A model with rational inputs is a point, and must replay: a failure is a bug, of the encoding or of the solver. A
 * model of an ℓ2 query may have algebraic inputs, given by enclosing intervals. Then rational points near it are
 * replayed: first the point rounded towards the centre, coarsely and finely, which stays in the ball; then points of
 * the flat on which the network stays unsafe (local-face.ts), moved towards its point nearest to the centre.
 */
import {
  add,
  addVectors,
  floorDiv,
  half,
  max,
  min,
  mul,
  one,
  parseRational,
  powerOfTwo,
  type Rational,
  rational,
  scaleVector,
  sub,
  subVectors,
  toNumber,
  type Vector,
} from '../../exact/index.js';
import { InternalError } from '../../format/index.js';
import type { Query } from '../query.js';
import { centreOf } from '../region-points.js';
import { replay, satBy, type Verdict } from '../verdict.js';
import { type Enclosure, localFace, projection } from './local-face.js';
import type { Z3Value } from './z3-protocol.js';

/** Binary digits after the point, coarse first: short numbers make readable counterexamples. */
const precisions = [8, 16, 32, 64, 96];

/**
 * The verdict that a model means: `sat` with a replayed point, or `unknown` when no rational point near an algebraic
 * model replays.
 * @throws InternalError when an input has no value, or a rational model does not replay.
 */
export function verdictOfModel(
  query: Query,
  constants: readonly string[],
  model: Readonly<Record<string, Z3Value>>,
  engine = 'z3',
): Verdict {
  const values = constants.map((name) => {
    const value = model[name];
    if (value === undefined) throw new InternalError(`${engine}: expected a model with a value of ${name}, got none`);
    return value;
  });
  const ends = (side: 'lower' | 'upper'): Rational[] =>
    values.map((v) => parseRational('rational' in v ? v.rational : v.algebraic[side], 'model'));
  const point: Enclosure = { lower: ends('lower'), upper: ends('upper') };
  if (values.every((v) => 'rational' in v)) return satBy(query, point.lower, engine);
  for (const x of pointsNear(query, point)) {
    const found = replay(query, x);
    if (found.inside && found.unsafe) return { verdict: 'sat', point: x, outputs: found.outputs };
  }
  const near = point.lower.map((v) => toNumber(v).toPrecision(6)).join(', ');
  return { verdict: 'unknown', reason: `${engine}: no rational point near the algebraic model (${near}) replays` };
}

function* pointsNear(query: Query, point: Enclosure): Generator<Vector> {
  const centre = centreOf(query.region);
  const inner = centre.map((c, j) => max(point.lower[j]!, min(point.upper[j]!, c)));
  for (const bits of precisions) yield inner.map((v, j) => add(centre[j]!, truncated(sub(v, centre[j]!), bits)));
  const middle = point.lower.map((v, j) => mul(half, add(v, point.upper[j]!)));
  const flat = localFace(query, point, middle);
  const nearest = projection(flat, centre);
  const onFlat = projection(flat, middle);
  if (nearest === undefined || onFlat === undefined) return;
  for (const bits of precisions) {
    yield addVectors(nearest, scaleVector(subVectors(onFlat, nearest), sub(one, powerOfTwo(-bits))));
  }
  yield nearest;
}

/** v with fewer digits: a multiple of 2^−bits no larger in size. */
function truncated(v: Rational, bits: number): Rational {
  const size = 1n << BigInt(bits);
  const steps = floorDiv((v.n < 0n ? -v.n : v.n) * size, v.d);
  return rational(v.n < 0n ? -steps : steps, size);
}
