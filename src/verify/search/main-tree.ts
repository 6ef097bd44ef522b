/**
 * Branch and bound for one conjunction of the unsafe set.
 *
 * Main definition: `mainTree`.
 *
 * At a node: a few steps on the tilts; if they do not close it, the linear relaxation, whose multipliers close the node or
 * whose point is a counterexample or says where to split. A node on which nothing is left to split is linear and is
 * decided exactly. What closes a node is always the exact leaf.
 */
import { one, type Rational, toNumber, type Vector, zero } from '../../exact/index.js';
import { InternalError } from '../../format/index.js';
import type { Constraint } from '../query.js';
import { replay } from '../verdict.js';
import { type AffineRow, cutsOf } from './affine-rows.js';
import { candidateNear, isUnsafePoint, leastVertex } from './candidates.js';
import { type Cut, leafBound, leafRecord, type Slope } from './exact-leaf.js';
import { lagrangian, type NearCut } from './lagrangian.js';
import type { FoundLeaf, FoundTree } from './lemma-store.js';
import { costliest } from './lemma-tree.js';
import { linearLeaf } from './linear-leaf.js';
import { conjunctionFunctional, type Functional } from './problem.js';
import { closes } from './region-minimum.js';
import type { Relaxation, RelaxedPoint } from './relaxation.js';
import { roundLeaf } from './round-leaf.js';
import { nearbyRational, type Rounding, roundedSlopes } from './rounding.js';
import { enterSide, isUnstable, leaveSide, type SearchState, type StopReason } from './search-state.js';
import { climb, tiltsOn } from './tilt-steps.js';

export type TreeOutcome =
  | { readonly kind: 'closed'; readonly tree: FoundTree }
  | { readonly kind: 'point'; readonly point: Vector }
  | { readonly kind: 'stopped'; readonly reason: StopReason; readonly tree: FoundTree }
  /** Some node closes in doubles and not exactly: bounds have to be kept exactly. */
  | { readonly kind: 'inexact' }
  /** All is closed but nodes on which an ℓ2 ball touches the unsafe set in a way that no leaf shows; those are holes. */
  | { readonly kind: 'touching'; readonly tree: FoundTree };

export interface MainTreeOptions {
  readonly relaxation: Relaxation;
  readonly rows: readonly AffineRow[];
  readonly secondsLeft: () => number;
  readonly onNode: (depth: number) => void;
}

/** Weights below this share of the multipliers are rounding errors. */
const negligible = 1e-9;
const rootSteps = 8;
const childSteps = 3;
/** A bound above this share of its terms' size, negated, may be ≥ 0 exactly and is tried. */
const nearlyClosed = 1e-7;
/** Points of an ℓ2 relaxation this far outside are cut off, so many times at a node, so often in all. */
const farOutside = 0.02;
const nodeTangents = 4;
const mostTangents = 200;
const tangentSlack = 1e-9;

const hole: FoundTree = { rule: 'hole' };

interface Frame {
  readonly neuron: number;
  readonly first: -1 | 1;
  readonly tilt: Float64Array;
  done?: FoundTree;
}

