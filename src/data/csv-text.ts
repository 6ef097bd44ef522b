/** A dataset as a CSV table. */
import { exactDecimal, formatRational } from '../exact/index.js';
import { InputError } from '../format/index.js';
import { type Dataset, labelText, points } from '../geometry/index.js';

/**
 * The table of a dataset: a header, then one sample a row, its label last. Coordinates are decimals where these are
 * exact, and fractions otherwise.
 * @throws InputError for names with a line end, which no reader of lines could read back.
 */
export function csvText(data: Dataset, columns = columnNames(data.dimension)): string {
  const rows = points(data).map((p, i) =>
    [...p.map((v) => exactDecimal(v) ?? formatRational(v)), field(labelText(data, data.labels[i]!))].join(','),
  );
  return `${[[...columns, 'label'].map(field).join(','), ...rows].join('\n')}\n`;
}

/** x, y in the plane, x1, x2, … otherwise. */
const columnNames = (d: number): string[] => (d === 2 ? ['x', 'y'] : Array.from({ length: d }, (_, j) => `x${j + 1}`));

function field(text: string): string {
  if (/[\r\n]/.test(text)) throw new InputError(`CSV: expected a name on one line, got ${JSON.stringify(text)}`);
  return /[",]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
