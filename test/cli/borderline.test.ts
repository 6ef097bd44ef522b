/** Small and degenerate datasets work, with a radius and with a ratio. */
import { describe, expect, test } from 'vitest';
import type { Norm } from '../../src/format/index.js';
import { folderWith, muball, outcomeOf } from './run-muball.js';

interface Runs {
  readonly runs: readonly {
    readonly dataset: { readonly samples: number; readonly distinct: number; readonly dimension: number };
    readonly radius: { readonly value: string; readonly ratio?: string };
    readonly separation?: unknown;
    readonly tally: { readonly balls: number; readonly proved: number };
  }[];
}

const datasets: readonly [string, string, { samples: number; distinct: number; dimension: number }][] = [
  ['one sample', '3,1\n', { samples: 1, distinct: 1, dimension: 1 }],
  ['one class only', '0,0,x\n1,1,x\n', { samples: 2, distinct: 2, dimension: 2 }],
  ['one dimension', '0,0\n1,1\n4,0\n', { samples: 3, distinct: 3, dimension: 1 }],
  ['string labels', 'x,y,kind\n0,0,cat\n1,1,dog\n2,0,"a ""cow"""\n', { samples: 3, distinct: 3, dimension: 2 }],
  ['duplicate points', '0,0,a\n1,1,b\n0,0,a\n1.0,2/2,b\n', { samples: 4, distinct: 2, dimension: 2 }],
];

describe.each(datasets)('%s', (_, csv, shape) => {
  test.each<[Norm, string, string]>([
    ['linf', '--ratio', '0.99'],
    ['linf', '--radius', '0'],
    ['l1', '--ratio', '0'],
    ['l2', '--ratio', '0.99'],
  ])('%s, %s %s', async (norm, flag, value) => {
    const cwd = folderWith({ 'p.csv': csv });
    const args = ['prove', '--data', 'p.csv', '--norm', norm, flag, value, '--json'];
    const { code, stdout, stderr } = await muball(args, { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [run] = (JSON.parse(stdout) as Runs).runs;
    expect(run!.dataset).toMatchObject(shape);
    expect(run!.tally).toMatchObject({ balls: shape.samples, proved: shape.samples });
    if (value === '0') expect(run!.radius.value).toBe('0');
    // A ratio of δ = ∞ is no ratio.
    expect(run!.radius.ratio !== undefined).toBe(flag === '--ratio' && run!.separation !== undefined);
  });
});

test('one class: the report says what was taken for the ratio, and what δ is', async () => {
  const { stdout } = await muball(['prove', '--data', '-', '--ratio', '0.99'], {
    cwd: folderWith(),
    input: '0,7\n1,7\n',
  });
  expect(stdout).toMatch(/ · δ = ∞ \(one class\) · μ = 1\n/);
  expect(stdout).toMatch(
    /asked for as 0\.99\*delta\/2 · one class only, δ = ∞: every radius is below δ\/2, μ = 1 is taken\n/,
  );
  expect(outcomeOf(stdout)).toBe('✓ 2 of 2 balls proved (certificate)');
});

test('one class: a radius in δ has no value', async () => {
  const args = ['prove', '--data', '-', '--radius', 'delta/4'];
  const { code, stderr } = await muball(args, { cwd: folderWith(), input: '0,7\n1,7\n' });
  expect(code).toBe(2);
  expect(stderr).toBe(
    'muball: --radius: expected a radius without delta, got delta/4: the dataset has one class only, so δ = ∞\n',
  );
});

test('z3 too decides them', async () => {
  const cwd = folderWith();
  for (const input of ['3,1\n', '0,0\n1,1\n0,0\n']) {
    const { code, stdout } = await muball(['prove', '--data', '-', '--ratio', '0', '--engine', 'both'], { cwd, input });
    const balls = input.split('\n').length - 1;
    expect(outcomeOf(stdout)).toBe(
      `✓ ${balls} of ${balls} balls proved (certificate) · z3 agrees on ${balls}, untightened`,
    );
    expect(code).toBe(0);
  }
});
