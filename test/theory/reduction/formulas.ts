/** Formulas for tests. */
import type { RandomSource } from '../../../src/exact/index.js';
import type { Assignment, Cnf } from '../../../src/theory/index.js';

/** The eight clauses of one or two variables that are neither empty nor tautologies. */
const twoVariableClauses = [[1], [-1], [2], [-2], [1, 2], [1, -2], [-1, 2], [-1, -2]];

/** All 256 formulas of two variables; bit k of the number says whether clause k is there. */
export const twoVariableFormulas: readonly Cnf[] = Array.from({ length: 256 }, (_, bits) => ({
  variables: 2,
  clauses: twoVariableClauses.filter((_, k) => ((bits >> k) & 1) === 1),
}));

/** All assignments of v variables. */
export const assignments = (v: number): boolean[][] =>
  Array.from({ length: 2 ** v }, (_, bits) => Array.from({ length: v }, (_, i) => ((bits >> i) & 1) === 1));

/** Whether some clause has only false literals, said without the code under test. */
export const falsifies = (cnf: Cnf, values: Assignment): boolean =>
  cnf.clauses.some((clause) => clause.filter((l) => (l > 0 ? values[l - 1] : !values[-l - 1])).length === 0);

/** Clauses of one to three literals, empty ones, tautologies and repetitions among them. */
export function randomFormula(random: RandomSource, variables: number, clauses: number): Cnf {
  const literal = (): number => (random.coin() ? 1 : -1) * (1 + random.below(variables));
  return {
    variables,
    clauses: Array.from({ length: clauses }, () => {
      const length = random.below(40) === 0 ? 0 : random.between(1, 3);
      return [...new Set(Array.from({ length }, literal))];
    }),
  };
}
