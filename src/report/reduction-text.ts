/**
 * What became of a 3-SAT formula as a question about networks of depth 2 and width 2: plain data, and lines for the terminal.
 *
 * Main definitions: `ReductionReport`, `reductionText`.
 */
import type { RationalText } from '../format/index.js';
import { plainText } from './plain-text.js';
import { type BallReport, tally } from './proof-report.js';
import { outcomeText } from './report-words.js';
import { secondsText } from './text.js';
import { grouped } from './value-text.js';

export interface ReductionReport {
  readonly formula: { readonly name: string; readonly variables: number; readonly clauses: number };
  readonly splitting: { readonly elements: number; readonly sets: number };
  readonly dataset: {
    readonly samples: number;
    readonly dimension: number;
    /** δ, μ and 2μ/δ. */
    readonly separation: RationalText;
    readonly radius: RationalText;
    readonly ratio: RationalText;
  };
  readonly answer:
    | { readonly status: 'satisfiable'; readonly assignment: readonly boolean[] }
    /** Cases of the refutation, and the clauses that they need, numbered from 1. */
    | { readonly status: 'unsatisfiable'; readonly cases: number; readonly core: readonly number[] }
    | { readonly status: 'undecided'; readonly reason: string };
  /** The memorizer of a formula that is satisfiable. */
  readonly network?: {
    readonly sha256: string;
    readonly given: boolean;
    readonly width: number;
    readonly depth: number;
    readonly nonzero: number;
    /** Read back from the weights. */
    readonly assignment: readonly boolean[];
    readonly balls: readonly BallReport[];
    /** Balls that support functions show as well. */
    readonly supports: number;
  };
  /** Whether z3 finds any network for the samples that the core of a formula gives. */
  readonly centres?: {
    readonly samples: number;
    readonly status: 'none' | 'undecided';
    readonly reason?: string;
  };
  /** Whether the balls of the two classes are separable, as exact labels need, with the nonzero multipliers of a refutation. */
  readonly exactLabels: { readonly separable: boolean; readonly multipliers?: number };
  readonly seconds: number;
}

/** The lines of a report. */
export function reductionText(report: ReductionReport): string {
  const { formula, splitting, dataset, exactLabels } = report;
  return [
    `${plainText(formula.name)} · ${counted(formula.variables, 'variable')}, ${counted(formula.clauses, 'clause')} · set splitting of ` +
      `${counted(splitting.elements, 'element')}, ${counted(splitting.sets, 'set')}`,
    `  ${grouped(dataset.samples)} samples, d = ${grouped(dataset.dimension)} · ℓ∞ · δ = ${dataset.separation} · μ = ${dataset.radius} · ρ = 2μ/δ = ${dataset.ratio}`,
    `formula       ${answerText(report)}`,
    ...networkLines(report),
    `exact labels  ${
      exactLabels.separable
        ? 'a network of depth 2 and width 2 has them: the balls of the classes are separable'
        : `no network of depth 2 and width 2 has them: no hyperplane separates the balls of the classes (linear program, ${counted(exactLabels.multipliers ?? 0, 'multiplier')})`
    }`,
    `${outcomeLine(report)} in ${secondsText(report.seconds)}`,
  ].join('\n');
}

function answerText({ answer, network }: ReductionReport): string {
  switch (answer.status) {
    case 'satisfiable':
      return `satisfiable${network?.given === true ? ', as the network says' : ''}: ${assignmentText(answer.assignment)}`;
    case 'unsatisfiable':
      return `unsatisfiable: refuted by ${counted(answer.cases, 'case')}, checked, with ${clauseList(answer.core)}`;
    case 'undecided':
      return `undecided: ${answer.reason}`;
  }
}

function networkLines({ network, answer }: ReductionReport): string[] {
  if (network === undefined) return [];
  const { width, depth, nonzero, sha256, assignment, given } = network;
  const same = answer.status === 'satisfiable' && String(answer.assignment) === String(assignment);
  const back = given ? '' : ` · read back: ${same ? 'the same' : assignmentText(assignment)}`;
  return [
    `network       depth ${depth}, width ${width}, ${grouped(nonzero)} nonzero weights · network ${sha256.slice(0, 12)}${back}`,
  ];
}

function outcomeLine({ network, centres, answer }: ReductionReport): string {
  if (network !== undefined) {
    const counts = tally(network.balls);
    const mark = counts.proved === counts.balls ? '✓' : counts.sat > 0 ? '✗' : '?';
    return `${mark} ${outcomeText(counts)} · ${grouped(network.supports)} by support functions`;
  }
  if (centres !== undefined && answer.status === 'unsatisfiable') {
    const samples = `the ${grouped(centres.samples)} samples of ${clauseList(answer.core)}`;
    return centres.status === 'none'
      ? `✓ no network of depth 2 and width 2 is right at ${samples}: unsat (z3)`
      : `? no network of depth 2 and width 2, by the theorem alone: at ${samples} z3 is undecided (${centres.reason})`;
  }
  return '? undecided';
}

const assignmentText = (assignment: readonly boolean[]): string =>
  assignment.length === 0 ? 'no variables' : assignment.map((value, i) => `${value ? '' : '¬'}x${i + 1}`).join(' ');

function clauseList(core: readonly number[]): string {
  const shown = core.slice(0, 12).join(', ') + (core.length > 12 ? `, … (${core.length})` : '');
  return `${core.length === 1 ? 'clause' : 'clauses'} ${shown}`;
}

const counted = (n: number, what: string): string => `${grouped(n)} ${what}${n === 1 ? '' : 's'}`;
