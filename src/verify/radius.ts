/**
 * The robust radius of a point: how large a ball around it is free of unsafe points.
 *
 * Main definitions: `robustRadius`, `RobustRadius`.
 *
 * Let r* be the infimum of the distances of unsafe points from the centre, ∞ without any. A proof for a ball certifies
 * its radius: r* is not below it. A replayed counterexample witnesses its distance: r* is not above it. In ℓ1 and ℓ∞ a
 * witness also gives the least distance in its activation cell (nearest-in-cell.ts), an exact bound of r* from above; when
 * the ball of just that radius is proved, open if the bound is attained, closed if it is not, then r* is known exactly.
 * Between such attempts the interval is halved. Engines only ever answer queries; what they answer is checked or replayed
 * by them.
 */
import {
  add,
  addVectors,
  div,
  equal,
  floor,
  floorLog2,
  formatRational,
  half,
  less,
  lessEqual,
  min,
  mul,
  powerOfTwo,
  type Rational,
  rational,
  rootAbove,
  scaleVector,
  sub,
  subVectors,
  type Vector,
  zero,
} from '../exact/index.js';
import { type Evidence, InputError, InternalError, type Norm } from '../format/index.js';
import { type Ball, ball, magnitude } from '../geometry/index.js';
import type { Network } from '../network/index.js';
import { nearestInCell } from './nearest-in-cell.js';
import { checkedQuery, type Query, type UnsafeSet } from './query.js';
import { replay, type Verdict } from './verdict.js';

export interface RadiusProblem {
  readonly network: Network;
  readonly norm: Norm;
  readonly centre: Vector;
  readonly unsafe: UnsafeSet;
}

export interface RobustRadius {
  /** No point of this ball is unsafe; undefined when the centre is. */
  readonly certified?: {
    readonly radius: Rational;
    /** Whether the ball is without its sphere. */
    readonly open: boolean;
    /** Of the ball's proof; the centre alone has none, it was evaluated. */
    readonly evidence?: Evidence;
  };
  /** r* is at most this; undefined when no unsafe point was found. */
  readonly witnessed?: {
    readonly radius: Rational;
    /** Whether `point` lies at this distance, in ℓ2 within it; else it lies further, and others come as near to it as one likes. */
    readonly attained: boolean;
    /** An unsafe point, replayed. */
    readonly point: Vector;
    readonly outputs: Vector;
  };
  /** Whether both are the same number, which is then r*. */
  readonly exact: boolean;
  /** Balls that engines were asked about. */
  readonly queries: number;
  /** Why the gap is larger than asked for, if it is. */
  readonly reason?: string;
}

export interface RobustRadiusOptions {
  /** Largest difference of witnessed and certified radius; 0 for the exact one, which ℓ2 does not give. */
  readonly gap: Rational;
  /** Balls above this radius are not asked about. */
  readonly most: Rational;
  /** A ball that some proof has shown to be free of unsafe points. @defaultValue none */
  readonly known?: Certified;
  /** Points that may be unsafe, such as samples with other labels. @defaultValue none */
  readonly towards?: readonly Vector[];
  /** Most balls to ask about. @defaultValue 200 */
  readonly queries?: number;
  readonly signal?: AbortSignal;
}

/** Significant bits of the distance of an ℓ2 witness. */
const distanceBits = 64;
/** How near a witness is moved to the infimum, and how far beyond an optimum the next cell is looked for. */
const closeness = powerOfTwo(-20);
/** Cells that a witness is moved through without asking. */
const mostCells = 64;
/** Balls that may be left open: each may have taken all its time. */
const mostOpen = 3;

type Certified = NonNullable<RobustRadius['certified']>;
type Witness = NonNullable<RobustRadius['witnessed']>;

/** What is known so far. */
interface State {
  certified: Certified;
  witnessed?: Witness;
  /** The least ball that was left open. */
  open?: { readonly radius: Rational; readonly reason: string };
  left: number;
  queries: number;
}

/**
 * The robust radius, by a prover of queries.
 * @throws InputError for a negative gap or largest radius, the gap 0 in ℓ2, and as `checkedQuery`; what the prover throws.
 */
