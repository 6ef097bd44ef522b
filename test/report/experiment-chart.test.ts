import { describe, expect, test } from 'vitest';
import type { ExperimentPlot, ExperimentTable } from '../../src/experiment/index.js';
import { experimentSvg } from '../../src/report/experiment-chart.js';
import { cellText, experimentCsv } from '../../src/report/experiment-text.js';

const table: ExperimentTable = {
  name: 't',
  caption: 'three points',
  columns: ['N', 'μ.max', 'kind'],
  rows: [
    [1, 0.5, 'a'],
    [10, 0.25, 'a'],
    [100, 0, 'b "q"'],
  ],
};
const plot: ExperimentPlot = { name: 'p', title: 'A <plot>', table: 't', x: 'N', y: 'μ.max', mark: 'point' };
const marksIn = (svg: string): number => (svg.match(/aria-roledescription="point"/g) ?? []).length;

describe('experimentSvg', () => {
  test('draws every row that has two numbers', async () => {
    const svg = await experimentSvg(plot, table);
    expect(svg).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    expect(svg).toContain('A &lt;plot&gt;');
    expect(marksIn(svg)).toBe(3);
  });

  test('leaves out what a logarithmic axis cannot show', async () => {
    expect(marksIn(await experimentSvg({ ...plot, logarithmic: { y: true } }, table))).toBe(2);
  });

  test('joins the points of a line along x, or in the order of a column', async () => {
    const square: ExperimentTable = {
      ...table,
      columns: ['x', 'y', 'step'],
      rows: [
        [0, 0, 0],
        [9, 0, 1],
        [9, 9, 2],
        [1, 9, 3],
      ],
    };
    const lineOf = async (extra: Partial<ExperimentPlot>): Promise<string> => {
      const svg = await experimentSvg({ name: 'p', title: 'p', table: 't', x: 'x', y: 'y', ...extra }, square);
      return /aria-roledescription="line mark"[^>]* d="([^"]*)"/.exec(svg)![1]!;
    };
    const xs = (path: string): number[] => [...path.matchAll(/[ML]([\d.]+),/g)].map((found) => Number(found[1]));
    const ordered = xs(await lineOf({ order: 'step' }));
    expect(ordered).toHaveLength(4);
    // Back along the top: the last point is left of the one before.
    expect(ordered[3]).toBeLessThan(ordered[2]!);
    const along = xs(await lineOf({}));
    expect(along).toEqual([...along].sort((a, b) => a - b));
    await expect(experimentSvg({ ...plot, order: 'size' }, table)).rejects.toThrow('expected a column of t, got size');
  });

  test('refuses a column that does not exist', async () => {
    await expect(experimentSvg({ ...plot, series: 'size' }, table)).rejects.toThrow(
      'plot p: expected a column of t, got size',
    );
  });
});

test('CSV quotes what it must and keeps numbers in full', () => {
  expect(experimentCsv({ ...table, rows: [[1, 1 / 3, 'b "q"']] })).toBe(
    'N,μ.max,kind\r\n1,0.3333333333333333,"b ""q"""\r\n',
  );
});

test('cells for people have five digits', () => {
  expect([1 / 3, 1234567, 2e-7, '1/3'].map(cellText)).toEqual(['0.33333', '1234567', '2e-7', '1/3']);
});
