/**
 * Where samples lie: one drawing rule per geometry.
 *
 * Main definitions: `Layout`, `layouts` (the rule of each geometry).
 *
 * Every rule works in units of s/q for a whole q, where s is the separation asked for, and keeps differently labelled
 * samples q units apart. Most rules put distinct whole cells on a pitch of q + J units and move each sample inside its
 * cell by at most J units: two cells then differ by at least q in some coordinate, so in ℓ1, ℓ2 and ℓ∞ alike.
 */
import type { Random } from 'fast-check';
import type { Norm } from '../format/index.js';
import { distinctCells } from './distinct-cells.js';
import { oneIn, permutation, shuffle, whole } from './draw.js';
import { exactStep } from './exact-step.js';

/** Samples in units of s/resolution, row-major, safe integers; labels 0 … C − 1, each of which occurs. */
export interface Layout {
  readonly dimension: number;
  readonly resolution: number;
  readonly at: number[];
  readonly labels: number[];
}

/** What a layout must have. */
export interface Frame {
  readonly size: number;
  readonly dimension: number;
  readonly classes: number;
  readonly norm: Norm;
}

export type LayoutRule = (random: Random, frame: Frame) => Layout;

/** Labels in which each of the classes occurs. */
function allClasses(random: Random, { size, classes }: Frame): number[] {
  return shuffle(
    random,
    Array.from({ length: size }, (_, i) => (i < classes ? i : whole(random, 0, classes - 1))),
  );
}

/** Resolution and greatest movement inside a cell: none one time in four, else up to the separation. */
function grain(random: Random): { q: number; jitter: number } {
  if (oneIn(random, 4)) return { q: 1, jitter: 0 };
  const q = whole(random, 2, 6);
  return { q, jitter: whole(random, 1, q) };
}

/** Distinct positions on a line, at least q apart. */
function spacedPositions(random: Random, n: number, q: number, jitter: number): number[] {
  return distinctCells(random, n, 1).map((cell) => cell * (q + jitter) + whole(random, 0, jitter));
}

const cells: LayoutRule = (random, frame) => {
  const { size, dimension } = frame;
  const { q, jitter } = grain(random);
  const at = distinctCells(random, size, dimension);
  for (let k = 0; k < at.length; k++) at[k] = at[k]! * (q + jitter) + (jitter === 0 ? 0 : whole(random, 0, jitter));
  return { dimension, resolution: q, at, labels: allClasses(random, frame) };
};

/** Cells whose movements have a large denominator: q is a power, above 2³², of a prime that does not divide the scale. */
export const fineCells =
  (q: number): LayoutRule =>
  (random, frame) => {
    const at = distinctCells(random, frame.size, frame.dimension);
    // A movement by 1 modulo 2, 3, 5, … leaves the whole denominator in place.
    for (let k = 0; k < at.length; k++) at[k] = 2 * q * at[k]! + (oneIn(random, 2) ? 1 : whole(random, 0, q - 1));
    at[0] = at[0]! - (at[0]! % q) + 1;
    return { dimension: frame.dimension, resolution: q, at, labels: allClasses(random, frame) };
  };

/** Groups of one label inside one cell, nearer to each other than s in the norm, some of them equal. */
const clusters: LayoutRule = (random, frame) => {
  const { dimension, classes, norm } = frame;
  // The movement J is such that a cell's diagonal, J times this factor at most, stays below q.
  const diagonal = norm === 'linf' ? 1 : norm === 'l1' ? dimension : Math.ceil(Math.sqrt(dimension));
  const q = diagonal * whole(random, 1, 4) + 1;
  const jitter = Math.floor((q - 1) / diagonal);
  const ofClass = allClasses(random, frame).sort((a, b) => a - b);
  const groups: { label: number; size: number }[] = [];
  for (let c = 0; c < classes; c++) {
    let left = ofClass.filter((label) => label === c).length;
    while (left > 0) {
      const taken = left <= 3 ? left : whole(random, 2, left - 2);
      groups.push({ label: c, size: taken });
      left -= taken;
    }
  }
  const corners = distinctCells(random, groups.length, dimension);
  const at: number[] = [];
  const labels: number[] = [];
  groups.forEach((group, g) => {
    for (let i = 0; i < group.size; i++) {
      const repeat = i > 0 && oneIn(random, 6);
      for (let j = 0; j < dimension; j++) {
        const corner = corners[g * dimension + j]! * (q + jitter);
        at.push(repeat ? at.at(-dimension)! : corner + whole(random, 0, jitter));
      }
      labels.push(group.label);
    }
  });
  return { dimension, resolution: q, at, labels };
};

