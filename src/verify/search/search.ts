/**
 * The search: is some point of a region unsafe, and if not, why not.
 *
 * Main definitions: `search`, `SearchOptions`, `SearchResult`.
 *
 * Intervals first; then, per conjunction, a short tree with cheap bounds, and, when that does not do, lemmas with trees of
 * their own for all unstable neurons and a tree without limit on its size. Every `sat` is replayed, every `unsat` comes
 * with a certificate evaluated exactly leaf by leaf. A query that closes only up to rounding is searched again with exact
 * bounds. Complete for ℓ1, ℓ∞ and boxes, and in ℓ2 up to balls that touch the unsafe set. Nothing depends on a clock but
 * the time-out.
 */
import type { Vector } from '../../exact/index.js';
import type { CertificateFile } from '../../format/index.js';
import { intervalProof } from '../bounds/interval.js';
import type { Query } from '../query.js';
import { centreOf } from '../region-points.js';
import { replay } from '../verdict.js';
import { affineRows } from './affine-rows.js';
import { certificateOfSearch, type FoundProof } from './certificate.js';
import { descent } from './descent.js';
import { downwardProof } from './downward-proof.js';
import { provedLemmas } from './lemma-proofs.js';
import type { FoundTree } from './lemma-store.js';
import { loadHighs } from './linear-model.js';
import { mainTree, startWeights, type TreeOutcome } from './main-tree.js';
import { relaxation } from './relaxation.js';
import { type RootEffort, rootBounds, startTilts } from './root-bounds.js';
import { type SearchLimits, type SearchState, type StopReason, searchState } from './search-state.js';
import { subgoals } from './subgoals.js';

export interface SearchOptions {
  /** @defaultValue 60000 */
  readonly timeoutMs?: number;
  /** Most nodes of main trees, all conjunctions together. @defaultValue no limit */
  readonly nodes?: number;
  /** Megabytes of heap above which the search gives up. @defaultValue 3000 */
  readonly memoryMb?: number;
  readonly signal?: AbortSignal;
  /** Whether a search that ends without a verdict says in a certificate with holes what it has proved. @defaultValue false */
  readonly holes?: boolean;
  /** Called at every node of a main tree. */
  readonly onProgress?: (progress: SearchProgress) => void;
}

export interface SearchProgress {
  readonly nodes: number;
  readonly depth: number;
  readonly lemmas: number;
}

export interface SearchStatistics {
  readonly nodes: number;
  readonly lemmas: number;
  readonly seconds: number;
  /** Whether bounds had to be kept exactly. */
  readonly exact: boolean;
}

export type SearchResult = { readonly statistics: SearchStatistics } & (
  | { readonly verdict: 'unsat'; readonly certificate: CertificateFile }
  | { readonly verdict: 'sat'; readonly point: Vector; readonly outputs: Vector }
  | { readonly verdict: 'unknown'; readonly reason: string; readonly certificate?: CertificateFile }
  | { readonly verdict: 'timed-out'; readonly certificate?: CertificateFile }
);

/** Effort of the first try, and of the second. */
const efforts: readonly (RootEffort & { readonly nodes: number })[] = [
  { steps: 8, leaves: 1, nodes: 24 },
  { steps: 8, leaves: 32, nodes: Number.POSITIVE_INFINITY },
];
/** Milliseconds between pauses in which others have the thread. */
const breathEvery = 40;
/** Milliseconds between looks at the heap. */
const lookEvery = 250;

/** Decides a query. */
export async function search(query: Query, options: SearchOptions = {}): Promise<SearchResult> {
  const start = performance.now();
  const deadline = start + (options.timeoutMs ?? 60_000);
  const counts = { nodes: 0, lemmas: 0, exact: false, limit: Number.POSITIVE_INFINITY };
  const statistics = (): SearchStatistics => ({
    nodes: counts.nodes,
    lemmas: counts.lemmas,
    seconds: (performance.now() - start) / 1000,
    exact: counts.exact,
  });
  const found = await decide(query, options, deadline, counts);
  return { ...found, statistics: statistics() };
}

type Found =
  | { readonly verdict: 'unsat'; readonly certificate: CertificateFile }
  | { readonly verdict: 'sat'; readonly point: Vector; readonly outputs: Vector }
  | { readonly verdict: 'unknown'; readonly reason: string; readonly certificate?: CertificateFile }
  | { readonly verdict: 'timed-out'; readonly certificate?: CertificateFile };

type Undecided = Extract<Found, { readonly verdict: 'unknown' | 'timed-out' }>;

interface Counts {
  nodes: number;
  lemmas: number;
  exact: boolean;
  /** Nodes at which the present try ends. */
  limit: number;
}

async function decide(query: Query, options: SearchOptions, deadline: number, counts: Counts): Promise<Found> {
  const shown = pointVerdict(query, centreOf(query.region));
  if (shown !== undefined) return shown;
  const refuted = intervalProof(query);
  const limits = limitsOf(options, deadline, counts);
  const rounded = await inOneMode(query, refuted, false, limits, options, deadline, counts);
  if (rounded !== 'inexact') return rounded;
  counts.exact = true;
  const exact = await inOneMode(query, refuted, true, limits, options, deadline, counts);
  return exact === 'inexact' ? { verdict: 'unknown', reason: 'bounds close up to rounding only' } : exact;
}

function pointVerdict(query: Query, x: Vector): (Found & { readonly verdict: 'sat' }) | undefined {
  const { inside, unsafe, outputs } = replay(query, x);
  return inside && unsafe ? { verdict: 'sat', point: x, outputs } : undefined;
}

