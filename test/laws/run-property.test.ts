import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { law } from '../../src/laws/law.js';
import { runLaw, runProperty } from '../../src/laws/run-property.js';
import { keptCases } from '../../src/regression/kept-cases.js';

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

describe('runLaw', () => {
  const small = law(
    'numbers',
    'are below 17',
    40,
    fc.record({ data: fc.nat(1000), other: fc.boolean() }),
    (value) => value.data < 17,
  );

  test('a law runs under its subject and name, as often as it says', async () => {
    const fine = law('numbers', 'are not negative', 40, fc.nat(), (n) => n >= 0);
    expect(await runLaw(fine, { seed: 1, folder })).toMatchObject({ asked: 40, runs: 40 });
    expect(await runLaw(fine, { seed: 1, folder, runs: 7 })).toMatchObject({ asked: 7, runs: 7 });
    const failed = await runLaw(small, { seed: 1, folder });
    expect(failed.counterexample).toEqual([{ data: 17, other: false }]);
    expect(keptCases(folder).map(({ property }) => property)).toEqual(['numbers > are below 17']);
  });

  test('the fields of a value stand one a line; the caller says how to repeat', async () => {
    const howToRepeat = ({ seed, kept }: { seed: number; kept: boolean }) => [`again    with ${seed}, kept ${kept}`];
    const failed = await runLaw(small, { seed: 1, folder, howToRepeat });
    const lines = failed.failure!.message.split('\n');
    expect(lines.slice(1, 3)).toEqual(['  data     17', '  other    false']);
    expect(lines[4]).toBe('  again    with 1, kept false');
    const again = await runLaw(small, { seed: 2, folder, howToRepeat });
    expect(again.failure!.message).toContain('  again    with 1, kept true\n');
  });

  test('pruning deletes kept cases that pass or are no longer drawn, and no others', async () => {
    await runLaw(small, { seed: 1, folder });
    await runLaw(small, { seed: 1, folder, prune: true });
    expect(keptCases(folder)).toHaveLength(1);
    const mended = law('numbers', 'are below 17', 40, small.arbitrary, () => true);
    expect(await runLaw(mended, { seed: 1, folder, prune: true })).toMatchObject({ replayed: 1, stale: 0 });
    expect(keptCases(folder)).toHaveLength(0);
    await runLaw(small, { seed: 1, folder });
    const others = law<unknown>('numbers', 'are below 17', 40, fc.constant(1), () => true);
    expect(await runLaw(others, { seed: 1, folder, prune: true })).toMatchObject({ replayed: 0, stale: 1 });
    expect(keptCases(folder)).toHaveLength(0);
  });

  test('a kept case that the law does not look at any more is stale', async () => {
    await runLaw(small, { seed: 1, folder });
    const narrower = law('numbers', 'are below 17', 40, small.arbitrary, (value) => {
      fc.pre((value as { data: number }).data > 500);
    });
    expect(await runLaw(narrower, { seed: 1, folder })).toMatchObject({ runs: 40, replayed: 0, stale: 1 });
  });

  test('the property of a law says the same to fast-check itself', async () => {
    const found = await fc.check(small.property, { seed: 1, numRuns: small.runs });
    expect(found.counterexample).toEqual([{ data: 17, other: false }]);
  });
});
