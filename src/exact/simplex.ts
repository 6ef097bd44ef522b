/**
 * The exact simplex method.
 *
 * Main definition: `solveLinearProgram`.
 *
 * Dictionary form: each row expresses a basic variable by the nonbasic ones, in integers over the row's own positive
 * denominator and free of common factors, so no entry is larger than a minor of the integer program. Slacks are the
 * first basis; slacks of equations leave it first and stay 0, free variables enter it and stay. Feasibility is then
 * sought with one artificial variable. The entering column has the steepest reduced cost; after a run of degenerate
 * pivots the smallest index decides until the objective moves (Bland), so the method ends.
 */
import { absInt, gcd } from './integer.js';
import type { LinearOutcome, LinearProgram } from './linear-program.js';
import { commonDenominator } from './numerators.js';
import { compare, mul, neg, type Rational, rational, zero } from './rational.js';

export interface SimplexOptions {
  /** Stop at the first feasible point whose objective is below this value. @defaultValue none, go to the optimum */
  readonly stopBelow?: Rational;
  /** Give up after this many pivots. @defaultValue no limit */
  readonly mostPivots?: number;
}

/** denominator·variable = entries[0] + Σ entries[k + 1]·nonbasic[k]. */
interface Row {
  readonly variable: number;
  denominator: bigint;
  entries: bigint[];
}

type Kind = 'sign' | 'free' | 'fixed';

/** An objective has no variable of its own. */
const objectiveVariable = -1;

/**
 * The optimum of a linear program with multipliers that prove it, or why there is none; exact, and the same for the
 * same program everywhere. `outcomeHolds` checks an outcome from the program alone.
 *
 * @throws RangeError for a column outside the objective.
 */
export function solveLinearProgram(program: LinearProgram, options: SimplexOptions = {}): LinearOutcome {
  return new Dictionary(program, options).solve();
}

class Dictionary {
  private readonly program: LinearProgram;
  private readonly options: SimplexOptions;
  private readonly columns: number;
  private readonly kind: Kind[];
  /** Factor that makes row r of the program integral; negative for ≥, so that every slack is b − a·x ≥ 0. */
  private readonly scales: Rational[];
  private readonly nonbasic: number[];
  private readonly rows: Row[];
  private readonly objective: Row;
  private pivots = 0;

  constructor(program: LinearProgram, options: SimplexOptions) {
    const n = program.objective.length;
    this.program = program;
    this.options = options;
    this.columns = n;
    this.kind = Array.from({ length: n }, () => 'sign');
    for (const j of program.free ?? []) this.kind[j] = 'free';
    this.nonbasic = Array.from({ length: n }, (_, j) => j);
    this.scales = [];
    this.rows = program.rows.map((row, r) => {
      const size = rational(commonDenominator([row.bound, ...row.values]));
      const scale = row.relation === '>=' ? neg(size) : size;
      this.scales.push(scale);
      this.kind.push(row.relation === '=' ? 'fixed' : 'sign');
      const entries: bigint[] = new Array(n + 1).fill(0n);
      entries[0] = mul(row.bound, scale).n;
      row.columns.forEach((j, k) => {
        if (!(j >= 0 && j < n))
          throw new RangeError(`solveLinearProgram: row ${r}: expected columns below ${n}, got ${j}`);
        entries[j + 1] = -mul(row.values[k]!, scale).n;
      });
      return { variable: n + r, denominator: 1n, entries };
    });
    const d = commonDenominator(program.objective);
    const entries = [0n, ...program.objective.map((v) => v.n * (d / v.d))];
    this.objective = { variable: objectiveVariable, denominator: d, entries };
  }

  solve(): LinearOutcome {
    const contradiction = this.settleEquations();
    if (contradiction !== undefined) return contradiction;
    this.enterFreeVariables();
    return this.makeFeasible() ?? this.minimise(this.objective, this.options.stopBelow) ?? this.optimal();
  }

  /** Takes the slacks of equations out of the basis, where they could only be 0. */
  private settleEquations(): LinearOutcome | undefined {
    for (let r = 0; r < this.rows.length; r++) {
      const row = this.rows[r]!;
      if (this.kind[row.variable] !== 'fixed') continue;
      const candidates = this.enterable().filter((k) => row.entries[k + 1] !== 0n);
      const k = candidates.find((c) => this.kind[this.nonbasic[c]!] === 'free') ?? candidates[0];
      if (k !== undefined) this.pivot(r, k);
      else if (row.entries[0] !== 0n) return this.refuted(row, row.entries[0]! > 0n ? 1n : -1n);
    }
    return undefined;
  }

