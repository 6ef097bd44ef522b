/**
 * Bound lemmas: a functional of one level bounded from below by a small tree of its own.
 *
 * Main definition: `lemmaTree`.
 *
 * Best first: the leaf with the worst bound is split at the neuron of the levels below that loses most there, until the
 * bound is good enough, there are enough leaves, or the worst leaf cannot be improved. Then every leaf is evaluated
 * exactly, and the bound is the least of what they reach.
 */
import { compare, fromDouble, min, type Rational, zero } from '../../exact/index.js';
import { backward } from './backward.js';
import type { Cone } from './cone.js';
import { leafBound, leafRecord, type Node, type Slope, triangleScale } from './exact-leaf.js';
import type { FoundLeaf, FoundTree } from './lemma-store.js';
import type { Functional } from './problem.js';
import { exactMinimum } from './region-minimum.js';
import { type Rounding, roundedSlopes } from './rounding.js';
import { enterSide, isUnstable, type Left, leaveSide, type SearchState } from './search-state.js';
import { climb } from './tilt-steps.js';

export interface LemmaEffort {
  /** Most leaves of a tree. */
  readonly leaves: number;
  /** Steps at the root of a tree. */
  readonly steps: number;
  /** The bound that is good enough. */
  readonly enough: number;
}

interface Branch {
  readonly neuron: number;
  readonly side: -1 | 1;
}

interface OpenLeaf {
  readonly value: number;
  /** Size of the numbers that the value is the difference of. */
  readonly size: number;
  readonly path: readonly Branch[];
  readonly tilt: Float64Array;
  /** Where to split next, −1 for nowhere. */
  readonly next: number;
}

const childSteps = 3;
/** A bound this close to 0, relative to the terms, may be 0 exactly: it is evaluated with exact slopes. */
const nearZero = 1e-6;
/** Share of the terms' size that bounds in doubles are lowered by. */
const allowance = 1e-7;
/** Binary digits of such a bound, counted from the terms' size. */
const gridDigits = 28;

/** The tree in doubles: paths and tilts of its leaves. */
interface OpenTree {
  readonly leaves: readonly OpenLeaf[];
  /** Tilts at the root. */
  readonly tilt: Float64Array;
}

function openTree(
  state: SearchState,
  goal: Functional,
  cone: Cone,
  start: Float64Array,
  effort: LemmaEffort,
): OpenTree {
  const root = openLeaf(state, goal, cone, [], start, effort.steps, effort.enough);
  const leaves = [root];
  while (leaves.length < effort.leaves) {
    let worst = 0;
    for (let k = 1; k < leaves.length; k++) if (leaves[k]!.value < leaves[worst]!.value) worst = k;
    const { value, path, tilt, next } = leaves[worst]!;
    if (!(value < effort.enough) || next < 0 || state.limits.stop() !== undefined) break;
    const child = (side: -1 | 1): OpenLeaf =>
      openLeaf(state, goal, cone, [...path, { neuron: next, side }], tilt, childSteps, effort.enough);
    leaves.splice(worst, 1, child(-1), child(1));
  }
  return { leaves, tilt: root.tilt };
}

/** A lower bound of the functional over the region with its proof, which tries to reach `enough` where the bound did. */
export function lemmaTree(
  state: SearchState,
  goal: Functional,
  cone: Cone,
  start: Float64Array,
  effort: LemmaEffort,
  enough: Rational,
): { readonly bound: Rational; readonly proof: FoundTree } {
  return provedTree(state, goal, cone, openTree(state, goal, cone, start, effort), enough);
}

function provedTree(
  state: SearchState,
  goal: Functional,
  cone: Cone,
  { leaves }: OpenTree,
  enough?: Rational,
): { readonly bound: Rational; readonly proof: FoundTree } {
  let bound: Rational | undefined;
  const proved = leaves.map(({ path, tilt, value }) => {
    const found = withPath(state, path, () => closedLeaf(state, goal, cone, tilt, value, enough));
    bound = bound === undefined ? found.bound : min(bound, found.bound);
    return { path, tree: found.leaf };
  });
  return { bound: bound!, proof: treeOf(proved, 0) };
}

/**
 * The bound alone, a little below what the tree reaches in doubles, so that `lemmaTree` reaches it when it is asked for
 * the proof; with the proof when the bound is near 0, where rounding decides what a neuron is.
 */
export function lemmaBound(
  state: SearchState,
  goal: Functional,
  cone: Cone,
  start: Float64Array,
  effort: LemmaEffort,
): { readonly bound: Rational; readonly proof?: FoundTree; readonly tilt: Float64Array } {
  const tree = openTree(state, goal, cone, start, effort);
  const { tilt } = tree;
  const value = tree.leaves.reduce((least, leaf) => Math.min(least, leaf.value), Number.POSITIVE_INFINITY);
  const size = tree.leaves.reduce((most, leaf) => Math.max(most, leaf.size), 0);
  if (state.exact || !(Math.abs(value) > nearZero * size) || !Number.isFinite(size)) {
    return { ...provedTree(state, goal, cone, tree), tilt };
  }
  return { bound: roundedBelow(value - allowance * size, size), tilt };
}

