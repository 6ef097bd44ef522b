/**
 * The z3 bridge: exact answers, limits that hold, and no process left behind, whatever the child does.
 *
 * The child runs from `dist`, so the project has to be built first. Faulty children are small programs written here.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { type Z3Pool, type Z3PoolOptions, z3ChildProgram, z3Pool } from '../../../src/verify/smt/z3.js';
import { isZ3Message } from '../../../src/verify/smt/z3-protocol.js';

// Nothing here is slow by itself; a busy machine is.
vi.setConfig({ testTimeout: 60_000 });

/** The built pool, for programs that node runs itself. */
const built = new URL('../../../dist/verify/smt/z3.js', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'muball-z3-'));
const pools: Z3Pool[] = [];
const shared = z3Pool();

/** A pool that is closed after the test. */
function pool(options: Z3PoolOptions = {}): Z3Pool {
  const created = z3Pool(options);
  pools.push(created);
  return created;
}

/** Path of a program with this text. */
function program(name: string, text: string): string {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, text);
  return path;
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((p) => p.close()));
});
afterAll(async () => {
  await shared.close();
  rmSync(folder, { recursive: true });
});

const trivial = '(declare-const x Real)(assert (= (* 3.0 x) 1.0))';
const trivialAnswer = { status: 'sat', model: { x: { rational: '1/3' } } };

/** n + 1 pigeons in n holes: unsatisfiable, and out of reach of clause learning for n = 14. */
function pigeons(n: number): string {
  const lines: string[] = [];
  const p = (i: number, j: number) => `p${i}_${j}`;
  for (let i = 0; i <= n; i++) {
    const holes = Array.from({ length: n }, (_, j) => p(i, j));
    lines.push(...holes.map((name) => `(declare-const ${name} Bool)`), `(assert (or ${holes.join(' ')}))`);
  }
  for (let j = 0; j < n; j++) {
    for (let i = 0; i <= n; i++) {
      for (let k = 0; k < i; k++) lines.push(`(assert (or (not ${p(i, j)}) (not ${p(k, j)})))`);
    }
  }
  return lines.join('\n');
}
const hard = pigeons(14);

/** Whether a process runs; one that has ended but was not waited for does not. */
function runs(pid: number): boolean {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z');
  } catch {
    return false;
  }
}

const residentMb = (pid: number): number =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;

const rationalOf = (text: string): [bigint, bigint] => {
  const [n, d = '1'] = text.split('/');
  return [BigInt(n!), BigInt(d)];
};

