/** Datasets of the plane given in whole thousandths, so that their coordinates are short exact decimals. */
import { rational } from '../exact/index.js';
import { type Dataset, datasetOf, distinctSamples } from '../geometry/index.js';

/**
 * The dataset of samples (x, y, label), x and y in thousandths.
 * @throws InputError when two samples of different classes fall on one point.
 */
export function planeDataset(samples: readonly (readonly [number, number, number])[], name: string): Dataset {
  const data = datasetOf(
    samples.map(([x, y]) => [rational(x, 1000), rational(y, 1000)]),
    samples.map(([, , label]) => label),
    { name },
  );
  distinctSamples(data);
  return data;
}
