/**
 * Boolean formulas in conjunctive normal form, and assignments of their variables.
 *
 * Main definitions: `Cnf`, `satisfies`, `isTautology`, `subformula`.
 *
 * Notation. Variables are x_1 … x_v; the literal x_i is the number i, its negation −i.
 */

export interface Cnf {
  /** v ≥ 0. */
  readonly variables: number;
  /** Literals of each clause, none twice; one without any is false. */
  readonly clauses: readonly (readonly number[])[];
}

/** The value of x_1, x_2, …. */
export type Assignment = readonly boolean[];

/** Whether a literal is true. */
export const holdsAt = (assignment: Assignment, literal: number): boolean =>
  assignment[Math.abs(literal) - 1] === literal > 0;

/** Whether every clause has a literal that is true. */
export const satisfies = ({ variables, clauses }: Cnf, assignment: Assignment): boolean =>
  assignment.length === variables && clauses.every((clause) => clause.some((literal) => holdsAt(assignment, literal)));

/** Whether a clause holds whatever the variables are. */
export const isTautology = (clause: readonly number[]): boolean => clause.some((literal) => clause.includes(-literal));

/** Some of the clauses, with the variables that they mention numbered anew in their order. */
export function subformula({ clauses }: Cnf, chosen: readonly number[]): Cnf {
  const kept = chosen.map((at) => clauses[at]!);
  const mentioned = [...new Set(kept.flat().map(Math.abs))].sort((a, b) => a - b);
  const number = new Map(mentioned.map((variable, at) => [variable, at + 1]));
  return {
    variables: mentioned.length,
    clauses: kept.map((clause) => clause.map((literal) => Math.sign(literal) * number.get(Math.abs(literal))!)),
  };
}
