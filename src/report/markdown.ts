/**
 * Proof reports of several runs as one Markdown document.
 *
 * Main definition: `proofMarkdown`. A summary table first, then a section for each run. The document speaks of proofs
 * only: what was sampled has no place in it.
 */
import { normSymbol } from '../format/index.js';
import { counterexampleText } from './counterexample.js';
import { plainText } from './plain-text.js';
import { type ProofReport, tally } from './proof-report.js';
import {
  deltaText,
  outcomeText,
  pairText,
  radiusNotes,
  radiusText,
  sampleCountText,
  sizeRows,
  undecidedText,
} from './report-words.js';
import { secondsText } from './text.js';

export interface MarkdownOptions {
  /** @defaultValue 'Proof report' */
  readonly title?: string;
  /** Pictures shown below the summary, by paths relative to the document. */
  readonly pictures?: readonly { readonly path: string; readonly alt: string }[];
  /** Undecided balls and counterexamples listed at most in each run. @defaultValue 50 */
  readonly listed?: number;
}

/** The document; ends with a line end. */
export function proofMarkdown(reports: readonly ProofReport[], options: MarkdownOptions = {}): string {
  const blocks = [
    `# ${inline(options.title ?? 'Proof report')}`,
    summaryTable(reports),
    ...(options.pictures ?? []).map(
      ({ path, alt }) => `![${inline(alt)}](${encodeURI(path).replace(/[()]/g, percent)})`,
    ),
    legend,
    ...reports.map((report, k) => section(report, k + 1, options.listed ?? 50)),
  ];
  return `${blocks.join('\n\n')}\n`;
}

const percent = (c: string): string => (c === '(' ? '%28' : '%29');

const legend = `- *proved (certificate)*: a certificate that the independent checker accepted, in exact arithmetic.
- *proved (search + z3)*: two engines agree, z3 on the untightened encoding.
- *unsat (…)*: the word of the named engine alone.`;

function summaryTable(reports: readonly ProofReport[]): string {
  const cell = (report: ProofReport, quantity: string): string => {
    const row = sizeRows(report).find((r) => r.quantity === quantity)!;
    return row.theorem === '' ? row.measured : `${row.measured} (${row.theorem})`;
  };
  return table(
    ['run', 'data', 'norm', 'construction', 'samples', 'd', 'δ', 'μ', 'width', 'depth', 'nonzero', 'balls'],
    '--------:::-'.split(''),
    reports.map((report, k) => [
      `[${k + 1}](#run-${k + 1})`,
      inline(report.dataset.name),
      normSymbol[report.norm],
      inline(report.construction?.name ?? 'from a file'),
      sampleCountText(report.dataset),
      String(report.dataset.dimension),
      deltaText(report.norm, report.separation).replace(/^δ (= )?/, ''),
      radiusText(report.radius).replace(/^μ (= )?/, ''),
      cell(report, 'width'),
      cell(report, 'depth'),
      cell(report, 'nonzero'),
      outcomeText(tally(report.balls)).replace(' balls', ''),
    ]),
  );
}

function section(report: ProofReport, number: number, listed: number): string {
  const { construction, dataset, norm, separation } = report;
  const counts = tally(report.balls);
  const facts = [
    `data: ${inline(dataset.name)}, ${sampleCountText(dataset)} samples, ${dataset.classes} classes, d = ${dataset.dimension}`,
    ...(construction === undefined
      ? []
      : [`construction: ${inline(construction.title)} · ${inline(construction.reference)}`]),
    `separation: ${separation === undefined ? 'one class only' : `${deltaText(norm, separation)} between ${pairText(separation)}`}`,
    `radius: ${radiusText(report.radius)}${report.open === true ? ', open balls' : ''}${radiusNotes(report.radius)
      .map((note) => `, ${inline(note)}`)
      .join('')}`,
    `network: \`${report.network}\``,
    `engines: ${report.engines.length === 0 ? 'none proved a ball' : report.engines.join(', ')}`,
    ...(report.seconds === undefined ? [] : [`time: ${secondsText(report.seconds)}`]),
  ];
  const open = report.balls.filter((ball) => ball.verdict === 'unknown' || ball.verdict === 'timed-out');
  const found = report.balls.filter((ball) => ball.verdict === 'sat');
  return [
    `<a id="run-${number}"></a>`,
    `## ${number}. ${normSymbol[norm]} · ${inline(construction?.name ?? 'network from a file')} · ${inline(dataset.name)}`,
    `**${outcomeText(counts)}**`,
    facts.map((fact) => `- ${fact}`).join('\n'),
    sizesTable(report),
    ...list(open, listed, 'Undecided', (ball) => `- ${inline(undecidedText(ball, dataset.labelNames))}`, '\n'),
    ...list(
      found,
      listed,
      'Counterexamples',
      (ball) =>
        fenced(
          ball.counterexample === undefined
            ? undecidedText(ball, dataset.labelNames)
            : counterexampleText(ball.counterexample),
        ),
      '\n\n',
    ),
  ].join('\n\n');
}

function list<T>(all: readonly T[], most: number, title: string, item: (one: T) => string, between: string): string[] {
  if (all.length === 0) return [];
  const rest = all.length > most ? [`… and ${all.length - most} more.`] : [];
  return [`### ${title}`, all.slice(0, most).map(item).join(between), ...rest];
}

function sizesTable(report: ProofReport): string {
  return table(
    ['', 'measured', 'claimed (theorem)', 'formula', 'exact count', ''],
    '-::-:-'.split(''),
    sizeRows(report).map((row) => [
      row.quantity,
      row.measured,
      row.theorem,
      row.formula === '' ? '' : `\`${row.formula.replace(/[`|]/g, ' ')}\``,
      row.count,
      row.holds === undefined ? '' : row.holds ? 'holds' : '**violated**',
    ]),
  );
}

/** A table; `aligns` has `:` for columns of numbers. */
function table(head: readonly string[], aligns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${aligns.map((a) => (a === ':' ? '---:' : '---')).join('|')}|`, ...rows.map(line)].join('\n');
}

/** Text that Markdown shows as it is, in a table cell too. */
export const inline = (text: string): string => plainText(text).replace(/[\\`*_{}[\]<>#|~&$]/g, '\\$&');

/** A code block whose fence the text cannot close. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((m) => m[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
