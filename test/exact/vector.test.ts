import { expect, it } from 'vitest';
import {
  addVectors,
  dot,
  maxOfAbs,
  parseRational,
  scaleVector,
  subVectors,
  sumOfAbs,
  sumOfSquares,
} from '../../src/exact/index.js';

const vector = (...texts: string[]) => texts.map((t) => parseRational(t));
const a = vector('1/2', '-3', '0.25');
const b = vector('1/3', '2', '-1/4');

it('adds, subtracts and scales entry by entry', () => {
  expect(addVectors(a, b)).toEqual(vector('5/6', '-1', '0'));
  expect(subVectors(a, b)).toEqual(vector('1/6', '-5', '1/2'));
  expect(scaleVector(a, parseRational('-2/3'))).toEqual(vector('-1/3', '2', '-1/6'));
});

it('multiplies and measures', () => {
  expect(dot(a, b)).toEqual(parseRational('-283/48'));
  expect(sumOfAbs(a)).toEqual(parseRational('15/4'));
  expect(maxOfAbs(a)).toEqual(parseRational('3'));
  expect(sumOfSquares(a)).toEqual(parseRational('149/16'));
});

it('is 0 on no entries', () => {
  for (const value of [dot([], []), sumOfAbs([]), maxOfAbs([]), sumOfSquares([])]) {
    expect(value).toEqual(parseRational('0'));
  }
});
