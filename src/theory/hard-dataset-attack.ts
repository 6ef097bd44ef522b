/**
 * Two inputs in balls of the hard dataset that a given first layer of rank at most k cannot tell apart.
 *
 * Main definition: `attackFirstLayer`. The proof of hard-dataset.ts as a program, without search: a kernel vector, its
 * largest coordinate, two roundings.
 */
import {
  abs,
  add,
  addVectors,
  compare,
  div,
  floor,
  half,
  kernelVector,
  mul,
  type Rational,
  rational,
  scaleVector,
  sparseMatrix,
  sub,
  subVectors,
  type Vector,
  zero,
} from '../exact/index.js';
import { InputError, InternalError } from '../format/index.js';
import type { Dataset, LinearMap } from '../geometry/index.js';
import { type HardDataset, placed } from './hard-dataset.js';

export interface FirstLayerAttack {
  /** A sample of class 0 and one of class 1. */
  readonly samples: readonly [number, number];
  /** ‖r/2‖ away from the first sample. */
  readonly x: Vector;
  /** ‖r/2‖ away from the second, with W x = W x′. */
  readonly other: Vector;
  /** r, the difference of the samples less a kernel vector; at most k entries are not 0, each at most 1/q in size. */
  readonly residual: Vector;
}

/**
 * The attack on a first layer W.
 * @throws InputError when W has other than d columns, or no kernel vector in the first k + 1 coordinates.
 */
export function attackFirstLayer({ data, k, q, blocks }: HardDataset, map: LinearMap): FirstLayerAttack {
  const d = data.dimension;
  if (map.columns !== d) throw new InputError(`first layer: expected ${d} inputs, got ${map.columns}`);
  const narrow = map.rows.map((row) => row.slice(0, k + 1).map((w) => rational(w)));
  const kernel = kernelVector(sparseMatrix(narrow, k + 1)); // a step of the proof: k + 1 columns, rank ≤ k
  if (kernel === undefined) {
    throw new InputError(`first layer: expected a kernel vector in the first ${k + 1} coordinates, got rank ${k + 1}`);
  }
  const widest = kernel.reduce((best, v, j) => (compare(abs(v), abs(kernel[best]!)) > 0 ? j : best), 0);
  const u = kernel.map((v) => div(v, kernel[widest]!)); // u_j = 1, |u| ≤ 1
  const block = blocks.find(({ window }) => window.includes(widest))!;
  const step = rational(2, q);
  const rounded = (t: Rational): Rational => mul(rational(floor(add(div(t, step), half))), step);
  const inside = block.window.map((j) => rounded(u[j]!)); // on the face, as u_j = 1 is on the grid
  const outside = block.outside.map((j) => rounded(sub(zero, u[j]!)));
  const a = placed(block, block.window, inside, d);
  const b = placed(block, block.outside, outside, d);
  const residual = subVectors(a, b).map((v, j) => sub(v, u[j] ?? zero));
  const back = scaleVector(residual, half);
  return {
    samples: [sampleAt(data, a, 0), sampleAt(data, b, 1)],
    x: subVectors(a, back),
    other: addVectors(b, back),
    residual,
  };
}

/** The sample at a point. @throws InternalError when there is none with this label: the proof would be wrong. */
function sampleAt(data: Dataset, x: Vector, label: number): number {
  const { numerators, denominator } = data.coordinates;
  const d = data.dimension;
  const wanted = x.map((v) => (denominator % v.d === 0n ? Number(v.n * (denominator / v.d)) : Number.NaN));
  for (let i = 0; i < data.size; i++) {
    if (data.labels[i] === label && wanted.every((v, j) => Number(numerators[i * d + j]!) === v)) return i;
  }
  throw new InternalError(`attackFirstLayer: expected a sample of class ${label} at the rounded point, got none`);
}
