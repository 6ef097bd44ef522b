/** A cloud: random points of a lattice in many dimensions, whose classes nothing tells apart but the points themselves. */
import { randomSource, rational } from '../exact/index.js';
import { type Dataset, datasetOf, distinctSamples } from '../geometry/index.js';
import { wholeOption } from './whole-option.js';

export interface CloudOptions {
  /** Number of samples. @defaultValue 64 */
  readonly size?: number;
  /** @defaultValue 16 */
  readonly dimension?: number;
  /** Number of classes, at least 2, given to the samples in turn. @defaultValue 4 */
  readonly classes?: number;
  /** @defaultValue 1 */
  readonly seed?: number;
}

/**
 * Coordinates are whole tenths from −2 to 2, uniformly. @throws InputError for options out of range, and when two samples of different
 * classes fall on one point.
 */
export function cloud(options: CloudOptions = {}): Dataset {
  const size = wholeOption(options.size, 'cloud.size', 64, 2);
  const dimension = wholeOption(options.dimension, 'cloud.dimension', 16, 1, 10_000);
  const classes = wholeOption(options.classes, 'cloud.classes', 4, 2, size);
  const random = randomSource(wholeOption(options.seed, 'cloud.seed', 1, 0, Number.MAX_SAFE_INTEGER));
  const points = Array.from({ length: size }, () =>
    Array.from({ length: dimension }, () => rational(random.between(-20, 20), 10)),
  );
  const data = datasetOf(
    points,
    points.map((_, i) => i % classes),
    { name: 'cloud' },
  );
  distinctSamples(data);
  return data;
}
