/**
 * A dataset from a CSV table: one sample a row, one column of labels, exact coordinates in the others.
 *
 * Main definitions: `datasetFromCsv`, `CsvOptions`.
 *
 * Whether the first row is a header, unless said: when none of its fields outside the label column is a number, and one
 * of them is a name, which neither begins like a number nor is a word for a missing value. So a row of data with a
 * misprint is refused, and not lost as a header.
 * Labels: when every label is a whole number written as `0`, `1`, `12`, …, labels are these class numbers; otherwise
 * classes are numbered in the order in which their labels first appear, and the labels become their names.
 */
import { parseRational, type Rational, scaledStore } from '../exact/index.js';
import { InputError, largestLabel, longestCoordinate, refuse, shown } from '../format/index.js';
import type { Dataset } from '../geometry/index.js';
import { csvFields } from './csv-fields.js';
import type { Line } from './lines.js';

export interface CsvOptions {
  /**
   * The label column: its name in the header, or its number, counted from 1, or from the end by −1, −2, …; text that is
   * a whole number is a number.
   * @defaultValue −1, the last column
   */
  readonly label?: string | number;
  /** Whether the first row holds the columns' names. @defaultValue 'auto' */
  readonly header?: boolean | 'auto';
}

const wholeNumber = /^[+-]?\d+$/;

/** What is no column name: the beginning of a number, or what tables write where a value is missing. */
const noName = /^[+-]?\.?\d|^(?:|\?|-|nan|n\/a|na|null|none|nil|[+-]?inf(?:inity)?)$/i;

/**
 * The dataset of the lines of a CSV table; blank lines are skipped.
 * @throws InputError naming file, line and column: no samples, fewer than two columns, ragged rows, a coordinate that is
 * not rational text, an empty label, an unknown or ambiguous label column, a class number above a million.
 */
export async function datasetFromCsv(
  lines: AsyncIterable<Line> | Iterable<Line>,
  source: string,
  options: CsvOptions = {},
): Promise<Dataset> {
  let table: Table | undefined;
  let last = 0;
  for await (const line of lines) {
    last = line.number;
    if (line.text.trim() === '') continue;
    const fields = csvFields(line.text, `${source}:${line.number}`);
    if (table === undefined) {
      const { header, label } = headOf(fields, `${source}:${line.number}`, options);
      table = tableOf(source, fields.length, label, header ? fields : undefined);
      if (header) continue;
    }
    table.push(fields, line.number);
  }
  if (table === undefined) refuse(source, 'at least one sample', last === 0 ? 'an empty file' : 'blank lines only');
  return table.finish();
}

/** Whether the first row is a header, and the place of the label column, counted from 0. */
function headOf(fields: readonly string[], where: string, options: CsvOptions): { header: boolean; label: number } {
  if (fields.length < 2) refuse(where, 'at least 2 columns (coordinates and a label)', String(fields.length));
  const { label = -1, header = 'auto' } = options;
  const name = typeof label === 'string' && !wholeNumber.test(label) ? label : undefined;
  if (name !== undefined) {
    if (header === false) refuse(where, 'a label column by its number, without a header', shown(name));
    const named = fields.flatMap((f, j) => (f === name ? [j] : []));
    if (named.length > 1) refuse(where, `one column named ${shown(name)}`, String(named.length));
    if (named.length === 0) refuse(where, `a column named ${shown(name)}`, shown(fields.join(', ')));
    return { header: true, label: named[0]! };
  }
  const place = columnAt(label, fields.length, where);
  if (header !== 'auto') return { header, label: place };
  const others = fields.filter((_, j) => j !== place);
  return { header: !others.some(isRational) && others.some((f) => !noName.test(f)), label: place };
}

/** The place of a column given by its number. */
function columnAt(label: string | number, columns: number, where: string): number {
  const number = Number(label);
  if (!Number.isInteger(number) || number === 0 || Math.abs(number) > columns) {
    refuse(where, `a label column from 1 to ${columns} or from -1 to -${columns}`, String(label));
  }
  return number > 0 ? number - 1 : columns + number;
}

function isRational(text: string): boolean {
  try {
    parseRational(text);
    return true;
  } catch {
    return false;
  }
}

interface Table {
  push(fields: readonly string[], line: number): void;
  finish(): Dataset;
}

function tableOf(source: string, columns: number, label: number, names: readonly string[] | undefined): Table {
  const coordinates = scaledStore();
  const labels: string[] = [];
  const lines: number[] = [];
  const known = new Map<string, Rational>();
  const columnText = (j: number): string => `column ${j + 1}${names === undefined ? '' : ` (${names[j]})`}`;

  /** The value of a field; short texts already seen are remembered, since tables repeat few values. */
  const value = (text: string, line: number, j: number): Rational => {
    const seen = known.get(text);
    if (seen !== undefined) return seen;
    const where = `${source}:${line}: ${columnText(j)}`;
    if (text.length > longestCoordinate) refuse(where, `at most ${longestCoordinate} characters`, String(text.length));
    const read = parseRational(text, where);
    if (known.size < 100_000 && text.length <= 32) known.set(text, read);
    return read;
  };

  return {
    push(fields, line) {
      if (fields.length !== columns) refuse(`${source}:${line}`, `${columns} fields`, String(fields.length));
      for (let j = 0; j < columns; j++) if (j !== label) coordinates.push(value(fields[j]!, line, j));
      if (fields[label] === '') refuse(`${source}:${line}: ${columnText(label)}`, 'a label', 'nothing');
      labels.push(fields[label]!);
      lines.push(line);
    },
    finish() {
      if (labels.length === 0) refuse(source, 'at least one sample', 'a header only');
      const place = (i: number): string => `${source}:${lines[i]}: ${columnText(label)}`;
      return {
        size: labels.length,
        dimension: columns - 1,
        coordinates: coordinates.finish(),
        ...classNumbers(labels, place),
        lines,
      };
    },
  };
}

/** Labels as class numbers, with names when they are not numbers already. */
function classNumbers(
  labels: readonly string[],
  place: (i: number) => string,
): { readonly labels: number[]; readonly labelNames?: string[] } {
  if (labels.every((text) => /^(?:0|[1-9]\d*)$/.test(text))) {
    const numbers = labels.map(Number);
    const large = numbers.findIndex((c) => c > largestLabel);
    if (large >= 0)
      throw new InputError(`${place(large)}: expected a class number up to ${largestLabel}, got ${labels[large]}`);
    return { labels: numbers };
  }
  const numberOf = new Map<string, number>();
  const numbers = labels.map((text) => {
    const c = numberOf.get(text) ?? numberOf.size;
    numberOf.set(text, c);
    return c;
  });
  return { labels: numbers, labelNames: [...numberOf.keys()] };
}
