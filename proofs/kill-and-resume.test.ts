/**
 * A run of 150 balls, killed with SIGKILL at three random moments and given again each time, ends with the report of a run
 * that nobody disturbed, and with its certificates; and two processes that write one folder do each other no harm.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { randomSource } from '../src/exact/index.js';

const root = join(import.meta.dirname, '..');
const main = join(root, 'dist', 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'muball-resume-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** z3 takes a fifth of a second for each ball, so that kills land between and inside balls. */
const iris = ['prove', '--data', 'iris', '--norm', 'linf', '--ratio', '0.99', '--engine', 'z3', '--jobs', '2'];
const start = (out: string, args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [main, ...args, ...outputs(out)], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
const outputs = (out: string): string[] => ['--out', out, '--certificates', join(out, 'certificates')];

/** The files of a folder of certificates with their texts. */
function certificates(out: string): Record<string, string> {
  const place = join(folder, out, 'certificates');
  const files = readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(place, file), 'utf8')]));
}

/** What `muball check` counts, once it has found nothing wrong. */
function checked(out: string): unknown {
  const args = [main, 'check', join(out, 'certificates'), '--json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return (JSON.parse(stdout) as { valid: number }).valid;
}

const journal = (out: string): string[] => {
  const place = join(folder, out, 'journal');
  if (!existsSync(place)) return [];
  return readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
};

/** The report without times. */
function reportOf(out: string): unknown {
  const text = readFileSync(join(folder, out, 'report.json'), 'utf8');
  return JSON.parse(text, (key, value) => (key === 'seconds' ? undefined : value));
}

/** Resolves when the process is gone, with what it wrote to stderr and how it ended. */
function ended(child: ChildProcess): Promise<{ code: number | null; signal: string | null; stderr: string }> {
  let stderr = '';
  child.stderr!.on('data', (chunk) => {
    stderr += String(chunk);
  });
  return new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, stderr })));
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test('kill -9 at three random moments, then resume: the report of an undisturbed run', async () => {
  const seed = Date.now() % 1_000_000;
  console.log(`kill-and-resume: seed ${seed}`);
  const random = randomSource(seed);
  const reference = spawnSync(process.execPath, [main, ...iris, ...outputs('reference')], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect({ code: reference.status, stderr: reference.stderr }).toEqual({ code: 0, stderr: '' });
  expect(journal('reference')).toEqual([]);

  let before = 0;
  for (let kill = 0; kill < 3; kill++) {
    const child = start('disturbed', iris);
    const end = ended(child);
    const enough = before + random.between(1, 40);
    while (journal('disturbed').length < enough && child.exitCode === null) await pause(5);
    await pause(random.below(150));
    child.kill('SIGKILL');
    expect((await end).signal).toBe('SIGKILL');
    const finished = journal('disturbed').length;
    expect(finished).toBeGreaterThanOrEqual(enough);
    expect(finished).toBeLessThan(150);
    expect(existsSync(join(folder, 'disturbed', 'report.json'))).toBe(false);
    expect(existsSync(join(folder, 'disturbed', 'certificates', 'manifest.json'))).toBe(false);
    before = finished;
  }
  const { code, stderr } = await ended(start('disturbed', iris));
  expect(code).toBe(0);
  const [, again] = /^muball: (\d+) of 150 balls are taken over from an unfinished run of this command\n$/.exec(
    stderr,
  )!;
  // Two samples of Iris are one point: their entry serves both.
  expect([before, before + 1]).toContain(Number(again));
  expect(reportOf('disturbed')).toEqual(reportOf('reference'));
  expect((reportOf('disturbed') as { runs: { balls: unknown[] }[] }).runs[0]!.balls).toHaveLength(150);
  expect(journal('disturbed')).toEqual([]);
  expect(Object.keys(certificates('disturbed'))).toHaveLength(3 + 2 * 150);
  expect(certificates('disturbed')).toEqual(certificates('reference'));
  expect(checked('disturbed')).toBe(150);
});

test('another radius, engine or limit does not go on with this journal', async () => {
  const asked = ['prove', '--data', 'moons', '--ratio', '0.5', '--engine', 'z3', '--jobs', '1'];
  const child = start('other', asked);
  const end = ended(child);
  while (journal('other').length < 3 && child.exitCode === null) await pause(5);
  child.kill('SIGKILL');
  await end;
  const kept = journal('other').length;
  expect(kept).toBeGreaterThanOrEqual(3);
  for (const change of [
    ['--ratio', '0.4', '--engine', 'interval'],
    ['--ratio', '0.5', '--engine', 'auto'],
  ]) {
    const { stderr } = await ended(start('other', ['prove', '--data', 'moons', ...change]));
    expect(stderr).toBe('');
    expect(journal('other')).toHaveLength(kept);
  }
  expect((await ended(start('other', asked))).stderr).toMatch(
    new RegExp(`^muball: ${kept} of 40 balls are taken over`),
  );
});

test('two processes on one folder', async () => {
  const asked = ['prove', '--data', 'moons', '--ratio', '0.9', '--engine', 'z3', '--jobs', '1'];
  const both = await Promise.all([ended(start('shared', asked)), ended(start('shared', asked))]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  const alone = await ended(start('alone', asked));
  expect(alone.code).toBe(0);
  expect(reportOf('shared')).toEqual(reportOf('alone'));
  expect(certificates('shared')).toEqual(certificates('alone'));
  expect(checked('shared')).toBe(40);
});
