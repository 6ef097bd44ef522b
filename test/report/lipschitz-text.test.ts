import { describe, expect, it } from 'vitest';
import {
  attainedLines,
  constantText,
  exactSummary,
  type LipschitzReport,
  lipschitzRows,
} from '../../src/report/lipschitz-text.js';

const report: LipschitzReport = {
  norm: 'linf',
  squared: false,
  bounds: [
    { method: 'path', atMost: '123456789123456789/1000000007' },
    { method: 'interval', atMost: null },
  ],
  sampled: { points: 1234, atLeast: '7/2' },
};
const exact = { isComplete: true, atLeast: '9/2', atMost: '9/2', cells: 12345, leftOut: 3 };

describe('constantText', () => {
  it.each([
    ['3/2', false, '3/2'],
    [null, true, '∞'],
    ['9/4', true, '3/2'],
    ['2', true, '√2 ≈ 1.414213562'],
    ['123456789123456789/1000000007', false, '≈ 123456788.2'],
  ])('%s, squared: %s', (value, squared, text) => {
    expect(constantText(value, squared)).toBe(text);
  });
});

describe('lipschitzRows', () => {
  it('says which are bounds from above, from below, and the constant; rounded values are near', () => {
    expect(lipschitzRows({ ...report, exact })).toEqual([
      ['path', '≤ ≈ 123456788.2', 'sums over paths'],
      ['interval', '≤ ∞', 'intervals of the gradient'],
      ['cells', '= 9/2', 'cells on which the network is affine'],
      ['sampled', '≥ 7/2', 'gradients at 1,234 random points'],
    ]);
    const stopped = { ...report, exact: { ...exact, isComplete: false, atMost: '5' } };
    expect(lipschitzRows(stopped).slice(2, 4)).toEqual([
      ['cells', '≤ 5', 'cells and branches not seen'],
      ['cells', '≥ 9/2', 'cells visited'],
    ]);
  });
});

describe('exactSummary', () => {
  it.each([
    [{}, 'the constant is 9/2, exactly · 12,345 cells, 3 branches without a larger gradient left out'],
    [
      { isComplete: false, atMost: '5' },
      'the constant lies from 9/2 to 5 · 12,345 cells, 3 branches without a larger gradient left out',
    ],
    [
      { isComplete: false, atMost: null, jump: { layer: 1, neuron: 4 } },
      'no finite constant, unless jumps cancel: neuron 4 of layer 1, which the outputs read, is a step that changes · 12,345 cells',
    ],
  ])('%o', (change, text) => {
    expect(exactSummary({ ...report, exact: { ...exact, ...change } })).toBe(text);
  });
});

describe('attainedLines', () => {
  it('shows the first coordinates of long vectors, and rows of the derivative', () => {
    const x = Array.from({ length: 10 }, (_, j) => String(j));
    const attained = {
      point: x,
      outputs: ['1', '2'],
      gradient: [x, x],
      to: x,
      toOutputs: ['1', '3'],
      distance: '1/4',
      outputDistance: '1',
    };
    const shown = '(0, 1, 2, 3, 4, 5, 6, 7, … 2 more)';
    expect(attainedLines({ ...report, norm: 'l2', squared: true, exact: { ...exact, attained } })).toEqual([
      `  x   = ${shown}   gradient ${shown}, ${shown}`,
      `  x′  = ${shown}   ‖x′ − x‖ = 1/2, ‖F(x′) − F(x)‖ = 1 in ℓ2`,
      '  F(x) = (1, 2), F(x′) = (1, 3)   evaluated exactly: yes',
    ]);
    expect(attainedLines(report)).toEqual([]);
  });
});
