/**
 * Lemmas for the unstable neurons of all layers, from the bottom up, each used by those after it.
 *
 * Main definition: `rootBounds`.
 */
import { type Rational, rational, toNumber } from '../../exact/index.js';
import { forwardValues } from './backward.js';
import { improve } from './bounds-table.js';
import { coneOf } from './cone.js';
import { simpleBelow } from './lemma-store.js';
import { lemmaBound } from './lemma-tree.js';
import { neuronFunctional } from './problem.js';
import { isUnstable, type SearchState } from './search-state.js';
import { tiltsOn } from './tilt-steps.js';

export interface RootEffort {
  /** Steps on the tilts for each bound. */
  readonly steps: number;
  /** Most leaves of each lemma. */
  readonly leaves: number;
}

/** A bound has to move by this share of the interval to be kept, unless it makes the neuron stable. */
const worthKeeping = 1e-4;
/** Exact bounds with denominators longer than this are rounded after all. */
const longestDenominator = 4096;

/** Tilts as the network itself is at the region's middle: on where the neuron is on. */
export function startTilts(state: SearchState): void {
  const { passes, tilt, problem } = state;
  forwardValues(passes, passes.region.centre, problem.layers.length - 1);
  for (let n = 0; n < tilt.length; n++) {
    const { activation } = problem.layers[problem.layerOf[n]!]!;
    tilt[n] = activation === 'relu' && passes.z[n]! > 0 ? 1 : 0;
  }
}

/** Proves bounds of every relevant unstable neuron above the first layer; puts them in force one by one. */
export async function rootBounds(state: SearchState, effort: RootEffort): Promise<void> {
  const { problem } = state;
  for (let i = 1; i < problem.layers.length; i++) {
    for (let n = problem.offsets[i]!; n < problem.offsets[i + 1]!; n++) {
      if (state.relevant[n] === 0 || !isUnstable(state, n)) continue;
      await state.limits.breathe();
      for (const side of ['lower', 'upper'] as const) {
        if (!isUnstable(state, n)) break;
        if (state.limits.stop() !== undefined) return;
        boundNeuron(state, n, side, effort);
      }
    }
  }
}

function boundNeuron(state: SearchState, neuron: number, side: 'lower' | 'upper', effort: RootEffort): void {
  const { problem, table, l, u } = state;
  const goal = neuronFunctional(problem, neuron, side === 'lower' ? 1 : -1);
  const cone = coneOf(problem, goal);
  const key = 2 * neuron + (side === 'lower' ? 0 : 1);
  const start = state.tuned.get(key) ?? tiltsOn(cone, state.tilt);
  const { steps, leaves } = effort;
  const found = lemmaBound(state, goal, cone, start, { leaves, steps, enough: 0 });
  state.tuned.set(key, found.tilt);
  const least = shortened(state, found.bound, neuron);
  const bound = side === 'lower' ? least : { n: -least.n, d: least.d };
  const old = side === 'lower' ? l[neuron]! : -u[neuron]!;
  const moved = toNumber(least) - old;
  if (!(moved > worthKeeping * (u[neuron]! - l[neuron]!)) && least.n < 0n) return;
  if (!improve(table, neuron, side, bound, state.lemmas.length)) return;
  const proof = found.proof ?? { rule: 'again', start, steps, leaves };
  state.lemmas.push({ goal, neuron, side, bound, proof });
  l[neuron] = table.l[neuron]!;
  u[neuron] = table.u[neuron]!;
}

function shortened({ exact, table }: SearchState, bound: Rational, neuron: number): Rational {
  if (exact && bound.d.toString(2).length <= longestDenominator) return bound;
  return simpleBelow(bound, rational(table.upper[neuron]!.n, table.upper[neuron]!.d));
}