  /** Makes free variables basic, where they bound nothing; a free column that stays is 0 in all rows with a sign. */
  private enterFreeVariables(): void {
    for (let k = 0; k < this.nonbasic.length; k++) {
      if (this.kind[this.nonbasic[k]!] !== 'free') continue;
      let best = -1;
      let fewest = Number.POSITIVE_INFINITY;
      this.rows.forEach((row, r) => {
        if (this.kind[row.variable] !== 'sign' || row.entries[k + 1] === 0n) return;
        const filled = row.entries.reduce((sum, v) => sum + (v === 0n ? 0 : 1), 0);
        if (filled < fewest) [best, fewest] = [r, filled];
      });
      if (best >= 0) this.pivot(best, k);
    }
  }

  /** Phase 1: the least x₀ ≥ 0 with basic variables ≥ −x₀. */
  private makeFeasible(): LinearOutcome | undefined {
    let worst = -1;
    this.rows.forEach((row, r) => {
      if (this.kind[row.variable] !== 'sign' || row.entries[0]! >= 0n) return;
      const top = this.rows[worst];
      if (top === undefined || row.entries[0]! * top.denominator < top.entries[0]! * row.denominator) worst = r;
    });
    if (worst < 0) return undefined;
    const artificial = this.kind.length;
    this.kind.push('sign');
    this.nonbasic.push(artificial);
    for (const row of [...this.rows, this.objective]) {
      row.entries.push(this.kind[row.variable] === 'sign' ? row.denominator : 0n);
    }
    const size: Row = { variable: objectiveVariable, denominator: 1n, entries: this.nonbasic.map(() => 0n) };
    size.entries.push(1n);
    this.pivot(worst, this.nonbasic.length - 1, size);
    const stopped = this.minimise(size, undefined, artificial);
    if (stopped !== undefined) return stopped;
    if (size.entries[0]! > 0n) return this.refuted(size, 1n);
    this.dropArtificial(artificial);
    return undefined;
  }

  private dropArtificial(artificial: number): void {
    const r = this.rows.findIndex((row) => row.variable === artificial);
    if (r >= 0) {
      const { entries } = this.rows[r]!;
      // There is one: fixed slacks do not depend on x₀, so x₀ is no combination of them alone.
      this.pivot(r, this.enterable().find((c) => entries[c + 1] !== 0n)!);
    }
    const k = this.nonbasic.indexOf(artificial);
    this.nonbasic.splice(k, 1);
    for (const row of [...this.rows, this.objective]) row.entries.splice(k + 1, 1);
  }

  /** Primal simplex from a feasible dictionary; undefined at the optimum of `goal`. */
  private minimise(goal: Row, stopBelow?: Rational, leavesFirst = -1): LinearOutcome | undefined {
    let degenerate = 0;
    for (;;) {
      if (stopBelow !== undefined) {
        const value = rational(goal.entries[0]!, goal.denominator);
        if (compare(value, stopBelow) < 0) return { status: 'below', value, point: this.point() };
      }
      const k = this.entering(goal, degenerate > this.rows.length);
      if (k === undefined) return undefined;
      const r = this.leaving(k, leavesFirst);
      if (r === undefined) return this.unbounded(k, goal);
      if (this.options.mostPivots !== undefined && this.pivots >= this.options.mostPivots)
        return { status: 'unfinished' };
      degenerate = this.rows[r]!.entries[0] === 0n ? degenerate + 1 : 0;
      this.pivot(r, k, goal);
    }
  }

  /** The column to enter: steepest, or of smallest index; free ones may move either way. */
  private entering(goal: Row, bland: boolean): number | undefined {
    let best: number | undefined;
    let steepest = 0n;
    for (const k of this.enterable()) {
      const cost = goal.entries[k + 1]!;
      const free = this.kind[this.nonbasic[k]!] === 'free';
      if (cost === 0n || (cost > 0n && !free)) continue;
      if (bland) {
        if (best === undefined || this.nonbasic[k]! < this.nonbasic[best]!) best = k;
      } else if (absInt(cost) > steepest) {
        best = k;
        steepest = absInt(cost);
      }
    }
    return best;
  }

