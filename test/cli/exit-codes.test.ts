import { describe, expect, test } from 'vitest';
import { exitCodeOf, type RequiredLevel, reaches } from '../../src/cli/exit-codes.js';
import type { EngineName, EvidenceLevel } from '../../src/format/index.js';
import type { EngineChoice } from '../../src/verify/prover.js';
import type { Verdict } from '../../src/verify/verdict.js';

const unsat = (level: EvidenceLevel, ...engines: EngineName[]): Verdict => ({
  verdict: 'unsat',
  evidence: { level, engines },
});
const certificate = unsat('certificate', 'interval');
const confirmed = unsat('certificate', 'interval', 'z3');
const two = unsat('two', 'interval', 'z3');
const z3 = unsat('engine', 'z3');
const sat: Verdict = { verdict: 'sat', point: [], outputs: [] };
const unknown: Verdict = { verdict: 'unknown', reason: 'r' };
const timedOut: Verdict = { verdict: 'timed-out' };

describe('exitCodeOf', () => {
  test.each<[string, Verdict[], RequiredLevel, number]>([
    ['no ball at all', [], 'any', 0],
    ['all proved', [certificate, two, z3], 'any', 0],
    ['each level counts as the weaker ones', [certificate, two], 'two', 0],
    ['one engine where two are required', [certificate, z3], 'two', 3],
    ['two engines where a certificate is required', [certificate, two], 'certificate', 3],
    ['unknown', [certificate, unknown], 'any', 3],
    ['timed out', [timedOut], 'any', 3],
    ['a counterexample', [certificate, sat], 'any', 1],
    ['a counterexample goes before undecided', [unknown, sat, timedOut], 'any', 1],
  ])('%s', (_, verdicts, required, code) => {
    expect(exitCodeOf(verdicts, required)).toBe(code);
  });

  test.each<[EngineChoice | undefined, Verdict, number]>([
    ['both', confirmed, 0],
    ['both', z3, 0],
    ['both', certificate, 3],
    ['interval', certificate, 0],
    [undefined, certificate, 0],
  ])('%s asked of a ball: z3 has to have decided it where both were asked', (engine, verdict, code) => {
    expect(exitCodeOf([verdict], 'any', engine)).toBe(code);
  });
});

test('only unsat reaches a level', () => {
  for (const verdict of [sat, unknown, timedOut]) expect(reaches(verdict, 'any')).toBe(false);
  expect(reaches(z3, 'any')).toBe(true);
});
