/** `npm test` counts honestly: the script is run on small projects made for the purpose. */
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muball-run-tests-'));
  mkdirSync(join(folder, 'scripts'));
  for (const name of ['run-tests.mjs', 'run-report.mjs']) {
    copyFileSync(join(root, 'scripts', name), join(folder, 'scripts', name));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  const projects = ['test', 'properties', 'proofs'].map((name) => ({
    test: { name, include: [`${name}/*.test.mjs`] },
  }));
  const config = { test: { reporters: ['./scripts/run-report.mjs'], projects } };
  write('vitest.config.mjs', `export default ${JSON.stringify(config)};`);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

const tests = (body: string): string => `import { expect, test } from 'vitest';\n${body}\n`;
const passing = (n: number): string =>
  tests(Array.from({ length: n }, (_, k) => `test('passes ${k}', () => {});`).join('\n'));
const ran = (title: string, runs: number, asked: number): string =>
  `test('${title}', ({ task }) => { task.meta.property = { seed: 7, asked: ${asked}, runs: ${runs}, replayed: 0, stale: 0 }; });`;

interface Outcome {
  readonly code: number | null;
  readonly lines: string[];
}

/** Runs the script; `signal` is sent once the file `started` exists. */
function run(args: readonly string[], signal?: NodeJS.Signals): Promise<Outcome> {
  const { MUBALL_TEST_SUMMARY: _, ...environment } = process.env;
  const child = spawn(process.execPath, [join(folder, 'scripts', 'run-tests.mjs'), ...args], {
    cwd: folder,
    env: { ...environment, NO_COLOR: '1' },
  });
  let out = '';
  child.stdout.on('data', (piece) => {
    out += piece;
  });
  child.stderr.on('data', (piece) => {
    out += piece;
  });
  const watch = setInterval(() => {
    if (signal !== undefined && existsSync(join(folder, 'started'))) {
      clearInterval(watch);
      child.kill(signal);
    }
  }, 50);
  return new Promise((resolve) => {
    child.once('close', (code) => {
      clearInterval(watch);
      resolve({ code, lines: out.trimEnd().split('\n') });
    });
  });
}

describe('run-tests', () => {
  test('all pass: counts of each project, runs and seed, and the last line', async () => {
    write('test/a.test.mjs', passing(3));
    write(
      'properties/a.test.mjs',
      tests(`${ran('one', 1200, 1200)}\n${ran('two', 300, 300)}\ntest('plain', () => {});`),
    );
    write('proofs/a.test.mjs', passing(2));
    const { code, lines } = await run([]);
    expect(lines.slice(-2)).toEqual(['test 3 · properties 3 (1,500 runs, seed 7) · proofs 2', '8 passed, 0 failed']);
    expect(lines).toContain('      1200  one');
    expect(code).toBe(0);
  });

  test('a failed test, a file that does not load, a project without tests', async () => {
    write('test/a.test.mjs', tests(`test('passes', () => {});\ntest('fails', () => expect(1).toBe(2));`));
    write('test/b.test.mjs', 'throw new Error("broken");');
    const { code, lines } = await run(['test', 'proofs']);
    expect(lines.slice(-3)).toEqual(['proofs: no tests ran', 'test 3 · proofs 0', '1 passed, 3 failed']);
    expect(code).toBe(1);
  });

  test('a property that ran too few times fails the run, though its test passed', async () => {
    write('properties/a.test.mjs', tests(`${ran('enough', 10, 10)}\n${ran('short', 35, 100)}`));
    const { code, lines } = await run(['properties']);
    expect(lines.slice(-3)).toEqual([
      'properties: too few runs, short: 35 of 100 runs',
      'properties 2 (45 runs, seed 7)',
      '2 passed, 1 failed',
    ]);
    expect(code).toBe(1);
  });

  test('interrupted: 130, at once, and no counts', async () => {
    const started = JSON.stringify(join(folder, 'started'));
    const hangs = `test('hangs', () => { writeFileSync(${started}, ''); return new Promise(() => {}); }, 1e6);`;
    write('test/a.test.mjs', `import { writeFileSync } from 'node:fs';\n${tests(hangs)}`);
    const { code, lines } = await run(['test'], 'SIGINT');
    expect(code).toBe(130);
    expect(lines.join('\n')).not.toMatch(/passed, \d+ failed/);
  });

  test('an unknown project is named', async () => {
    const { code, lines } = await run(['prove']);
    expect(lines).toEqual(['run-tests: expected test, properties, proofs, got prove']);
    expect(code).toBe(2);
  });
});
