/** How a check ends: with its value, with the refusal that stopped it, or with a refusal for anything else thrown. */
import { expect, test } from 'vitest';
import { orRefusal, refuse, shortened } from '../../src/check/refusal.js';

test('a value, or the refusal', () => {
  expect(orRefusal(() => 7)).toBe(7);
  expect(orRefusal(() => refuse('query.unsafe', 'no'))).toEqual({
    outcome: 'invalid',
    where: 'query.unsafe',
    why: 'no',
  });
});

test.each([
  [new RangeError('Maximum call stack size exceeded'), 'Maximum call stack size exceeded'],
  ['text', 'string'],
  [undefined, 'undefined'],
])('whatever else is thrown is a refusal', (thrown, what) => {
  const stopped = orRefusal(() => {
    throw thrown;
  });
  const why = `the check could not be finished: ${what}`;
  expect(stopped).toEqual({ outcome: 'invalid', where: 'checker', why });
});

test('long places are shown by their ends', () => {
  const [left, right] = ['l'.repeat(99), 'r'.repeat(100)];
  expect(shortened(`${left}m${right}`)).toBe(`${left}m${right}`);
  expect(shortened(`${left}mn${right}`)).toBe(`${left}…${right}`);
  expect(orRefusal(() => refuse(`${left}mno${right}`, 'no'))).toMatchObject({ where: `${left}…${right}` });
});
