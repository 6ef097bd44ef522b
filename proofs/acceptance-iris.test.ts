/** The acceptance run: `muball prove` on Iris at ρ = 0.99 in ℓ∞, all 150 balls, by z3 and by both engines. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'muball-iris-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Runs {
  readonly runs: readonly {
    readonly balls: readonly {
      readonly verdict: string;
      readonly evidence?: { readonly level: string; readonly engines: readonly string[] };
    }[];
  }[];
}

test.each([
  ['z3', 'certificate by interval'],
  ['both', 'certificate by interval and z3'],
])('--engine %s: 150 of 150, exit code 0', (engine, evidence) => {
  const data = join(root, 'examples', 'data', 'iris.csv');
  const args = ['prove', '--data', data, '--norm', 'linf', '--ratio', '0.99', '--engine', engine, '--json'];
  const done = spawnSync(process.execPath, [join(root, 'dist', 'cli', 'main.js'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  expect({ code: done.status, stderr: done.stderr }).toEqual({ code: 0, stderr: '' });
  const { balls } = (JSON.parse(done.stdout) as Runs).runs[0]!;
  const told = balls.map((ball) =>
    ball.verdict === 'unsat' ? `${ball.evidence!.level} by ${ball.evidence!.engines.join(' and ')}` : ball.verdict,
  );
  expect(told).toEqual(Array.from({ length: 150 }, () => evidence));
});
