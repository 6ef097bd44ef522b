/** Where data comes from, and how outputs are read. */
import { describe, expect, test } from 'vitest';
import { buildNetwork, folderWith, muball, outcomeOf, readJson, tinyCsv } from './run-muball.js';

interface Described {
  readonly dataset: {
    readonly name: string;
    readonly samples: number;
    readonly dimension: number;
    readonly classes: readonly { readonly class: number; readonly name: string; readonly samples: number }[];
    readonly separations: readonly { readonly norm: string; readonly delta: string; readonly pair: string }[];
  };
}

const animals = 'kind,x,y\ncat,0,0\ndog,1,1\ncat,2,0\n';
const json =
  '{"format":"muball-dataset","version":1,"points":[["0","0"],["1","1"],["2",0]],"labels":[0,1,0],"labelNames":["cat","dog"]}';

describe('the same dataset', () => {
  test.each<[string, string, string, string[]]>([
    ['a header, the label column by name', 'p.csv', animals, ['--label', 'kind']],
    ['by number', 'p.csv', animals, ['--label', '1']],
    ['by number from the end', 'p.csv', animals, ['--label', '-3']],
    ['no header, by number', 'p.csv', animals.split('\n').slice(1).join('\n'), ['--label', '1']],
    ['the header announced', 'p.csv', animals, ['--label', '1', '--header']],
    ['the label last', 'p.csv', '0,0,cat\r\n1,1,dog\r\n2,0,cat', []],
    ['on standard input', '-', animals, ['--label', 'kind']],
    ['JSON', 'p.json', json, []],
    ['JSON on standard input', '-', json, []],
  ])('%s', async (_, name, text, flags) => {
    const cwd = folderWith(name === '-' ? {} : { [name]: text });
    const args = ['inspect', '--data', name, '--json', ...flags];
    const { code, stdout } = await muball(args, { cwd, ...(name === '-' ? { input: text } : {}) });
    expect(code).toBe(0);
    const { dataset } = JSON.parse(stdout) as Described;
    expect(dataset).toMatchObject({ name: name === '-' ? 'standard input' : 'p', samples: 3, dimension: 2 });
    expect(dataset.classes).toEqual([
      { class: 0, name: 'cat', samples: 2 },
      { class: 1, name: 'dog', samples: 1 },
    ]);
    expect(dataset.separations.map(({ norm, delta }) => `${norm} ${delta}`)).toEqual([
      'linf 1',
      'l1 2',
      'l2 √2 ≈ 1.414213562',
    ]);
    expect(dataset.separations[0]!.pair).toMatch(/^samples 0 and 1/);
  });

  test('a first row that is not announced as a header is data', async () => {
    const ran = await muball(['inspect', '--data', '-', '--label', '1', '--no-header'], {
      cwd: folderWith(),
      input: animals,
    });
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringMatching(/:1: column 2: .*"x"\n$/) });
  });
});

