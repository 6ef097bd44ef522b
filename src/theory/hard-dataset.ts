/**
 * A dataset that no first layer of width k keeps apart: two families of grid points around each other's centres.
 *
 * Main definitions: `HardDataset`, `hardDataset`, `hardDatasetSize`, `collisionBound`.
 *
 * Notation. n = k + 1 coordinates are used, the others are 0. m = ⌊k/2⌋ + 1 of them make a window, the first m in one block
 * and the last m in the other; together the windows cover all n. q is even, the grid is −1, −1 + 2/q, …, 1. In a block,
 * class 0 has the grid points of the window with some coordinate +1, and 0 outside; class 1 has 0 in the window and all grid
 * points outside. Blocks are 10 apart along the first coordinate.
 *
 * Main statement: δ = 1 in every norm. A vector u ≠ 0 of the kernel of the first layer, scaled so that u_j = 1 is its largest
 * coordinate, has j in one of the windows; rounding u to the grid gives a pair of the block whose difference v has
 * |v − u| ≤ 1/q, and 0 at j. So dist_p(v, ker W) is at most 1/q in ℓ∞, k/q in ℓ1, √k/q in ℓ2, and the balls of half that
 * radius have two points that every network with first layer W maps to one output.
 *
 * References. Ours, for the law σ/δ = O(N^(−2/k)) of [EYS]: with even k there are at most (k + 4)(q + 1)^(k/2) samples.
 */
import { add, type Rational, rational, type Vector, zero } from '../exact/index.js';
import { type Norm, refuse } from '../format/index.js';
import { type Dataset, datasetOf } from '../geometry/index.js';

export interface HardDataset {
  readonly data: Dataset;
  /** Width of the first layers that it defeats. */
  readonly k: number;
  /** Steps of the grid from −1 to 1, even. */
  readonly q: number;
  readonly blocks: readonly HardBlock[];
}

export interface HardBlock {
  /** The coordinates of the window. */
  readonly window: readonly number[];
  /** The other ones of 0 … k. */
  readonly outside: readonly number[];
  /** Where its points are shifted to along the first coordinate. */
  readonly shift: Rational;
}

/** Largest number of samples to build. */
const mostSamples = 1_000_000n;

/** The number of samples for first layers of width k and a grid of q steps. */
export function hardDatasetSize(k: number, q: number): bigint {
  const window = BigInt(windowSize(k));
  const outside = BigInt(k + 1) - window;
  const grid = BigInt(q + 1);
  return 2n * (grid ** window - BigInt(q) ** window + grid ** outside);
}

/**
 * The dataset in ℚᵈ, classes 0 and 1.
 * @throws InputError unless k ≥ 1, q ≥ 2 is even, d ≥ k + 1, and there are at most a million samples.
 */
export function hardDataset(k: number, q: number, d: number = k + 1): HardDataset {
  if (!(Number.isSafeInteger(k) && k >= 1)) refuse('width', 'a whole number ≥ 1', String(k));
  if (!(Number.isSafeInteger(q) && q >= 2 && q % 2 === 0)) refuse('grid', 'an even number ≥ 2', String(q));
  if (!(Number.isSafeInteger(d) && d > k)) refuse('dimension', `more than the width ${k}`, String(d));
  const size = hardDatasetSize(k, q);
  if (size > mostSamples) refuse('grid', `at most ${mostSamples} samples`, `${size} with width ${k} and grid ${q}`);
  const m = windowSize(k);
  const all = Array.from({ length: k + 1 }, (_, j) => j);
  const blocks = [0, k + 1 - m].map((from, b): HardBlock => {
    const window = all.slice(from, from + m);
    return { window, outside: all.filter((j) => !window.includes(j)), shift: rational(10 * b) };
  });
  const steps = Array.from({ length: q + 1 }, (_, a) => rational(2 * a - q, q));
  const samples: Rational[][] = [];
  const labels: number[] = [];
  for (const block of blocks) {
    for (const a of gridPoints(steps, m)) {
      if (!a.some((v) => v.n === v.d)) continue;
      samples.push(placed(block, block.window, a, d));
      labels.push(0);
    }
    for (const b of gridPoints(steps, k + 1 - m)) {
      samples.push(placed(block, block.outside, b, d));
      labels.push(1);
    }
  }
  return { data: datasetOf(samples, labels, { name: `hard for width ${k}` }), k, q, blocks };
}

/** What the two radii of a collision add up to at most, δ being 1: dist_p(v, ker W) for some differently labelled pair; squared for ℓ2. */
export function collisionBound(norm: Norm, k: number, q: number): Rational {
  switch (norm) {
    case 'linf':
      return rational(1, q);
    case 'l1':
      return rational(k, q);
    case 'l2':
      return rational(k, q * q);
  }
}

/** The point of a block with the given values at the given coordinates and 0 elsewhere. */
export function placed({ shift }: HardBlock, at: readonly number[], values: Vector, d: number): Rational[] {
  const x: Rational[] = new Array(d).fill(zero);
  at.forEach((j, i) => {
    x[j] = values[i]!;
  });
  x[0] = add(x[0]!, shift);
  return x;
}

const windowSize = (k: number): number => Math.floor(k / 2) + 1;

/** All points of the grid in `dimension` coordinates, in lexicographic order. */
function* gridPoints(steps: readonly Rational[], dimension: number): Generator<Rational[]> {
  if (dimension === 0) {
    yield [];
    return;
  }
  for (const first of steps) for (const rest of gridPoints(steps, dimension - 1)) yield [first, ...rest];
}
