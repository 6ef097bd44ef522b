/** Tables of experiments as CSV (RFC 4180). */
import type { Cell, ExperimentTable } from '../experiment/index.js';
import { csvField } from './csv.js';

/** A header line, then a line for each row; numbers in full. */
export const experimentCsv = ({ columns, rows }: ExperimentTable): string =>
  [columns, ...rows]
    .map((row) => row.map((cell) => csvField(String(cell))).join(','))
    .concat('')
    .join('\r\n');

/** A cell for people: numbers with five significant digits. */
export function cellText(cell: Cell): string {
  if (typeof cell === 'string' || Number.isInteger(cell)) return String(cell);
  return String(Number(cell.toPrecision(5)));
}
