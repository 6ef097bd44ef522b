import { expect, it } from 'vitest';
import { certificateFileAt, InputError } from '../../src/format/index.js';

const good = { format: 'muball-certificate', version: 1, query: 'ab'.repeat(32), proofs: [{ rule: 'interval' }] };

it('gives back what it has checked', () => {
  expect(certificateFileAt(good)).toEqual(good);
  expect(certificateFileAt({ ...good, proofs: [] }).proofs).toEqual([]);
});

it.each<[unknown, string]>([
  ['x', 'certificate: expected an object, got "x"'],
  [{ ...good, author: 1 }, 'certificate.author: unknown field, expected format, version, query, proofs'],
  [{ ...good, format: 'c' }, 'certificate.format: expected "muball-certificate", got "c"'],
  [{ ...good, version: 9 }, 'certificate.version: expected 1, got 9'],
  [{ ...good, query: 'ab' }, 'certificate.query: expected 64 hexadecimal digits, got "ab"'],
  [{ ...good, proofs: { rule: 'interval' } }, 'certificate.proofs: expected an array, got {"rule":"interval"}'],
  [{ ...good, proofs: [{ rule: 'magic' }] }, 'certificate.proofs[0].rule: expected "interval", got "magic"'],
  [{ ...good, proofs: [{}] }, 'certificate.proofs[0].rule: expected "interval", got nothing'],
  [{ ...good, proofs: [{ rule: 'interval', of: 1 }] }, 'certificate.proofs[0].of: unknown field, expected rule'],
  [{ ...good, proofs: ['interval'] }, 'certificate.proofs[0]: expected an object, got "interval"'],
])('refuses %j', (value, message) => expect(() => certificateFileAt(value)).toThrow(new InputError(message)));
