/**
 * A conjunction closed from its goal downwards, without a linear program and without splits over many levels.
 *
 * Main definition: `downwardProof`.
 */
import type { Rational } from '../../exact/index.js';
import type { Constraint } from '../query.js';
import type { FoundTree } from './lemma-store.js';
import { conjunctionFunctional } from './problem.js';
import type { SearchState } from './search-state.js';
import type { Subgoals } from './subgoals.js';

/** A tree that refutes the weighted conjunction on the region, or undefined when the bound found is not enough. */
export function downwardProof(
  state: SearchState,
  conjunction: readonly Constraint[],
  weights: readonly Rational[],
  goals: Subgoals,
): FoundTree | undefined {
  const found = goals.bound(conjunctionFunctional(state.problem, conjunction, weights));
  if (found === undefined) return undefined;
  const strict = conjunction.some((c, k) => c.strict && weights[k]!.n > 0n);
  if (found.bound.n < 0n || (found.bound.n === 0n && !strict)) return undefined;
  return withWeights(found.proof, weights);
}

function withWeights(tree: FoundTree, weights: readonly Rational[]): FoundTree {
  switch (tree.rule) {
    case 'split':
      return { ...tree, below: withWeights(tree.below, weights), above: withWeights(tree.above, weights) };
    case 'leaf':
      return { ...tree, weights };
    case 'hole':
      return tree;
  }
}
