/**
 * The separation property of linear maps: differently labelled closed balls of a norm have disjoint images.
 *
 * Main definitions: `separationLaws`, `SeparationOptions`, `MapBuilder`.
 *
 * In its exact form: dist_p(x_i − x_k, ker T) > 2μ for all differently labelled pairs. It is decided here by a plain loop
 * over all pairs, each with a proof from above and one from below, and attacked twice: with drawn points of the balls, and
 * with the pair of points that T brings closest.
 */
import fc from 'fast-check';
import { type InstanceConstraints, instance, type MemorizationInstance, pointInBall } from '../arbitrary/index.js';
import {
  compare,
  formatRational,
  lessEqual,
  mul,
  type Rational,
  rational,
  subVectors,
  type Vector,
} from '../exact/index.js';
import { InputError, type Norm } from '../format/index.js';
import {
  collision,
  type Dataset,
  image,
  kernelDistance,
  kernelDistanceHolds,
  type LinearMap,
  labelledPairs,
  point,
  preserves,
  radiusMagnitude,
  samplePairText,
} from '../geometry/index.js';
import { shownValue } from '../regression/encoded-value.js';
import { type Law, law, seeded } from './law.js';

/** A map for a dataset and a radius; may throw AssumptionError when it finds none. */
export type MapBuilder = (data: Dataset, radius: Rational, norm: Norm) => LinearMap;

export interface SeparationOptions {
  /** @defaultValue the name of the builder */
  readonly name?: string;
  /** Norm of the balls. @defaultValue 'l2' */
  readonly norm?: Norm;
  /** The one problem that a fixed map is for. */
  readonly problem?: Pick<MemorizationInstance, 'data' | 'radius'>;
  /** The problems that a builder is tried on. @defaultValue up to 8 samples of at least 2 classes in 4 dimensions */
  readonly instances?: Omit<InstanceConstraints, 'norms'>;
  /** @defaultValue 100 */
  readonly runs?: number;
  /** Points drawn in each ball. @defaultValue 4 */
  readonly points?: number;
}

type Problem = Pick<MemorizationInstance, 'data' | 'radius'>;

/**
 * Named laws that hold for every map, or builder of maps, that keeps differently labelled balls apart.
 * @throws InputError for a fixed map without its problem.
 */
export function separationLaws(map: LinearMap | MapBuilder, options: SeparationOptions = {}): Law[] {
  const { runs = 100, points: drawn = 4, norm = 'l2', problem } = options;
  if (typeof map !== 'function' && problem === undefined) {
    throw new InputError('separationLaws.problem: expected the dataset and radius that the map is for, got none');
  }
  const subject = options.name ?? (typeof map === 'function' ? map.name || 'map' : 'map');
  const problems: fc.Arbitrary<Problem> =
    problem === undefined
      ? // With one class there is nothing to keep apart.
        instance({ ...options.instances, labels: { min: 2, ...options.instances?.labels }, norms: [norm] })
      : fc.constant(problem);
  const build = ({ data, radius }: Problem): LinearMap => (typeof map === 'function' ? map(data, radius, norm) : map);
  const on = (name: string, holds: (problem: Problem & { readonly seed: number }, map: LinearMap) => unknown): Law =>
    law(subject, name, runs, seeded(problems), (given) => holds(given, build(given)));
  return [
    on('the map fits the dataset, in whole numbers', ({ data }, made) => requireShape(made, data)),
    on('differently labelled samples are further than 2μ apart modulo the kernel', ({ data, radius }, made) => {
      requireApart(made, data, radius, norm);
      if (!preserves(made, data, radius, norm)) throw new Error('expected `preserves` to say so too');
    }),
    on('points of differently labelled balls have different images', ({ data, radius, seed }, made) =>
      attackPairs(made, data, radius, { seed, drawn, norm }),
    ),
    on('the closest images are no collision', ({ data, radius }, made) => requireNoCollision(made, data, radius, norm)),
  ];
}

function requireShape(map: LinearMap, data: Dataset): void {
  if (map.columns !== data.dimension) {
    throw new Error(`map: expected ${data.dimension} columns, got ${map.columns}`);
  }
  map.rows.forEach((row, r) => {
    if (row.length !== map.columns || row.some((t) => typeof t !== 'bigint')) {
      throw new Error(`map.rows[${r}]: expected ${map.columns} bigints, got ${row.length} entries`);
    }
  });
}

/** dist_p(x_i − x_k, ker T) > 2μ for all differently labelled pairs, one by one, in ℓ2 by squares. */
function requireApart(map: LinearMap, data: Dataset, mu: Rational, norm: Norm): void {
  const needed = radiusMagnitude(norm, mul(rational(2), mu));
  const distance = norm === 'l2' ? 'dist₂(x_i − x_k, ker T)²' : 'dist(x_i − x_k, ker T)';
  for (const [i, k] of labelledPairs(data)) {
    const v = subVectors(point(data, k), point(data, i));
    const found = kernelDistance(map, v, norm);
    if (!kernelDistanceHolds(map, v, norm, found)) {
      throw new Error(
        `${samplePairText(data, i, k)}: expected a distance to the kernel with its two proofs, got others`,
      );
    }
    if (compare(found.magnitude, needed) > 0) continue;
    throw new Error(
      `${samplePairText(data, i, k)}: expected ${distance} > ${norm === 'l2' ? '4μ²' : '2μ'} = ${formatRational(needed)}, ` +
        `got ${formatRational(found.magnitude)}`,
    );
  }
}

/** Drawn points of two balls, each towards the other. */
function attackPairs(
  map: LinearMap,
  data: Dataset,
  mu: Rational,
  { seed, drawn, norm }: { readonly seed: number; readonly drawn: number; readonly norm: Norm },
): void {
  for (let i = 0; i < data.size; i++) {
    for (let k = i + 1; k < data.size; k++) {
      if (data.labels[i] === data.labels[k]) continue;
      const [a, b] = [point(data, i), point(data, k)];
      const own = fc.sample(pointInBall(a, mu, norm, { towards: [b] }), { seed: seed + i, numRuns: drawn });
      const other = fc.sample(pointInBall(b, mu, norm, { towards: [a] }), { seed: seed + k, numRuns: drawn });
      for (const x of own) {
        const tx = shownValue(image(map, x));
        for (const y of other) if (shownValue(image(map, y)) === tx) throw collided(data, [i, k], x, y, tx);
      }
    }
  }
}

function requireNoCollision(map: LinearMap, data: Dataset, mu: Rational, norm: Norm): void {
  const found = collision(map, data, norm);
  if (found === undefined || !lessEqual(found.radiusMagnitude, radiusMagnitude(norm, mu))) return;
  throw collided(data, found.samples, found.x, found.other, shownValue(image(map, found.x)));
}

const collided = (data: Dataset, [i, k]: readonly [number, number], x: Vector, y: Vector, tx: string): Error =>
  new Error(
    `${samplePairText(data, i, k)}: expected disjoint images of their balls, got one image for two inputs\n` +
      `x  = ${shownValue(x)}\nx′ = ${shownValue(y)}\nT x = T x′ = ${tx}`,
  );
