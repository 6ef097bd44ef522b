/** The main job, `muball demo`, as `npm start` runs it: what it proves, what it only tests, what it writes. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'muball-main-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Said {
  readonly runs: readonly {
    readonly dataset: { readonly name: string };
    readonly norm: string;
    readonly open?: boolean;
    readonly radius: { readonly value: string };
    readonly construction: { readonly name: string; readonly claims: readonly { readonly quantity: string }[] };
    readonly tally: { readonly balls: number; readonly evidence: readonly { text: string; balls: number }[] };
  }[];
  readonly tests: readonly { readonly construction: string; readonly points: number; readonly wrong: number }[];
}

test('every ball is proved with a certificate, no tested point is wrong, and everything is written', () => {
  const main = join(import.meta.dirname, '..', 'dist', 'cli', 'main.js');
  const done = spawnSync(process.execPath, [main, 'demo', '--json'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  expect({ code: done.status, stderr: done.stderr }).toEqual({ code: 0, stderr: '' });
  const { runs, tests } = JSON.parse(done.stdout) as Said;
  const told = runs.map(({ dataset, norm, open, radius, construction, tally }) => {
    expect(tally.evidence).toEqual([{ text: 'proved (certificate)', balls: tally.balls }]);
    expect(construction.claims.map(({ quantity }) => quantity)).toEqual(['width', 'depth', 'nonzero', 'parameters']);
    return `${dataset.name} ${construction.name} ${norm} ${open ? 'open' : 'closed'} ${radius.value}: ${tally.balls}`;
  });
  expect(told).toEqual([
    'iris ygz-wide linf closed 99/1000: 150',
    'iris eys-pair linf closed 99/1000: 150',
    'iris eys-pair l1 closed 297/2000: 150',
    'iris eys-pair l2 closed 69178353/625000000: 150',
    'iris finke-box linf open 1/10: 150',
    'moons eys-pair l2 closed 372811583/2500000000: 36',
  ]);
  expect(tests.map(({ construction }) => construction)).toEqual(['ygz-l1', 'ygz-l2', 'eys-ball']);
  for (const { points, wrong } of tests) expect({ points, wrong }).toEqual({ points: 2550, wrong: 0 });

  for (const file of [
    'report.md',
    'report.json',
    'moons.svg',
    'iris-eys-pair-l2/network.json',
    'iris-eys-pair-l2/balls.csv',
  ]) {
    expect(existsSync(join(folder, 'out', file)), file).toBe(true);
  }
  expect(readdirSync(join(folder, 'out', 'counterexamples'))).toHaveLength(1);
  expect(readFileSync(join(folder, 'out', 'report.md'), 'utf8')).not.toMatch(/\btested\b/);
});
