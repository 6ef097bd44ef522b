import { describe, expect, test } from 'vitest';
import { formatRational } from '../../src/exact/index.js';
import { parseUnsafe } from '../../src/verify/unsafe-text.js';

/** The constraints as `Σ weight·y + bias > 0` or `≥ 0`. */
async function shown(...texts: string[]): Promise<string[][]> {
  const unsafe = await parseUnsafe(texts, 4);
  return unsafe.map((conjunction) =>
    conjunction.map(({ columns, weights, bias, strict }) =>
      [
        ...columns.map((column, k) => `${formatRational(weights[k]!)}·y${column}`),
        formatRational(bias),
        strict ? '> 0' : '≥ 0',
      ].join(' '),
    ),
  );
}

describe('comparisons', () => {
  test.each([
    ['y0 <= 0', '-1·y0 0 ≥ 0'],
    ['y0 < 0', '-1·y0 0 > 0'],
    ['y0 >= 1/2', '1·y0 -1/2 ≥ 0'],
    ['y3 > 0.1', '1·y3 -1/10 > 0'],
    ['0 <= y1', '1·y1 0 ≥ 0'],
    ['y1 >= y0', '-1·y0 1·y1 0 ≥ 0'],
    ['2*y2 - (y0 + 1)/3 < 5 - y2', '1/3·y0 -3·y2 16/3 > 0'],
    ['0.12345678901234567890123 <= y0', '1·y0 -12345678901234567890123/100000000000000000000000 ≥ 0'],
  ])('%s', async (text, expected) => {
    expect(await shown(text)).toEqual([[expected]]);
  });
});

test('`and` binds closer than `or`, and several texts are alternatives', async () => {
  const [a, b, c] = ['1·y0 0 ≥ 0', '1·y1 0 > 0', '1·y2 -1 ≥ 0'];
  expect(await shown('y0 >= 0 and y1 > 0 or y2 >= 1')).toEqual([[a, b], [c]]);
  expect(await shown('y0 >= 0 OR y1 > 0', 'y2 >= 1 AND y0 >= 0')).toEqual([[a], [b], [c, a]]);
});

describe('anything else is refused in one sentence', () => {
  test.each([
    ['', '--unsafe: expected comparisons such as "y0 <= 0", joined by and, or, got "" in ""'],
    ['y0', '--unsafe: expected comparisons such as "y0 <= 0", joined by and, or, got "y0" in "y0"'],
    ['y0 = 0', '--unsafe: expected comparisons such as "y0 <= 0", joined by and, or, got "y0 = 0" in "y0 = 0"'],
    [
      '0 <= y0 <= 1',
      '--unsafe: expected comparisons such as "y0 <= 0", joined by and, or, got "0 <= y0 <= 1" in "0 <= y0 <= 1"',
    ],
    ['y0 <= 0 and', '--unsafe: expected comparisons such as "y0 <= 0", joined by and, or, got "" in "y0 <= 0 and"'],
    ['y4 <= 0', '--unsafe: expected an output from y0 to y3, got y4'],
    ['x0 <= 0', '--unsafe: expected an output from y0 to y3, got x0'],
    ['y00 <= 0', '--unsafe: expected an output from y0 to y3, got y00'],
    ['y0*y1 <= 0', '--unsafe: expected a formula that is affine in the outputs y0, y1, …, got y0*y1'],
    ['1/y0 <= 0', '--unsafe: expected a formula that is affine in the outputs y0, y1, …, got 1/y0'],
    ['max(y0, y1) <= 0', '--unsafe: expected a formula that is affine in the outputs y0, y1, …, got max(y0, y1)'],
    ['1 <= 2', '--unsafe: expected a comparison about an output such as y0, got "1 <= 2"'],
    ['y0 - y0 < 1', '--unsafe: expected a comparison about an output such as y0, got "y0 - y0 < 1"'],
    ['y0 <= 1/0', '--unsafe: expected a denominator other than 0, got "1/0"'],
    ['(y0 <= 0', /^--unsafe: expected a formula, got "\(y0": /],
    ['y0 <= #', /^--unsafe: expected numbers, .* got "#"/],
  ])('%s', async (text, message) => {
    await expect(parseUnsafe([text], 4)).rejects.toThrow(message);
  });

  test('with one output there is only y0', async () => {
    await expect(parseUnsafe(['y1 <= 0'], 1)).rejects.toThrow('--unsafe: expected the output y0, got y1');
  });
});
