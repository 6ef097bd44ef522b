import { describe, expect, it } from 'vitest';
import { parseFunctional } from '../../../src/verify/lipschitz/index.js';
import { values } from './instances.js';

describe('parseFunctional', () => {
  it.each<[string, number[], (string | number)[]]>([
    ['y1 - y0', [0, 1], [-1, 1]],
    ['2*y2 + y0/3 - 7', [0, 2], ['1/3', 2]],
    ['y1 + y0 - y1', [0], [1]],
  ])('%s', async (text, columns, weights) => {
    expect(await parseFunctional(text, 3)).toEqual({ columns, weights: values(...weights) });
  });

  it.each([
    ['y3', '--output: expected an output from y0 to y2, got y3'],
    ['x0', '--output: expected an output from y0 to y2, got x0'],
    ['y0 - y0', '--output: expected a formula with an output such as y0, got "y0 - y0"'],
    ['y0*y1', '--output: expected a formula that is affine in the outputs y0, y1, …'],
  ])('refuses %s', async (text, message) => {
    await expect(parseFunctional(text, 3)).rejects.toThrow(message);
  });
});
