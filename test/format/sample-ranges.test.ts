import { expect, it } from 'vitest';
import { InputError, rangesAt, rangesText } from '../../src/format/index.js';

it.each<[number[], string]>([
  [[], ''],
  [[0], '0'],
  [[0, 1, 2], '0-2'],
  [[0, 1, 3, 7, 8, 9], '0-1,3,7-9'],
])('writes %j as %j', (samples, text) => {
  expect(rangesText(samples)).toBe(text);
  if (text !== '') expect(rangesAt(text, 'x', 10)).toEqual(samples);
});

it.each<[unknown, string]>([
  [3, 'x: expected a string, got 3'],
  ['', 'x: expected ranges such as "0-3,7", got ""'],
  ['a', 'x: expected ranges such as "0-3,7", got "a"'],
  ['1--2', 'x: expected ranges such as "0-3,7", got "1--2"'],
  ['3-2', 'x: expected increasing ranges that do not touch, got "3-2"'],
  ['3-3', 'x: expected increasing ranges that do not touch, got "3-3"'],
  ['0-3,4', 'x: expected increasing ranges that do not touch, got "0-3,4"'],
  ['5,1', 'x: expected increasing ranges that do not touch, got "5,1"'],
  ['1,1', 'x: expected increasing ranges that do not touch, got "1,1"'],
  ['0-10', 'x: expected samples below 10, got 10'],
  ['007', 'x: expected ranges as "7", got "007"'],
])('refuses %j', (value, message) => expect(() => rangesAt(value, 'x', 10)).toThrow(new InputError(message)));
