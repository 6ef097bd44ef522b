import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readInstances } from '../../src/cli/instance-problem.js';
import { regressionExit } from '../../src/cli/regression-report-of.js';
import { regressionRun } from '../../src/cli/regression-run.js';
import { version } from '../../src/cli/version.js';
import { theoremNamed } from '../../src/construction/index.js';
import { bundled } from '../../src/data/index.js';
import { rational } from '../../src/exact/index.js';
import { lockFileAt } from '../../src/format/index.js';
import { networkToFile } from '../../src/network/index.js';
import { type VerdictCache, verdictCache, wholeRun } from '../../src/regression/index.js';
import { largestSummary } from '../../src/report/github.js';
import * as commandLine from './command-line.js';

const xor = await bundled('xor');
const { network } = theoremNamed('ygz-wide').construct(xor, { norm: 'linf', radius: rational(1, 4) });

const asked = {
  data: 'xor',
  norm: 'linf',
  radius: '1/4',
  construction: { network: 'nets/xor.json' },
  engine: 'interval',
};
const grid = {
  name: 'grid-linf',
  data: 'grid',
  norm: 'linf',
  ratio: '9/10',
  construction: 'eys-pair',
  engine: 'interval',
};

let folder: string;
const file = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(file(name), 'utf8');
const lockOf = () => lockFileAt(JSON.parse(read('muball.lock.json')));
const writeInstances = (...instances: unknown[]): void =>
  writeFileSync(
    file('muball.instances.json'),
    JSON.stringify({ format: 'muball-instances', version: 1, instances }, undefined, 1),
  );
/** The network file, after a change by hand. */
function writeNetwork(
  change: (layers: { rows: { weights: string[]; bias: string }[] }[]) => void = () => undefined,
): void {
  const value = JSON.parse(JSON.stringify(networkToFile(network)));
  change(value.layers);
  mkdirSync(file('nets'), { recursive: true });
  writeFileSync(file('nets/xor.json'), JSON.stringify(value));
}
/** Makes the network constant. */
const breakWeight = () =>
  writeNetwork((layers) => {
    for (const row of layers.at(-1)!.rows) row.weights = row.weights.map(() => '1/1000');
  });

