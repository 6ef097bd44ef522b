/**
 * A direction in which a first layer sees nothing, with 1 as its largest entry.
 *
 * Main definitions: `wholeKernel`, `kernelDirection`. Every attack on narrow first layers starts with it.
 */
import { absInt, integerKernel, rational, type Vector } from '../exact/index.js';
import { InputError } from '../format/index.js';
import type { LinearMap } from '../geometry/index.js';

export interface KernelDirection {
  /** z with W z = 0, z_j = 1 and |z| ≤ 1; 0 beyond the coordinates asked for. */
  readonly z: Vector;
  readonly j: number;
}

/** Whole numbers u with W u = 0, |u_j| the largest and not 0. */
export interface WholeKernel {
  readonly u: readonly bigint[];
  readonly j: number;
}

/**
 * A kernel vector of W in the first n coordinates, 0 beyond.
 * @throws InputError when W has other than d columns, or no such vector.
 */
export function wholeKernel(map: LinearMap, d: number, n: number): WholeKernel {
  if (map.columns !== d) throw new InputError(`first layer: expected ${d} inputs, got ${map.columns}`);
  // One column more than rows is enough, and the numbers stay small.
  const columns = Math.min(n, map.rows.length + 1);
  const kernel = integerKernel(
    map.rows.map((row) => row.slice(0, columns)),
    columns,
  );
  if (kernel === undefined) {
    throw new InputError(`first layer: expected a kernel vector in the first ${n} coordinates, got rank ${n}`);
  }
  const j = kernel.reduce((best, v, m) => (absInt(v) > absInt(kernel[best]!) ? m : best), 0);
  return { u: [...kernel, ...new Array<bigint>(d - columns).fill(0n)], j };
}

/** That kernel vector, divided by its largest entry. @throws InputError as `wholeKernel`. */
export function kernelDirection(map: LinearMap, d: number, n: number): KernelDirection {
  const { u, j } = wholeKernel(map, d, n);
  return { z: u.map((v) => rational(v, u[j]!)), j };
}