  /** The row that bounds the growth of column k first; ties go to `first`, then to the smallest index. */
  private leaving(k: number, first: number): number | undefined {
    let best: number | undefined;
    this.rows.forEach((row, r) => {
      if (row.entries[k + 1]! >= 0n || this.kind[row.variable] !== 'sign') return;
      if (best === undefined) {
        best = r;
        return;
      }
      const top = this.rows[best]!;
      const left = row.entries[0]! * top.entries[k + 1]!;
      const right = top.entries[0]! * row.entries[k + 1]!;
      // Both entries are negative: left > right means the smaller ratio.
      if (left < right) return;
      if (left > right || row.variable === first || (top.variable !== first && row.variable < top.variable)) best = r;
    });
    return best;
  }

  private enterable(): number[] {
    const out: number[] = [];
    this.nonbasic.forEach((v, k) => {
      if (this.kind[v] !== 'fixed') out.push(k);
    });
    return out;
  }

  /** Exchanges the basic variable of row r with the nonbasic one of column k. */
  private pivot(r: number, k: number, goal: Row = this.objective): void {
    this.pivots++;
    const old = this.rows[r]!;
    const c = k + 1;
    const p = old.entries[c]!;
    const flip = p < 0n ? 1n : -1n;
    const entries = old.entries.map((v) => flip * v);
    entries[c] = -flip * old.denominator;
    const solved = primitive({ variable: this.nonbasic[k]!, denominator: absInt(p), entries });
    this.nonbasic[k] = old.variable;
    this.rows[r] = solved;
    for (let i = 0; i < this.rows.length; i++) if (i !== r) substitute(this.rows[i]!, c, solved);
    substitute(this.objective, c, solved);
    if (goal !== this.objective) substitute(goal, c, solved);
  }

  private point(): Rational[] {
    const x: Rational[] = new Array(this.columns).fill(zero);
    for (const row of this.rows) {
      if (row.variable < this.columns) x[row.variable] = rational(row.entries[0]!, row.denominator);
    }
    return x;
  }

  /** y from the coefficients of the slacks in a row, which is an identity in x. */
  private multipliers(row: Row, factor: bigint): Rational[] {
    const y: Rational[] = this.program.rows.map(() => zero);
    const set = (variable: number, coefficient: Rational): void => {
      const r = variable - this.columns;
      if (r >= 0 && r < y.length) y[r] = neg(mul(coefficient, this.scales[r]!));
    };
    this.nonbasic.forEach((v, k) => {
      set(v, rational(factor * row.entries[k + 1]!, row.denominator));
    });
    if (row.variable >= 0) set(row.variable, rational(-factor));
    return y;
  }

  private refuted(row: Row, factor: bigint): LinearOutcome {
    return { status: 'infeasible', multipliers: this.multipliers(row, factor) };
  }

  private optimal(): LinearOutcome {
    const row = this.objective;
    const value = rational(row.entries[0]!, row.denominator);
    return { status: 'optimal', value, point: this.point(), multipliers: this.multipliers(row, 1n) };
  }

  private unbounded(k: number, goal: Row): LinearOutcome {
    const step = goal.entries[k + 1]! < 0n ? 1n : -1n;
    const direction: Rational[] = new Array(this.columns).fill(zero);
    if (this.nonbasic[k]! < this.columns) direction[this.nonbasic[k]!] = rational(step);
    for (const row of this.rows) {
      if (row.variable < this.columns) direction[row.variable] = rational(step * row.entries[k + 1]!, row.denominator);
    }
    return { status: 'unbounded', point: this.point(), direction };
  }
}

/** Replaces the nonbasic variable of entry c by its solved row. */
function substitute(row: Row, c: number, solved: Row): void {
  const coefficient = row.entries[c]!;
  if (coefficient === 0n) return;
  const g = gcd(coefficient, solved.denominator);
  const own = solved.denominator / g;
  const other = coefficient / g;
  const { entries } = row;
  const by = solved.entries;
  for (let j = 0; j < entries.length; j++) {
    const kept = j === c || entries[j] === 0n ? 0n : own === 1n ? entries[j]! : entries[j]! * own;
    entries[j] = by[j] === 0n ? kept : kept + other * by[j]!;
  }
  row.denominator *= own;
  primitive(row);
}

/** The row without the common factor of its numbers, in place. */
function primitive(row: Row): Row {
  let g = row.denominator;
  for (let j = 0; j < row.entries.length && g !== 1n; j++) if (row.entries[j] !== 0n) g = gcd(row.entries[j]!, g);
  if (g === 1n) return row;
  row.denominator /= g;
  for (let j = 0; j < row.entries.length; j++) if (row.entries[j] !== 0n) row.entries[j]! /= g;
  return row;
}
