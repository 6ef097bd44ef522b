/** What `muball lipschitz` refuses, how it ends early, and what its JSON says. The sessions are in test/golden/cli. */
import { describe, expect, test } from 'vitest';
import { heNetwork, networkFileText } from '../../src/network/index.js';
import { buildNetwork, folderWith, muball, tinyCsv } from './run-muball.js';

const network = (inputs: number, width: number, outputs = 1): string =>
  [...networkFileText(heNetwork({ inputs, width, outputs }))].join('');

describe('muball lipschitz', () => {
  test.each<[string, string[], RegExp]>([
    [
      'an output that is not there',
      ['--output', 'y2'],
      /^muball: --output: expected an output from y0 to y1, got y2\n/,
    ],
    ['a radius without data', ['--radius', '1/4'], /^muball: --data: expected a dataset for --ratio/],
    [
      'data without a radius',
      ['--data', 'points.csv'],
      /^muball: --radius: expected --ratio or --radius, got neither\n/,
    ],
    [
      'a ball that is a point',
      ['--data', 'points.csv', '--radius', '0', '--exact'],
      /^muball: region: expected a radius above 0, got 0\n/,
    ],
  ])('refuses %s', async (_, flags, message) => {
    const cwd = folderWith({ 'net.json': network(2, 3, 2), 'points.csv': tinyCsv });
    const { code, stderr } = await muball(['lipschitz', '--network', 'net.json', ...flags], { cwd });
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  test('says in JSON what it says in text, squared in ℓ2', async () => {
    const cwd = folderWith({ 'points.csv': tinyCsv });
    await buildNetwork(cwd, '--data', 'points.csv', '--radius', '1/4', '--construction', 'ygz-lipschitz');
    const run = ['lipschitz', '--network', 'net.json', '--norm', 'l2', '--json'];
    const { code, stdout } = await muball([...run, '--exact'], { cwd });
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      norm: 'l2',
      squared: true,
      exact: { isComplete: true, atLeast: '2', atMost: '2', attained: { outputs: ['0'] } },
    });
    expect(report.bounds.map(({ method }: { method: string }) => method)).toEqual([
      'normprod',
      'path',
      'interval',
      'structure',
    ]);
    const local = await muball([...run, '--data', 'points.csv', '--radius', '1/8', '--exact'], { cwd });
    const { radius, samples } = JSON.parse(local.stdout);
    expect(radius).toBe('1/8');
    expect(samples).toHaveLength(3);
    for (const { exact } of samples) expect(exact).toMatchObject({ isComplete: true, atMost: exact.atLeast });
  });

  test('Ctrl-C ends it with bounds from both sides', async () => {
    const cwd = folderWith({ 'net.json': network(6, 40) });
    const { code, stdout, stderr } = await muball(['lipschitz', '--network', 'net.json', '--every-cell'], {
      cwd,
      during: (child) => child.stdout!.once('data', () => child.kill('SIGINT')),
    });
    expect({ code, stderr }).toEqual({ code: 130, stderr: 'muball: interrupted\n' });
    expect(stdout).toMatch(/^\? the constant lies from \S+( \S+)? to \S+/m);
  });
});