describe('--notion', () => {
  /** What becomes of balls of radius 1/4 when the outputs of a network for exact labels are read otherwise. */
  test('overrides what the network says', async () => {
    const cwd = folderWith({ 'p.csv': tinyCsv });
    await buildNetwork(cwd, '--data', 'p.csv', '--ratio', '0.9');
    const outcome = async (notion: string) => {
      const args = ['prove', '--data', 'p.csv', '--network', 'net.json', '--radius', '1/4', '--notion', notion];
      const { code, stdout, stderr } = await muball(args, { cwd });
      return [code, outcomeOf(stdout) || stderr];
    };
    expect(await outcome('exact')).toEqual([0, '✓ 3 of 3 balls proved (certificate)']);
    expect(await outcome('round')).toEqual([0, '✓ 3 of 3 balls proved (certificate)']);
    // 0 has no sign: both samples of class 0 are lost.
    expect(await outcome('sign')).toEqual([
      1,
      '✗ 1 of 3 balls proved — 1 proved (certificate) · 2 with a counterexample',
    ]);
    expect(await outcome('argmax')).toEqual([
      2,
      expect.stringMatching(/^muball: sample 1 \(line 2\): network\.output: .*\n$/),
    ]);
  });

  test('a counterexample under another reading is no broken promise of the theorem', async () => {
    const args = ['prove', '--data', '-', '--ratio', '0.5', '--notion', 'sign'];
    const { code, stdout } = await muball(args, { cwd: folderWith(), input: tinyCsv });
    expect(code).toBe(1);
    expect(stdout).not.toContain('please report it');
  });

  test('several outputs are read as argmax when nothing is said', async () => {
    const row = (bias: string, weight: string) => ({ bias, columns: [0], weights: [weight] });
    const network = {
      format: 'muball-network',
      version: 1,
      layers: [{ activation: 'identity', inputs: 1, rows: [row('0', '-1'), row('-1', '1')] }],
    };
    const cwd = folderWith({ 'net.json': JSON.stringify(network), 'p.csv': '0,0\n1,1\n' });
    const prove = (radius: string) =>
      muball(['prove', '--data', 'p.csv', '--network', 'net.json', '--radius', radius, '--engine', 'z3'], { cwd });
    // −x and x − 1 tie at 1/2, and a tie is unsafe.
    expect(outcomeOf((await prove('49/100')).stdout)).toBe('✓ 2 of 2 balls proved (certificate)');
    expect((await prove('1/2')).code).toBe(1);
  });
});

test('open balls leave out what a tie on the sphere would spoil', async () => {
  const network = {
    format: 'muball-network',
    version: 1,
    output: { notion: 'sign', negative: 0, positive: 1 },
    layers: [{ activation: 'identity', inputs: 1, rows: [{ bias: '-1/2', columns: [0], weights: ['1'] }] }],
  };
  const cwd = folderWith({ 'net.json': JSON.stringify(network), 'p.csv': '0,0\n1,1\n' });
  const args = ['prove', '--data', 'p.csv', '--network', 'net.json', '--radius', '1/2'];
  const open = await muball([...args, '--open'], { cwd });
  expect(open.code).toBe(0);
  expect(open.stdout).toMatch(/ · μ = 1\/2, open balls\n/);
  expect((await muball(args, { cwd })).code).toBe(1);
});

test('--out holds network, report and balls', async () => {
  const cwd = folderWith();
  const { code } = await muball(['prove', '--data', 'xor', '--ratio', '0.5', '--claims', '--out', 'a/b'], { cwd });
  expect(code).toBe(0);
  expect(readJson<{ format: string }>(cwd, 'a/b/network.json').format).toBe('muball-network');
  const [run] = readJson<{ runs: { balls: unknown[]; construction: { claims: unknown[] } }[] }>(
    cwd,
    'a/b/report.json',
  ).runs;
  expect(run!.balls).toHaveLength(4);
  expect(run!.construction.claims).toHaveLength(4);
  const again = ['prove', '--data', 'xor', '--radius', '1/4', '--network', 'a/b/network.json'];
  expect(outcomeOf((await muball(again, { cwd })).stdout)).toBe('✓ 4 of 4 balls proved (certificate)');
});

test('--seed and --projected reach the theorem, and the seed is kept', async () => {
  const cwd = folderWith();
  const built = async (seed: string) => {
    const flags = ['--norm', 'l2', '--ratio', '0.3', '--construction', 'eys-projected-pair', '--projected', '3'];
    await buildNetwork(cwd, '--data', 'iris', ...flags, '--seed', seed);
    return readJson<{ provenance: unknown; layers: unknown }>(cwd, 'net.json');
  };
  const first = await built('5');
  expect(first.provenance).toMatchObject({ seed: 5, projected: 3 });
  expect(await built('5')).toEqual(first);
  expect((await built('6')).layers).not.toEqual(first.layers);
});
