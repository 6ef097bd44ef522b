/**
 * The constraints on generated datasets.
 *
 * Main definitions: `DatasetConstraints`, `Geometry`, `datasetRules` (the constraints checked, with their defaults).
 */
import { formatRational, type Rational } from '../exact/index.js';
import { InputError, type Norm, refuse } from '../format/index.js';
import { type Range, rangeOf } from './range.js';

/**
 * How samples lie. s is the separation asked for, or δ itself when none is asked for.
 * - `cells`: no condition; drawn in distinct lattice cells, moved inside them.
 * - `clusters`: each sample of a class with several has another of its class nearer than s (balls overlap).
 * - `tight`: a differently labelled pair at distance exactly s, when there are two classes.
 * - `collinear`: all samples on one line.
 * - `sparse`: some sample differs from every other in at most one coordinate (differences are multiples of e_j).
 * - `dominant`: all classes but one have a single sample.
 * - `huge`: some coordinate is at least 2³² in size.
 * - `tiny`: the least common denominator is at least 2³².
 * - `packed`: no two samples nearer than s, and as `tight`; drawn as a solid block of a lattice.
 * - `line`: d = 1.
 */
export type Geometry =
  | 'cells'
  | 'clusters'
  | 'tight'
  | 'collinear'
  | 'sparse'
  | 'dominant'
  | 'huge'
  | 'tiny'
  | 'packed'
  | 'line';

/** All geometries. */
export const geometries: readonly Geometry[] = [
  'cells',
  'clusters',
  'tight',
  'collinear',
  'sparse',
  'dominant',
  'huge',
  'tiny',
  'packed',
  'line',
];

export interface DatasetConstraints {
  /** Number of samples, duplicates counted. @defaultValue 1 to 8 */
  readonly size?: Partial<Range>;
  /** Number of coordinates. @defaultValue 1 to 4 */
  readonly dimension?: Partial<Range>;
  /** Number of classes that occur. @defaultValue 1 to 4 */
  readonly labels?: Partial<Range>;
  /** Norm of the separation. @defaultValue 'linf' */
  readonly norm?: Norm;
  /** A lower bound > 0 of δ. @defaultValue none: any δ > 0, large and small */
  readonly separation?: Rational;
  /** One geometry or several to choose from. @defaultValue a mix of all that the other constraints allow */
  readonly geometry?: Geometry | readonly Geometry[];
}

/** Constraints with every default filled in. */
export interface DatasetRules {
  readonly size: Range;
  readonly dimension: Range;
  readonly labels: Range;
  readonly norm: Norm;
  readonly separation: Rational | undefined;
  readonly geometries: readonly Geometry[];
}

/** From which size on a coordinate is huge, and a denominator makes data tiny. */
export const extreme = 2n ** 32n;

/** The constraints with their defaults. @throws InputError when no dataset satisfies them. */
export function datasetRules(constraints: DatasetConstraints = {}): DatasetRules {
  const labels = rangeOf(constraints.labels, { min: 1, max: 4 }, 'dataset.labels');
  const size = rangeOf(constraints.size, { min: 1, max: Math.max(8, labels.min) }, 'dataset.size');
  const dimension = rangeOf(constraints.dimension, { min: 1, max: 4 }, 'dataset.dimension');
  const { norm = 'linf', separation, geometry = geometries } = constraints;
  if (separation !== undefined && separation.n <= 0n) {
    refuse('dataset.separation', 'a separation > 0', formatRational(separation));
  }
  if (labels.min > size.max) refuse('dataset.labels.min', `at most size.max = ${size.max}`, String(labels.min));
  const asked = typeof geometry === 'string' ? [geometry] : geometry;
  const possible = asked.filter((name) => name !== 'line' || dimension.min === 1);
  if (possible.length === 0) {
    throw new InputError(
      asked.length === 0
        ? 'dataset.geometry: expected at least one geometry, got none'
        : `dataset.geometry: expected dimension.min = 1 for 'line', got ${dimension.min}`,
    );
  }
  return {
    size: { min: Math.max(size.min, labels.min), max: size.max },
    dimension,
    labels: { min: labels.min, max: Math.min(labels.max, size.max) },
    norm,
    separation,
    geometries: possible,
  };
}
