import { expect, it, vi } from 'vitest';
import { evaluateExpression, formatRational, parseExpression } from '../../src/exact/index.js';

vi.mock('mathjs', () => {
  throw new Error('mathjs was loaded');
});

it.each(['3/8', '0.1', '1e-3', '-12', '+.5', ' 7. '])('%j is read without mathjs', async (text) => {
  const expression = await parseExpression(text);
  expect(expression.kind).toBe('constant');
  expect(formatRational(evaluateExpression(expression, {}))).toMatch(/^-?\d+(\/\d+)?$/);
});

it('a formula is not', async () => {
  await expect(parseExpression('delta/2')).rejects.toThrow(/mathjs/);
});
