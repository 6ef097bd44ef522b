/**
 * Proof reports as JSON, for programs: the plain data of each run with its counts. Values are rational text; there are
 * no thousands separators and nothing is shortened.
 */
import { type ProofReport, tally } from './proof-report.js';

/** `{"format":"muball-report","version":1,"runs":[…]}`, indented by two blanks, with a line end. */
export function proofJson(reports: readonly ProofReport[]): string {
  const runs = reports.map(({ balls, ...run }) => ({ ...run, tally: tally(balls), balls }));
  return `${JSON.stringify({ format: 'muball-report', version: 1, runs }, undefined, 2)}\n`;
}