/** A dyadic rational below, on a grid that suits the size. */
function roundedBelow(value: number, size: number): Rational {
  const step = 2 ** (Math.floor(Math.log2(size)) - gridDigits);
  return fromDouble(step > 0 ? Math.floor(value / step) * step : value);
}

function withPath<T>(state: SearchState, path: readonly Branch[], inside: () => T): T {
  const left: Left[] = path.map(({ neuron, side }) => enterSide(state, neuron, side));
  const result = inside();
  for (const entry of left.reverse()) leaveSide(state, entry);
  return result;
}

function openLeaf(
  state: SearchState,
  goal: Functional,
  cone: Cone,
  path: readonly Branch[],
  from: Float64Array,
  steps: number,
  enough: number,
): OpenLeaf {
  return withPath(state, path, () => {
    const tilt = from.slice();
    const value = climb(state.passes, goal, cone, state.l, state.u, tilt, steps, enough);
    return {
      value,
      size: roundedSize(state, goal, cone),
      path,
      tilt,
      next: value < enough ? costliest(state, cone) : -1,
    };
  });
}

/** The unstable neuron of a cone whose relaxation loses most at the multipliers in the work space, −1 for none. */
export function costliest(state: SearchState, { level, neurons, starts }: Cone): number {
  const { l, u, passes, problem } = state;
  let best = -1;
  let most = 0;
  for (let i = 0; i <= level; i++) {
    const { activation } = problem.layers[i]!;
    if (activation === 'identity') continue;
    for (let k = starts[i]!; k < starts[i + 1]!; k++) {
      const n = neurons[k]!;
      const c = passes.a[n]!;
      if (c === 0 || (activation === 'relu' && c > 0) || !isUnstable(state, n)) continue;
      const loss = activation === 'step' ? Math.abs(c) : (c * l[n]! * u[n]!) / (u[n]! - l[n]!);
      if (loss > most) {
        most = loss;
        best = n;
      }
    }
  }
  return best;
}

/** The leaf that back-substitution with these tilts gives at the node, and its exact bound. */
export function closedLeaf(
  state: SearchState,
  goal: Functional,
  cone: Cone,
  tilt: Float64Array,
  value: number,
  enough?: Rational,
): { readonly leaf: FoundLeaf; readonly bound: Rational } {
  const { passes, l, u } = state;
  backward(passes, goal, cone, l, u, tilt);
  const touching = Math.abs(value) <= nearZero * termSize(state, goal);
  const attempts: readonly Rounding[] =
    enough !== undefined ? ['short', 'fine', 'exact'] : state.exact || touching ? ['exact', 'short'] : ['short'];
  let best: { leaf: FoundLeaf; bound: Rational } | undefined;
  for (const rounding of attempts) {
    const slopes = roundedSlopes(passes, cone, l, u, rounding);
    const found = evaluated(state, goal, cone, slopes);
    if (best === undefined || compare(found.bound, best.bound) > 0) best = found;
    if (compare(best.bound, enough ?? zero) >= 0) break;
  }
  return best!;
}

/** What a relative error of 1 in all multipliers would cost, and one unit of the rounded triangle slopes, as such a share. */
function roundedSize({ passes, l, u }: SearchState, goal: Functional, { neurons }: Cone): number {
  const { a, lambda } = passes;
  let size = Math.abs(goal.nearConstant);
  let units = 0;
  for (const n of neurons) {
    if (lambda[n] === 0) continue;
    size += Math.abs(lambda[n]!) * Math.max(Math.abs(l[n]!), Math.abs(u[n]!));
    if (lambda[n] !== a[n]) units += Math.max(0, -l[n]!);
  }
  return size + units / (Number(triangleScale) * allowance);
}

/** Size of the numbers that a bound is the difference of. */
function termSize({ passes }: SearchState, goal: Functional): number {
  const { gradient, x } = passes;
  let size = Math.abs(goal.nearConstant);
  for (let j = 0; j < gradient.length; j++) size += Math.abs(gradient[j]! * x[j]!);
  return size;
}

/** The exact bound that slopes reach at the node. */
export function evaluated(
  state: SearchState,
  goal: Functional,
  cone: Cone,
  slopes: ReadonlyMap<number, Slope>,
): { readonly leaf: FoundLeaf; readonly bound: Rational } {
  const node: Node = { table: state.table, phase: state.phase };
  const record = leafRecord();
  const { gradient, constant } = leafBound(state.problem, goal, cone, node, slopes, [], record);
  const bound = exactMinimum(state.problem.region, gradient, constant);
  return {
    leaf: { rule: 'leaf', weights: [], slopes: record.slopes, cuts: new Map(), needs: record.lemmas },
    bound,
  };
}

/** The tree with these leaves, whose paths agree in the order of splits. */
function treeOf(
  leaves: readonly { readonly path: readonly Branch[]; readonly tree: FoundTree }[],
  depth: number,
): FoundTree {
  const first = leaves[0]!;
  if (leaves.length === 1) return first.tree;
  const { neuron } = first.path[depth]!;
  const side = (s: -1 | 1): FoundTree =>
    treeOf(
      leaves.filter(({ path }) => path[depth]!.side === s),
      depth + 1,
    );
  return { rule: 'split', neuron, below: side(-1), above: side(1) };
}