/** Some differently labelled pairs at distance exactly s. Each pair shares a cell that is q units wider. */
const tight: LayoutRule = (random, frame) => {
  const { size, dimension, classes, norm } = frame;
  if (classes === 1 || size === 1) return cells(random, frame);
  const pairs = whole(random, 1, Math.floor(size / 2));
  const step = exactStep(random, dimension, norm);
  const q = step.length;
  const jitter = whole(random, 0, q);
  const corners = distinctCells(random, size - pairs, dimension);
  const at: number[] = [];
  const labels: number[] = [];
  for (let cell = 0; cell < size - pairs; cell++) {
    const moved = Array.from(
      { length: dimension },
      (_, j) => corners[cell * dimension + j]! * (2 * q + jitter) + whole(random, 0, jitter),
    );
    at.push(...moved);
    if (cell < pairs) {
      const axes = permutation(random, dimension);
      at.push(...moved.map((v, j) => v + step.vector[axes[j]!]!));
    }
  }
  // Neighbours in this list differ, so the members of each pair do.
  for (let i = 0; i < size; i++)
    labels.push(i < Math.max(2 * pairs, classes) ? i % classes : whole(random, 0, classes - 1));
  return { dimension, resolution: q, at, labels };
};

/** Points a + t·v of one line. */
const collinear: LayoutRule = (random, frame) => {
  const { size, dimension } = frame;
  const { q, jitter } = grain(random);
  const direction = Array.from({ length: dimension }, () => whole(random, -2, 2));
  if (!direction.some((v) => v !== 0)) direction[0] = 1;
  const at = spacedPositions(random, size, q, jitter).flatMap((t) => direction.map((v) => (v === 0 ? 0 : t * v)));
  return { dimension, resolution: q, at, labels: allClasses(random, frame) };
};

/** A hub, and samples that differ from it in one coordinate each: differences are multiples of the e_j. */
const sparse: LayoutRule = (random, frame) => {
  const { size, dimension } = frame;
  const { q, jitter } = oneIn(random, 2) ? { q: 1, jitter: 0 } : grain(random);
  const at: number[] = new Array(size * dimension).fill(0);
  const used: [number, number][] = Array.from({ length: dimension }, () => [0, 0]);
  for (let i = 1; i < size; i++) {
    const axis = i <= dimension && oneIn(random, 2) ? i - 1 : whole(random, 0, dimension - 1);
    const end = whole(random, 0, 1);
    used[axis]![end]! += q + (jitter === 0 ? 0 : whole(random, 0, jitter));
    at[i * dimension + axis] = end === 0 ? used[axis]![0] : -used[axis]![1];
  }
  return { dimension, resolution: q, at, labels: allClasses(random, frame) };
};

/** One class holds all samples but one of each other class. */
const dominant: LayoutRule = (random, frame) => {
  const layout = cells(random, frame);
  const { size, classes } = frame;
  const labels = shuffle(
    random,
    Array.from({ length: size }, (_, i) => (i < classes ? i : 0)),
  );
  return { ...layout, labels };
};

/** A solid block of a lattice with least distance s: ℤᵈ, or for ℓ1 the points of even coordinate sum on half the pitch. */
const packed: LayoutRule = (random, frame) => {
  const { size, dimension, classes, norm } = frame;
  const even = norm === 'l1' && dimension > 1;
  const room = even ? 2 * size : size;
  let side = 2;
  while (side < room && side ** dimension < room) side++;
  const axes = permutation(random, dimension);
  const at: number[] = [];
  for (let index = 0; at.length < size * dimension; index++) {
    const digits: number[] = new Array(dimension).fill(0);
    let rest = index;
    let sum = 0;
    for (let j = 0; j < dimension && rest > 0; j++) {
      digits[axes[j]!] = rest % side;
      sum += rest % side;
      rest = Math.floor(rest / side);
    }
    if (!even || sum % 2 === 0) at.push(...digits);
  }
  // The first two samples are at distance s exactly, and differ.
  const labels = Array.from({ length: size }, (_, i) => (i < classes ? i : whole(random, 0, classes - 1)));
  return { dimension, resolution: even ? 2 : 1, at, labels };
};

const line: LayoutRule = (random, frame) => cells(random, { ...frame, dimension: 1 });

/** The rule of each geometry that lives in units of s. */
export const layouts = { cells, clusters, tight, collinear, sparse, dominant, packed, line } as const;

/** The samples in another order, the axes mirrored at random, the labels renamed at random: nothing but names changes. */
export function disguised(random: Random, layout: Layout, classes: number): Layout {
  const { dimension, at, labels } = layout;
  const order = permutation(random, labels.length);
  const names = permutation(random, classes);
  const mirrored = Array.from({ length: dimension }, () => oneIn(random, 4));
  const out: number[] = new Array(at.length);
  for (let i = 0; i < order.length; i++) {
    for (let j = 0; j < dimension; j++) {
      const v = at[order[i]! * dimension + j]!;
      out[i * dimension + j] = mirrored[j] ? 0 - v : v;
    }
  }
  return { ...layout, at: out, labels: order.map((i) => names[labels[i]!]!) };
}
