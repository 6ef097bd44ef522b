/**
 * Proofs of the lemmas that were found in doubles, written when it is known which of them are needed.
 *
 * Main definition: `provedLemmas`.
 *
 * From the last lemma to the first, its own bound is taken out of force; then exactly the bounds are in force from which
 * it was found, the same tree is found again, and its leaves are evaluated exactly. What they use is needed in turn.
 */
import { compare, neg } from '../../exact/index.js';
import { type BoundsTable, copiedTable, type End, setEnd } from './bounds-table.js';
import { coneOf } from './cone.js';
import type { FoundLemma, FoundTree, LemmaInUse } from './lemma-store.js';
import { lemmaTree } from './lemma-tree.js';
import type { SearchState } from './search-state.js';

/**
 * The lemmas with their proofs, holes where a lemma is not needed; undefined when one of them does not reach its bound
 * exactly.
 */
export function provedLemmas(state: SearchState, proofs: readonly FoundTree[]): FoundLemma[] | undefined {
  const table = copiedTable(state.table);
  const behind = endsBehind(state.lemmas, table);
  const at: SearchState = { ...state, table, l: table.l, u: table.u, phase: new Int8Array(state.phase.length) };
  const needed = new Set<number>();
  for (const proof of proofs) noteNeeds(proof, needed);
  const out: FoundLemma[] = new Array(state.lemmas.length);
  for (let k = state.lemmas.length - 1; k >= 0; k--) {
    const lemma = state.lemmas[k]!;
    const before = behind[k];
    if (before !== undefined && lemma.neuron !== undefined) {
      setEnd(table, lemma.neuron, lemma.side, before.end, before.lemma);
    }
    const proof = needed.has(k) ? proofOf(at, lemma) : ({ rule: 'hole' } as const);
    if (proof === undefined) return undefined;
    noteNeeds(proof, needed);
    out[k] = { ...lemma, proof };
  }
  return out;
}

function proofOf(state: SearchState, { goal, side, bound, proof }: LemmaInUse): FoundTree | undefined {
  if (proof.rule !== 'again') return proof;
  const { start, steps, leaves } = proof;
  const least = side === 'lower' ? bound : neg(bound);
  const found = lemmaTree(state, goal, coneOf(state.problem, goal), start, { steps, leaves, enough: 0 }, least);
  return compare(found.bound, least) >= 0 ? found.proof : undefined;
}

/** For each lemma of a neuron the end that was in force before it. */
function endsBehind(lemmas: readonly LemmaInUse[], table: BoundsTable): { end: End; lemma: number }[] {
  const last = { lower: new Map<number, number>(), upper: new Map<number, number>() };
  return lemmas.map(({ neuron, side }, k) => {
    const lemma = neuron === undefined ? -1 : (last[side].get(neuron) ?? -1);
    if (neuron !== undefined) last[side].set(neuron, k);
    const base = side === 'lower' ? table.baseLower : table.baseUpper;
    return { lemma, end: lemma < 0 ? base[neuron ?? 0]! : lemmas[lemma]!.bound };
  });
}

/** Adds the lemmas that the leaves of a tree use. */
export function noteNeeds(root: FoundTree, needed: Set<number>): void {
  const todo: FoundTree[] = [root];
  for (let tree = todo.pop(); tree !== undefined; tree = todo.pop()) {
    if (tree.rule === 'split') todo.push(tree.below, tree.above);
    else if (tree.rule === 'leaf') for (const k of tree.needs) needed.add(k);
  }
}
