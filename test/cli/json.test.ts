import { expect, test } from 'vitest';
import { filesIn, folderWith, muball } from './run-muball.js';

test('--json prints one JSON value to stdout, and nothing to stderr', async () => {
  const cwd = folderWith();
  const run = async (...args: string[]): Promise<unknown> => {
    const { code, stdout, stderr } = await muball([...args, '--json'], { cwd, env: { FORCE_COLOR: '1' } });
    expect({ args, code, stderr }).toEqual({
      args,
      code: args[0] === 'prove' && args.includes('1') ? 1 : 0,
      stderr: '',
    });
    return JSON.parse(stdout);
  };
  const listed = (await run('list')) as { theorems: { name: string; claims: object[] }[] };
  expect(listed).toMatchObject({
    datasets: ['iris', 'moons', 'xor', 'grid', 'spiral', 'cloud'],
    variables: { d: 'input dimensions' },
  });
  expect(listed.theorems.find(({ name }) => name === 'eys-projected-ball')!.claims).toEqual([
    expect.objectContaining({ norms: ['linf', 'l1'], width: 'k + 2*B + 3', depth: 'N*ceil(k/B) + 5' }),
    expect.objectContaining({ norms: ['l2'], width: 'max(k + 5, k + 1 + 2*B)', depth: 'M*ceil(k/B) + N + 4' }),
  ]);
  expect(await run('construct', '--data', 'xor', '--ratio', '0.5', '--out', 'net.json')).toMatchObject({
    construction: 'ygz-wide',
    norm: 'linf',
    radius: '1/4',
    network: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), file: 'net.json' },
  });
  expect(await run('inspect', '--data', 'xor', '--network', 'net.json')).toMatchObject({
    dataset: { samples: 4, distinct: 4, dimension: 2 },
    network: { inputs: 2, outputs: 1, output: 'exact' },
  });
  expect(await run('prove', '--data', 'xor', '--ratio', '0.5')).toMatchObject({
    format: 'muball-report',
    version: 1,
    runs: [{ tally: { balls: 4, proved: 4 } }],
  });
  expect(await run('prove', '--data', 'xor', '--network', 'net.json', '--ratio', '1')).toMatchObject({
    runs: [{ tally: { balls: 4, sat: 4 } }],
  });
  const [kept] = filesIn(cwd).filter((file) => file.startsWith('counterexamples/'));
  expect(await run('replay', kept!)).toMatchObject({ reproduced: true, inside: true, unsafe: true });
  expect(await run('export', '--data', 'xor', '--ratio', '0.5', '--format', 'smt2', '--out', 'b.smt2')).toMatchObject({
    format: 'smt2',
    file: 'b.smt2',
  });
});
