import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ballsText, theorems } from '../src/construction/index.js';
import { normSymbol } from '../src/format/index.js';

/** The rows that the README must show. */
const rows = theorems.map((t) => {
  const norms = t.norms.map((norm) => normSymbol[norm]).join(', ');
  return `| \`${t.name}\` ${t.reference} | ${norms} | ${ballsText(t)} | ${t.title} |`;
});

test('the table of theorems in the README is that of the registry', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const table = /<!-- theorems:[^>]*-->\n([\s\S]*?)<!-- end of theorems -->/.exec(readme)?.[1];
  expect(table).toBe(['| construction | norms | balls | what it is |', '|---|---|---|---|', ...rows, ''].join('\n'));
});
