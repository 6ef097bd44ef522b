/**
 * Set splitting: colour elements with two colours so that no set has one colour only; and 3-SAT as set splitting.
 *
 * Main definitions: `SetSplitting`, `isSplit`, `splittingOf` (of a formula), `coloursOf`, `assignmentOf`.
 *
 * Main statement. A formula has the elements x_i, ¬x_i and F ("false"), the sets {x_i, ¬x_i}, and for each clause the set of its
 * literals and F. Where an assignment satisfies it, colour false literals like F and true ones otherwise; where a colouring splits,
 * call a literal true when its colour is not that of F. Each clause then has a literal that is true, so one exists iff the
 * other does.
 *
 * Notes. Tautologies are left out and equal clauses stand for one. An empty clause is written as z ∧ ¬z with a variable z of its
 * own, so that no set has one element only.
 *
 * Reference. L. Lovász, Coverings and colorings of hypergraphs, 1973, for the hardness of set splitting.
 */
import { InputError } from '../../format/index.js';
import { type Assignment, type Cnf, isTautology } from './cnf.js';

export interface SetSplitting {
  /** m ≥ 1, elements 0 … m − 1. */
  readonly elements: number;
  /** Elements of each set, strictly increasing, at least two. */
  readonly sets: readonly (readonly number[])[];
}

/** The colour of each element. */
export type Colours = readonly (0 | 1)[];

/** The instance with these sets. @throws InputError for sets of fewer than two elements, or of others than 0 … m − 1. */
export function setSplitting(elements: number, sets: readonly (readonly number[])[]): SetSplitting {
  if (!(Number.isSafeInteger(elements) && elements >= 1)) {
    throw new InputError(`elements: expected a whole number ≥ 1, got ${elements}`);
  }
  const ordered = sets.map((set, s) => {
    const distinct = [...new Set(set)].sort((a, b) => a - b);
    if (distinct.length < 2) throw new InputError(`sets[${s}]: expected two elements or more, got ${distinct.length}`);
    const odd = distinct.find((i) => !(Number.isInteger(i) && i >= 0 && i < elements));
    if (odd !== undefined) throw new InputError(`sets[${s}]: expected elements from 0 to ${elements - 1}, got ${odd}`);
    return distinct;
  });
  const known = new Map(ordered.map((set) => [set.join(), set]));
  return { elements, sets: [...known.values()] };
}

/** Whether every set has both colours. */
export const isSplit = ({ elements, sets }: SetSplitting, colours: Colours): boolean =>
  colours.length === elements && sets.every((set) => set.some((i) => colours[i] !== colours[set[0]!]));

/** Set splitting for a formula. */
export function splittingOf(cnf: Cnf): SetSplitting {
  const { variables, clauses } = withoutEmptyClauses(cnf);
  const falsum = 2 * variables;
  const pairs = Array.from({ length: variables }, (_, i) => [2 * i, 2 * i + 1]);
  const kept = clauses.filter((clause) => !isTautology(clause));
  return setSplitting(falsum + 1, [...pairs, ...kept.map((clause) => [...clause.map(elementOf), falsum])]);
}

/** The colouring that an assignment means: 0 for F and false literals. */
export function coloursOf(cnf: Cnf, assignment: Assignment): (0 | 1)[] {
  const { variables } = withoutEmptyClauses(cnf);
  const literals = Array.from({ length: variables }, (_, i) => assignment[i] === true);
  return [...literals.flatMap((value): (0 | 1)[] => (value ? [1, 0] : [0, 1])), 0];
}

/** The assignment that a colouring means; it satisfies the formula when the colouring splits its sets. */
export function assignmentOf({ variables }: Cnf, colours: Colours): boolean[] {
  const falsum = colours.at(-1)!;
  return Array.from({ length: variables }, (_, i) => colours[2 * i] !== falsum);
}

/** x_i is element 2(i − 1), its negation the next. */
const elementOf = (literal: number): number => 2 * (Math.abs(literal) - 1) + (literal > 0 ? 0 : 1);

function withoutEmptyClauses({ variables, clauses }: Cnf): Cnf {
  if (clauses.every((clause) => clause.length > 0)) return { variables, clauses };
  const fresh = variables + 1;
  return { variables: fresh, clauses: [...clauses.filter((clause) => clause.length > 0), [fresh], [-fresh]] };
}
