import { describe, expect, test } from 'vitest';
import { affineExpression, formatRational, parseExpression, rational } from '../../src/exact/index.js';

const values = { a: rational(3), half: rational(1, 2) };
async function shown(text: string): Promise<string> {
  const expression = await parseExpression(text);
  const found = affineExpression(expression, text, (name) => /^[xy]$/.test(name), { values });
  const terms = [...found.coefficients].map(([name, value]) => `${formatRational(value)}${name}`);
  return [...terms, formatRational(found.constant)].join(' ');
}

describe('affineExpression', () => {
  test.each([
    ['x', '1x 0'],
    ['a', '3'],
    ['-(x - 2*y)/4 + half', '-1/4x 1/2y 1/2'],
    ['a*x*2 - x*half', '11/2x 0'],
    ['x - x', '0x 0'],
    ['(x - x + 3)^2', '0x 9'],
    ['x^1 + a^2', '1x 9'],
    ['max(a, 1)*y', '3y 0'],
  ])('%s', async (text, expected) => {
    expect(await shown(text)).toBe(expected);
  });

  test.each(['x*y', '1/x', 'x^2', '2^x', 'max(x, 1)', 'floor(x)', 'x*(y - y)'])('%s is not affine', async (text) => {
    await expect(shown(text)).rejects.toThrow(
      `formula: expected a formula that is affine in its variables, got ${text}`,
    );
  });

  test('an unknown variable is named', async () => {
    await expect(shown('x + b')).rejects.toThrow('formula: expected a, half as a variable, got b');
  });
});