/** Runs `muball` on the files of this folder; every path is given, so that nothing can touch the project's own. */
const muball = (command: string, ...args: readonly string[]): Promise<commandLine.Ran> =>
  commandLine.muball(
    command,
    ...['--instances', relative(process.cwd(), file('muball.instances.json'))],
    ...[command === 'lock' ? '--out' : '--lock', file('muball.lock.json')],
    ...['--counterexamples', file('counterexamples')],
    ...args,
  );

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muball-regress-'));
  writeNetwork();
  writeInstances({ name: 'xor-file', ...asked }, grid);
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('muball lock, then muball regress', () => {
  it('locks what is true, and finds nothing when nothing changed', async () => {
    const locked = await muball('lock');
    expect(locked).toMatchObject({ code: 0 });
    expect(locked.stdout).toContain('muball.lock.json written, with 2 instances');
    expect(lockOf().instances.map(({ name, balls }) => [name, balls])).toEqual([
      ['xor-file', [{ samples: '0-3', verdict: 'unsat', evidence: { level: 'certificate', engines: ['interval'] } }]],
      ['grid-linf', [{ samples: '0-15', verdict: 'unsat', evidence: { level: 'certificate', engines: ['interval'] } }]],
    ]);
    const before = read('muball.lock.json');
    const again = await muball('regress', '--update');
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('✓ xor-file: 4 of 4 balls proved (certificate), as locked');
    expect(again.stdout).toMatch(/^2 instances, 20 balls against .*muball\.lock\.json in/m);
    expect(again.stderr).toContain('muball.lock.json is up to date');
    await muball('lock');
    expect(read('muball.lock.json')).toBe(before);
  });

  it('fails after a weight was edited, and names instance, old and new verdict', async () => {
    await muball('lock');
    breakWeight();
    const before = read('muball.lock.json');
    const found = await muball('regress', '--update');
    expect(found.code).toBe(1);
    expect(found.stdout).toMatch(/✗ xor-file: .*, worse/);
    expect(found.stdout).toMatch(/worse {2}samples? .*: locked proved \(certificate\), now sat \(counterexample\)/);
    expect(found.stdout).toContain('✓ grid-linf: 16 of 16');
    const replay = /muball replay (\S+)/.exec(found.stdout)![1]!;
    expect(JSON.parse(readFileSync(replay, 'utf8')).format).toBe('muball-counterexample');
    // What is worse is never recorded by --update.
    expect(read('muball.lock.json')).toBe(before);
    expect(found.stderr).toContain('muball.lock.json is not changed');
  });

  it('takes what is better with --update only', async () => {
    breakWeight();
    await muball('lock');
    writeNetwork();
    const before = read('muball.lock.json');
    const found = await muball('regress');
    expect(found.code).toBe(0);
    expect(found.stdout).toMatch(/better {2}samples? .*: locked sat \(counterexample\), now proved \(certificate\)/);
    expect(found.stdout).toContain('muball regress --update records these changes');
    expect(read('muball.lock.json')).toBe(before);
    expect((await muball('regress', '--update')).stderr).toContain('muball.lock.json updated');
    expect((await muball('regress')).stdout).toContain('2 as locked');
  });

  it('fails a size that grew', async () => {
    await muball('lock');
    writeNetwork((layers) => {
      const row = layers[0]!.rows[0]!;
      row.bias = `${row.bias.includes('/') ? '1000001/1000000' : '1/1000001'}`;
    });
    const found = await muball('regress', '--only', 'xor-file');
    expect(found.stdout).toMatch(/worse {2}bits: locked \d+, now \d+/);
    expect(found.code).toBe(1);
  });

  it('calls an edited lock file a contradiction', async () => {
    await muball('lock');
    const lie = read('muball.lock.json').replace(
      /"verdict": "unsat",\s*"level": "certificate",\s*"engines": \["interval"\]/,
      '"verdict": "sat"',
    );
    writeFileSync(file('muball.lock.json'), lie);
    const found = await muball('regress');
    expect(found.stdout).toContain('✗ xor-file: 4 of 4 balls proved (certificate), contradiction');
    expect(found.code).toBe(5);
  });

  it('fails an instance that is missing, a radius that shrank, and reports a new instance', async () => {
    await muball('lock');
    writeInstances({ name: 'xor-file', ...asked, radius: '1/5' });
    const found = await muball('regress');
    expect(found.code).toBe(1);
    expect(found.stdout).toContain('worse  radius: locked 1/4, now 1/5');
    expect(found.stdout).toContain('worse  instance: locked 16 balls, now not in the list of instances');
    expect((await muball('regress', '--only', 'grid-linf')).stdout).not.toContain('radius');

    writeInstances({ name: 'xor-file', ...asked }, grid, { ...grid, name: 'new' });
    const more = await muball('regress');
    expect(more).toMatchObject({ code: 0 });
    expect(more.stdout).toContain('better  samples 0-15 (16 balls): locked nothing, now proved (certificate)');

    breakWeight();
    writeInstances(grid, { name: 'fragile', ...asked });
    expect((await muball('regress', '--only', 'fragile')).code).toBe(1);
  });

  it('goes on after an instance that cannot be run', async () => {
    await muball('lock');
    rmSync(file('nets/xor.json'));
    const found = await muball('regress', '--reporter', 'json');
    expect(found.code).toBe(2);
    const { instances } = JSON.parse(found.stdout);
    expect(instances[0]).toMatchObject({ name: 'xor-file', standing: 'failed', line: 6 });
    expect(instances[0].failure.message).toContain('nets/xor.json: cannot be read');
    expect(instances[1]).toMatchObject({ name: 'grid-linf', standing: 'as locked' });

    writeNetwork();
    writeInstances({ ...grid, ratio: undefined, radius: 'delta' }, { name: 'xor-file', ...asked });
    const violated = await muball('regress');
    expect(violated.code).toBe(4);
    expect(violated.stdout).toContain('needs 2μ < δ');

    const before = read('muball.lock.json');
    expect(await muball('lock')).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('muball.lock.json is not written'),
    });
    expect(read('muball.lock.json')).toBe(before);
  });

  it('locks some instances anew and leaves the others alone', async () => {
    await muball('lock');
    breakWeight();
    writeInstances({ name: 'xor-file', ...asked }, { ...grid, ratio: '1/2' });
    expect((await muball('lock', '--only', 'xor-file')).code).toBe(0);
    const [first, second] = lockOf().instances;
    expect(first!.balls.some(({ verdict }) => verdict === 'sat')).toBe(true);
    expect(second!.asked.ratio).toBe('9/10');
  });

  it.each([
    [['regress'], 'muball.lock.json: cannot be read (ENOENT)'],
    [['lock', '--instances', 'none.json'], 'none.json: cannot be read (ENOENT)'],
    [['lock', '--only', 'xor'], '--only: expected xor-file, grid-linf, got "xor"'],
    [['regress', '--shard', '3/2'], '--shard: expected a part from 1 to 2, got 3'],
    [['regress', '--reporter', 'html'], '--reporter: expected text, json, junit, github, got "html"'],
    [['regress', '--update', '--shard', '1/2'], '--update: expected a run of the whole, got one of a part (--shard)'],
  ])('refuses muball %j', async ([command, ...args], message) => {
    expect(await muball(command!, ...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
  });
});

