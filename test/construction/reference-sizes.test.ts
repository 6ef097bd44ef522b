/** The table of docs/sizes.md: networks here beside those of a reference implementation, none larger without a reason. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { measured, referenceRow, references, sizeNames } from './reference-sizes.js';

const isFull = process.env.MUBALL_FULL === '1';
const file = new URL('../../docs/sizes.md', import.meta.url);
const shown = references.filter(({ dear = false }) => isFull || !dear);

test.each(shown)('$what', (row) => {
  const sizes = measured(row);
  const larger = sizeNames.filter((_, k) => row.reference[k] !== undefined && sizes[k]! > row.reference[k]!);
  expect(larger.length > 0, `larger: ${larger.join()}`).toBe(row.why !== undefined);
  const text = readFileSync(file, 'utf8');
  if (process.env.MUBALL_UPDATE === '1' && process.env.CI === undefined) {
    const kept = text.split('\n').filter((line) => !line.startsWith(`| ${row.what} |`));
    writeFileSync(file, `${kept.join('\n').trimEnd()}\n${referenceRow(row, sizes)}\n`);
  } else expect(text.split('\n')).toContain(referenceRow(row, sizes));
});

test('the table has a row for each, and no other', () => {
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `') || line.startsWith('| mem'));
  expect(rows.map((line) => line.slice(2, line.indexOf(' |')))).toEqual(references.map(({ what }) => what));
});
