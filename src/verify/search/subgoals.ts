/**
 * Bounds found from the goal downwards: a functional is passed through one level, side by side of the neurons that lose
 * there, and what arrives below falls into components, which are goals of their own, each bounded once and remembered.
 *
 * Main definitions: `subgoals`, `Subgoals`.
 *
 * Splits over all levels multiply the cases of the operands of a maximum, of a minimum, of a difference; remembered
 * bounds add them. A component's bound becomes an affine lemma and a leaf above uses it as a cut, so that nothing of the
 * levels below is left in the leaf. What is not of this kind (many columns, many losses at one level, more goals on a level
 * than it has neurons, as dense networks make them) is bounded by plain back-substitution. The arithmetic of a passage is
 * exact: one level, few columns.
 */
import { add, compare, min, mul, one, type Rational, rational, toNumber, zero } from '../../exact/index.js';
import { backward, forwardCone } from './backward.js';
import { aboveBound } from './certificate.js';
import { components, functionalKey } from './components.js';
import { type Cone, coneOf } from './cone.js';
import { type Cut, leafBound, leafRecord, type Slope } from './exact-leaf.js';
import { type FoundTree, simpleBelow } from './lemma-store.js';
import { closedLeaf, costliest } from './lemma-tree.js';
import { type Functional, functional } from './problem.js';
import { exactMinimum } from './region-minimum.js';
import { simplestNear } from './rounding.js';
import { enterSide, isUnstable, leaveSide, type SearchState } from './search-state.js';
import { climb, tiltsOn } from './tilt-steps.js';

/** A lower bound of a functional with its tree, whose leaves have no weights. */
export interface Bounded {
  readonly bound: Rational;
  readonly proof: FoundTree;
}

export interface Subgoals {
  /** The best bound found; undefined when the work allowed is used up. Adds lemmas to the state. */
  bound(goal: Functional): Bounded | undefined;
  /** Lemmas of components found so far, by number. */
  readonly found: readonly number[];
}

export interface SubgoalOptions {
  /** Multiply-adds of passes in doubles, all goals together. @defaultValue 100000000 */
  readonly work?: number;
}

const steps = 8;
const sideSteps = 3;
/** Components with more columns are not taken apart. */
const mostColumns = 12;
/** Sides of so many neurons of one level are told apart. */
const mostLosing = 3;
/** A bound this near to a value of the functional, relative to its terms, cannot be improved. */
const nearlyAttained = 1e-10;
/** Tilts are taken to a fraction this near. */
const roughly = 1e-3;

interface Known {
  readonly lemma: number;
  readonly bound: Rational;
  readonly above: Functional;
}

/** Goals over one state, with a memory of their components. Bounds in force must not change while it is used. */
export function subgoals(state: SearchState, options: SubgoalOptions = {}): Subgoals {
  const { problem, passes, l, u } = state;
  const known = new Map<string, Known>();
  const found: number[] = [];
  const goalsAt = problem.layers.map(() => 0);
  let left = options.work ?? 100_000_000;

  const best = (goal: Functional): Bounded | undefined => {
    const cone = coneOf(problem, goal);
    const pass = weightsIn(state, cone);
    left -= 4 * pass;
    if (left < 0 || state.limits.stop() !== undefined) return undefined;
    const tilt = tiltsOn(cone, state.tilt);
    let value = backward(passes, goal, cone, l, u, tilt);
    const loses = costliest(state, cone) >= 0;
    let attained = valueAt(state, goal, cone);
    const size = Math.abs(attained) + Math.abs(value);
    const isTight = (): boolean => attained - value <= nearlyAttained * size;
    let taken: Bounded | undefined;
    if (loses && !isTight() && goal.columns.length <= mostColumns) {
      taken = passed(goal, cone, tilt);
      if (taken !== undefined) value = Math.max(value, toNumber(taken.bound));
    }
    if (!isTight()) {
      left -= 3 * steps * pass;
      value = climb(passes, goal, cone, l, u, tilt, steps);
      attained = Math.min(attained, valueAt(state, goal, cone));
    }
    if (taken !== undefined && toNumber(taken.bound) >= value) return taken;
    const plain = closedLeaf(state, goal, cone, tilt, value);
    return taken !== undefined && compare(taken.bound, plain.bound) >= 0
      ? taken
      : { bound: plain.bound, proof: plain.leaf };
  };

  /** The lemma of a component, found now or before. */
  const remembered = (goal: Functional): Known | undefined => {
    const key = functionalKey(goal);
    if (known.has(key)) return known.get(key);
    if (goalsAt[goal.level]! >= problem.layers[goal.level]!.rows) return undefined;
    goalsAt[goal.level]!++;
    const bounded = best(goal);
    if (bounded === undefined) return undefined;
    const bound = simpleBelow(bounded.bound, rational(1));
    const lemma = { goal, side: 'lower', bound, proof: bounded.proof } as const;
    const entry = { lemma: state.lemmas.length, bound, above: aboveBound(lemma) };
    state.lemmas.push(lemma);
    found.push(entry.lemma);
    known.set(key, entry);
    return entry;
  };

  /** The goal passed through its own level, once for each side of the neurons that lose there. */
  const passed = (goal: Functional, cone: Cone, tilt: Float64Array): Bounded | undefined => {
    const { level, columns, weights } = goal;
    const { activation } = problem.layers[level]!;
    const first = problem.offsets[level]!;
    const losing = columns
      .map((c, k) => ({ n: first + c, weight: weights[k]! }))
      .filter(({ n, weight }) => isUnstable(state, n) && (activation === 'step' ? weight !== 0n : weight < 0n))
      .map(({ n }) => n);
    if (losing.length > mostLosing) return undefined;
    const inOrder = (k: number): Bounded | undefined => {
      if (k === losing.length) return leaf(goal, cone, tilt);
      const neuron = losing[k]!;
      const sides = ([-1, 1] as const).map((side) => {
        const entered = enterSide(state, neuron, side);
        const inside = inOrder(k + 1);
        leaveSide(state, entered);
        return inside;
      });
      const [below, above] = sides;
      if (below === undefined || above === undefined) return undefined;
      return {
        bound: min(below.bound, above.bound),
        proof: { rule: 'split', neuron, below: below.proof, above: above.proof },
      };
    };
    return inOrder(0);
  };

  /** The better of two leaves on the side now entered, on which nothing of the goal's level loses. */
  const leaf = (goal: Functional, cone: Cone, start: Float64Array): Bounded | undefined => {
    const tilt = start.slice();
    left -= 3 * sideSteps * weightsIn(state, cone);
    const value = climb(passes, goal, cone, l, u, tilt, sideSteps);
    const plain = closedLeaf(state, goal, cone, tilt, value);
    const straight = { bound: plain.bound, proof: plain.leaf };
    if (goal.level === 0) return straight;
    const first = cutLeaf(goal, cone, start);
    if (first === undefined) return straight;
    if (compare(first.bound, straight.bound) >= 0) return first;
    const second = cutLeaf(goal, cone, tilt);
    return second === undefined || compare(second.bound, straight.bound) > 0 ? second : straight;
  };

  /** The leaf that passes the goal's level by these tilts and then cuts with the components' lemmas. */
  const cutLeaf = (goal: Functional, cone: Cone, tilt: Float64Array): Bounded | undefined => {
    const slopes = lowerLines(state, goal, cone, tilt);
    const cuts: Cut[] = [];
    // Sides entered are of this level and above, of which the components below do not know.
    for (const part of components(problem, arriving(state, goal, slopes))) {
      const entry = remembered(part.functional);
      if (entry === undefined) return undefined;
      cuts.push({ lemma: entry.lemma, functional: entry.above, multiple: part.multiple });
    }
    const node = { table: state.table, phase: state.phase };
    const record = leafRecord();
    const { gradient, constant } = leafBound(problem, goal, cone, node, slopes, cuts, record);
    return {
      bound: exactMinimum(problem.region, gradient, constant),
      proof: {
        rule: 'leaf',
        weights: [],
        slopes: record.slopes,
        cuts: new Map(cuts.map(({ lemma, multiple }) => [lemma, multiple])),
        needs: record.lemmas,
      },
    };
  };

  return { bound: best, found };
}