describe('answers', () => {
  it('proves unsatisfiability of a linear and of a nonlinear script', async () => {
    const linear = '(set-logic QF_LRA)(declare-const x Real)(assert (> x (/ 1 3)))(assert (< (* 3 x) 1))(check-sat)';
    const nonlinear = '(set-logic QF_NRA)\n(declare-const x Real)\n(assert (< (* x x) 0.0))';
    expect(await shared.solve(linear, ['x'])).toEqual({ status: 'unsat' });
    expect(await shared.solve(nonlinear, ['x'])).toEqual({ status: 'unsat' });
  });

  it('reads rationals of any size exactly', async () => {
    const n = 7n ** 400n;
    const d = 3n ** 500n;
    const script =
      `(declare-const x Real)(declare-const y Real)(declare-const |z 1| Real)(declare-fun free () Real)` +
      `(declare-const whole Int)(assert (= (* ${d}.0 x) ${n}.0))(assert (= y (- x)))` +
      `(assert (= |z 1| (+ x 1.0)))(assert (= whole (- 5)))`;
    expect(await shared.solve(script, ['x', 'y', 'z 1', 'free', 'whole'])).toEqual({
      status: 'sat',
      model: {
        x: { rational: `${n}/${d}` },
        y: { rational: `-${n}/${d}` },
        'z 1': { rational: `${n + d}/${d}` },
        free: { rational: '0' },
        whole: { rational: '-5' },
      },
    });
  });

  it('encloses irrational values on both sides', async () => {
    const script =
      '(declare-const x Real)(declare-const y Real)(assert (= (* x x) 2.0))(assert (> x 0.0))(assert (= y (- x)))';
    const answer = await shared.solve(script, ['x', 'y']);
    if (answer.status !== 'sat') throw new Error(`expected sat, got ${answer.status}`);
    for (const [name, sign] of [
      ['x', 1n],
      ['y', -1n],
    ] as const) {
      const value = answer.model[name]!;
      if (!('algebraic' in value)) throw new Error(`${name}: expected an irrational value`);
      const [ln, ld] = rationalOf(value.algebraic.lower);
      const [un, ud] = rationalOf(value.algebraic.upper);
      expect(sign * ln > 0n && sign * un > 0n).toBe(true);
      expect(sign * (ln * ln - 2n * ld * ld) < 0n).toBe(true);
      expect(sign * (un * un - 2n * ud * ud) > 0n).toBe(true);
      expect((un * ld - ln * ud) * 10n ** 30n <= ld * ud).toBe(true);
    }
  });

  it('does not invent values of constants that are not declared with a numeric sort', async () => {
    const reason = (name: string) => ({
      status: 'unknown',
      reason: `model: expected a declared constant, got ${name}`,
    });
    expect(await shared.solve(trivial, ['x', 'y'])).toEqual(reason('y'));
    expect(await shared.solve('(declare-const b Bool)(assert b)', ['b'])).toEqual(reason('b'));
    expect(await shared.solve('(define-fun e () Real 4.0)', ['e'])).toEqual(reason('e'));
  });

  it('gives a query the same model whatever was asked before', async () => {
    const script = `(set-logic QF_LRA)${Array.from({ length: 12 }, (_, k) => `(declare-const x${k} Real)`).join('')}
      ${Array.from({ length: 11 }, (_, k) => `(assert (or (> x${k} (+ x${k + 1} 1)) (< (* 2 x${k}) (- x${k + 1} 3))))`).join('')}`;
    const names = Array.from({ length: 12 }, (_, k) => `x${k}`);
    const first = await pool().solve(script, names);
    expect(first.status).toBe('sat');
    await shared.solve('(declare-const x5 Real)(declare-const q Real)(assert (> (* x5 q) 3.0))', []);
    expect(await shared.solve(script, names)).toEqual(first);
    expect(await shared.solve(script, names)).toEqual(first);
  });
});

describe('scripts', () => {
  it("reports z3's message for a script that does not parse, and goes on", async () => {
    expect(await shared.solve('(declare-const x Real)(assert (> x y))', ['x'])).toEqual({
      status: 'unknown',
      reason: 'z3: (error "line 1 column 36: unknown constant y")',
    });
    expect(await shared.solve(trivial, ['x'])).toEqual(trivialAnswer);
  });

  it('refuses a logic that z3 does not know', async () => {
    const reason = "z3: logic 'QF_NOPE' is not recognized";
    expect(await shared.solve(`(set-logic QF_NOPE)${trivial}`, ['x'])).toEqual({ status: 'unknown', reason });
    expect(await pool({ logic: 'QF_NOPE' }).solve(trivial, ['x'])).toEqual({ status: 'unknown', reason });
  });

  it('loses no assertion behind a NUL character', async () => {
    expect(await shared.solve(`${trivial}\0(assert (< x 0.0))`, ['x'])).toEqual({
      status: 'unknown',
      reason: 'smt text: expected no NUL character',
    });
  });

  it('reads a script larger than the stack of the wasm module', async () => {
    const comment = `;${'-'.repeat(1023)}\n`.repeat(22 * 1024);
    expect(await shared.solve(`${trivial}\n${comment}(assert (< x 0.0))`, ['x'])).toEqual({ status: 'unsat' });
  });
});

