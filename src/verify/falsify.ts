/**
 * A cheap exact search for counterexamples, the first rung of the ladder.
 *
 * Main definitions: `falsify`, `FalsifyOptions`.
 *
 * Candidates are rational points of the region in order of promise: the centre, the last point of the region towards
 * each nearby sample, what the slope of the network suggests, corners and vertices, random points. Each is replayed
 * exactly, so a hit is a counterexample; no hit says nothing. The number of candidates follows from the size of the
 * network, not from a clock: the same query, options and seed give the same answer everywhere.
 */
import {
  addVectors,
  formatRational,
  half,
  type RandomSource,
  randomSource,
  rational,
  scaleVector,
  subVectors,
  toNumber,
  type Vector,
} from '../exact/index.js';
import { contains, type Region, regionDimension } from '../geometry/index.js';
import type { Network } from '../network/index.js';
import type { Constraint, Query } from './query.js';
import { centreOf, extremePoint, rayPoint, spherePoint } from './region-points.js';
import { slope } from './slope.js';
import { replay, type Verdict } from './verdict.js';

export interface FalsifyOptions {
  /** Points worth moving towards, such as the nearest samples with other labels. @defaultValue none */
  readonly towards?: readonly Vector[];
  /**
   * Number of points to evaluate; points with long numbers count for more. @defaultValue `affordableSamples`, what
   * three million multiply-adds pay for, at least 4
   */
  readonly samples?: number;
  /** @defaultValue 1 */
  readonly seed?: number;
}

/** Multiply-adds in doubles that a search may cost. */
const budget = 3_000_000;
const fewestSamples = 4;
/** Multiply-adds that the work around an evaluation costs, measured on small networks. */
const overhead = 8000;
/** The same for each layer of an evaluation. */
const layerOverhead = 100;
/** Multiply-adds in doubles that one in BigInt costs. */
const bigCost = 10;
/** What a point met before counts, so that the search ends even if all are. */
const repeatCost = 0.1;
/** Points with larger denominators take most networks out of the range of doubles. */
const shortDenominator = 1n << 20n;
/** Binary digits of points that have to come very close to the boundary. */
const fineBits = 60;
/** All corners of a box or ℓ∞ ball are candidates up to this dimension, as far as the budget goes. */
const mostCornerDimensions = 10;
/** At most this many directions come before all else. */
const mostNearest = 64;
/** Directions that are also tried along their signs, uphill and finely. */
const refinedDirections = 4;
/** Conjunctions of the unsafe set whose slopes are followed. */
const climbedConjunctions = 3;
/** Entries of random directions are whole numbers up to this size. */
const directionSteps = 64;

/** Multiply-adds of one evaluation, in doubles or in BigInt, counted in doubles. */
function evaluationCost(network: Network, long: boolean): number {
  return network.layers.reduce((sum, layer) => {
    const doubles = !long && layer.weights instanceof Float64Array && layer.biases instanceof Float64Array;
    return sum + layerOverhead + (doubles ? 1 : bigCost) * (layer.columns.length + layer.biases.length);
  }, overhead);
}

/** The number of evaluations that `falsify` pays for when it is not told. */
export function affordableSamples(network: Network): number {
  return Math.max(fewestSamples, Math.floor(budget / evaluationCost(network, false)));
}

/** A counterexample found among promising points and replayed exactly, or undefined. */
export function falsify(query: Query, options: FalsifyOptions = {}): (Verdict & { verdict: 'sat' }) | undefined {
  const { towards = [], seed = 1, samples = affordableSamples(query.network) } = options;
  if (query.unsafe.length === 0) return undefined;
  const seen = new Set<string>();
  const longCost = evaluationCost(query.network, true) / evaluationCost(query.network, false);
  let left = samples;
  for (const x of candidates(query, towards, Math.min(mostNearest, Math.ceil(0.75 * samples)), randomSource(seed))) {
    if (left <= 0) return undefined;
    const key = x.map(formatRational).join();
    if (seen.has(key)) {
      left -= repeatCost;
      continue;
    }
    left -= x.some((v) => v.d > shortDenominator) ? longCost : 1;
    seen.add(key);
    const found = replay(query, x);
    if (found.inside && found.unsafe) return { verdict: 'sat', point: x, outputs: found.outputs };
  }
  return undefined;
}

