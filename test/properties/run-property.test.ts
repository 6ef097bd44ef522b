import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { keepCase, keptCases } from '../../properties/kept-cases.js';
import { runProperty } from '../../properties/run-property.js';
import { decodeValue, encodeValue, shownValue } from '../../properties/value-text.js';
import { dataset, network } from '../../src/arbitrary/index.js';
import { rational } from '../../src/exact/index.js';
import { datasetOf } from '../../src/geometry/index.js';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'muball-kept-')), 'counterexamples');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const below = (n: number) => (x: number) => x < n;

describe('runProperty', () => {
  test('a property that holds: every run happened, nothing is kept', async () => {
    const sums: number[] = [];
    const run = await runProperty('holds', [fc.nat(), fc.nat()], (a, b) => sums.push(a + b) > 0, {
      seed: 1,
      folder,
      runs: 250,
    });
    expect(run).toEqual({ seed: 1, asked: 250, runs: 250, replayed: 0, stale: 0 });
    expect(sums).toHaveLength(250);
    expect(existsSync(folder)).toBe(false);
  });

  test('100 runs when nothing is said; asynchronous predicates are awaited', async () => {
    const run = await runProperty('async', [fc.nat()], async () => true, { seed: 1, folder });
    expect(run.runs).toBe(100);
    const failed = await runProperty('async', [fc.nat()], async () => false, { seed: 1, folder });
    expect(failed.failure?.message).toContain('the property returned false');
  });

  test('a failure names run, shrunk value, cause, seed and path, and the file it is kept in', async () => {
    const run = await runProperty('too large', [fc.nat(1000)], below(17), { seed: 5, folder, runs: 200 });
    const [file] = readdirSync(folder);
    const lines = run.failure!.message.split('\n');
    expect(lines[0]).toMatch(/^✗ too large: fails on run \d+ of 200, shrunk (once|\d+ times)$/);
    expect(lines.slice(1, 3)).toEqual(['  value 1  17', '  cause    the property returned false']);
    expect(lines[3]).toMatch(/^ {2}replay {3}MUBALL_SEED=5 \(path \d+(:\d+)*\)$/);
    expect(lines[4]).toBe(`  kept     ${join(folder, file!)}, replayed first from now on`);
    expect(run.runs).toBeLessThan(200);
  });

  test('the same seed fails in the same place', async () => {
    const runs = [];
    for (let k = 0; k < 2; k++) {
      runs.push(await runProperty('same', [fc.nat(1000)], below(500), { seed: 9, folder: `${folder}${k}` }));
    }
    const texts = runs.map((run) => run.failure!.message.replaceAll(/counterexamples\d/g, 'counterexamples'));
    expect(texts[0]).toBe(texts[1]);
    for (let k = 0; k < 2; k++) rmSync(`${folder}${k}`, { recursive: true });
  });

  test('a kept case is replayed first: it fails at once, and passes when the bug is gone', async () => {
    await runProperty('kept', [fc.nat(1000)], below(17), { seed: 5, folder });
    const seen: number[] = [];
    const again = await runProperty('kept', [fc.nat(1000)], (x) => seen.push(x) > 0 && x < 17, { seed: 6, folder });
    expect(seen).toEqual([17]);
    expect(again).toMatchObject({ runs: 0, replayed: 0, stale: 0 });
    expect(again.failure!.message).toMatch(/^✗ kept: a kept case still fails\n {2}value 1 {2}17\n/);
    const mended = await runProperty('kept', [fc.nat(1000)], () => true, { seed: 6, folder });
    expect(mended).toEqual({ seed: 6, asked: 100, runs: 100, replayed: 1, stale: 0 });
  });

  test('kept cases belong to their property, and to values that it still draws', async () => {
    await runProperty('mine', [fc.nat(1000)], below(17), { seed: 5, folder });
    const other = await runProperty('other', [fc.nat(1000)], () => true, { seed: 5, folder });
    expect(other.replayed).toBe(0);
    const seen: number[] = [];
    const narrower = await runProperty('mine', [fc.nat(10)], (x) => seen.push(x) > 0, { seed: 5, folder });
    expect(narrower).toEqual({ seed: 5, asked: 100, runs: 100, replayed: 0, stale: 1 });
    expect(Math.max(...seen)).toBeLessThanOrEqual(10);
  });

  test('a value that is not plain data is kept by seed and path', async () => {
    const run = await runProperty('mapped', [fc.nat(1000).map((n) => () => n)], (f) => f() < 17, { seed: 5, folder });
    expect(run.failure).toBeDefined();
    const [kept] = keptCases(folder, 'mapped');
    expect(kept!.values).toBeUndefined();
    const seen: number[] = [];
    const again = await runProperty(
      'mapped',
      [fc.nat(1000).map((n) => () => n)],
      (f) => seen.push(f()) > 0 && f() < 17,
      {
        seed: 6,
        folder,
      },
    );
    expect(seen).toEqual([17]);
    expect(again.failure!.message).toContain('a kept case still fails');
  });

  test('a run cut short by time is a failure, with or without a run', async () => {
    const slow = () => new Promise((resolve) => setTimeout(resolve, 15));
    for (const timeLimit of [1, 100]) {
      const run = await runProperty('slow', [fc.nat()], slow, { seed: 1, folder, runs: 100_000, timeLimit });
      expect(run.failure?.message).toMatch(/^✗ slow: expected 100000 runs, got \d+ \(stopped by the time limit\)$/);
      expect(run.runs).toBeLessThan(100);
    }
  });

  test('too many skipped values are a failure', async () => {
    const run = await runProperty('skips', [fc.nat()], () => fc.pre(false), { seed: 1, folder, runs: 10 });
    expect(run.failure?.message).toMatch(/^✗ skips: expected 10 runs, got 0 \(\d+ values were skipped\)$/);
  });
});