describe('limits', () => {
  it('stops z3 at the time limit and keeps the child', async () => {
    const p = pool();
    await p.solve(trivial, ['x']);
    const before = p.pids();
    const start = performance.now();
    expect(await p.solve(hard, [], { timeoutMs: 300 })).toEqual({ status: 'timed-out' });
    expect(performance.now() - start).toBeGreaterThan(250);
    expect(await p.solve(trivial, ['x'])).toEqual(trivialAnswer);
    expect(p.pids()).toEqual(before);
  });

  it('takes a limit without end for a long one', async () => {
    const answer = await shared.solve(trivial, ['x'], { timeoutMs: Number.POSITIVE_INFINITY });
    expect(answer).toEqual(trivialAnswer);
  });

  it('kills a child that does not answer in time', async () => {
    const p = pool({
      timeoutMs: 50,
      program: program('silent', `process.send({ kind: 'ready' }); setInterval(() => {}, 1e6);`),
    });
    expect(await p.solve(trivial, ['x'])).toEqual({ status: 'timed-out' });
    expect(p.pids()).toEqual([]);
  });

  it('ends a child that uses too much memory', async () => {
    const p = pool({ memoryMb: 16 });
    expect(await p.solve(hard, [])).toEqual({ status: 'unknown', reason: 'z3 process used more than 16 MB' });
    expect(p.pids()).toEqual([]);
  });

  it('needs no more memory for 300 queries than for 50', async () => {
    const p = pool();
    for (let i = 0; i < 50; i++) await p.solve(trivial, ['x']);
    const [pid] = p.pids();
    const early = residentMb(pid!);
    for (let i = 0; i < 250; i++) expect(await p.solve(trivial, ['x'])).toEqual(trivialAnswer);
    expect(p.pids()).toEqual([pid]);
    expect(early).toBeGreaterThan(50);
    expect(residentMb(pid!) - early).toBeLessThan(30);
  });

  it('replaces a child after its number of queries', async () => {
    const p = pool({ queriesPerChild: 2 });
    await p.solve(trivial, ['x']);
    const [first] = p.pids();
    await p.solve(trivial, ['x']);
    await vi.waitFor(() => expect(p.pids()).toEqual([]), { timeout: 3000 });
    expect(await p.solve(trivial, ['x'])).toEqual(trivialAnswer);
    expect(p.pids()).toHaveLength(1);
    expect(p.pids()).not.toEqual([first]);
  });
});

describe('interruption', () => {
  it('answers one query with the cause when its child is killed, and goes on', async () => {
    const p = pool();
    await p.solve(trivial, ['x']);
    const [pid] = p.pids();
    const lost = p.solve(hard, []);
    await sleep(100);
    process.kill(pid!, 'SIGKILL');
    const next = p.solve(trivial, ['x']);
    expect(await lost).toEqual({ status: 'unknown', reason: 'z3 process ended by signal SIGKILL' });
    expect(await next).toEqual(trivialAnswer);
    expect(p.pids()).not.toContain(pid);
  });

  it('leaves it to the program what Ctrl-C means for a query', async () => {
    const p = pool();
    await p.solve(trivial, ['x']);
    const [pid] = p.pids();
    const running = p.solve(hard, [], { timeoutMs: 400 });
    await sleep(100);
    process.kill(pid!, 'SIGINT');
    expect(await running).toEqual({ status: 'timed-out' });
    expect(p.pids()).toEqual([pid]);
  });

  it('obeys an AbortSignal before, in the queue and while z3 runs', async () => {
    const interrupted = { status: 'unknown', reason: 'interrupted' };
    const p = pool();
    expect(await p.solve(trivial, ['x'], { signal: AbortSignal.abort() })).toEqual(interrupted);
    expect(p.pids()).toEqual([]);
    const stopRunning = new AbortController();
    const stopWaiting = new AbortController();
    const running = p.solve(hard, [], { signal: stopRunning.signal });
    const waiting = p.solve(trivial, ['x'], { signal: stopWaiting.signal });
    const behind = p.solve(trivial, ['x']);
    stopWaiting.abort();
    expect(await waiting).toEqual(interrupted);
    const [pid] = p.pids();
    expect(runs(pid!)).toBe(true);
    stopRunning.abort();
    expect(await running).toEqual(interrupted);
    expect(runs(pid!)).toBe(false);
    expect(await behind).toEqual(trivialAnswer);
  });

  it('answers a second query while the first one runs, with two jobs and no more', async () => {
    const p = pool({ jobs: 2 });
    const stop = new AbortController();
    let finished = false;
    const long = p.solve(hard, [], { timeoutMs: 30_000, signal: stop.signal }).finally(() => {
      finished = true;
    });
    const others = [p.solve(trivial, ['x']), p.solve(trivial, ['x'])];
    expect(p.pids()).toHaveLength(2);
    expect(await Promise.all(others)).toEqual([trivialAnswer, trivialAnswer]);
    expect(finished).toBe(false);
    expect(p.pids()).toHaveLength(2);
    stop.abort();
    expect(await long).toEqual({ status: 'unknown', reason: 'interrupted' });
  });
});

