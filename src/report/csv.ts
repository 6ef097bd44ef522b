/** Proof reports as CSV (RFC 4180): one line for each ball of each run. */
import type { BallReport, ProofReport } from './proof-report.js';

const columns: readonly [string, (report: ProofReport, ball: BallReport) => string | number | undefined][] = [
  ['dataset', (report) => report.dataset.name],
  ['norm', (report) => report.norm],
  ['construction', (report) => report.construction?.name],
  ['network', (report) => report.network],
  ['radius', (report) => report.radius.value],
  ['sample', (_, ball) => ball.sample],
  ['line', (_, ball) => ball.line],
  ['label', (_, ball) => ball.label],
  ['label_name', (report, ball) => report.dataset.labelNames?.[ball.label]],
  ['verdict', (_, ball) => ball.verdict],
  ['evidence', (_, ball) => ball.evidence?.level],
  ['engines', (_, ball) => ball.evidence?.engines.join('+')],
  ['reason', (_, ball) => ball.reason],
  ['seconds', (_, ball) => ball.seconds],
];

/** A header line, then a line for each ball; lines end in CR LF. */
export function proofCsv(reports: readonly ProofReport[]): string {
  const lines = reports.flatMap((report) =>
    report.balls.map((ball) => columns.map(([, value]) => csvField(String(value(report, ball) ?? ''))).join(',')),
  );
  return [columns.map(([name]) => name).join(','), ...lines, ''].join('\r\n');
}

/** The field, quoted where it must be. */
export const csvField = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
