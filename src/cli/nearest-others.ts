/** Where counterexamples are sought: towards samples that have another label. */
import { compare, subVectors, type Vector } from '../exact/index.js';
import type { Norm } from '../format/index.js';
import { type Dataset, magnitude, point } from '../geometry/index.js';

/** Nearest differently labelled samples that counterexamples are sought towards. */
const nearestSought = 8;

/** Points of the nearest differently labelled samples, nearest first. */
export function nearestOthers(data: Dataset, i: number, norm: Norm): Vector[] {
  const centre = point(data, i);
  const found = data.labels
    .map((label, k) => ({ label, k }))
    .filter(({ label }) => label !== data.labels[i])
    .map(({ k }) => ({ x: point(data, k), k }))
    .map(({ x }) => ({ x, size: magnitude(norm, subVectors(x, centre)) }));
  return found
    .sort((a, b) => compare(a.size, b.size))
    .slice(0, nearestSought)
    .map(({ x }) => x);
}
