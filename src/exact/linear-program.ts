/**
 * Linear programs over ℚ: what they are, and what proves an answer.
 *
 * Main definitions: `LinearProgram`, `LinearOutcome`, `outcomeHolds`. The solver is `solveLinearProgram` (simplex.ts).
 *
 * Notation: minimise c·x subject to a_r·x ≤, = or ≥ b_r, and x_j ≥ 0 unless j is free. Multipliers y have a sign for
 * each row: y_r ≤ 0 on ≤, y_r ≥ 0 on ≥, any on =. Weak duality: if c − Aᵀy is ≥ 0 (and 0 on free variables), then
 * c·x ≥ b·y for every feasible x. Farkas: if −Aᵀy is ≥ 0 (0 on free variables) and b·y > 0, no x is feasible.
 */
import { add, equal, mul, type Rational, sign, sub, zero } from './rational.js';
import { dot, type Vector } from './vector.js';

export type Relation = '<=' | '=' | '>=';

/** Σ values[k]·x[columns[k]] related to `bound`; columns are distinct. */
export interface LinearRow {
  readonly columns: readonly number[];
  readonly values: Vector;
  readonly relation: Relation;
  readonly bound: Rational;
}

/** Minimise objective·x subject to the rows and x_j ≥ 0 for every j that is not free. */
export interface LinearProgram {
  /** c; its length is the number of variables. */
  readonly objective: Vector;
  readonly rows: readonly LinearRow[];
  /** Variables without a sign. @defaultValue none */
  readonly free?: readonly number[];
}

export type LinearOutcome =
  /** `point` is feasible with objective `value` = b·multipliers, so no point is better. */
  | {
      readonly status: 'optimal';
      readonly value: Rational;
      readonly point: Vector;
      readonly multipliers: Vector;
    }
  /** The multipliers refute the rows. */
  | { readonly status: 'infeasible'; readonly multipliers: Vector }
  /** `point` is feasible, and so is point + t·direction for t ≥ 0; the objective falls along it. */
  | { readonly status: 'unbounded'; readonly point: Vector; readonly direction: Vector }
  /** Asked to stop early: `point` is feasible with an objective below the value asked for. */
  | { readonly status: 'below'; readonly value: Rational; readonly point: Vector }
  /** The limit of pivots was reached. */
  | { readonly status: 'unfinished' };

/** A dense row a·x related to b. */
export function linearRow(a: Vector, relation: Relation, bound: Rational): LinearRow {
  const columns = a.map((_, j) => j).filter((j) => a[j]!.n !== 0n);
  return { columns, values: columns.map((j) => a[j]!), relation, bound };
}

/** a_r·x. */
export const rowValue = (row: LinearRow, x: Vector): Rational =>
  row.columns.reduce((sum, j, k) => add(sum, mul(row.values[k]!, x[j]!)), zero);

/** Whether x satisfies the rows and signs of the program. */
export function isFeasible(program: LinearProgram, x: Vector): boolean {
  const free = new Set(program.free);
  return (
    x.length === program.objective.length &&
    x.every((v, j) => v.n >= 0n || free.has(j)) &&
    program.rows.every((row) => related(row.relation, sign(sub(rowValue(row, x), row.bound))))
  );
}

/** Whether an outcome is what it says, checked from the program alone; `unfinished` says nothing. */
export function outcomeHolds(program: LinearProgram, outcome: LinearOutcome): boolean {
  const { objective } = program;
  switch (outcome.status) {
    case 'optimal':
      return (
        isFeasible(program, outcome.point) &&
        equal(dot(objective, outcome.point), outcome.value) &&
        bounds(program, objective, outcome.multipliers) &&
        equal(dualValue(program, outcome.multipliers), outcome.value)
      );
    case 'infeasible':
      return (
        bounds(
          program,
          objective.map(() => zero),
          outcome.multipliers,
        ) && dualValue(program, outcome.multipliers).n > 0n
      );
    case 'unbounded': {
      const cone = { ...program, rows: program.rows.map((row) => ({ ...row, bound: zero })) };
      return (
        isFeasible(program, outcome.point) &&
        isFeasible(cone, outcome.direction) &&
        dot(objective, outcome.direction).n < 0n
      );
    }
    case 'below':
      return isFeasible(program, outcome.point) && equal(dot(objective, outcome.point), outcome.value);
    case 'unfinished':
      return true;
  }
}

const related = (relation: Relation, side: -1 | 0 | 1): boolean =>
  side === 0 || (relation === '<=' && side < 0) || (relation === '>=' && side > 0);

/** b·y. */
const dualValue = (program: LinearProgram, y: Vector): Rational =>
  dot(
    program.rows.map((row) => row.bound),
    y,
  );

/** Whether the signs of y and of c − Aᵀy are such that c·x ≥ b·y on every feasible x. */
function bounds(program: LinearProgram, c: Vector, y: Vector): boolean {
  if (y.length !== program.rows.length) return false;
  const rest = [...c];
  program.rows.forEach((row, r) => {
    row.columns.forEach((j, k) => {
      rest[j] = sub(rest[j]!, mul(row.values[k]!, y[r]!));
    });
  });
  const free = new Set(program.free);
  return (
    program.rows.every((row, r) => row.relation === '=' || related(row.relation, sign(y[r]!))) &&
    rest.every((v, j) => (free.has(j) ? v.n === 0n : v.n >= 0n))
  );
}
