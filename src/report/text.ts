/**
 * A proof report for the terminal.
 *
 * Main definition: `proofText`. First line: norm, construction, data, separation, radius. Then the sizes, measured
 * beside claimed, what became of the balls, and each ball that is not proved with its reason.
 */
import Table from 'cli-table3';
import { counterexampleText } from './counterexample.js';
import { plainText } from './plain-text.js';
import { type BallReport, type ProofReport, tally } from './proof-report.js';
import { headlineText, outcomeText, radiusNotes, sizeRows, undecidedText } from './report-words.js';

export interface TextOptions {
  /** Terminal colours; never without being asked for. @defaultValue false */
  readonly color?: boolean;
  /** Undecided balls and counterexamples listed at most, of each. @defaultValue 10 */
  readonly listed?: number;
}

/** The report as lines for a terminal; ends with a line end. */
export function proofText(report: ProofReport, options: TextOptions = {}): string {
  const paint = painter(options.color ?? false);
  const listed = options.listed ?? 10;
  const counts = tally(report.balls);
  const complete = counts.proved === counts.balls;
  const seconds = report.seconds === undefined ? '' : paint('dim', ` in ${secondsText(report.seconds)}`);
  const bad = report.balls.filter((ball) => ball.verdict === 'sat');
  const open = report.balls.filter((ball) => ball.verdict === 'unknown' || ball.verdict === 'timed-out');
  return [
    paint('bold', headlineText(report)),
    ...[provenanceText(report), radiusNotes(report.radius).join(' · ')]
      .filter((line) => line !== '')
      .map((line) => paint('dim', `  ${line}`)),
    sizeTable(report, paint),
    `${paint(complete ? 'green' : counts.sat > 0 ? 'red' : 'yellow', `${complete ? '✓ ' : counts.sat > 0 ? '✗ ' : '? '}${outcomeText(counts)}`)}${seconds}`,
    ...listing(bad, listed, (ball) => counterexampleLines(ball, report), 'more with a counterexample'),
    ...listing(open, listed, (ball) => `  ? ${undecidedText(ball, report.dataset.labelNames)}`, 'more undecided'),
    '',
  ].join('\n');
}

function provenanceText({ dataset, construction, network, engines }: ProofReport): string {
  return [
    plainText(dataset.name),
    ...(construction === undefined ? [] : [`${plainText(construction.title)} · ${plainText(construction.reference)}`]),
    `network ${network.slice(0, 12)}`,
    ...(engines.length === 0 ? [] : [engines.length === 1 ? `engine ${engines[0]}` : `engines ${engines.join(', ')}`]),
  ].join(' · ');
}

function sizeTable(report: ProofReport, paint: Painter): string {
  const rows = sizeRows(report);
  const claimed = rows.some((row) => row.holds !== undefined);
  const table = new Table({
    head: claimed ? ['', 'measured', 'claimed (theorem)', 'formula', 'exact count', ''] : ['', 'measured'],
    colAligns: ['left', 'right', 'right', 'left', 'right', 'left'],
    style: { head: [], border: [], compact: true, 'padding-left': 1, 'padding-right': 1 },
    chars: borders,
  });
  for (const row of rows) {
    const verdict = row.holds === undefined ? '' : row.holds ? paint('green', 'holds') : paint('red', 'violated');
    table.push(
      claimed
        ? [row.quantity, row.measured, row.theorem, row.formula, row.count, verdict]
        : [row.quantity, row.measured],
    );
  }
  return table
    .toString()
    .split('\n')
    .map((line) => `  ${line.trimEnd()}`)
    .join('\n');
}

const borders = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '─',
  'mid-mid': '─',
  right: '',
  'right-mid': '',
  middle: ' ',
} as const;

function counterexampleLines(ball: BallReport, report: ProofReport): string {
  if (ball.counterexample !== undefined) return counterexampleText(ball.counterexample);
  return `✗ ${undecidedText(ball, report.dataset.labelNames)}`;
}

function listing(
  balls: readonly BallReport[],
  most: number,
  line: (ball: BallReport) => string,
  rest: string,
): string[] {
  const shown = balls.slice(0, most).map(line);
  return balls.length <= most ? shown : [...shown, `  … ${balls.length - most} ${rest}`];
}

/** "0.31 s", "12 s", "3 min 20 s". */
export function secondsText(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(2)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;
type Painter = (style: keyof typeof codes, text: string) => string;
const painter =
  (color: boolean): Painter =>
  (style, text) =>
    color ? `\u001b[${codes[style]}m${text}\u001b[0m` : text;
