/**
 * Grids that defeat every first layer of rank below d at an arbitrarily small ratio, by simultaneous approximation.
 *
 * Main definitions: `gridDataset`, `attackGrid`.
 *
 * Notation. The grid is {0 … Q^(d−1)}ᵈ with a label of its own for each point, so δ = 1 in every norm.
 *
 * Main statement. Let W z = 0 with largest entry z_j = 1. Of the d − 1 other entries Dirichlet's theorem gives 1 ≤ q ≤ Q^(d−1) and whole p with
 * |q z − p| ≤ 1/Q, and p_j = q. With a the positive and b the negative part of p, both in the grid, a − b − q z has no entry above
 * 1/Q; so the closed ℓ∞ balls of radius 1/(2Q) around a and b have points with one image under W. All q are tried, and the best is taken.
 *
 * References. Ours, for [YGZ, Thm 4.7] at small ratios. Compare hard-dataset.ts, which has two classes and far fewer samples.
 */
import {
  add,
  compare,
  floor,
  half,
  maxOfAbs,
  mul,
  type Rational,
  rational,
  scaleVector,
  subVectors,
} from '../exact/index.js';
import { InternalError, refuse } from '../format/index.js';
import { type Dataset, datasetOf, type LinearMap } from '../geometry/index.js';
import { type FirstLayerAttack, mergedAt } from './hard-dataset-attack.js';
import { kernelDirection } from './kernel-direction.js';

/** Largest number of samples to build. */
const mostSamples = 1_000_000;

/** The grid for d dimensions. @throws InputError unless d ≥ 2, Q ≥ 2, and there are at most a million samples. */
export function gridDataset(d: number, Q: number): Dataset {
  if (!(Number.isSafeInteger(d) && d >= 2)) refuse('dimension', 'a whole number ≥ 2', String(d));
  if (!(Number.isSafeInteger(Q) && Q >= 2)) refuse('grid', 'a whole number ≥ 2', String(Q));
  const side = gridSide(d, Q);
  const size = side ** d;
  if (size > mostSamples) refuse('grid', `at most ${mostSamples} samples`, `${size} in ${d} dimensions`);
  const samples = Array.from({ length: size }, (_, i) =>
    Array.from({ length: d }, (_, j) => rational(Math.floor(i / side ** (d - 1 - j)) % side)),
  );
  return datasetOf(
    samples,
    samples.map((_, i) => i),
    { name: `grid of ${side} values in ${d} dimensions` },
  );
}

/** Values of a coordinate: 0 … Q^(d−1). */
const gridSide = (d: number, Q: number): number => Q ** (d - 1) + 1;

/**
 * The attack on a first layer W: no entry of the residual is above 1/Q in size.
 * @throws InputError when W has other than d columns, or rank d.
 */
export function attackGrid(d: number, Q: number, map: LinearMap): FirstLayerAttack {
  const { z } = kernelDirection(map, d, d);
  const side = gridSide(d, Q);
  let best: { readonly whole: readonly bigint[]; readonly residual: Rational[]; readonly size: Rational } | undefined;
  for (let q = 1; q < side; q++) {
    const scaled = scaleVector(z, rational(q));
    const whole = scaled.map((v) => floor(add(v, half)));
    const residual = subVectors(
      whole.map((v) => rational(v)),
      scaled,
    );
    const size = maxOfAbs(residual);
    if (best === undefined || compare(size, best.size) < 0) best = { whole, residual, size };
    if (size.n === 0n) break;
  }
  if (best === undefined || compare(mul(best.size, rational(Q)), rational(1)) > 0) {
    throw new InternalError(`attackGrid: expected whole numbers within 1/${Q} of a multiple, got none`);
  }
  const [a, b] = [1n, -1n].map((s) => best.whole.map((v) => (v * s > 0n ? v * s : 0n)));
  const at = (x: readonly bigint[]): number => x.reduce((i, v) => i * side + Number(v), 0);
  return mergedAt(
    [at(a!), at(b!)],
    a!.map((v) => rational(v)),
    b!.map((v) => rational(v)),
    best.residual,
  );
}
