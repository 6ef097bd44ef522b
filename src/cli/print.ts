/**
 * Where commands write: results to stdout, everything else to stderr.
 */
import Table from 'cli-table3';

/** Writes text to stdout, with one line break at its end. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Writes a value to stdout as JSON. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? v.toString() : v), 2));
}

/** A note to the person at the terminal. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Whether stdout wants colours: a terminal, and NO_COLOR unset or empty (no-color.org). */
export const wantsColor = (): boolean => process.stdout.isTTY === true && !process.env.NO_COLOR;

/** A plain table without colours or rules, columns two blanks apart. */
export function plainTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const none = [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
  ];
  const table = new Table({
    head: [...head],
    chars: { ...Object.fromEntries(none.map((key) => [key, ''])), middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const row of rows) table.push([...row]);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n');
}
