/**
 * The words that the text and Markdown renderers share.
 *
 * Main definitions: `headlineText` (the first line of a run), `outcomeText` (its last), `sizeRows` (its table),
 * `undecidedText`.
 */

import { quantities } from '../construction/theorem.js';
import { equal, lessEqual, parseRational } from '../exact/index.js';
import { type Norm, normSymbol } from '../format/index.js';
import { separationText } from '../geometry/index.js';
import { classText } from './counterexample.js';
import { plainText } from './plain-text.js';
import type { BallReport, DatasetReport, ProofReport, RadiusReport, SeparationReport, Tally } from './proof-report.js';
import { equationText, grouped } from './value-text.js';

/** "150 (149 distinct)". */
export const sampleCountText = ({ samples, distinct }: DatasetReport): string =>
  samples === distinct ? grouped(samples) : `${grouped(samples)} (${grouped(distinct)} distinct)`;

/** "δ = 1/10", "δ = √2 ≈ 1.414213562"; "δ = ∞" for one class only. */
export function deltaText(norm: Norm, separation: SeparationReport | undefined): string {
  if (separation === undefined) return 'δ = ∞';
  const text = separationText({ norm, magnitude: parseRational(separation.magnitude), pair: separation.pair });
  return text.startsWith('about ') ? `δ ≈ ${text.slice(6)}` : `δ = ${text}`;
}

/** "samples 70 and 138 (lines 72 and 140)". */
export const pairText = ({ pair, lines }: SeparationReport): string =>
  `samples ${pair[0]} and ${pair[1]}${lines === undefined ? '' : ` (lines ${lines[0]} and ${lines[1]})`}`;

/** "μ = 99/2000". */
export const radiusText = ({ value }: RadiusReport): string => equationText('μ', parseRational(value));

/** What else is to be said of the radius: how it was asked for, its ratio, its rounding. */
export function radiusNotes({ value, asked, ratio, note }: RadiusReport): string[] {
  return [
    ...(asked === undefined || asked === value ? [] : [`asked for as ${plainText(asked)}`]),
    ...(ratio === undefined ? [] : [equationText('ρ = 2μ/δ', parseRational(ratio))]),
    ...(note === undefined ? [] : [plainText(note)]),
  ];
}

/** The first line: norm, construction, data, separation, radius. */
export function headlineText(report: ProofReport): string {
  const { dataset, norm, separation } = report;
  const delta = deltaText(norm, separation);
  return [
    normSymbol[norm],
    plainText(report.construction?.name ?? 'network from a file'),
    `${sampleCountText(dataset)} samples, d = ${grouped(dataset.dimension)}`,
    separation === undefined ? `${delta} (one class)` : `${delta} between ${pairText(separation)}`,
    radiusText(report.radius) + (report.open === true ? ', open balls' : ''),
  ].join(' · ');
}

/** "150 of 150 balls proved (certificate)", or every outcome with its count. Only what is proved is called so. */
export function outcomeText(counts: Tally): string {
  const of = (n: number) => `${grouped(n)} of ${grouped(counts.balls)} balls`;
  const [first, ...others] = counts.evidence;
  const both = counts.confirmed === 0 ? '' : ` · z3 agrees on ${grouped(counts.confirmed)}, untightened`;
  if (first !== undefined && others.length === 0 && first.balls === counts.balls)
    return `${of(first.balls)} ${first.text}${both}`;
  const list = outcomeList(counts);
  return `${of(counts.proved)} proved${list.length === 0 ? '' : ` — ${list.join(' · ')}`}${both}`;
}

/** Every outcome that occurs, with its count. */
export function outcomeList(counts: Tally): string[] {
  const parts = counts.evidence.map(({ text, balls }) => `${grouped(balls)} ${text}`);
  if (counts.sat > 0) parts.push(`${grouped(counts.sat)} with a counterexample`);
  if (counts.unknown > 0) parts.push(`${grouped(counts.unknown)} unknown`);
  if (counts.timedOut > 0) parts.push(`${grouped(counts.timedOut)} timed out`);
  return parts;
}

/** One line of the table of sizes. */
export interface SizeRow {
  readonly quantity: string;
  readonly measured: string;
  /** "≤ 1,192", empty without a claim. */
  readonly theorem: string;
  readonly formula: string;
  readonly count: string;
  /** Whether measured ≤ theorem and measured = count; undefined without a claim. */
  readonly holds: boolean | undefined;
}

/** Width, depth, nonzero, parameters and bits: measured beside claimed. */
export function sizeRows(report: ProofReport): SizeRow[] {
  const { complexity, construction } = report;
  const measured = {
    width: String(complexity.width),
    depth: String(complexity.depth),
    nonzero: String(complexity.nonzero),
    parameters: complexity.parameters,
  };
  const rows = quantities.map((quantity): SizeRow => {
    const claim = construction?.claims.find((c) => c.quantity === quantity);
    if (claim === undefined) return bare(quantity, measured[quantity]);
    const size = parseRational(measured[quantity]);
    return {
      quantity,
      measured: grouped(measured[quantity]),
      theorem: `≤ ${grouped(claim.theorem.value)}`,
      formula: plainText(claim.theorem.formula),
      count: claim.count === undefined ? '' : grouped(claim.count.value),
      holds:
        lessEqual(size, parseRational(claim.theorem.value)) &&
        (claim.count === undefined || equal(size, parseRational(claim.count.value))),
    };
  });
  return [...rows, bare('bits', String(complexity.bits))];
}

const bare = (quantity: string, measured: string): SizeRow => ({
  quantity,
  measured: grouped(measured),
  theorem: '',
  formula: '',
  count: '',
  holds: undefined,
});

/** "sample 3 (line 5), class 1 (versicolor): timed-out — no verdict after 10 s". */
export function undecidedText(ball: BallReport, names?: readonly string[]): string {
  const line = ball.line === undefined ? '' : ` (line ${ball.line})`;
  const reason = ball.reason === undefined ? '' : ` — ${plainText(ball.reason)}`;
  return `sample ${ball.sample}${line}, ${classText(ball.label, names)}: ${ball.verdict}${reason}`;
}