/** Number of weights in the rows of a cone. */
function weightsIn({ problem }: SearchState, { neurons, starts, level }: Cone): number {
  let sum = 0;
  for (let i = 0; i <= level; i++) {
    const { rowStart } = problem.layers[i]!;
    for (let k = starts[i]!; k < starts[i + 1]!; k++) {
      const r = neurons[k]! - problem.offsets[i]!;
      sum += rowStart[r + 1]! - rowStart[r]!;
    }
  }
  return sum;
}

/** Nearly the value of the functional at the minimiser in the work space. */
function valueAt({ passes }: SearchState, goal: Functional, cone: Cone): number {
  forwardCone(passes, cone);
  const first = passes.problem.offsets[goal.level]!;
  return goal.columns.reduce((sum, c, k) => sum + goal.nearWeights[k]! * passes.h[first + c]!, goal.nearConstant);
}

/** The λ of the unstable relus of the goal's level on the side now entered, by their tilts; all others have the default. */
function lowerLines(state: SearchState, goal: Functional, cone: Cone, tilt: Float64Array): Map<number, Slope> {
  const { level, weights, denominator } = goal;
  const slopes = new Map<number, Slope>();
  if (state.problem.layers[level]!.activation !== 'relu') return slopes;
  goal.columns.forEach((c, k) => {
    const n = state.problem.offsets[level]! + c;
    if (weights[k] === 0n || !isUnstable(state, n)) return;
    const alpha = simplestNear(tilt[cone.starts[level]! + k]!, roughly) ?? zero;
    if (compare(alpha, one) === 0) slopes.set(n, 'a');
    else slopes.set(n, mul(alpha, rational(weights[k]!, denominator)));
  });
  return slopes;
}

/** What arrives at the level below, without constant. */
function arriving(state: SearchState, goal: Functional, slopes: ReadonlyMap<number, Slope>): Functional {
  const { level, columns, weights, denominator } = goal;
  const { problem, l, u } = state;
  const { activation, rowStart, columns: read, bigWeights, weightDenominator } = problem.layers[level]!;
  const sums = new Map<number, Rational>();
  columns.forEach((c, k) => {
    const n = problem.offsets[level]! + c;
    const slope = slopes.get(n);
    const isOff = activation === 'step' || (activation === 'relu' && l[n]! < 0 && u[n]! <= 0);
    const weight = rational(weights[k]!, denominator);
    const lambda = typeof slope === 'object' && 'n' in slope ? slope : isOff ? zero : weight;
    if (lambda.n === 0n) return;
    for (let m = rowStart[c]!; m < rowStart[c + 1]!; m++) {
      const term = mul(lambda, rational(bigWeights[m]!, weightDenominator));
      sums.set(read[m]!, add(sums.get(read[m]!) ?? zero, term));
    }
  });
  const kept = [...sums.keys()].filter((c) => sums.get(c)!.n !== 0n).sort((a, b) => a - b);
  return functional(
    level - 1,
    kept,
    kept.map((c) => sums.get(c)!),
    zero,
  );
}
