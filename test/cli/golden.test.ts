/** What people see, line by line: test/golden/cli. Seconds are masked. */
import { expect, test } from 'vitest';
import { filesIn, folderWith, muball, tinyCsv } from './run-muball.js';

const masked = (text: string): string => text.replace(/ in (?:\d+ min )?[0-9.]+ s$/gm, ' in <seconds> s');

/** The commands as they are typed, each with its output and, when it is not 0, its exit code. */
async function session(cwd: string, commands: readonly string[][]): Promise<string> {
  const parts: string[] = [];
  for (const args of commands) {
    const { code, stdout, stderr } = await muball(args, { cwd });
    const typed = args.map((word) => (/[\s*]/.test(word) ? `"${word}"` : word)).join(' ');
    parts.push(`$ muball ${typed}\n${masked(stdout)}${stderr}${code === 0 ? '' : `(exit code ${code})\n`}`);
  }
  return parts.join('\n');
}

const points = 'x,y,kind\n0,0,low\n1,1,high\n2,0,low\n0,0,low\n';

test.each<[string, string[][]]>([
  ['list', [['list']]],
  [
    'inspect',
    [
      ['inspect', '--data', 'iris'],
      ['inspect', '--data', 'points.csv'],
      ['inspect', '--data', '-'],
    ],
  ],
  [
    'construct',
    [
      ['construct', '--data', 'points.csv', '--norm', 'l2', '--ratio', '0.9', '--out', 'net.json'],
      ['inspect', '--network', 'net.json'],
      ['construct', '--data', 'points.csv', '--norm', 'l1', '--ratio', '0.9', '--construction', 'ygz-l1'],
      ['construct', '--data', 'points.csv', '--norm', 'l2', '--ratio', '1'],
    ],
  ],
  [
    'prove',
    [
      ['prove', '--data', 'points.csv', '--ratio', '0.9', '--claims'],
      ['prove', '--data', 'points.csv', '--norm', 'l2', '--ratio', '0.9', '--engine', 'both', '--jobs', '1'],
      ['prove', '--data', 'points.csv', '--radius', '1/2', '--open', '--construction', 'finke-box'],
      [
        'prove',
        '--data',
        'points.csv',
        '--norm',
        'l1',
        '--ratio',
        '0.9',
        '--construction',
        'ygz-l1',
        '--engine',
        'interval',
      ],
      ['prove', '--data', 'points.csv', '--radius', 'delta/2'],
    ],
  ],
  [
    'lipschitz',
    [
      [
        'export',
        '--format',
        'network',
        '--data',
        'points.csv',
        '--radius',
        '1/4',
        '--construction',
        'ygz-lipschitz',
        '--out',
        'net.json',
      ],
      ['lipschitz', '--network', 'net.json', '--norm', 'linf', '--exact'],
      ['lipschitz', '--network', 'net.json', '--points', '50'],
      ['lipschitz', '--network', 'net.json', '--exact', '--most-cells', '3'],
      ['lipschitz', '--network', 'net.json', '--norm', 'l1', '--data', 'points.csv', '--ratio', '1/2', '--exact'],
      [
        'export',
        '--format',
        'network',
        '--data',
        'points.csv',
        '--radius',
        '1/4',
        '--construction',
        'finke-box',
        '--out',
        'box.json',
      ],
      ['lipschitz', '--network', 'box.json', '--exact'],
      ['lipschitz', '--network', 'box.json', '--data', 'points.csv', '--radius', '5/4', '--exact'],
    ],
  ],
])('%s', async (name, commands) => {
  const cwd = folderWith({ 'points.csv': points });
  await expect(await session(cwd, commands)).toMatchFileSnapshot(`../golden/cli/${name}.txt`);
});

test('replay', async () => {
  const cwd = folderWith({ 'points.csv': tinyCsv });
  const found = await session(cwd, [
    ['export', '--format', 'network', '--data', 'points.csv', '--ratio', '0.9', '--out', 'net.json'],
    ['prove', '--data', 'points.csv', '--network', 'net.json', '--ratio', '1.1', '--jobs', '1'],
  ]);
  const [kept] = filesIn(cwd).filter((file) => file.startsWith('counterexamples/'));
  const replayed = await session(cwd, [['replay', kept!]]);
  await expect(`${found}\n${replayed}`).toMatchFileSnapshot('../golden/cli/replay.txt');
});