describe('muball regress --shard', () => {
  it('covers every ball and the sizes of every instance exactly once', async () => {
    await muball('lock');
    breakWeight();
    const parts: commandLine.Ran[] = [];
    for (const i of [1, 2, 3]) parts.push(await muball('regress', '--shard', `${i}/3`, '--reporter', 'json'));
    const units = parts.flatMap(({ stdout }) =>
      JSON.parse(stdout).instances.flatMap(
        ({ name, whole, balls }: { name: string; whole: boolean; balls: { sample: number }[] }) => [
          ...(whole ? [`${name} sizes`] : []),
          ...balls.map(({ sample }) => `${name} ${sample}`),
        ],
      ),
    );
    const all = [['xor-file', 4] as const, ['grid-linf', 16] as const].flatMap(([name, n]) => [
      `${name} sizes`,
      ...Array.from({ length: n }, (_, i) => `${name} ${i}`),
    ]);
    expect(units.toSorted()).toEqual(all.toSorted());
    for (const { stdout } of parts) expect(JSON.parse(stdout).shard.of).toBe(3);
    // The parts together find what the whole finds, each change once.
    const changed = (text: string): string[] =>
      JSON.parse(text).changes.flatMap(({ what, samples, now }: { what: string; samples?: number[]; now: string }) =>
        (samples ?? ['']).map((sample) => `${what} ${sample} ${now}`),
      );
    const whole = await muball('regress', '--reporter', 'json');
    expect(parts.flatMap(({ stdout }) => changed(stdout)).toSorted()).toEqual(changed(whole.stdout).toSorted());
    expect(Math.max(...parts.map(({ code }) => code))).toBe(1);
  });
});

it('a missing instance is told of in exactly one part', async () => {
  await muball('lock');
  writeInstances({ name: 'xor-file', ...asked });
  const told: string[] = [];
  for (const i of [1, 2, 3]) told.push((await muball('regress', '--shard', `${i}/3`)).stdout);
  expect(told.filter((text) => text.includes('✗ grid-linf: worse'))).toHaveLength(1);
});

