/** X8 in full, in 2 to 3 seconds: the growth, and sizes that earlier figures for this memorizer bound. */
import { expect, test } from 'vitest';
import { experimentNamed } from '../../src/experiment/index.js';
import { fittedExponent } from '../../src/experiment/power-law.js';

/** N: layers, parameters, nonzero weights and bits to meet or beat, with the same key and value bits. */
const known: Readonly<Record<number, readonly number[]>> = {
  64: [105, 2456, 1103, 39],
  256: [208, 5420, 2255, 78],
  1024: [414, 11366, 4559, 156],
  4096: [809, 23831, 9359, 351],
  16384: [1606, 48901, 19015, 741],
  65536: [3204, 99121, 38359, 1521],
};

test('up to 65,536 records: parameters grow with an exponent from 0.45 to 0.6, answers are right', async () => {
  const { tables, findings } = await experimentNamed('X8').run();
  const { columns, rows } = tables.find(({ name }) => name === 'sizes')!;
  const column = (name: string) => rows.map((row) => Number(row[columns.indexOf(name)]));
  const sizes = column('N');
  expect(sizes).toEqual(Array.from({ length: 11 }, (_, e) => 2 ** (e + 6)));
  for (const name of ['parameters', 'layers']) {
    const exponent = fittedExponent(column(name).map((value, at) => [sizes[at]!, value]));
    expect(exponent, name).toBeGreaterThan(0.45);
    expect(exponent, name).toBeLessThan(0.6);
  }
  expect(column('width').every((width) => width <= 8)).toBe(true);
  for (const [N, most] of Object.entries(known)) {
    const at = sizes.indexOf(Number(N));
    ['layers', 'parameters', 'nonzero', 'bits'].forEach((name, k) => {
      expect(column(name)[at], `${name} at N = ${N}`).toBeLessThanOrEqual(most[k]!);
    });
  }
  expect(findings[1]).toMatch(/^528 of 528 exact answers are right/);
});

test('the exponent of an exact power law', () => {
  expect(fittedExponent([1, 2, 4, 8].map((x) => [x, 3 * x ** 1.5]))).toBeCloseTo(1.5, 12);
});
