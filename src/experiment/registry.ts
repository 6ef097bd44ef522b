/**
 * The list of experiments, in the order of their numbers.
 */
import { InputError } from '../format/index.js';
import { convolutionWidth } from './convolution-width.js';
import { digitWidths } from './digit-widths.js';
import type { Experiment } from './experiment.js';
import { failingProjection } from './failing-projection.js';
import { lipschitzGrowth } from './lipschitz-growth.js';
import { memorizerSizes } from './memorizer-sizes.js';
import { memorizerSlopes } from './memorizer-slopes.js';
import { moonsTable } from './moons-table.js';
import { preservingRate } from './preserving-rate.js';
import { radiusLaw } from './radius-law.js';
import { regimes } from './regimes.js';
import { robustThreshold } from './robust-threshold.js';
import { sanity } from './sanity.js';
import { sawtoothDepth } from './sawtooth-depth.js';
import { widthSweep } from './width-sweep.js';

export const experiments: readonly Experiment[] = [
  sanity,
  radiusLaw,
  failingProjection,
  preservingRate,
  widthSweep,
  sawtoothDepth,
  regimes,
  memorizerSlopes,
  moonsTable,
  robustThreshold,
  digitWidths,
  convolutionWidth,
  lipschitzGrowth,
  memorizerSizes,
];

/** The experiment of a name, in either case of its letter. @throws InputError listing the names when there is none. */
export function experimentNamed(name: string): Experiment {
  const found = experiments.find((one) => one.name === name.toUpperCase());
  if (found !== undefined) return found;
  throw new InputError(
    `experiment: expected ${experiments.map((one) => one.name).join(', ')}, got ${JSON.stringify(name)}`,
  );
}
