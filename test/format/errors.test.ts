import { expect, it } from 'vitest';
import { AssumptionError, InputError, InternalError, refuse } from '../../src/format/index.js';

it('refuse says where, what was expected and what was found', () => {
  expect(() => refuse('a.b[3]', 'a number', 'nothing')).toThrow(
    new InputError('a.b[3]: expected a number, got nothing'),
  );
});

it.each([
  [InputError, 'InputError'],
  [AssumptionError, 'AssumptionError'],
  [InternalError, 'InternalError'],
])('%o carries its name', (Class, name) => {
  const error = new Class('why');
  expect([error.name, error.message, error instanceof Error]).toEqual([name, 'why', true]);
});
