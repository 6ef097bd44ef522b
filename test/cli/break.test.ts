/** `muball break` and `muball bounds`: pairs that a narrow first layer merges, kept and replayed. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { muball as runHere } from './command-line.js';
import { buildNetwork, filesIn, folderWith, muball } from './run-muball.js';

interface Broken {
  readonly broken: boolean;
  readonly firstLayer: Readonly<Record<'neurons' | 'rank' | 'inputs', number>>;
  readonly samples: readonly [number, number];
  readonly radius?: string;
  readonly squaredRadius?: string;
  readonly outputs: readonly string[];
  readonly counterexamples: readonly string[];
}

const points = '0,0,0\n4,0,1\n0,7,0\n';
/** x ↦ 2·x0 + x1, class 1 from 8 on: right at the samples, and no farther than the kernel allows. */
const narrow = JSON.stringify({
  format: 'muball-network',
  version: 1,
  output: { notion: 'exact', labels: ['0', '1'] },
  layers: [
    { activation: 'relu', inputs: 2, rows: [{ bias: '-7', columns: [0, 1], weights: ['2', '1'] }] },
    { activation: 'relu', inputs: 1, rows: [{ bias: '1', columns: [0], weights: ['-1'] }] },
    { activation: 'identity', inputs: 1, rows: [{ bias: '1', columns: [0], weights: ['-1'] }] },
  ],
});

test('a narrow network is broken on the given data; what is kept reproduces', async () => {
  const cwd = folderWith({ 'points.csv': points, 'narrow.json': narrow });
  const flags = ['break', '--network', 'narrow.json', '--data', 'points.csv'];
  const inMax = await muball([...flags, '--json'], { cwd });
  expect(inMax.code).toBe(0);
  // W v = 8 − 7 = 1 for samples 1 and 2, ‖W‖₁ = 3: distance 1/3 to the kernel, radius 1/6.
  const found = JSON.parse(inMax.stdout) as Broken;
  expect(found).toMatchObject({
    broken: true,
    firstLayer: { neurons: 1, rank: 1, inputs: 2 },
    samples: [1, 2],
    radius: '1/6',
  });
  expect(found.counterexamples.length).toBeGreaterThanOrEqual(1);
  for (const file of found.counterexamples) expect((await muball(['replay', file], { cwd })).code).toBe(0);
  const euclidean = await muball([...flags, '--norm', 'l2', '--json'], { cwd });
  expect(JSON.parse(euclidean.stdout)).toMatchObject({ squaredRadius: '1/20' });
});

test('without data, the hard dataset of its rank', async () => {
  const cwd = folderWith({ 'narrow.json': narrow });
  const { code, stdout } = await muball(
    ['break', '--network', 'narrow.json', '--grid', '8', '--hard-out', 'hard.json', '--norm', 'l1'],
    { cwd },
  );
  expect(code).toBe(0);
  expect(stdout).toMatch(/hard for width 1 · 20 samples · δ\/2 = 1\/2\n✗ broken: two inputs at distance /);
  expect(filesIn(cwd)).toContain('hard.json');
  const again = await muball(['break', '--network', 'narrow.json', '--data', 'hard.json', '--norm', 'l1'], { cwd });
  expect(again.code).toBe(0);
});

test('without data, unit vectors and grids in ℓ∞, only there', async () => {
  const cwd = folderWith({ 'narrow.json': narrow });
  const flags = ['--network', join(cwd, 'narrow.json'), '--counterexamples', join(cwd, 'kept')];
  const units = await runHere('break', ...flags, '--family', 'units', '--json');
  // ker (2, 1) is spanned by (−1/2, 1): m = 1/2, radius 1/6.
  expect(JSON.parse(units.stdout)).toMatchObject({ samples: [2, 0], radius: '1/6', firstLayer: { rank: 1 } });
  const grid = ['break', ...flags, '--family', 'grid', '--grid', '3'];
  const found = await runHere(...grid, '--hard-out', join(cwd, 'grid.json'));
  expect(found.code).toBe(0);
  expect(found.stdout).toMatch(
    /grid of 4 values in 2 dimensions · 16 samples · δ\/2 = 1\/2\n✗ broken: two inputs at distance 0 of /,
  );
  // The network has no word for classes 3 and 8, so there is no query to be kept.
  expect(filesIn(cwd).filter((name) => !name.startsWith('kept'))).toEqual(['grid.json', 'narrow.json']);
  expect(found.stdout).not.toContain('replay   muball');
  expect(await runHere(...grid, '--norm', 'l2')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--family: expected windows for l2, got grid'),
  });
});

