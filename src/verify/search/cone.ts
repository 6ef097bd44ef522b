/**
 * The neurons that a functional depends on: what proofs about it have to look at.
 *
 * Main definitions: `Cone`, `coneOf`, `relevantNeurons` (what the unsafe set depends on).
 */
import type { Functional, Problem } from './problem.js';

export interface Cone {
  /** The level of the functional. */
  readonly level: number;
  /** Numbers of the neurons, increasing. */
  readonly neurons: Int32Array;
  /** Neurons of layer i are neurons[starts[i]] to neurons[starts[i + 1] − 1], for i up to the level. */
  readonly starts: Int32Array;
}

/** The cone of a functional. */
export function coneOf(problem: Problem, goal: Functional): Cone {
  const { layers, offsets } = problem;
  const { level } = goal;
  const perLayer: Int32Array[] = new Array(level + 1);
  let rows = Int32Array.from(goal.columns).sort();
  let size = 0;
  for (let i = level; i >= 0; i--) {
    const { rowStart, columns } = layers[i]!;
    perLayer[i] = rows.map((r) => offsets[i]! + r);
    size += rows.length;
    if (i === 0) break;
    const seen = new Uint8Array(layers[i - 1]!.rows);
    let count = 0;
    for (const r of rows) {
      for (let m = rowStart[r]!; m < rowStart[r + 1]!; m++) {
        const c = columns[m]!;
        if (seen[c] === 0) {
          seen[c] = 1;
          count++;
        }
      }
    }
    const next = new Int32Array(count);
    for (let c = 0, k = 0; c < seen.length; c++) if (seen[c] === 1) next[k++] = c;
    rows = next;
  }
  const neurons = new Int32Array(size);
  const starts = new Int32Array(level + 2);
  for (let i = 0; i <= level; i++) {
    neurons.set(perLayer[i]!, starts[i]);
    starts[i + 1] = starts[i]! + perLayer[i]!.length;
  }
  return { level, neurons, starts };
}

/** The cone of the marked neurons, which depend on marked ones only. */
export function coneOfMarked({ layers, offsets }: Problem, marked: Uint8Array): Cone {
  const neurons = Int32Array.from(Array.from(marked.keys()).filter((n) => marked[n] === 1));
  const starts = new Int32Array(layers.length + 1);
  let at = 0;
  layers.forEach((_, i) => {
    while (at < neurons.length && neurons[at]! < offsets[i + 1]!) at++;
    starts[i + 1] = at;
  });
  return { level: layers.length - 1, neurons, starts };
}

/** 1 for every neuron that some constraint of the unsafe set depends on. */
export function relevantNeurons(problem: Problem): Uint8Array {
  const { layers, offsets } = problem;
  const out = new Uint8Array(offsets.at(-1)!);
  const last = layers.length - 1;
  for (const conjunction of problem.query.unsafe) {
    for (const c of conjunction) {
      c.columns.forEach((column, k) => {
        if (c.weights[k]!.n !== 0n) out[offsets[last]! + column] = 1;
      });
    }
  }
  for (let i = last; i > 0; i--) {
    const { rowStart, columns, rows } = layers[i]!;
    for (let r = 0; r < rows; r++) {
      if (out[offsets[i]! + r] === 0) continue;
      for (let m = rowStart[r]!; m < rowStart[r + 1]!; m++) out[offsets[i - 1]! + columns[m]!] = 1;
    }
  }
  return out;
}
