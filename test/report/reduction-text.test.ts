import { describe, expect, test } from 'vitest';
import { type ReductionReport, reductionText } from '../../src/report/reduction-text.js';

const head: Omit<ReductionReport, 'answer'> = {
  formula: { name: 'f.cnf', variables: 1, clauses: 2 },
  splitting: { elements: 3, sets: 1 },
  dataset: { samples: 1234, dimension: 3, separation: '1/2', radius: '1/48', ratio: '1/12' },
  exactLabels: { separable: false, multipliers: 1 },
  seconds: 2.5,
};
const refuted = { status: 'unsatisfiable', cases: 1, core: [2] } as const;
const lastLine = (report: ReductionReport): string => reductionText(report).split('\n').at(-1)!;

test('no network, by z3', () => {
  expect(reductionText({ ...head, answer: refuted, centres: { samples: 13, status: 'none' } }).split('\n')).toEqual([
    'f.cnf · 1 variable, 2 clauses · set splitting of 3 elements, 1 set',
    '  1,234 samples, d = 3 · ℓ∞ · δ = 1/2 · μ = 1/48 · ρ = 2μ/δ = 1/12',
    'formula       unsatisfiable: refuted by 1 case, checked, with clause 2',
    'exact labels  no network of depth 2 and width 2 has them: no hyperplane separates the balls of the classes (linear program, 1 multiplier)',
    '✓ no network of depth 2 and width 2 is right at the 13 samples of clause 2: unsat (z3) in 2.50 s',
  ]);
});

test('z3 undecided is no ✓, and many clauses are not listed whole', () => {
  const core = Array.from({ length: 20 }, (_, i) => i + 1);
  const centres = { samples: 99, status: 'undecided', reason: 'z3 timed out' } as const;
  expect(lastLine({ ...head, answer: { ...refuted, core }, centres })).toBe(
    '? no network of depth 2 and width 2, by the theorem alone: at the 99 samples of clauses 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, … (20) z3 is undecided (z3 timed out) in 2.50 s',
  );
});

describe('a network', () => {
  const network: NonNullable<ReductionReport['network']> = {
    sha256: '0123456789abcdef',
    given: false,
    width: 2,
    depth: 2,
    nonzero: 9,
    assignment: [true],
    balls: [
      { sample: 0, label: 0, verdict: 'unsat', evidence: { level: 'certificate', engines: ['interval'] } },
      { sample: 1, label: 1, verdict: 'unsat', evidence: { level: 'certificate', engines: ['interval'] } },
    ],
    supports: 2,
  };
  const answer = { status: 'satisfiable', assignment: [true] } as const;
  test('proved, and read back', () => {
    const text = reductionText({ ...head, answer, network, exactLabels: { separable: true } });
    expect(text).toContain(
      'network       depth 2, width 2, 9 nonzero weights · network 0123456789ab · read back: the same\n',
    );
    expect(text).toContain(
      'exact labels  a network of depth 2 and width 2 has them: the balls of the classes are separable\n',
    );
    expect(text).toMatch(/✓ 2 of 2 balls proved \(certificate\) · 2 by support functions in 2\.50 s$/);
    expect(reductionText({ ...head, answer, network: { ...network, assignment: [false] } })).toContain(
      'read back: ¬x1',
    );
  });
  test.each([
    ['sat', '✗'],
    ['unknown', '?'],
    ['timed-out', '?'],
  ] as const)('%s is marked %s', (verdict, mark) => {
    const balls = [network.balls[0]!, { sample: 1, label: 1, verdict }];
    expect(lastLine({ ...head, answer, network: { ...network, balls } })).toMatch(
      new RegExp(`^\\${mark} 1 of 2 balls proved — `),
    );
  });
});

test('a formula that is given up', () => {
  const text = reductionText({ ...head, answer: { status: 'undecided', reason: 'no answer within 7 cases' } });
  expect(text).toContain('formula       undecided: no answer within 7 cases\n');
  expect(text).toMatch(/\n\? undecided in 2\.50 s$/);
});
