/**
 * z3 killed from outside in the middle of a run costs the ball that it was working on, and nothing else.
 *
 * The command line runs as built, with one z3 process on the untightened encoding of eight ℓ2 balls that take z3 some
 * tenths of a second each. A kill may meet an idle z3; then every ball has to be proved after all, and it is tried again
 * a little earlier or later.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { datasetToFile } from '../src/data/index.js';
import { datasets } from './instances/datasets.js';

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'muball-killed-'));
afterAll(() => rmSync(folder, { recursive: true }));
const data = datasets.ring;
const dataFile = join(folder, 'ring.json');
writeFileSync(dataFile, JSON.stringify(datasetToFile(data)));
const balls = `--norm l2 --construction eys-projected-pair --ratio 0.9 --engine z3 --no-tighten --jobs 1 --json`;

/** When to kill, as parts of the time that z3 lives in a run without a kill. */
const moments = [0.5, 0.6, 0.4, 0.7, 0.55, 0.45, 0.65, 0.35, 0.75, 0.52];

interface Run {
  readonly code: number | null;
  readonly verdicts: readonly { readonly sample: number; readonly verdict: string; readonly reason?: string }[];
  readonly errors: string;
  /** Milliseconds from the first sight of the z3 process to the end. */
  readonly z3Ms: number;
  readonly killed: boolean;
}

/** The run of the command, its z3 process being killed after some time if that is given. */
async function run(killAfterMs?: number): Promise<Run> {
  const cli = spawn(process.execPath, [main, 'prove', '--data', dataFile, ...balls.split(' ')], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { out: '', errors: '' };
  cli.stdout.on('data', (chunk: Buffer) => {
    text.out += chunk;
  });
  cli.stderr.on('data', (chunk: Buffer) => {
    text.errors += chunk;
  });
  const ended = once(cli, 'close') as Promise<[number | null]>;
  let over = false;
  void ended.then(() => {
    over = true;
  });
  let z3: number | undefined;
  while (!over && z3 === undefined) {
    await sleep(10);
    z3 = childrenOf(cli.pid!)[0];
  }
  const seen = performance.now();
  if (killAfterMs !== undefined) await Promise.race([sleep(killAfterMs), ended]);
  const killed = killAfterMs !== undefined && !over && z3 !== undefined && kill(z3);
  const [code] = await ended;
  const report = JSON.parse(text.out) as { runs: { balls: Run['verdicts'] }[] };
  return { code, verdicts: report.runs[0]!.balls, errors: text.errors, z3Ms: performance.now() - seen, killed };
}

/** Process ids of the children of a process. */
function childrenOf(parent: number): number[] {
  const table = existsSync('/proc/self/stat')
    ? readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(statusLine)
    : execFileSync('ps', ['-A', '-o', 'pid=,ppid=']).toString().split('\n');
  return table.flatMap((line) => {
    const [pid, ppid] = line.trim().split(/\s+/).map(Number);
    return ppid === parent ? [pid!] : [];
  });
}

/** `pid ppid` of a process; nothing when it has ended meanwhile. */
function statusLine(pid: string): string {
  try {
    // pid (name, which may hold blanks and brackets) state ppid …
    return `${pid} ${/^.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))![1]}`;
  } catch {
    return '';
  }
}

function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

it('leaves one ball unknown and proves the others, with exit code 3', { timeout: 600_000 }, async () => {
  const undisturbed = await run();
  expect(undisturbed).toMatchObject({ code: 0, errors: '' });
  expect(undisturbed.verdicts.map(({ verdict }) => verdict)).toEqual(data.labels.map(() => 'unsat'));

  let hit: Run | undefined;
  for (const moment of moments) {
    const disturbed = await run(moment * undisturbed.z3Ms);
    expect(disturbed.errors).toBe('');
    const unknown = disturbed.verdicts.filter(({ verdict }) => verdict === 'unknown');
    // In the middle: some ball was decided before, some ball is decided after.
    const inside = unknown.length === 1 && unknown[0]!.sample > 0 && unknown[0]!.sample < data.size - 1;
    if (disturbed.killed && inside) {
      hit = disturbed;
      break;
    }
    expect(disturbed.code).toBe(unknown.length === 0 ? 0 : 3);
  }
  expect(hit, 'no kill met z3 at work').toBeDefined();
  expect(hit!.code).toBe(3);
  expect(hit!.verdicts.map(({ sample }) => sample)).toEqual(data.labels.map((_, i) => i));
  const lost = hit!.verdicts.find(({ verdict }) => verdict !== 'unsat')!;
  expect(lost).toMatchObject({ verdict: 'unknown', reason: 'z3 process ended by signal SIGKILL' });
  expect(hit!.verdicts.filter(({ verdict }) => verdict === 'unsat')).toHaveLength(data.size - 1);
});
