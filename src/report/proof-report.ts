/**
 * What one run proved, as plain data: one dataset, one norm, one radius, one network, a verdict for every ball.
 *
 * Main definitions: `ProofReport` (filled by the command line, rendered by text.ts, markdown.ts, json.ts and csv.ts),
 * `Tally`, `tally`, `evidenceOrder`.
 *
 * Values are rational text and nothing derived is stored: decimals, counts and whether a bound holds are computed by
 * the renderers, so no two statements of a report can contradict each other.
 */

import type { Quantity } from '../construction/theorem.js';
import type { EngineName, Evidence, Norm, RationalText, VerdictWord } from '../format/index.js';
import { evidenceText } from '../format/index.js';
import type { CounterexampleReport } from './counterexample.js';

export interface ProofReport {
  readonly dataset: DatasetReport;
  readonly norm: Norm;
  /** Balls without their sphere. @defaultValue false */
  readonly open?: boolean;
  /** Left out for one class only. */
  readonly separation?: SeparationReport;
  readonly radius: RadiusReport;
  /** Left out for a network from a file. */
  readonly construction?: ConstructionReport;
  readonly complexity: ComplexityReport;
  /** SHA-256 of the network. */
  readonly network: string;
  readonly engines: readonly EngineName[];
  /** One for every given sample, in order. */
  readonly balls: readonly BallReport[];
  /** Wall time of construction and proof. */
  readonly seconds?: number;
}

export interface DatasetReport {
  readonly name: string;
  readonly samples: number;
  readonly distinct: number;
  readonly dimension: number;
  /** Number of classes that occur. */
  readonly classes: number;
  readonly labelNames?: readonly string[];
}

export interface SeparationReport {
  /** δ, or δ² for ℓ2. */
  readonly magnitude: RationalText;
  readonly pair: readonly [number, number];
  readonly lines?: readonly [number, number];
}

export interface RadiusReport {
  /** μ, exactly. */
  readonly value: RationalText;
  /** As it was asked for: `0.99*delta/2`. */
  readonly asked?: string;
  /** ρ = 2μ/δ as asked for. */
  readonly ratio?: RationalText;
  /** What must be known besides, such as how a root was rounded. */
  readonly note?: string;
}

/** A formula with its value for this dataset. */
export interface FormulaReport {
  readonly formula: string;
  readonly value: RationalText;
}

/** What a theorem says of one size; the measured size is in `complexity`. */
export interface ClaimReport {
  readonly quantity: Quantity;
  /** Upper bound that the theorem promises. */
  readonly theorem: FormulaReport;
  /** Exact size that the construction declares, where it has a formula for it. */
  readonly count?: FormulaReport;
}

export interface ConstructionReport {
  readonly name: string;
  readonly title: string;
  readonly reference: string;
  /** May be empty: reading formulas takes time. */
  readonly claims: readonly ClaimReport[];
}

export interface ComplexityReport {
  readonly width: number;
  readonly depth: number;
  readonly nonzero: number;
  /** Text, because it may exceed 2⁵³. */
  readonly parameters: RationalText;
  readonly bits: number;
}

export interface BallReport {
  readonly sample: number;
  readonly line?: number;
  readonly label: number;
  readonly verdict: VerdictWord;
  /** For `unsat`. */
  readonly evidence?: Evidence;
  /** For `unknown` and `timed-out`. */
  readonly reason?: string;
  /** For `sat`. */
  readonly counterexample?: CounterexampleReport;
  readonly seconds?: number;
}

/** How many balls ended how. */
export interface Tally {
  readonly balls: number;
  /** `unsat` by certificate or two engines: what may be called proved. */
  readonly proved: number;
  /** Count of each evidence among `unsat`, strongest first, in the words of `evidenceText`. */
  readonly evidence: readonly { readonly text: string; readonly balls: number }[];
  /** `unsat` by certificate that z3 confirmed besides, on the untightened encoding. */
  readonly confirmed: number;
  readonly sat: number;
  readonly unknown: number;
  readonly timedOut: number;
}

/** The counts of a list of balls. An `unsat` without evidence counts as `unsat (no evidence)`, never as proved. */
export function tally(balls: readonly BallReport[]): Tally {
  const count = (word: VerdictWord) => balls.filter((ball) => ball.verdict === word).length;
  const evidence = new Map<string, { rank: number; balls: number }>();
  let proved = 0;
  let confirmed = 0;
  for (const ball of balls) {
    if (ball.verdict !== 'unsat') continue;
    const text = ball.evidence === undefined ? 'unsat (no evidence)' : evidenceText(ball.evidence);
    const level = ball.evidence?.level;
    if (level === 'certificate' && ball.evidence!.engines.length > 1) confirmed++;
    const rank = level === 'certificate' ? 0 : level === 'two' ? 1 : level === 'engine' ? 2 : 3;
    if (rank < 2) proved++;
    evidence.set(text, { rank, balls: (evidence.get(text)?.balls ?? 0) + 1 });
  }
  return {
    balls: balls.length,
    proved,
    confirmed,
    evidence: [...evidence]
      .sort(([a, p], [b, q]) => p.rank - q.rank || (a < b ? -1 : 1))
      .map(([text, entry]) => ({ text, balls: entry.balls })),
    sat: count('sat'),
    unknown: count('unknown'),
    timedOut: count('timed-out'),
  };
}
