/**
 * HiGHS behind a small interface: one model that stays, bounds that change, warm starts.
 *
 * Main definitions: `loadHighs`, `LinearModel`, `linearModel`, `ModelSolution`. The only file that imports highs. What it
 * answers is floating point and is believed by nobody. A model that it refuses, because of infinite entries or some so
 * large that it takes them for infinite, answers `none`.
 */
import type { Highs, Model } from 'highs';

type Loader = () => Promise<Highs>;
let loading: Promise<Highs> | undefined;

/** The solver, loaded once for a process. */
export function loadHighs(): Promise<Highs> {
  // The package declares its types for CommonJS; what `import` gives is the loader itself.
  loading ??= import('highs').then((module) => (module.default as unknown as Loader)());
  return loading;
}

/** A row lower ≤ Σ values·columns ≤ upper. */
export interface ModelRow {
  readonly columns: readonly number[];
  readonly values: readonly number[];
  readonly lower: number;
  readonly upper: number;
}

export interface ModelSolution {
  readonly status: 'optimal' | 'infeasible' | 'none';
  /** Values of the columns; empty when infeasible. */
  readonly columns: Float64Array;
  /** Multipliers of the rows, ≥ 0 on lower ends; of an infeasible model a ray, whose sign is not known. */
  readonly duals: Float64Array;
}

export interface LinearModel {
  setColumn(column: number, lower: number, upper: number): void;
  setRow(row: number, lower: number, upper: number): void;
  addRow(row: ModelRow): void;
  /** Minimises; every call starts from the last basis. */
  solve(secondsLeft: number): ModelSolution;
  dispose(): void;
}

const none: ModelSolution = { status: 'none', columns: new Float64Array(), duals: new Float64Array() };

/** A model to be disposed of: minimise cost·v with the given ends of columns, subject to the rows. */
export function linearModel(...given: Parameters<typeof acceptedModel>): LinearModel {
  let model: LinearModel | undefined;
  /** The first error of the solver is its last call. */
  const attempt = <T>(otherwise: T, call: (accepted: LinearModel) => T): T => {
    if (model === undefined) return otherwise;
    try {
      return call(model);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      model.dispose();
      model = undefined;
      return otherwise;
    }
  };
  const isRefusal = (error: unknown): boolean => error instanceof given[0].errors.HighsError;
  try {
    model = acceptedModel(...given);
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  return {
    setColumn: (...ends) => attempt(undefined, (accepted) => accepted.setColumn(...ends)),
    setRow: (...ends) => attempt(undefined, (accepted) => accepted.setRow(...ends)),
    addRow: (row) => attempt(undefined, (accepted) => accepted.addRow(row)),
    solve: (secondsLeft) => attempt(none, (accepted) => accepted.solve(secondsLeft)),
    dispose: () => attempt(undefined, (accepted) => accepted.dispose()),
  };
}

/** The model, or what HiGHS throws of it. */
function acceptedModel(
  highs: Highs,
  cost: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
  rows: readonly ModelRow[],
): LinearModel {
  const starts = new Int32Array(rows.length + 1);
  rows.forEach((row, r) => {
    starts[r + 1] = starts[r]! + row.columns.length;
  });
  const indices = new Int32Array(starts[rows.length]!);
  const values = new Float64Array(indices.length);
  rows.forEach((row, r) => {
    indices.set(row.columns, starts[r]!);
    values.set(row.values, starts[r]!);
  });
  const model: Model = highs.createModel({
    numCols: cost.length,
    numRows: rows.length,
    colCost: cost,
    colLower: lower,
    colUpper: upper,
    rowLower: Float64Array.from(rows, (row) => row.lower),
    rowUpper: Float64Array.from(rows, (row) => row.upper),
    matrix: { format: 'csr', numRows: rows.length, numCols: cost.length, starts, indices, values },
  });
  const { raw } = model;
  raw.setOptionValue('output_flag', false);
  raw.setOptionValue('presolve', 'off');
  raw.setOptionValue('solver', 'simplex');
  raw.setOptionValue('small_matrix_value', 1e-12);
  raw.setOptionValue('primal_feasibility_tolerance', 1e-9);
  raw.setOptionValue('dual_feasibility_tolerance', 1e-9);
  const status = highs.constants.modelStatus;
  return {
    setColumn: (column, low, high) => void raw.changeColBounds(column, low, high),
    setRow: (row, low, high) => void raw.changeRowBounds(row, low, high),
    addRow: (row) => void raw.addRow(row.lower, row.upper, { indices: [...row.columns], values: [...row.values] }),
    solve(secondsLeft) {
      if (Number.isFinite(secondsLeft)) {
        raw.zeroAllClocks();
        raw.setOptionValue('time_limit', Math.max(0.01, secondsLeft));
      }
      raw.run();
      const found = raw.getModelStatus();
      if (found === status.optimal) {
        const answer = raw.getSolution();
        if (answer.status === -1) return none;
        return { status: 'optimal', columns: answer.value.colValue, duals: answer.value.rowDual };
      }
      if (found === status.infeasible) {
        const ray = raw.getDualRay();
        if (ray.status === -1 || ray.value === undefined) return none;
        return { status: 'infeasible', columns: new Float64Array(), duals: ray.value.values };
      }
      return none;
    },
    dispose: () => model.dispose(),
  };
}
