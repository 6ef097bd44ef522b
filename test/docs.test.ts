/**
 * README and docs stay true: every `ts` block compiles and runs, and prints what its comments say; every `$ muball` line
 * of a `console` block runs, and prints what stands below it.
 *
 * A `cnf` block is a formula of the name in its first comment, for the commands.
 * A `ts` block whose first line is a comment with a file's name is that file, for the commands and the blocks beside it.
 * One that imports vitest or jest is run by vitest, whose functions have the names of jest's; one that imports
 * `node:test` runs its tests itself.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { datasetFileAt, instancesFileAt, networkFileAt } from '../src/format/index.js';
import { keptCases } from '../src/regression/kept-cases.js';
import { type Block, blocksOf, matches, sessionsOf, wordsOf } from './markdown-blocks.js';

const root = join(import.meta.dirname, '..');
const cli = join(root, 'dist', 'cli', 'main.js');
const documents = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((f) => f.endsWith('.md'))
    .map((f) => `docs/${f}`),
];

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

/** The environment of a program of its own, which prints no colours. */
function quiet(): NodeJS.ProcessEnv {
  const { FORCE_COLOR: _, VITEST: __, ...env } = process.env;
  // A program that runs inside a test of node:test would report to it instead of printing.
  return { ...env, NO_COLOR: '1', NODE_TEST_CONTEXT: undefined };
}

const transpiled = (text: string): string =>
  ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 } })
    .outputText;

test('the documents have something to run', () => {
  const blocks = documents.flatMap((file) => blocksOf(readFileSync(join(root, file), 'utf8')));
  expect(blocks.filter((b) => b.language === 'ts').length).toBeGreaterThanOrEqual(2);
  expect(blocks.filter((b) => b.language === 'console').flatMap(sessionsOf).length).toBeGreaterThanOrEqual(5);
});

test('a wrong output is caught, a masked one passes', () => {
  expect(matches('✓ 3 of 3 in 0.12 s\n', '✓ 3 of 3 in <seconds> s')).toBe(true);
  expect(matches('✓ 2 of 3 in 0.12 s', '✓ 3 of 3 in <seconds> s')).toBe(false);
  expect(matches('✓ 3 of 3 in . s', '✓ 3 of 3 in <seconds> seconds')).toBe(false);
  expect(matches('a\nb\nc\nd', 'a\n<...>\nd')).toBe(true);
  expect(matches('a\nb', 'a\n<...>\nd')).toBe(false);
});