/** Points of the region in order of promise, without end unless the region is one point; the `first` nearest come early. */
function* candidates(query: Query, towards: readonly Vector[], first: number, random: RandomSource): Generator<Vector> {
  const { region } = query;
  const centre = centreOf(region);
  yield centre;
  if (region.kind === 'ball' && region.radius.n === 0n) return;
  const directions = nearestFirst(towards, centre);
  const nearest = directions.slice(0, first);
  for (const v of nearest) yield rayPoint(region, v);
  yield* uphill(query, centre);
  for (const v of nearest.slice(0, refinedDirections)) {
    yield extremePoint(region, v.map(toNumber));
    yield* uphill(query, rayPoint(region, v));
  }
  for (const v of nearest) {
    for (const x of [addVectors(centre, v), addVectors(centre, scaleVector(v, half))]) if (contains(region, x)) yield x;
  }
  yield* outermost(region);
  // Late: long numbers cost arithmetic in BigInt.
  for (const v of nearest.slice(0, refinedDirections)) yield rayPoint(region, v, fineBits);
  for (const v of directions.slice(first)) yield rayPoint(region, v);
  for (;;) {
    const x = randomPoint(region, random);
    yield x;
    yield* uphill(query, x);
  }
}

/** The vectors from the centre to the given points, shortest first (in ℓ2, nearly: an order is all that is needed). */
function nearestFirst(points: readonly Vector[], centre: Vector): Vector[] {
  return points
    .map((x) => {
      const v = subVectors(x, centre);
      return { v, length: Math.hypot(...v.map(toNumber)) };
    })
    .filter(({ length }) => length > 0)
    .sort((a, b) => a.length - b.length)
    .map(({ v }) => v);
}

/** For each conjunction, up to a few, the points where its linearisation at x, and then at that point, is largest. */
function* uphill(query: Query, x: Vector): Generator<Vector> {
  const { region } = query;
  for (const conjunction of query.unsafe.slice(0, climbedConjunctions)) {
    let at = x;
    for (let step = 0; step < 2; step++) {
      const g = slopeOf(query.network, at, conjunction);
      if (!g.every(Number.isFinite) || g.every((v) => v === 0)) break;
      at = extremePoint(region, g);
      yield at;
      if (step === 1 && region.kind === 'ball' && region.norm === 'l2') yield spherePoint(region, g);
    }
  }
}

function slopeOf(network: Network, x: Vector, conjunction: readonly Constraint[]): Float64Array {
  const columns = conjunction.flatMap((c) => c.columns);
  const weights = conjunction.flatMap((c) => c.weights.map(toNumber));
  return slope(network, x.map(toNumber), columns, weights);
}

/** The points furthest out along the axes, then, in low dimensions, all corners of a box or ℓ∞ ball. */
function* outermost(region: Region): Generator<Vector> {
  const d = regionDimension(region);
  for (let j = 0; j < d; j++) {
    for (const side of [1, -1]) {
      yield extremePoint(
        region,
        Array.from({ length: d }, (_, i) => (i === j ? side : 0)),
      );
    }
  }
  if (d > mostCornerDimensions || (region.kind === 'ball' && region.norm !== 'linf')) return;
  for (let corner = 0; corner < 2 ** d; corner++) {
    yield extremePoint(
      region,
      Array.from({ length: d }, (_, j) => ((corner >> j) & 1 ? 1 : -1)),
    );
  }
}

/** A corner, a point of the boundary, or a point on the way to it. */
function randomPoint(region: Region, random: RandomSource): Vector {
  const centre = centreOf(region);
  const direction = centre.map(() => random.between(-directionSteps, directionSteps));
  const kind = random.below(4);
  if (kind === 0) return extremePoint(region, direction);
  if (kind === 1 && region.kind === 'ball' && region.norm === 'l2') return spherePoint(region, direction);
  const outer =
    region.kind === 'ball'
      ? rayPoint(
          region,
          direction.map((v) => rational(v)),
        )
      : extremePoint(region, direction);
  const share = rational(random.between(1, 8), 8);
  return addVectors(centre, scaleVector(subVectors(outer, centre), share));
}
