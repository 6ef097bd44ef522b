/**
 * What an experiment is: a question of one of the papers, asked again in exact arithmetic, with its answer as data.
 *
 * Main definitions: `Experiment`, `ExperimentResult`, `ExperimentTable`, `ExperimentPlot`.
 *
 * Notes. An experiment returns tables and says how they are drawn; it neither prints nor writes. What is measured is
 * exact up to the rounding of the numbers shown; what is sampled is called so in the table's caption.
 */

/** A number to be plotted, or text such as a rational in lowest terms. */
export type Cell = string | number;

export interface ExperimentTable {
  /** Name of its file, `slopes`. */
  readonly name: string;
  /** What is shown, what was sampled, in one line. */
  readonly caption: string;
  readonly columns: readonly string[];
  /** One cell for each column. */
  readonly rows: readonly (readonly Cell[])[];
  /** Whether it is there for a plot and a file, and not printed. @defaultValue false */
  readonly onlyDrawn?: boolean;
}

/** A picture of one table: columns on the axes, one line or cloud of points for each value of the series column. */
export interface ExperimentPlot {
  /** Name of its file, `slopes`. */
  readonly name: string;
  readonly title: string;
  /** Name of the table. */
  readonly table: string;
  /** Columns of numbers. */
  readonly x: string;
  readonly y: string;
  /** Column that tells lines apart. @defaultValue one line */
  readonly series?: string;
  /** Column that says in which order the points of a line are joined. @defaultValue along x */
  readonly order?: string;
  /** @defaultValue linear axes */
  readonly logarithmic?: { readonly x?: boolean; readonly y?: boolean };
  /** @defaultValue 'line' */
  readonly mark?: 'line' | 'point';
}

export interface ExperimentResult {
  readonly tables: readonly ExperimentTable[];
  readonly plots: readonly ExperimentPlot[];
  /** What was found, one sentence each, with the numbers that were expected. */
  readonly findings: readonly string[];
}

export interface ExperimentOptions {
  /** A size for tests: seconds instead of minutes. @defaultValue false */
  readonly quick?: boolean;
  /** Seed of all random choices. @defaultValue 1 */
  readonly seed?: number;
  /** Folder of data that does not come with muball, where an experiment needs any. @defaultValue an installed package */
  readonly data?: string;
  /** Told how much is done. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops between two steps, with the error of the signal. */
  readonly signal?: AbortSignal;
}

export interface Experiment {
  /** Name on the command line, `X4`. */
  readonly name: string;
  readonly title: string;
  /** Key and statement in docs/references.bib. */
  readonly reference: string;
  readonly run: (options?: ExperimentOptions) => ExperimentResult | Promise<ExperimentResult>;
}
