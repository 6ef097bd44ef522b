/** `muball radius`: known radii, the flags, and an end before all is done. */
import { describe, expect, test } from 'vitest';
import type { RadiusReport } from '../../src/report/radius-text.js';
import { buildNetwork, folderWith, irisFile, muball, tinyCsv } from './run-muball.js';

/** Samples (0,0), (1,1), (2,0), classes 0, 1, 0: 1 within 9/20 of (1,1); beyond, each coordinate takes 10 a unit, so on the way from (0,0) it begins at (1/2,1/2). */
const network = ['--data', 'd.csv', '--network', 'net.json', '--jobs', '1'];
const folder = async () => {
  const cwd = folderWith({ 'd.csv': tinyCsv });
  await buildNetwork(cwd, '--data', 'd.csv', '--ratio', '0.9');
  return cwd;
};

describe('three samples, μ = 9/20 in ℓ∞', () => {
  test('exact radii: the table, the histogram, and the same as JSON', async () => {
    const cwd = await folder();
    const { code, stdout, stderr } = await muball(['radius', ...network, '--gap', '0'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.replace(/ in [0-9.]+ s\n$/, '').split('\n');
    expect(lines[0]).toMatch(/^d · 3 samples · ℓ∞ · network [0-9a-f]{12}$/);
    expect(lines.slice(1)).toEqual([
      'sample  class  certified  witnessed',
      '0       0      ≤ 1/2      > 1/2      proved (certificate), exact',
      '1       1      ≤ 9/20     > 9/20     proved (certificate), exact',
      '2       0      ≤ 1/2      > 1/2      proved (certificate), exact',
      '',
      'certified radii',
      `  0.4500 … 0.4562          ${'█'.repeat(20)} 1`,
      ...[
        '0.4562 … 0.4625',
        '0.4625 … 0.4688',
        '0.4688 … 0.4750',
        '0.4750 … 0.4813',
        '0.4813 … 0.4875',
        '0.4875 … 0.4938',
      ].map((range) => `  ${range}          0`),
      `  0.4938 … 0.5000          ${'█'.repeat(40)} 2`,
      '✓ certified from 9/20 (sample 1) to 1/2 (sample 2) · exact for 3 of 3',
    ]);
    const json = await muball(['radius', ...network, '--gap', '0', '--json', '--samples', '1'], { cwd });
    expect(json.code).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject({
      norm: 'linf',
      samples: [
        {
          sample: 1,
          label: 1,
          exact: true,
          most: '1',
          certified: { radius: '9/20', open: false, evidence: { level: 'certificate' } },
          witnessed: { radius: '9/20', attained: false },
        },
      ],
    });
  });

  test('up to --most only; ℓ2 to a gap; a network built for the radius', async () => {
    const cwd = await folder();
    const most = await muball(['radius', ...network, '--most', 'delta/4', '--samples', '0'], { cwd });
    expect(most.code).toBe(0);
    expect(most.stdout).toContain('0       0      ≤ 1/4      > 1/2      proved (certificate)\n');
    const built = ['radius', '--data', 'd.csv', '--norm', 'l2', '--radius', '1/2', '--construction', 'eys-pair'];
    const l2 = await muball([...built, '--gap', '1/50', '--samples', '1', '--jobs', '1', '--json'], { cwd });
    expect(l2.code).toBe(0);
    const [sample] = (JSON.parse(l2.stdout) as RadiusReport).samples;
    const value = (text: string): number =>
      text
        .split('/')
        .map(Number)
        .reduce((a, b) => a / b);
    const [low, high] = [value(sample!.certified!.radius), value(sample!.witnessed!.radius)];
    expect(low).toBeGreaterThanOrEqual(0.48);
    expect(high - low).toBeLessThanOrEqual(0.02);
    expect(high).toBeGreaterThan(low);
  });

  test('a gap that is not reached, and evidence that is not enough: 3', async () => {
    const cwd = await folder();
    const { code, stdout } = await muball(['radius', ...network, '--engine', 'interval', '--no-check'], { cwd });
    expect({ code, last: stdout.trimEnd().split('\n').at(-1)!.slice(0, 11) }).toEqual({ code: 0, last: '✓ certified' });
    const required = ['--engine', 'interval', '--no-check', '--require', 'certificate'];
    expect((await muball(['radius', ...network, ...required], { cwd })).code).toBe(3);
  });

  test.each<[string[], RegExp]>([
    [['--samples', '3'], /^muball: --samples: expected samples below 3, got 3$/m],
    [['--gap', 'x'], /^muball: --gap: /],
    [['--gap', '0', '--norm', 'l2'], /^muball: gap: expected a value > 0 in ℓ2, got 0$/m],
    [['--ratio', '0.5'], /'--ratio <rho>' cannot be used with option '--network <file>'/],
  ])('bad input %j: 2', async (flags, message) => {
    const cwd = await folder();
    const { code, stdout, stderr } = await muball(['radius', ...network, ...flags], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

test('one class only: a largest radius has to be given', async () => {
  const flags = ['radius', '--data', '-', '--ratio', '0.5', '--jobs', '1'];
  const without = await muball(flags, { input: '0,0,0\n1,1,0\n' });
  expect(without.code).toBe(2);
  expect(without.stderr).toMatch(/^muball: --most: expected a largest radius where all samples have one label/);
  const given = await muball([...flags, '--most', '5'], { input: '0,0,0\n1,1,0\n' });
  expect(given.code).toBe(0);
  expect(given.stdout).toContain('≤ 5        none to 5');
});

test('SIGINT: what is known by then is reported, 130', async () => {
  const flags = ['--data', irisFile, '--ratio', '0.5', '--jobs', '1', '--gap', '0', '--json'];
  const { code, stdout, stderr } = await muball(['radius', ...flags], {
    during: (child) => void setTimeout(() => child.kill('SIGINT'), 2500),
  });
  expect(code).toBe(130);
  const { samples } = JSON.parse(stdout) as RadiusReport;
  expect(samples.length).toBeGreaterThan(0);
  expect(samples.length).toBeLessThan(150);
  expect(stderr).toBe(`muball: interrupted, ${samples.length} of 150 samples were begun\n`);
  for (const { reason, exact } of samples.slice(0, -1)) expect({ reason, exact }).toEqual({ exact: true });
});
