import { describe, expect, it } from 'vitest';
import { type CachedVerdictFile, cachedVerdictFileAt, cachedVerdictText, InputError } from '../../src/format/index.js';

const hash = 'ab'.repeat(32);
const sat: CachedVerdictFile = {
  format: 'muball-cached-verdict',
  version: 1,
  muball: '0.1.0',
  engine: 'auto',
  query: hash,
  verdict: { verdict: 'sat', point: ['1/2', '-3'] },
};
const certified: CachedVerdictFile = {
  ...sat,
  verdict: { verdict: 'unsat', evidence: { level: 'certificate', engines: ['interval'] } },
  certificate: { format: 'muball-certificate', version: 1, query: hash, proofs: [{ rule: 'interval' }] },
};
const word: CachedVerdictFile = {
  ...sat,
  verdict: { verdict: 'unsat', evidence: { level: 'engine', engines: ['z3'] } },
};

const undecided: CachedVerdictFile = { ...sat, verdict: { verdict: 'unknown', reason: 'r', limits: '60 s' } };
const late: CachedVerdictFile = { ...sat, verdict: { verdict: 'timed-out', limits: '60 s' } };

describe('cachedVerdictFileAt', () => {
  it.each([sat, certified, word, undecided, late])('gives back what it has checked', (file) => {
    expect(cachedVerdictFileAt({ ...file, digest: hash })).toEqual({ file, digest: hash });
  });

  it.each<[unknown, string]>([
    [sat, 'c.digest: expected a string, got nothing'],
    [{ ...certified, certificate: undefined }, 'c.certificate: expected a certificate, got none'],
    [{ ...word, certificate: certified.certificate }, 'c.certificate: expected no certificate, got one'],
    [
      { ...sat, verdict: { verdict: 'maybe' } },
      'c.verdict.verdict: expected unsat or sat or unknown or timed-out, got "maybe"',
    ],
    [{ ...sat, verdict: { verdict: 'unknown' } }, 'c.verdict.limits: expected a string, got nothing'],
    [
      { ...late, verdict: { ...late.verdict, point: [] } },
      'c.verdict.point: unknown field, expected verdict, reason, limits',
    ],
    [
      { ...sat, verdict: { ...sat.verdict, evidence: 1 } },
      'c.verdict.evidence: unknown field, expected verdict, point',
    ],
    [{ ...word, verdict: { verdict: 'unsat' } }, 'c.verdict.evidence: expected an object, got nothing'],
    [
      { ...sat, engine: 'x' },
      'c.engine: expected auto or interval or search or ridge or lipschitz or z3 or both, got "x"',
    ],
  ])('refuses %j', (file, message) => {
    const value = file === sat ? sat : { ...(file as object), digest: hash };
    expect(() => cachedVerdictFileAt(value, 'c')).toThrow(new InputError(message));
  });
});

it('takes the digest of a text that does not depend on the order of fields', () => {
  const { format, ...rest } = sat;
  expect(cachedVerdictText({ ...rest, format })).toBe(cachedVerdictText(sat));
  expect(cachedVerdictText(sat)).not.toBe(cachedVerdictText({ ...sat, engine: 'z3' }));
});