/** Closes the conjunction on the region, or finds a point of it; nodes are worked on depth first without recursion. */
export async function mainTree(
  state: SearchState,
  conjunction: readonly Constraint[],
  options: MainTreeOptions,
): Promise<TreeOutcome> {
  const path: { frame: Frame; side: -1 | 1; left: ReturnType<typeof enterSide> }[] = [];
  const enter = (frame: Frame, side: -1 | 1): void => {
    path.push({ frame, side, left: enterSide(state, frame.neuron, side) });
    options.relaxation.side(frame.neuron, side);
  };
  const leave = (): { frame: Frame; side: -1 | 1 } => {
    const { frame, side, left } = path.pop()!;
    leaveSide(state, left);
    options.relaxation.side(frame.neuron, 0);
    return { frame, side };
  };
  let touches = false;
  let weights = startWeights(state, conjunction);
  let tilt = tiltsOn(state.cone, state.tilt);
  for (;;) {
    options.onNode(path.length);
    await state.limits.breathe();
    const reason = state.limits.stop();
    const found: NodeOutcome =
      reason === undefined
        ? workOn(state, conjunction, weights, tilt, path.length === 0 ? rootSteps : childSteps, options)
        : { kind: 'stopped', reason };
    if (found.kind === 'split') {
      weights = found.weights;
      const frame: Frame = { neuron: found.neuron, first: found.first, tilt };
      enter(frame, frame.first);
      tilt = tilt.slice();
      continue;
    }
    if (found.kind === 'point' || found.kind === 'inexact') {
      while (path.length > 0) leave();
      return found;
    }
    const stopped = found.kind === 'stopped';
    if (found.kind === 'touching') touches = true;
    let tree: FoundTree = found.kind === 'closed' ? found.tree : hole;
    for (;;) {
      if (path.length === 0) return stopped ? { ...found, tree } : { kind: touches ? 'touching' : 'closed', tree };
      const { frame, side } = leave();
      if (frame.done === undefined && !stopped) {
        frame.done = tree;
        enter(frame, -side as -1 | 1);
        tilt = frame.tilt.slice();
        break;
      }
      const other = frame.done ?? hole;
      const [below, above] = side < 0 ? [tree, other] : [other, tree];
      tree = { rule: 'split', neuron: frame.neuron, below, above };
    }
  }
}

type NodeOutcome =
  | Exclude<TreeOutcome, { readonly kind: 'stopped' | 'touching' }>
  /** Closed by nothing that a leaf can say. */
  | { readonly kind: 'touching' }
  | { readonly kind: 'stopped'; readonly reason: StopReason }
  | { readonly kind: 'split'; readonly neuron: number; readonly first: -1 | 1; readonly weights: readonly Rational[] };

/** Weight 1 on the constraint that interval propagation refutes best. */
export function startWeights(state: SearchState, conjunction: readonly Constraint[]): readonly Rational[] {
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  if (conjunction.length > 1) {
    conjunction.forEach((_, k) => {
      const goal = conjunctionFunctional(state.problem, conjunction, unit(conjunction.length, k));
      const value = climb(state.passes, goal, state.cone, state.l, state.u, tiltsOn(state.cone, state.tilt), 0);
      if (value > most) [best, most] = [k, value];
    });
  }
  return unit(conjunction.length, best);
}

const unit = (size: number, k: number): Rational[] => Array.from({ length: size }, (_, j) => (j === k ? one : zero));

function workOn(
  state: SearchState,
  conjunction: readonly Constraint[],
  weights: readonly Rational[],
  tilt: Float64Array,
  steps: number,
  options: MainTreeOptions,
): NodeOutcome {
  const { passes, problem, l, u } = state;
  const goal = conjunctionFunctional(problem, conjunction, weights);
  const value = climb(passes, goal, state.cone, l, u, tilt, steps, Number.MIN_VALUE);
  // A cut hides what is below it: where to split there, only a pass without cuts tells.
  const uncut = options.rows.length > 0 ? passes.a.slice() : undefined;
  if (value > 0) {
    const leaf = closedBy(state, conjunction, goal, weights, [], ['short', 'exact']);
    if (leaf !== undefined) return { kind: 'closed', tree: leaf };
  }
  const vertex = leastVertex(state, passes.gradient);
  const fallback = (): number => {
    climb(passes, goal, state.cone, l, u, tilt, 0);
    return costliest(state, state.cone);
  };
  if (isUnsafePoint(state, vertex, conjunction)) return { kind: 'point', point: vertex };

  for (let round = 0; ; round++) {
    const answer = options.relaxation.solve(options.secondsLeft());
    const attempt = attemptOf(state, conjunction, answer, options.rows);
    if (attempt !== undefined) {
      const leaf = closedBy(state, conjunction, attempt.goal, attempt.weights, attempt.cuts, [
        'short',
        'exact',
        'fine',
      ]);
      if (leaf !== undefined) return { kind: 'closed', tree: leaf };
    }
    if (answer.status === 'optimal') {
      const point = candidateNear(state, answer.x, conjunction);
      if (point !== undefined) return { kind: 'point', point };
    }
    // The leaf knows the ball itself: tangents only make multipliers better, and only what is far outside asks for them.
    const isFar = answer.outside > farOutside && options.relaxation.tangents() < mostTangents;
    if (isFar || (attempt?.isNear === true && answer.outside > tangentSlack)) {
      if (round < nodeTangents) {
        options.relaxation.cutOff();
        continue;
      }
    }
    if (attempt?.isNear === true && !state.exact) return { kind: 'inexact' };
    const arriving = attempt === undefined || attempt.cuts.length > 0 ? uncut : attempt.arriving;
    const next = answer.status === 'optimal' ? widestGap(state, answer, arriving) : undefined;
    const neuron = next?.neuron ?? anyUnstable(state, fallback());
    if (neuron >= 0) {
      return { kind: 'split', neuron, first: next?.first ?? 1, weights: attempt?.weights ?? weights };
    }
    return exactly(state, conjunction);
  }
}