test('a wide network is not broken, and says so with exit code 3; nothing is kept', async () => {
  const cwd = folderWith({ 'points.csv': points });
  await buildNetwork(cwd, '--data', 'points.csv', '--norm', 'l2', '--ratio', '0.9');
  const before = filesIn(cwd);
  const { code, stdout } = await muball(['break', '--network', 'net.json', '--data', 'points.csv', '--norm', 'l2'], {
    cwd,
  });
  const fullRank = 'the first layer has full rank: no two inputs have one image under it';
  expect(code).toBe(3);
  expect(stdout).toContain(`\n? ${fullRank}\n`);
  expect(filesIn(cwd)).toEqual(before);
  const hard = await muball(['break', '--network', 'net.json', '--hard-out', 'hard.json'], { cwd });
  expect(hard).toMatchObject({ code: 3, stderr: '' });
  expect(hard.stdout.split('\n').slice(1)).toEqual([`? ${fullRank}`, '']);
  expect(filesIn(cwd)).toEqual(before);
  const json = await muball(['break', '--network', 'net.json', '--json'], { cwd });
  expect(JSON.parse(json.stdout)).toMatchObject({
    broken: false,
    firstLayer: { rank: 2, inputs: 2 },
    reason: fullRank,
  });
});

test('a narrow network that merges only balls which meet is not broken', async () => {
  // Its kernel is the second axis, at distance 1 = δ from the difference of the samples.
  const first = narrow.replace('"columns":[0,1],"weights":["2","1"]', '"columns":[0],"weights":["1"]');
  expect(first).not.toBe(narrow);
  const cwd = folderWith({ 'narrow.json': first, 'pair.csv': '0,0,0\n1,0,1\n' });
  const { code, stdout } = await runHere(
    'break',
    '--network',
    join(cwd, 'narrow.json'),
    '--data',
    join(cwd, 'pair.csv'),
  );
  expect(code).toBe(3);
  expect(stdout).toMatch(/^\? no two inputs of disjoint balls with different labels are merged by the first layer$/m);
});

test('bounds: the least first, squares as rationals', async () => {
  const flags = ['bounds', '--samples', '1000', '--dimension', '24', '--width', '4'];
  const { stdout } = await muball(flags);
  expect(stdout).toMatch(/^1\/10 +impossible from here on +hard dataset with 10 steps, 904 samples/m);
  expect(stdout.indexOf('1/10')).toBeLessThan(stdout.indexOf('unit vectors'));
  // ρ = 1/2 in ℓ2: more than ρ²·24 = 6 rows of 25; ⌊1/(1 − ρ²)⌋ = 1 point for each of 500 groups.
  expect(stdout).toMatch(
    /ρ = 2μ\/δ = 1\/2\nat least +because +reference\n175 +unit vectors: a first layer of 7 rows +\[KMY, Prop\. 3\.2\]\n7 +VC dimension: 500 points shattered/,
  );
  const { impossible, possible, ratio, parameters } = JSON.parse(
    (await muball([...flags, '--ratio', '0.9', '--json'])).stdout,
  );
  // ρ² = 0.81: 20 rows; ⌊1/0.19⌋ = 5 points for each group, and 12·15² + 8·15 ≥ 2500 > 12·14² + 8·14.
  expect(ratio).toBe('9/10');
  expect(parameters.map((bound: { parameters: string }) => bound.parameters)).toEqual(['500', '15']);
  expect(impossible[0]).toMatchObject({ squaredRatio: '1/100' });
  expect(possible.squaredRatio).toMatch(/^\d+\/\d+$/);
  const refused = await muball(['bounds', '--samples', '1', '--dimension', '2', '--width', '1']);
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--samples: expected a whole number ≥ 2') });
  const whole = await muball([...flags, '--ratio', '1']);
  expect(whole).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--ratio: expected a ratio ρ with 0 ≤ ρ < 1'),
  });
});
