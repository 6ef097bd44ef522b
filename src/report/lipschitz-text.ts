/**
 * Lipschitz constants for the terminal: the chain of bounds, the exact constant, and where it is attained.
 *
 * Main definitions: `LipschitzReport`, `constantText`, `lipschitzRows`, `attainedLines`.
 */
import { parseRational } from '../exact/index.js';
import { type Norm, normSymbol, type RationalText } from '../format/index.js';
import type { LipschitzMethod } from '../verify/lipschitz/index.js';
import { grouped, rootText, valueText } from './value-text.js';

/** A constant, or its square in ℓ2; null is ∞. */
export type ConstantText = RationalText | null;

export interface AttainedReport {
  readonly point: readonly RationalText[];
  readonly outputs: readonly RationalText[];
  /** Rows of the derivative at the point. */
  readonly gradient: readonly (readonly RationalText[])[];
  /** A second point, with outputs as far away as the constant allows. */
  readonly to: readonly RationalText[];
  readonly toOutputs: readonly RationalText[];
  /** ‖to − point‖ and the distance of the outputs, squared in ℓ2. */
  readonly distance: RationalText;
  readonly outputDistance: RationalText;
}

export interface ExactReport {
  readonly isComplete: boolean;
  readonly atLeast: RationalText;
  readonly atMost: ConstantText;
  readonly cells: number;
  readonly leftOut: number;
  /** A step neuron that changes, where there is one. */
  readonly jump?: { readonly layer: number; readonly neuron: number };
  readonly attained?: AttainedReport;
}

export interface LipschitzReport {
  readonly norm: Norm;
  /** In ℓ2 all constants and distances are squared. */
  readonly squared: boolean;
  readonly bounds: readonly { readonly method: LipschitzMethod; readonly atMost: ConstantText }[];
  /** The largest gradient at random points. */
  readonly sampled?: { readonly points: number; readonly atLeast: RationalText };
  readonly exact?: ExactReport;
}

const meanings: Readonly<Record<LipschitzMethod, string>> = {
  normprod: "product of the layers' norms",
  path: 'sums over paths',
  interval: 'intervals of the gradient',
  allpatterns: 'all patterns of the hidden layer',
  structure: 'structure of maxima and minima',
  cells: 'cells on which the network is affine',
};

/** "3/2", or "√2 ≈ 1.41421" of a square. */
export function constantText(value: ConstantText, squared: boolean, most = 16): string {
  if (value === null) return '∞';
  const q = parseRational(value);
  return squared ? rootText(q, most) : valueText(q, most);
}

/** "≤ 3/2", "≥ ≈ 0.7", "= 2"; a rounded value is never said to be equal. */
const related = (sign: '≤' | '≥' | '=', text: string): string =>
  text.startsWith('≈') ? `${sign === '=' ? '' : `${sign} `}${text}` : `${sign} ${text}`;

/** Name, constant and meaning of each bound, from the coarsest down to the largest gradient that was met. */
export function lipschitzRows(report: LipschitzReport): string[][] {
  const { squared, bounds, sampled, exact } = report;
  const text = (value: ConstantText): string => constantText(value, squared);
  const rows = bounds.map(({ method, atMost }) => [method, related('≤', text(atMost)), meanings[method]]);
  if (exact !== undefined && !exact.isComplete && exact.jump === undefined)
    rows.push(['cells', related('≤', text(exact.atMost)), 'cells and branches not seen']);
  if (exact !== undefined && exact.jump === undefined) {
    const meaning = exact.isComplete ? meanings.cells : 'cells visited';
    rows.push(['cells', related(exact.isComplete ? '=' : '≥', text(exact.atLeast)), meaning]);
  }
  if (sampled !== undefined && sampled.points > 0) {
    rows.push([
      'sampled',
      related('≥', text(sampled.atLeast)),
      `gradients at ${grouped(sampled.points)} random points`,
    ]);
  }
  return rows;
}

/** What the walk over cells came to. */
export function exactSummary(report: LipschitzReport): string {
  const { exact, squared } = report;
  if (exact === undefined) return '';
  const work = `${grouped(exact.cells)} cells, ${grouped(exact.leftOut)} branches without a larger gradient left out`;
  if (exact.jump !== undefined) {
    const { layer, neuron } = exact.jump;
    return `no finite constant, unless jumps cancel: neuron ${neuron} of layer ${layer}, which the outputs read, is a step that changes · ${grouped(exact.cells)} cells`;
  }
  const text = (value: ConstantText): string => constantText(value, squared);
  if (exact.isComplete) return `the constant is ${text(exact.atLeast)}, exactly · ${work}`;
  return `the constant lies from ${text(exact.atLeast)} to ${text(exact.atMost)} · ${work}`;
}

/** Where the largest gradient is, and two points that show it. */
export function attainedLines(report: LipschitzReport): string[] {
  const attained = report.exact?.attained;
  if (attained === undefined) return [];
  const symbol = normSymbol[report.norm];
  const length = (value: RationalText): string => constantText(value, report.squared);
  return [
    `  x   = ${vector(attained.point)}   gradient ${attained.gradient.map(vector).join(', ')}`,
    `  x′  = ${vector(attained.to)}   ‖x′ − x‖ = ${length(attained.distance)}, ‖F(x′) − F(x)‖ = ${length(attained.outputDistance)} in ${symbol}`,
    `  F(x) = ${vector(attained.outputs)}, F(x′) = ${vector(attained.toOutputs)}   evaluated exactly: yes`,
  ];
}

/** Coordinates that are shown of a longer vector. */
const mostShown = 8;

function vector(values: readonly RationalText[]): string {
  const shown = values.slice(0, mostShown).map((v) => valueText(parseRational(v), 16));
  if (values.length === 1) return shown[0]!;
  return `(${[...shown, ...(values.length > mostShown ? [`… ${values.length - mostShown} more`] : [])].join(', ')})`;
}