export async function robustRadius(
  problem: RadiusProblem,
  verify: (query: Query, towards: readonly Vector[]) => Promise<Verdict>,
  options: RobustRadiusOptions,
): Promise<RobustRadius> {
  const { network, norm, centre, unsafe } = problem;
  const { gap, most, known, towards = [], queries = 200, signal } = options;
  for (const [name, value] of Object.entries({ gap, most }))
    if (value.n < 0n) throw new InputError(`${name}: expected a value ≥ 0, got ${formatRational(value)}`);
  if (norm === 'l2' && gap.n === 0n) throw new InputError('gap: expected a value > 0 in ℓ2, got 0');
  const query = (radius: Rational, open: boolean): Query =>
    checkedQuery({ network, region: ball(norm, centre, radius, open), unsafe });
  const atCentre = replay(query(zero, false), centre);
  if (atCentre.unsafe) {
    const witnessed = { radius: zero, attained: true, point: centre, outputs: atCentre.outputs };
    return { witnessed, exact: true, queries: 0 };
  }

  const start: Certified = known ?? { radius: zero, open: false };
  // What is known beyond the largest radius asked about holds on the closed ball of that radius.
  const least = less(most, start.radius) ? { ...start, radius: most, open: false } : start;
  const state: State = { certified: least, left: mostOpen, queries: 0 };
  const witness = (x: Vector, within?: Rational): void => {
    const whole = witnessAt(query(zero, false), x);
    // In ℓ2 the distance is rounded up, beyond the ball that the point was found in.
    const found = within !== undefined && less(within, whole.radius) ? { ...whole, radius: within } : whole;
    if (state.witnessed === undefined || isNearer(found, state.witnessed)) state.witnessed = found;
  };
  for (const x of towards) if (replay(query(zero, false), x).unsafe) witness(x);
  const ask = async (radius: Rational, open: boolean): Promise<void> => {
    state.queries++;
    const verdict = await verify(query(radius, open), towards);
    if (verdict.verdict === 'sat') witness(verdict.point, radius);
    else if (verdict.verdict === 'unsat') state.certified = { radius, open, evidence: verdict.evidence };
    else {
      state.left--;
      state.open = { radius, reason: verdict.verdict === 'timed-out' ? 'timed out' : verdict.reason };
    }
  };

  const isClosed = (): boolean =>
    state.witnessed !== undefined && equal(state.certified.radius, state.witnessed.radius);
  let reason: string | undefined;
  let mayBeExact = norm !== 'l2';
  while (!isClosed()) {
    const { certified, witnessed, open } = state;
    const found = witnessed !== undefined && lessEqual(witnessed.radius, most) ? witnessed : undefined;
    const upper = min(found?.radius ?? most, open?.radius ?? most);
    const isOpen = open !== undefined && (found === undefined || gap.n === 0n || less(open.radius, found.radius));
    // Where the exact radius is left open, it is approached.
    const width = isOpen && gap.n === 0n ? mul(closeness, most) : gap;
    const isNarrow = lessEqual(sub(upper, certified.radius), width);
    if (isOpen && (isNarrow || state.left <= 0)) reason = open.reason;
    else if (signal?.aborted === true) reason = 'interrupted';
    else if (!isNarrow && state.queries >= queries) reason = `${queries} balls were asked about`;
    if (reason !== undefined || (isNarrow && (found !== undefined || equal(certified.radius, most)))) break;
    if (found === undefined && (isNarrow || open === undefined)) await ask(most, false);
    else if (found !== undefined && mayBeExact && open === undefined) {
      mayBeExact = false;
      await ask(found.radius, found.attained);
    } else {
      mayBeExact = norm !== 'l2';
      await ask(middle(certified.radius, upper), false);
    }
  }
  const { certified, witnessed } = state;
  return {
    certified,
    ...(witnessed === undefined ? {} : { witnessed }),
    exact: isClosed(),
    queries: state.queries,
    ...(reason === undefined ? {} : { reason }),
  };
}

const isNearer = (a: Witness, b: Witness): boolean =>
  less(a.radius, b.radius) || (equal(a.radius, b.radius) && a.attained && !b.attained);

/** What an unsafe point says, once it has been moved through cells towards the centre as far as that goes. */
function witnessAt(query: Query, x: Vector): Witness {
  const { norm, centre } = query.region as Ball;
  let at = x;
  for (let cell = 0; cell < mostCells; cell++) {
    const best = nearestInCell(query, at);
    if (best === undefined) break;
    const reached = unsafeAt(query, best.point);
    const attained = reached ?? (equal(distance(norm, at, centre), best.radius) ? unsafeAt(query, at) : undefined);
    const next = towardsPoint(best.point, centre);
    if (best.radius.n > 0n && unsafeAt(query, next) !== undefined) {
      at = next;
      continue;
    }
    if (attained !== undefined) return { radius: best.radius, attained: true, ...attained };
    const near = unsafeAt(query, towardsPoint(best.point, at));
    if (near === undefined)
      throw new InternalError('nearestInCell: expected unsafe points near the optimum, got a safe one');
    return { radius: best.radius, attained: false, ...near };
  }
  const own = unsafeAt(query, at);
  if (own === undefined) throw new InternalError('witnessAt: expected an unsafe point, got a safe one');
  return { radius: distance(norm, at, centre), attained: true, ...own };
}

const unsafeAt = (query: Query, point: Vector): { point: Vector; outputs: Vector } | undefined => {
  const { unsafe, outputs } = replay(query, point);
  return unsafe ? { point, outputs } : undefined;
};

/** The distance from the centre; in ℓ2 rounded up. */
function distance(norm: Norm, x: Vector, centre: Vector): Rational {
  const size = magnitude(norm, subVectors(x, centre));
  return norm === 'l2' ? rootAbove(size, distanceBits).value : size;
}

/** A point a little on the way from one point to another. */
const towardsPoint = (from: Vector, to: Vector): Vector =>
  addVectors(from, scaleVector(subVectors(to, from), closeness));

/** A short number between a and b > a, at least a quarter of their distance from both. */
function middle(a: Rational, b: Rational): Rational {
  const unit = powerOfTwo(floorLog2(sub(b, a)) - 2);
  return mul(rational(floor(div(mul(half, add(a, b)), unit))), unit);
}
