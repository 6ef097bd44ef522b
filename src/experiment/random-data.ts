/**
 * Random datasets of experiments: uniform integer points, classes in turn.
 */
import { randomSource, rational } from '../exact/index.js';
import { type Dataset, datasetOf } from '../geometry/index.js';

/** N points of ℚᵈ with coordinates in −most … most, sample i of class i mod C. Deterministic in the seed. */
export function randomData(N: number, d: number, seed: number, { classes = 2, most = 500 } = {}): Dataset {
  const random = randomSource(seed);
  const points = Array.from({ length: N }, () =>
    Array.from({ length: d }, () => rational(random.between(-most, most))),
  );
  return datasetOf(
    points,
    points.map((_, i) => i % classes),
  );
}
