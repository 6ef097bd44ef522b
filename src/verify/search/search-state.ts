/**
 * What a search has in hand: bounds, lemmas, work space, the path of the node it stands at, and its limits.
 *
 * Main definitions: `SearchState`, `searchState`, `enterSide`, `leaveSide`, `Stopped`.
 */
import type { Query } from '../query.js';
import { type Passes, passes } from './backward.js';
import { type BoundsTable, boundsTable } from './bounds-table.js';
import { type Cone, coneOfMarked, relevantNeurons } from './cone.js';
import type { LemmaInUse } from './lemma-store.js';
import { type Problem, problemOf } from './problem.js';
import { regionNear } from './region-minimum.js';

/** Why a search ends before it has decided. */
export type StopReason = 'timed-out' | 'interrupted' | 'nodes' | 'memory';

export interface SearchLimits {
  /** The search ends when this returns a reason; asked at every node. */
  readonly stop: () => StopReason | undefined;
  /** Lets others have the thread now and then. */
  readonly breathe: () => Promise<void> | undefined;
}

export interface SearchState {
  readonly problem: Problem;
  readonly table: BoundsTable;
  readonly lemmas: LemmaInUse[];
  readonly passes: Passes;
  /** Ends in force at the node, in doubles: the table's, narrowed by the path. */
  readonly l: Float64Array;
  readonly u: Float64Array;
  /** The path: −1 below, 1 above, 0 not split. */
  readonly phase: Int8Array;
  /** Tilts to start from. */
  readonly tilt: Float64Array;
  /** Tilts that a bound has been climbed to: 2·neuron for lower, 2·neuron + 1 for upper. */
  readonly tuned: Map<number, Float64Array>;
  /** 1 for neurons that some constraint depends on. */
  readonly relevant: Uint8Array;
  /** Those neurons. */
  readonly cone: Cone;
  /** Whether bounds are kept exactly, for queries without margin; else they are rounded a little. */
  readonly exact: boolean;
  readonly limits: SearchLimits;
}

/** A search that has not begun. */
export function searchState(query: Query, exact: boolean, limits: SearchLimits): SearchState {
  const problem = problemOf(query);
  const table = boundsTable(problem);
  const relevant = relevantNeurons(problem);
  return {
    problem,
    table,
    lemmas: [],
    passes: passes(problem, regionNear(problem.region)),
    l: table.l.slice(),
    u: table.u.slice(),
    phase: new Int8Array(table.l.length),
    tilt: new Float64Array(table.l.length),
    tuned: new Map(),
    relevant,
    cone: coneOfMarked(problem, relevant),
    exact,
    limits,
  };
}

/** The ends of a neuron before a side was entered. */
export interface Left {
  readonly neuron: number;
  readonly l: number;
  readonly u: number;
}

/** Narrows the ends of a neuron to one side. */
export function enterSide(state: SearchState, neuron: number, side: -1 | 1): Left {
  const { l, u, phase, problem } = state;
  const left = { neuron, l: l[neuron]!, u: u[neuron]! };
  const step = problem.layers[problem.layerOf[neuron]!]!.activation === 'step';
  phase[neuron] = side;
  if (side < 0) u[neuron] = Math.min(left.u, 0);
  // A step above 0 is on, which z = 0 is not.
  else l[neuron] = Math.max(left.l, step ? Number.MIN_VALUE : 0);
  return left;
}

/** Takes the narrowing back. */
export function leaveSide(state: SearchState, left: Left): void {
  state.l[left.neuron] = left.l;
  state.u[left.neuron] = left.u;
  state.phase[left.neuron] = 0;
}

/** Whether both sides of a neuron are still possible. */
export function isUnstable(state: SearchState, neuron: number): boolean {
  const { l, u, problem } = state;
  switch (problem.layers[problem.layerOf[neuron]!]!.activation) {
    case 'identity':
      return false;
    case 'relu':
      return l[neuron]! < 0 && u[neuron]! > 0;
    case 'step':
      return l[neuron]! <= 0 && u[neuron]! > 0;
  }
}
