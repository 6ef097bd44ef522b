import { describe, expect, test } from 'vitest';
import { randomSource } from '../../../src/exact/index.js';
import {
  type Cnf,
  coreOf,
  decideCnf,
  isTautology,
  type Refutation,
  refutes,
  satisfies,
  subformula,
} from '../../../src/theory/index.js';
import { assignments, falsifies, randomFormula } from './formulas.js';

test('random formulas: the answer of all assignments, with what shows it', () => {
  const random = randomSource(5);
  const seen = { satisfiable: 0, unsatisfiable: 0, unfinished: 0 };
  for (let t = 0; t < 400; t++) {
    const v = random.between(1, 6);
    const cnf = randomFormula(random, v, random.between(0, 5 * v));
    const models = assignments(v).filter((values) => !falsifies(cnf, values));
    const answer = decideCnf(cnf);
    seen[answer.status]++;
    expect(answer.status).toBe(models.length > 0 ? 'satisfiable' : 'unsatisfiable');
    if (answer.status === 'satisfiable') expect(models).toContainEqual(answer.assignment);
    if (answer.status !== 'unsatisfiable') continue;
    expect(refutes(cnf, answer.refutation)).toBe(true);
    // The clauses that it uses suffice.
    const core = subformula(cnf, coreOf(answer.refutation));
    expect(assignments(core.variables).every((values) => falsifies(core, values))).toBe(true);
  }
  expect(Math.min(seen.satisfiable, seen.unsatisfiable)).toBeGreaterThan(100);
});

describe('refutations that do not hold', () => {
  const cnf: Cnf = { variables: 2, clauses: [[1], [-1, 2], [-2]] };
  const good: Refutation = {
    variable: 1,
    whenTrue: { variable: 2, whenTrue: { clause: 2 }, whenFalse: { clause: 1 } },
    whenFalse: { clause: 0 },
  };
  test('control: this one does', () => expect(refutes(cnf, good)).toBe(true));
  test.each<[string, Refutation]>([
    ['a clause that is not false', { ...good, whenFalse: { clause: 1 } }],
    ['a clause that is not decided', { ...good, whenTrue: { clause: 1 } }],
    ['a clause that is not there', { ...good, whenFalse: { clause: 7 } }],
    ['cases exchanged', { ...good, whenTrue: good.whenFalse, whenFalse: good.whenTrue }],
    ['a variable taken twice', { variable: 1, whenTrue: good, whenFalse: { clause: 0 } }],
    ['no cases', { clause: 0 }],
  ])('%s', (_, tree) => expect(refutes(cnf, tree)).toBe(false));
  test('one of another formula', () => {
    expect(refutes({ variables: 2, clauses: [[1], [-1, 2], [2]] }, good)).toBe(false);
  });
});

test('a limit of cases ends the search without an answer', () => {
  const cnf: Cnf = {
    variables: 2,
    clauses: [
      [1, 2],
      [1, -2],
      [-1, 2],
      [-1, -2],
    ],
  };
  expect(decideCnf(cnf, { mostCases: 6 })).toEqual({ status: 'unfinished' });
  expect(decideCnf(cnf, { mostCases: 7 }).status).toBe('unsatisfiable');
});

test('no variables, no clauses, an empty clause', () => {
  expect(decideCnf({ variables: 0, clauses: [] })).toEqual({ status: 'satisfiable', assignment: [] });
  expect(decideCnf({ variables: 0, clauses: [[]] })).toEqual({ status: 'unsatisfiable', refutation: { clause: 0 } });
  expect(satisfies({ variables: 1, clauses: [] }, [])).toBe(false);
  expect([[1, -1], [1, 2], []].map(isTautology)).toEqual([true, false, false]);
});