describe('kept cases', () => {
  test('one file per property and value, readable and whole', () => {
    const failure = { property: 'p', seed: 3, path: '1:2', values: [rational(1, 2), [1n, -0]], message: 'no' };
    const file = keepCase(folder, failure);
    expect(keepCase(folder, { ...failure, seed: 4 })).toBe(file);
    expect(keepCase(folder, { ...failure, property: 'q' })).not.toBe(file);
    expect(readdirSync(folder)).toHaveLength(2);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      property: 'p',
      seed: 4,
      path: '1:2',
      shown: ['1/2', '[1n, -0]'],
    });
    const [kept] = keptCases(folder, 'p');
    expect(kept!.values).toEqual(failure.values);
  });

  test('a missing folder has none; a broken file is named', () => {
    expect(keptCases(folder, 'p')).toEqual([]);
    const file = keepCase(folder, { property: 'p', seed: 3, path: '', values: [], message: '' });
    for (const text of ['', '{', '{}', 'null', '{"format":"muball-kept-case","version":2}']) {
      writeFileSync(file, text);
      expect(() => keptCases(folder, 'p')).toThrow(`${file}: expected a kept case of version 1`);
    }
  });
});

describe('values as text', () => {
  test('encoding gives equal values back, through JSON', () => {
    const values = [
      ...fc.sample(dataset(), { seed: 1, numRuns: 50 }),
      ...fc.sample(network({ extremes: true }), { seed: 1, numRuns: 50 }),
      [undefined, null, true, 'text', -0, Number.NaN, Number.POSITIVE_INFINITY, 12n, { a: [Float64Array.of(-0, 1)] }],
    ];
    for (const value of values) expect(decodeValue(JSON.parse(JSON.stringify(encodeValue(value))))).toEqual(value);
    expect(() => encodeValue([() => 1])).toThrow(TypeError);
    expect(() => encodeValue(new Map())).toThrow(TypeError);
  });

  test('shown as people read them', () => {
    const data = datasetOf(
      [
        [rational(1, 2), rational(3)],
        [rational(0), rational(-1)],
      ],
      [0, 4],
    );
    expect(shownValue(data)).toBe('dataset of 2 in dimension 2: (1/2, 3) ↦ 0, (0, -1) ↦ 4');
    expect(shownValue({ data, radius: rational(1, 8), norm: 'l1' })).toBe(
      `{ data: ${shownValue(data)}, radius: 1/8, norm: "l1" }`,
    );
    expect(shownValue([[rational(1)], []])).toBe('[(1), []]');
    const [net] = fc.sample(network({ layers: { max: 0 } }), { seed: 1, numRuns: 1 });
    expect(shownValue(net)).toMatch(/^network \{"format":"muball-network"/);
  });
});
