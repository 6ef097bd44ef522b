/**
 * Two inputs in balls of the hard dataset that a given first layer of rank at most k cannot tell apart.
 *
 * Main definition: `attackFirstLayer`. The proof of hard-dataset.ts as a program, without search: a kernel vector, its
 * largest coordinate, two roundings.
 */
import {
  add,
  addVectors,
  div,
  floor,
  half,
  mul,
  type Rational,
  rational,
  scaleVector,
  sub,
  subVectors,
  type Vector,
  zero,
} from '../exact/index.js';
import { InternalError } from '../format/index.js';
import type { Dataset, LinearMap } from '../geometry/index.js';
import { type HardDataset, placed } from './hard-dataset.js';
import { kernelDirection } from './kernel-direction.js';

export interface FirstLayerAttack {
  /** Two samples of different classes. */
  readonly samples: readonly [number, number];
  /** ‖r/2‖ away from the first sample. */
  readonly x: Vector;
  /** ‖r/2‖ away from the second, with W x = W x′. */
  readonly other: Vector;
  /** r, the difference of the samples less a kernel vector. */
  readonly residual: Vector;
}

/** The pair of two samples, at a and b, whose difference is r more than a kernel vector. */
export function mergedAt(samples: readonly [number, number], a: Vector, b: Vector, residual: Vector): FirstLayerAttack {
  const back = scaleVector(residual, half);
  return { samples, x: subVectors(a, back), other: addVectors(b, back), residual };
}

/**
 * The attack on a first layer W: at most k entries of the residual are not 0, each at most 1/q in size.
 * @throws InputError when W has other than d columns, or no kernel vector in the first k + 1 coordinates.
 */
export function attackFirstLayer({ data, k, q, blocks }: HardDataset, map: LinearMap): FirstLayerAttack {
  const d = data.dimension;
  const { z: u, j: widest } = kernelDirection(map, d, k + 1); // a step of the proof: k + 1 columns, rank ≤ k
  const block = blocks.find(({ window }) => window.includes(widest))!;
  const step = rational(2, q);
  const rounded = (t: Rational): Rational => mul(rational(floor(add(div(t, step), half))), step);
  const inside = block.window.map((j) => rounded(u[j]!)); // on the face, as u_j = 1 is on the grid
  const outside = block.outside.map((j) => rounded(sub(zero, u[j]!)));
  const a = placed(block, block.window, inside, d);
  const b = placed(block, block.outside, outside, d);
  const residual = subVectors(subVectors(a, b), u);
  return mergedAt([sampleAt(data, a, 0), sampleAt(data, b, 1)], a, b, residual);
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
