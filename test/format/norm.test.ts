import { expect, it } from 'vitest';
import { InputError, normAt, normSymbol, norms } from '../../src/format/index.js';

it('knows three norms by name and symbol', () => {
  expect(norms).toEqual(['linf', 'l1', 'l2']);
  expect(norms.map((norm) => normAt(norm, 'x'))).toEqual(norms);
  expect(norms.map((norm) => normSymbol[norm])).toEqual(['ℓ∞', 'ℓ1', 'ℓ2']);
});

it.each(['l3', 'L1', '', undefined, 2])('refuses %j', (value) => {
  const found = value === undefined ? 'nothing' : JSON.stringify(value);
  expect(() => normAt(value, '--norm')).toThrow(new InputError(`--norm: expected l1, l2 or linf, got ${found}`));
});