/** The neuron found, else any that is relevant and has two sides left, else −1. */
function anyUnstable(state: SearchState, found: number): number {
  if (found >= 0) return found;
  for (let n = 0; n < state.phase.length; n++) if (state.relevant[n] === 1 && isUnstable(state, n)) return n;
  return -1;
}

interface Attempt {
  readonly goal: Functional;
  readonly weights: readonly Rational[];
  readonly cuts: readonly Cut[];
  readonly arriving: Float64Array;
  readonly value: number;
  /** Whether the bound is within rounding of 0, or above. */
  readonly isNear: boolean;
}

/** Puts multipliers of the relaxation into the work space, scaled; undefined when they bound nothing. */
function attemptOf(
  state: SearchState,
  conjunction: readonly Constraint[],
  answer: RelaxedPoint,
  rows: readonly AffineRow[],
): Attempt | undefined {
  if (answer.status === 'none') return undefined;
  const attempt = signedAttempt(state, conjunction, answer, rows, 1);
  if (answer.status === 'optimal') return attempt;
  const other = signedAttempt(state, conjunction, answer, rows, -1);
  return other.value >= attempt.value ? other : signedAttempt(state, conjunction, answer, rows, 1);
}

function signedAttempt(
  state: SearchState,
  conjunction: readonly Constraint[],
  answer: RelaxedPoint,
  rows: readonly AffineRow[],
  sign: 1 | -1,
): Attempt {
  const { passes, problem, l, u } = state;
  const most = answer.weights.reduce((m, w) => Math.max(m, sign * w), 0);
  const sizes = answer.lambda.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
  // Without weights the path alone is refuted; then only the direction of the multipliers matters.
  const none = most <= negligible * sizes;
  const scale = sign * (none ? 1 / 2 ** Math.round(Math.log2(sizes || 1)) : 1 / most);
  const weights = answer.weights.map((w) => {
    const v = none ? 0 : w * scale;
    return v <= negligible ? zero : Math.abs(v - 1) < negligible ? one : nearbyRational(v, 'exact');
  });
  const goal = conjunctionFunctional(problem, conjunction, weights);
  const cuts = cutsOf(rows, answer.rows, scale);
  for (let n = 0; n < passes.lambda.length; n++) passes.lambda[n] = answer.lambda[n]! * scale;
  const { value, size } = lagrangian(passes, goal, state.cone, l, u, cuts.map(nearCut));
  return { goal, weights, cuts, value, arriving: passes.a.slice(), isNear: value > -nearlyClosed * size };
}

const nearCut = ({ functional, multiple }: Cut): NearCut => ({ functional, multiple: toNumber(multiple) });

