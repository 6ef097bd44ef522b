/**
 * The processes behind the z3 bridge: none is left behind, and a faulty one gives `unknown` with the reason.
 *
 * Programs run the bridge from `dist`, so the project has to be built first. Faulty children are small programs written here.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { folder, hard, pool, program, runs, trivial, trivialAnswer } from './fixtures/z3-pools.js';

// Nothing here is slow by itself; a busy machine is.
vi.setConfig({ testTimeout: 60_000 });

/** The built pool, for programs that node runs itself. */
const built = new URL('../../../dist/verify/smt/z3.js', import.meta.url);

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

  it('gives a query whose child cannot be reached any more another child', async () => {
    const hangUp = `process.on('message', (q) => process.send(
      { kind: 'answer', id: q.id, memoryMb: 1, answer: { status: 'unsat' } }, () => process.disconnect()));
    process.send({ kind: 'ready' });
    setInterval(() => {}, 1e6);`;
    const p = pool({ program: program('hangs-up', hangUp) });
    const pids: number[] = [];
    for (let round = 0; round < 3; round++) {
      expect(await p.solve(trivial, ['x'])).toEqual({ status: 'unsat' });
      pids.push(...p.pids());
      await sleep(100);
    }
    expect(new Set(pids).size).toBe(3);
  });

  it('gives unknown when the program does not exist', async () => {
    const answer = await pool({ program: join(folder, 'missing.mjs') }).solve(trivial, ['x']);
    expect(answer).toMatchObject({
      status: 'unknown',
      reason: expect.stringMatching(/^z3 process ended with exit code 1 before/),
    });
  });
});
