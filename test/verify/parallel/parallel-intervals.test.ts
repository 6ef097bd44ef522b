import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bigNumerators, parseRational as q, rational } from '../../../src/exact/index.js';
import { InternalError } from '../../../src/format/index.js';
import { ball } from '../../../src/geometry/index.js';
import { layerOf, type Network, networkHash } from '../../../src/network/index.js';
import { builtProgram } from '../../../src/verify/built-program.js';
import { intervalEngine } from '../../../src/verify/checked-interval.js';
import { networkForThreads } from '../../../src/verify/parallel/network-for-threads.js';
import { type ParallelIntervals, parallelIntervals } from '../../../src/verify/parallel/parallel-intervals.js';
import { proveBalls } from '../../../src/verify/prove.js';
import { type Query, robustnessQuery } from '../../../src/verify/query.js';
import { golden, goldenData, goldenReading } from '../fixtures/networks.js';

const network = golden();
/** The balls of the three samples at growing radii: proved up to 3/4, undecided beyond. */
const queries = (of: Network): Query[] =>
  ['1/4', '3/4', '1', '5/4', '3'].flatMap((radius) =>
    [0, 1, 2].map((i) =>
      robustnessQuery(of, goldenData, i, { norm: 'linf', radius: q(radius), reading: goldenReading }),
    ),
  );

const opened: ParallelIntervals[] = [];
const open = (...given: Parameters<typeof parallelIntervals>): ParallelIntervals => {
  const made = parallelIntervals(...given);
  opened.push(made);
  return made;
};
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()));
});