/** The leaf that the multipliers in the work space give in one of the roundings, or undefined. */
function closedBy(
  state: SearchState,
  conjunction: readonly Constraint[],
  goal: Functional,
  weights: readonly Rational[],
  cuts: readonly Cut[],
  roundings: readonly Rounding[],
): FoundLeaf | undefined {
  const { passes, l, u } = state;
  const { value, size } = lagrangian(passes, goal, state.cone, l, u, cuts.map(nearCut));
  if (!(value > -nearlyClosed * size)) return undefined;
  for (const rounding of state.exact ? (['exact', 'short', 'fine'] as const) : roundings) {
    const slopes = roundedSlopes(passes, state.cone, l, u, rounding);
    const leaf = closedExactly(state, conjunction, goal, weights, cuts, slopes);
    if (leaf !== undefined) return leaf;
  }
  return undefined;
}

function closedExactly(
  state: SearchState,
  conjunction: readonly Constraint[],
  goal: Functional,
  weights: readonly Rational[],
  cuts: readonly Cut[],
  slopes: ReadonlyMap<number, Slope>,
): FoundLeaf | undefined {
  const node = { table: state.table, phase: state.phase };
  const record = leafRecord();
  const { gradient, constant, strictly } = leafBound(state.problem, goal, state.cone, node, slopes, cuts, record);
  const strict = strictly || conjunction.some((c, k) => c.strict && weights[k]!.n > 0n);
  if (!closes(state.problem.region, gradient, constant, strict)) return undefined;
  return {
    rule: 'leaf',
    weights,
    slopes: record.slopes,
    cuts: new Map(cuts.map(({ lemma, multiple }) => [lemma, multiple])),
    needs: record.lemmas,
  };
}

/** Where the relaxation's point is furthest from the network, weighed by what depends on it. */
function widestGap(
  state: SearchState,
  { x, h }: RelaxedPoint,
  arriving: Float64Array | undefined,
): { readonly neuron: number; readonly first: -1 | 1 } | undefined {
  const { problem, relevant, l, u } = state;
  const { layers, offsets } = problem;
  let best: { neuron: number; first: -1 | 1 } | undefined;
  let most = 0;
  let top = 0;
  if (arriving !== undefined) for (const a of arriving) top = Math.max(top, Math.abs(a));
  for (let i = 0; i < layers.length; i++) {
    const { activation, rowStart, columns, weights, biases, rows } = layers[i]!;
    if (activation === 'identity') continue;
    for (let r = 0; r < rows; r++) {
      const n = offsets[i]! + r;
      if (relevant[n] === 0 || !isUnstable(state, n)) continue;
      let z = biases[r]!;
      for (let m = rowStart[r]!; m < rowStart[r + 1]!; m++) {
        z += weights[m]! * (i === 0 ? x[columns[m]!]! : h[offsets[i - 1]! + columns[m]!]!);
      }
      const gap =
        activation === 'step' ? Math.min(h[n]!, 1 - h[n]!) || (h[n]! > 0.5 !== z > 0 ? 1 : 0) : h[n]! - Math.max(0, z);
      const size = activation === 'step' ? 1 : u[n]! - l[n]!;
      if (!(gap > 1e-9 * size)) continue;
      const score = gap * (Math.abs(arriving?.[n] ?? 0) + 1e-3 * (top || 1));
      if (score > most) {
        most = score;
        best = { neuron: n, first: z > 0 ? 1 : -1 };
      }
    }
  }
  return best;
}

/** The verdict of exact arithmetic on a node without two-sided neurons. */
function exactly(state: SearchState, conjunction: readonly Constraint[]): NodeOutcome {
  const { region } = state.problem;
  const isRound = region.kind === 'ball' && region.norm === 'l2';
  const found = isRound ? roundLeaf(state, conjunction, region) : linearLeaf(state, conjunction);
  if (found === undefined) return { kind: 'touching' };
  if (found.kind === 'point') {
    const shown = replay(state.problem.query, found.point);
    if (shown.inside && shown.unsafe) return found;
    throw new InternalError('search: expected the point of a linear node to be a counterexample, got a safe one');
  }
  const goal = conjunctionFunctional(state.problem, conjunction, found.weights);
  const tree = closedExactly(state, conjunction, goal, found.weights, [], found.slopes);
  if (tree === undefined) throw new InternalError('search: expected exact multipliers to close their node');
  return { kind: 'closed', tree };
}
