/**
 * Whether a formula is satisfiable, with what shows it: an assignment, or a tree of cases that all fail.
 *
 * Main definitions: `decideCnf`, `Refutation`, `refutes`, `coreOf`.
 *
 * Notation. A refutation distinguishes cases by the value of a variable until some clause is false.
 *
 * Notes. The search splits on a literal of a clause that is nearly false, first the forced ones. It is for the small formulas
 * of reductions; what it finds is checked by `satisfies` and `refutes`, which know nothing of it.
 */
import { InternalError } from '../../format/index.js';
import { type Assignment, type Cnf, satisfies } from './cnf.js';

export type Refutation =
  /** All literals of the clause are false. */
  | { readonly clause: number }
  | { readonly variable: number; readonly whenTrue: Refutation; readonly whenFalse: Refutation };

export type SatAnswer =
  | { readonly status: 'satisfiable'; readonly assignment: Assignment }
  | { readonly status: 'unsatisfiable'; readonly refutation: Refutation }
  /** The limit of cases was reached. */
  | { readonly status: 'unfinished' };

export interface SatSearchOptions {
  /** Give up after this many cases. @defaultValue 1000000 */
  readonly mostCases?: number;
}

/** Decides a formula. @throws InternalError when what it found does not hold. */
export function decideCnf(cnf: Cnf, { mostCases = 1_000_000 }: SatSearchOptions = {}): SatAnswer {
  const values: (boolean | undefined)[] = new Array(cnf.variables).fill(undefined);
  let cases = 0;
  const isFalse = (literal: number): boolean => values[Math.abs(literal) - 1] === literal < 0;
  const isTrue = (literal: number): boolean => values[Math.abs(literal) - 1] === literal > 0;

  /** The refutation of the values so far; a model stays in `values`. */
  const refuted = (): Refutation | 'satisfied' | 'unfinished' => {
    if (++cases > mostCases) return 'unfinished';
    let fewest: readonly number[] | undefined;
    for (const [at, clause] of cnf.clauses.entries()) {
      if (clause.some(isTrue)) continue;
      const left = clause.filter((literal) => !isFalse(literal));
      if (left.length === 0) return { clause: at };
      if (fewest === undefined || left.length < fewest.length) fewest = left;
    }
    if (fewest === undefined) return 'satisfied';
    const literal = fewest[0]!;
    const at = Math.abs(literal) - 1;
    values[at] = literal > 0;
    const first = refuted();
    if (typeof first === 'string') return first;
    values[at] = literal < 0;
    const second = refuted();
    if (typeof second === 'string') return second;
    values[at] = undefined;
    const [whenTrue, whenFalse] = literal > 0 ? [first, second] : [second, first];
    return { variable: at + 1, whenTrue, whenFalse };
  };

  const found = refuted();
  if (found === 'unfinished') return { status: 'unfinished' };
  if (found === 'satisfied') {
    const assignment = values.map((value) => value === true);
    if (!satisfies(cnf, assignment)) throw new InternalError('decideCnf: expected an assignment that satisfies');
    return { status: 'satisfiable', assignment };
  }
  if (!refutes(cnf, found)) throw new InternalError('decideCnf: expected a tree that refutes');
  return { status: 'unsatisfiable', refutation: found };
}

/** Whether a tree shows, by itself, that no assignment satisfies the formula. */
export function refutes(cnf: Cnf, tree: Refutation, path: ReadonlyMap<number, boolean> = new Map()): boolean {
  if ('clause' in tree) {
    const clause = cnf.clauses[tree.clause];
    return clause?.every((literal) => path.get(Math.abs(literal)) === literal < 0) ?? false;
  }
  const within = (value: boolean): Map<number, boolean> => new Map([...path, [tree.variable, value]]);
  return (
    !path.has(tree.variable) && refutes(cnf, tree.whenTrue, within(true)) && refutes(cnf, tree.whenFalse, within(false))
  );
}

/** The clauses that a refutation uses, in increasing order: they cannot all be satisfied. */
export function coreOf(tree: Refutation): number[] {
  const used = new Set<number>();
  const visit = (node: Refutation): void => {
    if ('clause' in node) used.add(node.clause);
    else for (const child of [node.whenTrue, node.whenFalse]) visit(child);
  };
  visit(tree);
  return [...used].sort((a, b) => a - b);
}
