import { describe, expect, test } from 'vitest';
import { randomSource } from '../../../src/exact/index.js';
import {
  assignmentOf,
  type Colours,
  coloursOf,
  isSplit,
  satisfies,
  setSplitting,
  splittingOf,
} from '../../../src/theory/index.js';
import { assignments, falsifies, randomFormula, twoVariableFormulas } from './formulas.js';

const colourings = (m: number): Colours[] => assignments(m).map((bits) => bits.map((bit) => (bit ? 1 : 0)));

test('a formula: its elements and sets', () => {
  expect(splittingOf({ variables: 2, clauses: [[1, -2], [-2, 1], [1, -1], [2]] })).toEqual({
    elements: 5,
    sets: [
      [0, 1],
      [2, 3],
      [0, 3, 4],
      [2, 4],
    ],
  });
  expect(splittingOf({ variables: 1, clauses: [[], [1]] })).toEqual({
    elements: 5,
    sets: [
      [0, 1],
      [2, 3],
      [0, 4],
      [2, 4],
      [3, 4],
    ],
  });
  expect(splittingOf({ variables: 0, clauses: [] })).toEqual({ elements: 1, sets: [] });
});

test('all formulas of two variables: every splitting is an assignment that satisfies, and every such assignment splits', () => {
  let satisfiable = 0;
  for (const cnf of twoVariableFormulas) {
    const instance = splittingOf(cnf);
    const models = assignments(2).filter((values) => !falsifies(cnf, values));
    for (const values of assignments(2)) {
      expect(isSplit(instance, coloursOf(cnf, values))).toBe(models.some((m) => String(m) === String(values)));
      expect(assignmentOf(cnf, coloursOf(cnf, values))).toEqual(values);
    }
    const splittings = colourings(5).filter((colours) => isSplit(instance, colours));
    expect(new Set(splittings.map((colours) => String(assignmentOf(cnf, colours))))).toEqual(
      new Set(models.map(String)),
    );
    if (models.length > 0) satisfiable++;
  }
  expect([satisfiable, twoVariableFormulas.length - satisfiable]).toEqual([95, 161]);
});

test('random formulas with empty clauses, tautologies and repetitions', () => {
  const random = randomSource(3);
  let empty = 0;
  for (let t = 0; t < 60; t++) {
    const cnf = randomFormula(random, random.between(1, 3), random.between(1, 9));
    const instance = splittingOf(cnf);
    const splittings = colourings(instance.elements).filter((colours) => isSplit(instance, colours));
    const satisfiable = assignments(cnf.variables).some((values) => !falsifies(cnf, values));
    expect(splittings.length > 0).toBe(satisfiable);
    for (const colours of splittings) expect(satisfies(cnf, assignmentOf(cnf, colours))).toBe(true);
    if (cnf.clauses.some((clause) => clause.length === 0)) empty++;
  }
  expect(empty).toBeGreaterThan(3);
});

describe('instances', () => {
  test('sets are ordered, equal ones stand for one', () => {
    expect(
      setSplitting(3, [
        [2, 0],
        [0, 2, 2],
        [1, 2],
      ]),
    ).toEqual({
      elements: 3,
      sets: [
        [0, 2],
        [1, 2],
      ],
    });
    expect(isSplit(setSplitting(2, [[0, 1]]), [0])).toBe(false);
  });
  test.each<[number, number[][], string]>([
    [0, [], 'elements: expected a whole number ≥ 1, got 0'],
    [3, [[1, 1]], 'sets[0]: expected two elements or more, got 1'],
    [
      3,
      [
        [0, 1],
        [1, 3],
      ],
      'sets[1]: expected elements from 0 to 2, got 3',
    ],
    [3, [[0, 0.5]], 'sets[0]: expected elements from 0 to 2, got 0.5'],
  ])('%i elements, %j', (m, sets, message) => {
    expect(() => setSplitting(m, sets)).toThrow(message);
  });
});