describe('the end', () => {
  it('closes busy and idle children and gives every open query an answer', async () => {
    const closedAnswer = { status: 'unknown', reason: 'z3 pool is closed' };
    const p = pool({ jobs: 2 });
    await Promise.all([p.solve(trivial, ['x']), p.solve(trivial, ['x'])]);
    const pids = p.pids();
    expect(pids.map(runs)).toEqual([true, true]);
    const open = [p.solve(hard, []), ...Array.from({ length: 3 }, () => p.solve(hard, []))];
    await p.close();
    expect(await Promise.all(open)).toEqual(open.map(() => closedAnswer));
    expect(pids.map(runs)).toEqual([false, false]);
    expect(p.pids()).toEqual([]);
    expect(await p.solve(trivial, ['x'])).toEqual(closedAnswer);
    expect(p.pids()).toEqual([]);
  });

  it.each([
    ['is killed', 'SIGKILL', false],
    ['gets Ctrl-C with its whole process group', 'SIGINT', true],
  ] as const)('leaves no child when the program %s', async (_, signal, group) => {
    const script = program(
      'parent',
      `import { z3Pool } from ${JSON.stringify(built.href)};
       const pool = z3Pool();
       await pool.solve('(declare-const x Real)', []);
       pool.solve(${JSON.stringify(hard)}, [], { timeoutMs: 60000 });
       process.stdout.write(String(pool.pids()[0]));`,
    );
    const parent = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    const [text] = await once(parent.stdout, 'data');
    const child = Number(String(text));
    expect(runs(child)).toBe(true);
    process.kill(group ? -parent.pid! : parent.pid!, signal);
    await vi.waitFor(() => expect(runs(child)).toBe(false), { timeout: 5000, interval: 50 });
  });

  it.each([
    ['has only idle children', ''],
    ['has closed its pool', 'pool.solve(hard, []); await pool.close();'],
  ])('keeps no handle open in a program that %s', async (_, ending) => {
    const script = program(
      'forgetful',
      `import { z3Pool } from ${JSON.stringify(built.href)};
       const hard = ${JSON.stringify(hard)};
       const pool = z3Pool();
       const answer = await pool.solve(${JSON.stringify(trivial)}, ['x']);
       const pid = pool.pids()[0];
       ${ending}
       process.stdout.write(JSON.stringify({ answer, pid, done: Date.now() }));`,
    );
    const text = execFileSync(process.execPath, [script], { encoding: 'utf8', timeout: 10_000 });
    const { answer, pid, done } = JSON.parse(text);
    expect(Date.now() - done).toBeLessThan(1800);
    expect(answer).toEqual(trivialAnswer);
    await vi.waitFor(() => expect(runs(pid)).toBe(false), { timeout: 5000, interval: 50 });
  });
});

