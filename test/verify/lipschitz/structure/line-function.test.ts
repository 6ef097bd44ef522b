import { describe, expect, it } from 'vitest';
import { formatRational, parseRational, type Rational } from '../../../../src/exact/index.js';
import type { Activation } from '../../../../src/format/index.js';
import { type LineTerm, lineFunction } from '../../../../src/verify/lipschitz/structure/line-function.js';

const value = (text: string): Rational => parseRational(text);
const end = (text: string): Rational | undefined => (text === '∞' ? undefined : value(text));

/** Terms as `weight*scale,offset`. */
const termsOf = (texts: readonly string[]): LineTerm[] =>
  texts.map((text) => {
    const [weight, scale, offset] = text.split(/[*,]/).map(value);
    return { weight: weight!, scale: scale!, offset: offset! };
  });

/** Slopes of the cells and the least value, as text. */
function shown(activation: Activation, texts: readonly string[], low: string, high: string): string {
  const { cells, least } = lineFunction(activation, termsOf(texts), { low: end(low), high: end(high) });
  const slopes = cells?.map((cell) => formatRational(cell.slope)).join(' ') ?? 'jumps';
  return `${slopes} ≥ ${least === undefined ? '-∞' : formatRational(least)}`;
}

const size = ['1*1,0', '1*-1,0'];
const clip = ['1*1,1', '-1*1,-1'];
const hat = ['1*1,1', '-2*1,0', '1*1,-1'];

describe('cells and least values on a range', () => {
  it.each<[string, Activation, string[], string, string, string]>([
    ['|t|', 'relu', size, '∞', '∞', '-1 1 ≥ 0'],
    ['|t| on [1, 2]', 'relu', size, '1', '2', '1 ≥ 1'],
    ['|t| on [0, 2], touching its kink', 'relu', size, '0', '2', '1 ≥ 0'],
    ['|t| on [-3, 0]', 'relu', size, '-3', '0', '-1 ≥ 0'],
    ['|t| below -1', 'relu', size, '∞', '-1', '-1 ≥ 1'],
    ['-|t|', 'relu', ['-1*1,0', '-1*-1,0'], '∞', '∞', '1 -1 ≥ -∞'],
    ['-|t| on [-1, 3]', 'relu', ['-1*1,0', '-1*-1,0'], '-1', '3', '1 -1 ≥ -3'],
    ['a clip', 'relu', clip, '∞', '∞', '0 1 0 ≥ 0'],
    ['a clip beyond its end', 'relu', clip, '1', '∞', '0 ≥ 2'],
    ['a hat', 'relu', hat, '∞', '∞', '0 1 -1 ≥ 0'],
    ['a hat on [-1/2, 1/4]', 'relu', hat, '-1/2', '1/4', '1 -1 ≥ 1/2'],
    ['at a point nothing has a slope', 'relu', size, '-2', '-2', '0 ≥ 2'],
    ['2relu(3t + 6)', 'relu', ['2*3,6'], '-1', '∞', '6 ≥ 6'],
    ['identity', 'identity', ['2*-3,1'], '0', '5', '-6 ≥ -28'],
    ['a step that may change', 'step', ['-2*1,0'], '-1', '1', 'jumps ≥ -2'],
    ['a step at 0 is not on', 'step', ['5*1,0'], '-1', '0', '0 ≥ 0'],
    ['a step from 0 on changes', 'step', ['5*1,0'], '0', '1', 'jumps ≥ 0'],
    ['a step that is on', 'step', ['5*-1,0'], '∞', '-1', '0 ≥ 5'],
    ['a step at a point', 'step', ['5*1,0'], '0', '0', '0 ≥ 0'],
  ])('%s', (_, activation, terms, low, high, expected) => {
    expect(shown(activation, terms, low, high)).toBe(expected);
  });
});