function limitsOf(options: SearchOptions, deadline: number, counts: Counts): SearchLimits {
  const { signal, nodes = Number.POSITIVE_INFINITY, memoryMb = 3000 } = options;
  let rested = performance.now();
  let looked = rested;
  return {
    stop() {
      if (signal?.aborted === true) return 'interrupted';
      const now = performance.now();
      if (now > deadline) return 'timed-out';
      if (counts.nodes > Math.min(nodes, counts.limit)) return 'nodes';
      if (now - looked < lookEvery) return undefined;
      looked = now;
      return process.memoryUsage().heapUsed > memoryMb * 2 ** 20 ? 'memory' : undefined;
    },
    breathe() {
      if (performance.now() - rested < breathEvery) return undefined;
      return new Promise((resolve) => {
        setImmediate(() => {
          rested = performance.now();
          resolve();
        });
      });
    },
  };
}

const stopped = (reason: StopReason): Undecided =>
  reason === 'timed-out'
    ? { verdict: 'timed-out' }
    : {
        verdict: 'unknown',
        reason: { interrupted: 'interrupted', nodes: 'node limit', memory: 'memory limit' }[reason],
      };

async function inOneMode(
  query: Query,
  refuted: readonly boolean[],
  exact: boolean,
  limits: SearchLimits,
  options: SearchOptions,
  deadline: number,
  counts: Counts,
): Promise<Found | 'inexact'> {
  const state = searchState(query, exact, limits);
  startTilts(state);
  const proofs: (FoundProof | undefined)[] = refuted.map((yes) => (yes ? { rule: 'interval' } : undefined));
  if (!exact) {
    for (const conjunction of query.unsafe) {
      const point = descent(state, conjunction);
      if (point !== undefined) return pointVerdict(query, point)!;
    }
  }
  const goals = subgoals(state);
  for (const [i, conjunction] of query.unsafe.entries()) {
    proofs[i] ??= downwardProof(state, conjunction, startWeights(state, conjunction), goals);
  }
  counts.lemmas = state.lemmas.length;
  const most = options.nodes ?? Number.POSITIVE_INFINITY;
  /** Trees with holes of conjunctions without a proof. */
  const unfinished = new Map<number, FoundTree>();
  const ended = (found: Undecided): Found => {
    if (options.holes !== true) return found;
    const known = proofs.map((proof, i): FoundProof => proof ?? unfinished.get(i) ?? { rule: 'hole' });
    const certificate = certificateOf(state, known);
    return certificate === undefined ? found : { ...found, certificate };
  };
  for (const [attempt, effort] of efforts.entries()) {
    if (proofs.every((proof) => proof !== undefined)) break;
    await rootBounds(state, effort);
    counts.lemmas = state.lemmas.length;
    const reason = limits.stop();
    if (reason !== undefined) return ended(stopped(reason));
    const outcome = await allConjunctions(state, proofs, unfinished, effort.nodes, options, deadline, counts);
    counts.limit = Number.POSITIVE_INFINITY;
    if (outcome === undefined) continue;
    if (outcome.kind === 'point') return pointVerdict(query, outcome.point)!;
    if (outcome.kind === 'inexact') return 'inexact';
    if (outcome.kind === 'touching') {
      return ended({ verdict: 'unknown', reason: 'the ℓ2 ball touches the unsafe set, and no leaf shows how' });
    }
    if (outcome.kind === 'stopped') {
      if (outcome.reason === 'nodes' && attempt < efforts.length - 1 && counts.nodes <= most) continue;
      return ended(stopped(outcome.reason));
    }
  }
  const certificate = certificateOf(state, proofs as FoundProof[]);
  return certificate === undefined ? 'inexact' : { verdict: 'unsat', certificate };
}

/** The certificate of these proofs; undefined when a lemma holds in doubles only. */
function certificateOf(state: SearchState, proofs: readonly FoundProof[]): CertificateFile | undefined {
  const trees = proofs.filter((proof) => proof.rule !== 'interval');
  const lemmas = provedLemmas(state, trees);
  return lemmas && certificateOfSearch(state.problem, state.table, lemmas, proofs);
}

/** Works on the conjunctions without a proof; undefined when all have one. A ball that touches one may reach another. */
async function allConjunctions(
  state: SearchState,
  proofs: (FoundProof | undefined)[],
  unfinished: Map<number, FoundTree>,
  nodes: number,
  options: SearchOptions,
  deadline: number,
  counts: Counts,
): Promise<TreeOutcome | undefined> {
  const rows = affineRows(state.lemmas);
  const relaxed = relaxation(await loadHighs(), state, rows);
  let touching: TreeOutcome | undefined;
  try {
    for (const [i, conjunction] of state.problem.query.unsafe.entries()) {
      if (proofs[i] !== undefined) continue;
      counts.limit = counts.nodes + nodes;
      relaxed.choose(i);
      const outcome = await mainTree(state, conjunction, {
        relaxation: relaxed,
        rows,
        secondsLeft: () => (deadline - performance.now()) / 1000,
        onNode: (depth) => {
          counts.nodes++;
          options.onProgress?.({ nodes: counts.nodes, depth, lemmas: state.lemmas.length });
        },
      });
      if (outcome.kind === 'closed') {
        proofs[i] = outcome.tree;
        continue;
      }
      if ('tree' in outcome) unfinished.set(i, outcome.tree);
      if (outcome.kind !== 'touching') return outcome;
      touching = outcome;
    }
  } finally {
    relaxed.dispose();
  }
  return touching;
}