describe('faulty children', () => {
  const ready = `process.on('message', (q) => answer(q)); process.on('disconnect', () => process.exit()); process.send({ kind: 'ready' });`;

  it.each([
    ['ends', `process.exit(3);`, 'z3 process ended with exit code 3 before it was ready'],
    [
      'ends with a message',
      `console.error('no wasm here'); process.exit(4);`,
      'z3 process ended with exit code 4 before it was ready: no wasm here',
    ],
    [
      'talks nonsense',
      `process.send({ kind: 'redy' }); setInterval(() => {}, 1e6);`,
      'z3 process sent a malformed message',
    ],
    [
      'invents a model',
      `${ready} const answer = (q) => process.send({ kind: 'answer', id: q.id, memoryMb: 1, answer: { status: 'sat', model: { x: { rational: '1/0' } } } });`,
      'z3 process sent a malformed message',
    ],
    [
      'answers another question',
      `${ready} const answer = (q) => process.send({ kind: 'answer', id: q.id + 1, memoryMb: 1, answer: { status: 'unsat' } });`,
      'z3 process answered a question it does not have',
    ],
    [
      'fails',
      `${ready} const answer = () => process.send({ kind: 'failed', reason: 'z3: memory access out of bounds' });`,
      'z3: memory access out of bounds',
    ],
    [
      'fails and answers all the same',
      `${ready} const answer = (q) => {
        process.send({ kind: 'failed', reason: 'z3: corrupt' });
        process.send({ kind: 'answer', id: q.id, memoryMb: 1, answer: { status: 'unsat' } });
      };`,
      'z3: corrupt',
    ],
    ['gives up', `${ready} const answer = () => process.exit(9);`, 'z3 process ended with exit code 9'],
  ])('gives unknown when the child %s', async (name, text, reason) => {
    const p = pool({ program: program(name.replaceAll(' ', '-'), text) });
    expect(await p.solve(trivial, ['x'])).toEqual({ status: 'unknown', reason });
    expect(p.pids()).toEqual([]);
    expect(await p.solve(trivial, ['x'])).toEqual({ status: 'unknown', reason });
  });

  it('gives unknown when the program does not exist', async () => {
    const answer = await pool({ program: join(folder, 'missing.mjs') }).solve(trivial, ['x']);
    expect(answer).toMatchObject({
      status: 'unknown',
      reason: expect.stringMatching(/^z3 process ended with exit code 1 before/),
    });
  });
});

describe('protocol', () => {
  it.each([
    [{ kind: 'ready' }, true],
    [{ kind: 'failed', reason: 'z3: out of memory' }, true],
    [{ kind: 'answer', id: 1, memoryMb: 130, answer: { status: 'unsat' } }, true],
    [{ kind: 'answer', id: 1, memoryMb: 130, answer: { status: 'sat', model: { x: { rational: '-7/2' } } } }, true],
    [
      {
        kind: 'answer',
        id: 1,
        memoryMb: 130,
        answer: { status: 'sat', model: { x: { algebraic: { lower: '1', upper: '3/2' } } } },
      },
      true,
    ],
    [null, false],
    ['ready', false],
    [{ kind: 'failed' }, false],
    [{ kind: 'answer', memoryMb: 130, answer: { status: 'unsat' } }, false],
    [{ kind: 'answer', id: 1, answer: { status: 'unsat' } }, false],
    [{ kind: 'answer', id: 1, memoryMb: 130, answer: { status: 'UNSAT' } }, false],
    [{ kind: 'answer', id: 1, memoryMb: 130, answer: { status: 'unknown' } }, false],
    [{ kind: 'answer', id: 1, memoryMb: 130, answer: { status: 'sat' } }, false],
    [{ kind: 'answer', id: 1, memoryMb: 130, answer: { status: 'sat', model: { x: { rational: '0.5' } } } }, false],
    [
      { kind: 'answer', id: 1, memoryMb: 130, answer: { status: 'sat', model: { x: { algebraic: { lower: '1' } } } } },
      false,
    ],
  ])('%j is a message: %s', (message, expected) => {
    expect(isZ3Message(message)).toBe(expected);
  });

  it('runs the built child from sources', () => {
    expect(z3ChildProgram().replaceAll('\\', '/')).toMatch(/\/dist\/verify\/smt\/z3-child\.js$/);
  });
});
