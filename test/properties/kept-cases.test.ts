/** The failing cases that are committed guard something: each belongs to a property that exists, and is drawn by it. */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { theorems } from '../../src/construction/index.js';
import { keptCases, robustMemorizationLaws, runProperty } from '../../src/laws/index.js';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'properties', 'counterexamples');
const kept = keptCases(folder);

test('some are kept, each with its value', () => {
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.filter(({ values }) => values === undefined)).toEqual([]);
});

test('every kept case names a property', () => {
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  const list = execFileSync(process.execPath, [vitest, 'list', '--root', root, '--project', 'properties', '--json'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 2 ** 26,
  });
  const tests = JSON.parse(list.slice(list.indexOf('['))) as { name: string; file: string }[];
  const names = new Set(tests.map(({ name, file }) => `${/(\w[\w.-]*)\.test\.ts$/.exec(file)![1]} > ${name}`));
  expect(names.size).toBeGreaterThan(100);
  expect(kept.map(({ property }) => property).filter((property) => !names.has(property))).toEqual([]);
});

const laws = theorems.flatMap((theorem) =>
  theorem.norms.flatMap((norm) =>
    robustMemorizationLaws(theorem, { norms: [norm] }).map((law) => ({
      law,
      name: `robust-memorization > ${theorem.name} in ${norm} > ${law.name}`,
    })),
  ),
);
const guarded = laws.filter(({ name }) => kept.some(({ property }) => property === name));

test('kept cases of the laws are drawn, and pass', async () => {
  expect(guarded.length).toBeGreaterThan(0);
  for (const { law, name } of guarded) {
    const expected = kept.filter(({ property }) => property === name).length;
    const run = await runProperty(name, [law.arbitrary], law.holds, { folder, runs: 1 });
    expect([name, run]).toEqual([name, { seed: run.seed, asked: 1, runs: 1, replayed: expected, stale: 0 }]);
  }
});
