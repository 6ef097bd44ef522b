/**
 * The z3 bridge: exact answers, and limits and interruptions that hold.
 *
 * The child runs from `dist`, so the project has to be built first.
 */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { z3ChildProgram, z3Pool } from '../../../src/verify/smt/z3.js';
import { hard, pool, program, runs, trivial, trivialAnswer } from './fixtures/z3-pools.js';

// Nothing here is slow by itself; a busy machine is.
vi.setConfig({ testTimeout: 60_000 });

const shared = z3Pool();
afterAll(() => shared.close());

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

it('runs the built child from sources', () => {
  expect(z3ChildProgram().replaceAll('\\', '/')).toMatch(/\/dist\/verify\/smt\/z3-child\.js$/);
});