describe('parallelIntervals', () => {
  test.each([
    ['with certificates', true],
    ['without', false],
  ])('gives the verdicts of the engine on this thread, %s', async (_, check) => {
    const alone = { doubles: 0, bigints: 0 };
    const together = { doubles: 0, bigints: 0 };
    const engine = intervalEngine(network, { check, work: alone });
    const threads = open(network, { jobs: 2, check, work: together });
    const expected = queries(network).map((query) => engine.verify(query));
    expect(await Promise.all(queries(network).map((query) => threads.verify(query)))).toEqual(expected);
    expect(expected.slice(0, 6).map((v) => v?.evidence.level)).toEqual(
      new Array(6).fill(check ? 'certificate' : 'engine'),
    );
    expect(expected).toContain(undefined);
    expect(together).toEqual(alone);
  });

  test('BigInt weights reach the threads as they are', async () => {
    const big = { ...network, layers: network.layers.map((l) => ({ ...l, weights: bigNumerators(l.weights) })) };
    const work = { doubles: 0, bigints: 0 };
    const threads = open(big, { check: false, work });
    const verdicts = await Promise.all(queries(big).map((query) => threads.verify(query)));
    const engine = intervalEngine(network, { check: false });
    expect(verdicts).toEqual(queries(network).map((query) => engine.verify(query)));
  });

  test('a query about another network is refused', () => {
    const [other] = queries(golden());
    expect(() => open(network).verify(other!)).toThrow(InternalError);
  });

  test('what the engine throws reaches the one who asked, and nobody else', async () => {
    const threads = open(network, { jobs: 1 });
    const [good, another] = queries(network);
    const bad = { ...good!, unsafe: [[{ columns: [9], weights: [rational(1)], bias: rational(0), strict: true }]] };
    const answers = await Promise.allSettled([threads.verify(good!), threads.verify(bad), threads.verify(another!)]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((answers[1] as PromiseRejectedResult).reason).toBeInstanceOf(InternalError);
    expect((answers[1] as PromiseRejectedResult).reason.message).toMatch(/^interval worker: expected an answer, got /);
  });

  test('closing answers what is asked with undefined, and what comes later', async () => {
    const threads = open(network, { jobs: 2 });
    const asked = queries(network).map((query) => threads.verify(query));
    await threads.close();
    expect(new Set(await Promise.all(asked))).toEqual(new Set([undefined]));
    expect(await threads.verify(queries(network)[0]!)).toBeUndefined();
    await threads.close();
  });

  test('idle threads do not keep a program alive', async () => {
    const program = `
      import { parallelIntervals } from ${JSON.stringify(new URL('./parallel-intervals.js', `file://${builtProgram('parallel/interval-worker.js')}`).href)};
      const layer = { activation: 'identity', inputs: 1, rowStart: Uint32Array.of(0, 1), columns: Uint32Array.of(0),
        weights: Float64Array.of(1), weightDenominator: 1n, biases: Float64Array.of(0), biasDenominator: 1n };
      const network = { layers: [layer] };
      const one = { n: 1n, d: 1n };
      const region = { kind: 'ball', norm: 'linf', centre: [one], radius: one, open: false };
      const unsafe = [[{ columns: [0], weights: [one], bias: { n: -3n, d: 1n }, strict: false }]];
      const { verify } = parallelIntervals(network, { check: false });
      console.log((await verify({ network, region, unsafe })).verdict);
    `;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], { timeout: 30_000 });
    expect((await run).stdout).toBe('unsat\n');
  });
});

describe('networkForThreads', () => {
  test('shares all typed arrays, once, and changes nothing', () => {
    const shared = networkForThreads(network);
    for (const { rowStart, columns, weights, biases } of shared.layers) {
      for (const array of [rowStart, columns, weights, biases]) {
        expect((array as Float64Array).buffer).toBeInstanceOf(SharedArrayBuffer);
      }
    }
    expect(networkHash(shared)).toBe(networkHash(network));
    expect(networkForThreads(shared).layers[0]!.weights).toBe(shared.layers[0]!.weights);
  });
});

describe('proveBalls on threads', () => {
  /** 40,000 weights: f(x) = Σ relu(Σ x) is at most 0 for x ≤ 0. */
  const side = 200;
  const columns = Array.from({ length: side }, (_, k) => k);
  const ones = columns.map(() => rational(1));
  const wide: Network = {
    layers: [
      layerOf(
        side,
        'relu',
        columns.map((k) => ({ columns, weights: ones, bias: rational(-k) })),
      ),
      layerOf(side, 'identity', [{ columns, weights: ones, bias: rational(0) }]),
    ],
  };
  const count = 520;
  /** Every seventh ball reaches into x > 0, where f > 0. */
  const query = (i: number): Query => ({
    network: wide,
    region: ball(
      'linf',
      columns.map(() => rational(i % 7 === 3 ? 0 : -2)),
      rational(1),
    ),
    unsafe: [[{ columns: [0], weights: [rational(1)], bias: rational(0), strict: true }]],
  });
  const words = (results: Awaited<ReturnType<typeof proveBalls>>) => results.map(({ verdict }) => verdict.verdict);

  let started = 0;
  let running = 0;
  const counted = (worker: Worker) => {
    started++;
    running++;
    worker.once('exit', () => running--);
  };
  beforeEach(() => {
    started = 0;
    process.on('worker', counted);
  });
  afterEach(() => {
    process.off('worker', counted);
  });

  test('agrees with one thread, in order, with counterexamples, and ends its threads', async () => {
    const found = await proveBalls(wide, count, query, { engine: 'interval', check: false, jobs: 2 });
    expect(found.map(({ ball: i }) => i)).toEqual(Array.from({ length: count }, (_, i) => i));
    expect(words(found)).toEqual(Array.from({ length: count }, (_, i) => (i % 7 === 3 ? 'sat' : 'unsat')));
    expect(found[0]!.verdict).toEqual({ verdict: 'unsat', evidence: { level: 'engine', engines: ['interval'] } });
    expect(words(await proveBalls(wide, 20, query, { engine: 'interval', check: false }))).toEqual(
      words(found.slice(0, 20)),
    );
    expect([started, running]).toEqual([2, 0]);
  });

  test('an abort ends the run with the balls finished so far', async () => {
    const controller = new AbortController();
    const onBall = () => controller.abort();
    const { signal } = controller;
    const found = await proveBalls(wide, count, query, { engine: 'interval', check: false, jobs: 2, signal, onBall });
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(5);
    expect(new Set(words(found))).toEqual(new Set(['unsat']));
    expect([started, running]).toEqual([2, 0]);
  });
});
