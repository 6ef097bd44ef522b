/**
 * Exact Lipschitz constants of small networks, everywhere or in a ball or box.
 *
 * Main definitions: `exactLipschitz`, `ExactLipschitz`.
 *
 * Main statement. The constant is the largest ‖DF‖ over the activation cells with inner points in the region
 * (cells/cell-walk.ts). A walk that ends finds it; one that is stopped knows the largest so far from below, and from above a
 * bound of all that it has not seen.
 *
 * References. [F, Part II]: cells with inner points only, since derivatives taken at kinks overestimate.
 */
import { compare, max, min, type Rational, rational } from '../../exact/index.js';
import { InputError, type Norm } from '../../format/index.js';
import { type Network, rowCount } from '../../network/index.js';
import { type Attained, attainedIn } from './attained.js';
import { cellWalk } from './cells/cell-walk.js';
import { startCell } from './cells/start-cell.js';
import { functionalLayers } from './functional-layers.js';
import { intervalGradient } from './interval-gradient.js';
import type { LipschitzBound, LipschitzQuestion } from './lipschitz-bound.js';
import { isOperatorNorm } from './operator-magnitude.js';

export interface ExactLipschitzOptions extends LipschitzQuestion {
  /** Ends the walk after so many cells and branches left out, ≥ 1. @defaultValue 10 million */
  readonly mostCells?: number;
  /** Visits every cell, also where no larger gradient can be: `cells` is then their number. @defaultValue false */
  readonly everyCell?: boolean;
  /** Ends the walk as `mostCells` does. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (cells: number) => void;
}

export interface ExactLipschitz {
  /** The constant when `isComplete`, else a bound of it from above. */
  readonly bound: LipschitzBound;
  /** The largest found, ≤ the constant; in ℓ2 its square. */
  readonly lower: Rational;
  /** Whether both are the same, so the constant. */
  readonly isComplete: boolean;
  /** Cells visited. */
  readonly cells: number;
  /** Branches of the walk without a larger gradient, left out. */
  readonly leftOut: number;
  /** Where `lower` is attained; absent when no cell was reached. */
  readonly attained?: Attained;
  /** A step neuron that changes where the outputs may depend on it, by layer and row from 0: nothing is known then. */
  readonly jump?: { readonly layer: number; readonly neuron: number };
}

/** Cuts between two looks at the clock of the event loop. */
const cutsAtOnce = 500;

/**
 * The Lipschitz constant by walking over the cells.
 * @throws InputError in ℓ2 for several outputs, whose norm need not be rational, and for regions as `startCell`.
 */
export async function exactLipschitz(
  network: Network,
  norm: Norm,
  { functional, region, mostCells = 10_000_000, everyCell = false, signal, onProgress }: ExactLipschitzOptions = {},
): Promise<ExactLipschitz> {
  const layers = functionalLayers(network, functional);
  if (!isOperatorNorm(norm, rowCount(layers.at(-1)!))) {
    throw new InputError(
      'outputs: expected one output or one functional of them for the exact constant in ℓ2, got several',
    );
  }
  const neurons = layers.slice(0, -1).reduce((sum, layer) => sum + rowCount(layer), 0);
  const start = startCell(layers[0]!.inputs, region, neurons);
  const walk = cellWalk(layers, norm, start, { prune: !everyCell, ...(region === undefined ? {} : { region }) });
  let isDone = false;
  while (!isDone && walk.cells() + walk.cutOff() < mostCells && signal?.aborted !== true) {
    isDone = walk.advance(Math.min(cutsAtOnce, mostCells - walk.cells() - walk.cutOff()));
    onProgress?.(walk.cells() + walk.cutOff());
    await new Promise((resolve) => setImmediate(resolve));
  }
  const counts = { cells: walk.cells(), leftOut: walk.cutOff() };
  const best = walk.best();
  const lower = best?.magnitude ?? rational(0);
  const attained = best === undefined ? {} : { attained: attainedIn(layers, norm, best, start, region) };
  const jump = walk.jump();
  if (jump !== undefined) {
    const bound: LipschitzBound = { method: 'cells', norm, magnitude: undefined, exact: false };
    return { bound, lower, isComplete: false, ...counts, ...attained, jump };
  }
  const rest = isDone ? lower : walk.bound();
  const cheap = intervalGradient(network, norm, { ...(functional && { functional }), ...(region && { region }) });
  const upper = rest === undefined ? cheap.magnitude : least(max(rest, lower), cheap.magnitude);
  const isComplete = isDone || (upper !== undefined && compare(upper, lower) === 0);
  return {
    bound: { method: 'cells', norm, magnitude: upper, exact: isComplete },
    lower,
    isComplete,
    ...counts,
    ...attained,
  };
}

const least = (a: Rational, b: Rational | undefined): Rational => (b === undefined ? a : min(a, b));
