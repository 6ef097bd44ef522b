/**
 * Bounds in force on all pre-activations: interval propagation, improved by lemmas.
 *
 * Main definitions: `BoundsTable`, `boundsTable`.
 *
 * Each end knows which lemma it comes from, −1 for interval propagation, so that a proof can say what it used. Doubles
 * beside the exact ends guide the search; splits change only copies of them, never this table.
 */
import { bigNumerators, toNumber } from '../../exact/index.js';
import { intervalBounds } from '../bounds/interval.js';
import type { Problem } from './problem.js';

/** n / d with d > 0, not necessarily in lowest terms: ends of one layer mostly share d. */
export interface End {
  readonly n: bigint;
  readonly d: bigint;
}

export interface BoundsTable {
  readonly lower: End[];
  readonly upper: End[];
  /** Ends as interval propagation gives them. */
  readonly baseLower: readonly End[];
  readonly baseUpper: readonly End[];
  /** The lemma behind an end, −1 for none. */
  readonly lowerLemma: Int32Array;
  readonly upperLemma: Int32Array;
  readonly l: Float64Array;
  readonly u: Float64Array;
}

/** The ends from interval propagation over the region. */
export function boundsTable(problem: Problem): BoundsTable {
  const lower: End[] = [];
  const upper: End[] = [];
  for (const bounds of intervalBounds(problem.query.network, problem.region)) {
    for (const n of bigNumerators(bounds.lower.numerators)) lower.push({ n, d: bounds.lower.denominator });
    for (const n of bigNumerators(bounds.upper.numerators)) upper.push({ n, d: bounds.upper.denominator });
  }
  return tableOf(lower, upper);
}

/** A table without lemmas, with the ends that another one started from. */
export const baseTable = (table: BoundsTable): BoundsTable => tableOf(table.baseLower, table.baseUpper);

/** The same ends in arrays of its own. */
export const copiedTable = (table: BoundsTable): BoundsTable => ({
  ...table,
  lower: [...table.lower],
  upper: [...table.upper],
  lowerLemma: table.lowerLemma.slice(),
  upperLemma: table.upperLemma.slice(),
  l: table.l.slice(),
  u: table.u.slice(),
});

function tableOf(lower: readonly End[], upper: readonly End[]): BoundsTable {
  return {
    lower: [...lower],
    upper: [...upper],
    baseLower: lower,
    baseUpper: upper,
    lowerLemma: new Int32Array(lower.length).fill(-1),
    upperLemma: new Int32Array(lower.length).fill(-1),
    l: Float64Array.from(lower, nearEnd),
    u: Float64Array.from(upper, nearEnd),
  };
}

/** Puts a lemma in force when it improves the end. */
export function improve(
  table: BoundsTable,
  neuron: number,
  side: 'lower' | 'upper',
  bound: End,
  lemma: number,
): boolean {
  const old = side === 'lower' ? table.lower[neuron]! : table.upper[neuron]!;
  const better = bound.n * old.d - old.n * bound.d;
  if (side === 'lower' ? better <= 0n : better >= 0n) return false;
  setEnd(table, neuron, side, bound, lemma);
  return true;
}

/** Puts an end in force, better or not, with the lemma behind it. */
export function setEnd(table: BoundsTable, neuron: number, side: 'lower' | 'upper', bound: End, lemma: number): void {
  if (side === 'lower') {
    table.lower[neuron] = bound;
    table.lowerLemma[neuron] = lemma;
    table.l[neuron] = nearEnd(bound);
  } else {
    table.upper[neuron] = bound;
    table.upperLemma[neuron] = lemma;
    table.u[neuron] = nearEnd(bound);
  }
}

const smallest = Number.MIN_VALUE;
const exactLimit = 1n << 53n;

/** A double near an end, with the end's own sign even where doubles would underflow. */
function nearEnd({ n, d }: End): number {
  const short = d <= exactLimit && n <= exactLimit && -n <= exactLimit;
  const value = short ? Number(n) / Number(d) : toNumber({ n, d });
  if (value === 0 && n !== 0n) return n > 0n ? smallest : -smallest;
  return value;
}
