/**
 * The published numbers for two moons with 1000 samples: shares of 50 restarts that interpolate, and mean widths.
 *
 * Main definitions: `publishedMoons`, `PublishedCell`, `publishedRestarts`, `publishedAccuracy`.
 * Reference. [DFG, Section 5], from the results that come with its code, github.com/patrickfinke/memo.
 */

export interface PublishedCell {
  /** Width n₁ of the first layer. */
  readonly hyperplanes: number;
  /** Bias bound Λ, where the longest sample has length 1. */
  readonly bias: string;
  /** Share of restarts in which every sample gets its label. */
  readonly share: number;
  /** Mean width n₂ of the second layer, where it is known. */
  readonly width?: number;
}

export const publishedRestarts = 50;

/** The best share of samples with their label in 2500 restarts with Λ = 0. */
export const publishedAccuracy = 0.847;

/** n₁: Λ with its share and, after a slash, its width. Λ = 0 never succeeded. */
const table: Readonly<Record<number, string>> = {
  50: '0 0, 0.5 0.20/8.2, 0.75 0.16, 1 0.12',
  100: '0 0, 0.25 0.26/10.5, 0.5 0.66/8.0, 0.75 0.68/8.0, 1 0.48/8.6, 2 0.20',
  200: '0 0, 0.25 0.84/9.3, 0.5 0.98/6.3, 0.75 0.98/6.4, 1 0.96/6.1, 2 0.78/8.3',
  300: '0 0, 0.5 1, 0.75 1, 1 1, 1.5 1, 2.5 0.88',
  500: '0 0/14, 0.5 1, 0.75 1, 1 1, 1.5 1, 2.5 1/6.2',
};

export const publishedMoons: readonly PublishedCell[] = Object.entries(table).flatMap(([hyperplanes, cells]) =>
  cells.split(', ').map((cell): PublishedCell => {
    const [bias, numbers] = cell.split(' ');
    const [share, width] = numbers!.split('/').map(Number);
    return { hyperplanes: Number(hyperplanes), bias: bias!, share: share!, ...(width === undefined ? {} : { width }) };
  }),
);

/** Mean widths of all cells with that n₁ and 1/2 ≤ Λ ≤ 3/2, where only their range is known. */
export const publishedWidths: Readonly<Record<number, string>> = { 300: '5.3 to 6.0', 500: '5.3 to 5.5' };
