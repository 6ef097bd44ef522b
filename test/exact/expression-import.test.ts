import { expect, it, vi } from 'vitest';
import { evaluateExpression, formatRational, parseExpression } from '../../src/exact/index.js';

const loaded = vi.hoisted(() => ({ count: 0 }));
vi.mock('mathjs', async (original) => {
  loaded.count++;
  return await original();
});

it.each(['3/8', '0.1', '1e-3', '-12', '+.5', ' 7. '])('%j is read without mathjs', async (text) => {
  const expression = await parseExpression(text);
  expect(expression.kind).toBe('constant');
  expect(formatRational(evaluateExpression(expression, {}))).toMatch(/^-?\d+(\/\d+)?$/);
  expect(loaded.count).toBe(0);
});

it('formulas load it once', async () => {
  await parseExpression('delta/2');
  await parseExpression('delta/3');
  expect(loaded.count).toBe(1);
});
