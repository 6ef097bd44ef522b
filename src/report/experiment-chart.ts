/**
 * Pictures of experiments as SVG, drawn by Vega without a browser.
 *
 * Main definition: `experimentSvg`. Vega is loaded when the first picture is drawn.
 */
import type { TopLevelSpec } from 'vega-lite';
import type { ExperimentPlot, ExperimentTable } from '../experiment/index.js';
import { InternalError } from '../format/index.js';

/** The plot of a table; rows without a number on either axis, and those not positive on a logarithmic one, are left out. */
export async function experimentSvg(plot: ExperimentPlot, table: ExperimentTable): Promise<string> {
  const { x, y, series, order, logarithmic = {}, mark = 'line' } = plot;
  const values = recordsOf(table).filter(
    (row) => isDrawn(row[x], logarithmic.x === true) && isDrawn(row[y], logarithmic.y === true),
  );
  const used = [x, y, ...(series === undefined ? [] : [series]), ...(order === undefined ? [] : [order])];
  const missing = used.find((column) => !table.columns.includes(column));
  if (missing !== undefined)
    throw new InternalError(`plot ${plot.name}: expected a column of ${table.name}, got ${missing}`);
  const axis = (field: string, log: boolean | undefined) => ({
    // Dots and brackets in a column's name would be read as a path.
    field: field.replaceAll(/[.[\]\\'"]/g, '\\$&'),
    title: field,
    type: 'quantitative' as const,
    scale: log === true ? { type: 'log' as const } : { type: 'linear' as const, zero: false },
  });
  const spec: TopLevelSpec = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: plot.title,
    background: 'white',
    width: 520,
    height: 360,
    data: { values },
    mark: mark === 'line' ? { type: 'line', point: true } : { type: 'point', filled: true },
    encoding: {
      x: axis(x, logarithmic.x),
      y: axis(y, logarithmic.y),
      ...(series === undefined
        ? {}
        : { color: { field: series.replaceAll(/[.[\]\\'"]/g, '\\$&'), title: series, type: 'nominal' as const } }),
      ...(order === undefined ? {} : { order: { field: order, type: 'quantitative' as const } }),
    },
  };
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  const view = new vega.View(vega.parse(vegaLite.compile(spec).spec), { renderer: 'none' });
  try {
    return `${await view.toSVG()}\n`;
  } finally {
    view.finalize();
  }
}

const isDrawn = (cell: string | number | undefined, positive: boolean): boolean =>
  typeof cell === 'number' && Number.isFinite(cell) && (!positive || cell > 0);

/** The rows of a table as objects. */
const recordsOf = ({ columns, rows }: ExperimentTable): Record<string, string | number>[] =>
  rows.map((row) => Object.fromEntries(columns.map((column, k) => [column, row[k]!])));