describe.each(documents)('%s', (file) => {
  const blocks = blocksOf(readFileSync(join(root, file), 'utf8'));
  const folder = mkdtempSync(join(tmpdir(), 'muball-docs-'));
  // A file below the project's root may import the project by its own name.
  const scripts = join(root, 'out', `docs-check-${file.replace(/\W/g, '-')}`);
  afterAll(() => {
    for (const used of [folder, scripts]) rmSync(used, { recursive: true, force: true });
  });

  const nameOf = (block: Block): string => /^\/\/ ([\w.-]+\.[jt]s)\n/.exec(block.text)?.[1] ?? `line-${block.line}.ts`;
  const programs = blocks.filter(({ language }) => language === 'ts' || language === 'js');
  /** The block as JavaScript, where it may import muball. */
  const scriptOf = (block: Block): string => join(scripts, nameOf(block).replace(/\.ts$/, '.js'));
  beforeAll(() => {
    mkdirSync(scripts, { recursive: true });
    // Else vitest takes the nearest configuration above.
    writeFileSync(join(scripts, 'vitest.config.mjs'), 'export default {};\n');
    for (const { language, text } of blocks) {
      const name = /^c ([\w-]+\.cnf)\n/.exec(text)?.[1];
      if (language === 'cnf' && name !== undefined) writeFileSync(join(folder, name), text);
    }
    for (const block of programs) {
      writeFileSync(join(folder, nameOf(block)), block.text);
      writeFileSync(join(scripts, nameOf(block)), block.text);
      // What jest is imported for, vitest has under the same names.
      writeFileSync(scriptOf(block), transpiled(block.text.replace("from '@jest/globals'", "from 'vitest'")));
    }
  });

  for (const block of blocks.filter((b) => b.language === 'console')) {
    for (const { command, expected } of sessionsOf(block).filter((s) => s.command.startsWith('muball '))) {
      test(`line ${block.line}: ${command}`, () => {
        const [, ...args] = wordsOf(command);
        const done = spawnSync(process.execPath, [cli, ...args], {
          cwd: folder,
          encoding: 'utf8',
          env: quiet(),
        });
        expect(done.stderr).toBe('');
        if (expected !== '' && !matches(done.stdout, expected)) expect(done.stdout.trimEnd()).toBe(expected);
      });
    }
  }

  test('links lead to files that exist', () => {
    const markdown = readFileSync(join(root, file), 'utf8');
    for (const [, link] of markdown.matchAll(/\]\((?!https?:)([^)#\s]+)[^)]*\)/g)) {
      expect(existsSync(join(root, dirname(file), link!)), link).toBe(true);
    }
  });

  for (const block of blocks.filter((b) => b.language === 'json')) {
    test(`line ${block.line}: the file is one that muball reads`, () => {
      const value = JSON.parse(block.text) as { format: string };
      if (value.format === 'muball-dataset') datasetFileAt(value);
      else if (value.format === 'muball-network') networkFileAt(value);
      else if (value.format === 'muball-instances') instancesFileAt(value);
      else if (value.format === 'muball-kept-case') {
        const kept = join(folder, `kept-${block.line}`);
        mkdirSync(kept);
        writeFileSync(join(kept, 'case.json'), block.text);
        expect(keptCases(kept)[0]!.values).toHaveLength(1);
      } else throw new Error(`${value.format}: no reader is known here`);
    });
  }

  for (const block of blocks.filter(({ language }) => language === 'ts')) {
    test(`line ${block.line}: the example compiles`, () => {
      const program = ts.createProgram([join(scripts, nameOf(block))], {
        module: ts.ModuleKind.NodeNext,
        moduleResolution: ts.ModuleResolutionKind.NodeNext,
        target: ts.ScriptTarget.ES2023,
        strict: true,
        skipLibCheck: true,
        types: ['node'],
        typeRoots: [join(root, 'node_modules', '@types')],
        noEmit: true,
      });
      const complaints = ts
        .getPreEmitDiagnostics(program)
        .map((d) => ts.flattenDiagnosticMessageText(d.messageText, '\n'));
      expect(complaints).toEqual([]);
    });
  }

  for (const block of programs) {
    test(`line ${block.line}: the example runs and prints what it says`, () => {
      const script = scriptOf(block);
      const runs = (...args: string[]): string =>
        execFileSync(process.execPath, args, { encoding: 'utf8', cwd: folder, env: quiet(), stdio: 'pipe' });
      if (/from '(vitest|@jest\/globals)'/.test(block.text)) {
        const printed = runs(vitest, 'run', '--root', scripts, basename(script));
        expect(printed).toMatch(/^ +Tests +[1-9]\d* passed \(\d+\)$/m);
        return;
      }
      const printed = runs(script);
      if (block.text.includes("from 'node:test'")) {
        expect(printed).toMatch(/^. pass [1-9]\d*$/m);
        expect(printed).toMatch(/^. fail 0$/m);
        return;
      }
      // What console.log is said to print, up to a comma that begins a remark.
      const said = [...block.text.matchAll(/^\s*console\.log\(.*\); \/\/ ((?:\{[^}]*\}|\[[^\]]*\]|[^,\n])*)/gm)].map(
        (found) => found[1]!.trim(),
      );
      expect(printed.trim().split('\n').slice(0, said.length)).toEqual(said);
    });
  }
});