describe('muball regress --cache', () => {
  const cached = (text: string) =>
    JSON.parse(text).instances.map(({ balls }: { balls: { cached?: string }[] }) =>
      balls.map((ball) => ball.cached ?? 'new'),
    );
  const all = (how: string) => [Array(4).fill(how), Array(16).fill(how)];

  it('takes over what stands, and skips the engine', async () => {
    await muball('lock', '--cache', file('kept'));
    const run = async (...args: string[]) => cached((await muball('regress', '--reporter', 'json', ...args)).stdout);
    expect(await run()).toEqual(all('new'));
    expect(await run('--cache', file('kept'))).toEqual(all('checked'));
    expect(await run('--cache', file('kept'), '--trust-cache')).toEqual(all('believed'));
    expect((await muball('regress', '--cache', file('kept'))).stdout).toContain(
      'as locked (4 from the cache, verified again)',
    );
  });

  it('does not believe an entry that was tampered with', async () => {
    await muball('lock', '--cache', file('kept'));
    breakWeight();
    const first = await muball('regress', '--only', 'xor-file', '--cache', file('kept'));
    expect(first.code).toBe(1);
    for (const entry of readdirSync(file('kept'), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const value = JSON.parse(readFileSync(path, 'utf8'));
      if (value.verdict.verdict !== 'sat') continue;
      const verdict = { verdict: 'unsat', evidence: { level: 'engine', engines: ['z3'] } };
      writeFileSync(path, JSON.stringify({ ...value, verdict }));
    }
    const second = await muball('regress', '--only', 'xor-file', '--cache', file('kept'), '--trust-cache');
    expect(second.code).toBe(1);
    expect(second.stdout).toContain('now sat (counterexample)');
    expect(second.stdout).toMatch(/cache: entry not used: .*digest: expected/);
  });

  it('keeps a counterexample and replays it', async () => {
    await muball('lock');
    breakWeight();
    await muball('regress', '--cache', file('kept'));
    rmSync(file('counterexamples'), { recursive: true });
    const again = await muball('regress', '--cache', file('kept'), '--reporter', 'json');
    expect(again.code).toBe(1);
    const balls: { verdict: string; cached?: string }[] = JSON.parse(again.stdout).instances[0].balls;
    expect(balls.filter(({ verdict }) => verdict === 'sat').map((ball) => ball.cached)).toContain('replayed');
    expect(readdirSync(file('counterexamples')).length).toBeGreaterThan(0);
  });

  it('loses nothing that is finished when it is interrupted', async () => {
    await muball('lock');
    const real = verdictCache(file('kept'), { version });
    let kept = 0;
    const cache: VerdictCache = {
      ...real,
      keep(...entry) {
        real.keep(...entry);
        if (++kept === 6) process.emit('SIGINT');
      },
    };
    const { instances } = readInstances(file('muball.instances.json'));
    const notes = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const run = await regressionRun(instances, {
      file: file('muball.instances.json'),
      shard: wholeRun,
      cache,
      jobs: 1,
      timeoutMs: 1000,
      memoryMb: 500,
      counterexamples: file('counterexamples'),
    });
    notes.mockRestore();
    // All of the first instance, and the balls of the second up to the one in hand.
    expect(run.instances.map(({ result }) => result?.balls.length)).toEqual([4, 2]);
    expect(regressionExit({ ...run, changes: [] })).toBe(130);
    const resumed = await muball('regress', '--cache', file('kept'), '--reporter', 'json');
    expect(resumed.code).toBe(0);
    const how: string[] = cached(resumed.stdout).flat();
    expect([how.filter((one) => one === 'checked').length, how.filter((one) => one === 'new').length]).toEqual([6, 14]);
  });
});

describe('muball regress --reporter', () => {
  it('junit has a case for each ball and one for sizes', async () => {
    await muball('lock');
    const { stdout, code } = await muball('regress', '--reporter', 'junit');
    expect(code).toBe(0);
    expect(stdout.match(/<testcase /g)).toHaveLength(4 + 16 + 2);
    expect(stdout).toContain('failures="0" errors="0"');
  });

  it('github annotates the line of the instance and adds to the summary of the step', async () => {
    await muball('lock');
    breakWeight();
    const saved = { summary: process.env.GITHUB_STEP_SUMMARY, workspace: process.env.GITHUB_WORKSPACE };
    writeFileSync(file('summary.md'), 'before\n');
    process.env.GITHUB_STEP_SUMMARY = file('summary.md');
    process.env.GITHUB_WORKSPACE = dirname(folder);
    try {
      const { stdout, code } = await muball('regress', '--reporter', 'github');
      expect(code).toBe(1);
      const path = `${basename(folder)}/muball.instances.json`;
      expect(stdout).toContain(`::error file=${path},line=6,title=muball%3A xor-file::sample`);
      expect(stdout).toContain('✗ xor-file');
      expect(read('summary.md')).toMatch(/^before\n## muball regress\n[\s\S]*\| xor-file \| \*\*worse\*\* \|/);

      // What other commands of the step have written counts too.
      const full = 'x'.repeat(largestSummary - 100);
      writeFileSync(file('summary.md'), full);
      await muball('regress', '--reporter', 'github');
      expect(read('summary.md')).toBe(full);
    } finally {
      for (const [name, value] of [
        ['GITHUB_STEP_SUMMARY', saved.summary],
        ['GITHUB_WORKSPACE', saved.workspace],
      ] as const) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  });
});
