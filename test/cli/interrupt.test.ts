/** Ctrl-C and time limits in the middle of a run: what is finished is reported, and the rest is not called proved. */
import { describe, expect, test } from 'vitest';
import { filesIn, folderWith, irisFile, muball, outcomeOf, readJson } from './run-muball.js';

interface Runs {
  readonly runs: readonly {
    readonly tally: { readonly balls: number; readonly proved: number; readonly unknown: number };
    readonly balls: readonly { readonly sample: number; readonly verdict: string; readonly reason?: string }[];
  }[];
}

/** Balls that intervals do not decide and that take z3 long; the first fifty of Iris are decided at once. */
const hard = ['prove', '--data', irisFile, '--norm', 'l1', '--construction', 'ygz-l1', '--ratio', '0.9', '--jobs', '1'];

describe('SIGINT', () => {
  test('exit code 130, finished balls reported, the others unknown', async () => {
    const cwd = folderWith();
    const { code, stdout, stderr } = await muball([...hard, '--json', '--out', 'out'], {
      cwd,
      during: (child) => void setTimeout(() => child.kill('SIGINT'), 4000),
    });
    expect(code).toBe(130);
    const [run] = (JSON.parse(stdout) as Runs).runs;
    expect(run!.balls.map((ball) => ball.sample)).toEqual(Array.from({ length: 150 }, (_, i) => i));
    const done = run!.balls.filter((ball) => ball.reason !== 'interrupted').length;
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(150);
    expect(run!.tally).toMatchObject({ balls: 150, unknown: 150 - done });
    expect(run!.tally.proved).toBeLessThanOrEqual(done);
    expect(stderr).toBe(`muball: interrupted, ${done} of 150 balls are done\n`);
    const journal = filesIn(cwd).filter((file) => file.startsWith('out/journal/'));
    expect(journal).toHaveLength(done);
    expect(filesIn(cwd).filter((file) => !journal.includes(file))).toEqual([
      'out/balls.csv',
      'out/network.json',
      'out/report.json',
      'out/report.md',
    ]);
    expect(readJson<Runs>(cwd, 'out/report.json')).toEqual(JSON.parse(stdout));
  });
});

test('a ball that takes longer than --timeout is timed out, and undecided', async () => {
  const points = '0,0,0,0\n1,1,0,1\n2,0,1,0\n0,2,2,1\n3,1,2,0\n';
  const flags = [
    '--norm',
    'l2',
    '--construction',
    'ygz-l2',
    '--ratio',
    '0.99',
    '--timeout',
    '0.05',
    '--jobs',
    '1',
    '--engine',
    'z3',
  ];
  const { code, stdout } = await muball(['prove', '--data', '-', ...flags], { cwd: folderWith(), input: points });
  expect(code).toBe(3);
  expect(outcomeOf(stdout)).toMatch(/^\? .* timed out$/);
  expect(stdout).toMatch(/^ {2}\? sample \d \(line \d\), class \d: timed-out/m);
});
