/**
 * README and docs stay true: every `ts` block compiles and runs, and prints what its comments say; every `$ muball` line
 * of a `console` block runs, and prints what stands below it.
 *
 * In expected output `<seconds>` stands for a number, and a line `<...>` for any lines.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { afterAll, describe, expect, test } from 'vitest';
import { datasetFileAt, networkFileAt } from '../src/format/index.js';

const root = join(import.meta.dirname, '..');
const cli = join(root, 'dist', 'cli', 'main.js');
const documents = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((f) => f.endsWith('.md'))
    .map((f) => `docs/${f}`),
];

interface Block {
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map((found) => ({
    language: found[1]!,
    text: found[2]!,
    line: markdown.slice(0, found.index).split('\n').length,
  }));
}

/** Commands with the output that stands below them. */
function sessionsOf(block: Block): { command: string; expected: string }[] {
  return block.text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command, ...lines] = part.split('\n');
      return { command: command!, expected: lines.join('\n').trimEnd() };
    });
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether printed text is what a document shows. */
function matches(printed: string, expected: string): boolean {
  const pattern = expected
    .split('\n')
    .map((line) => (line === '<...>' ? '[\\s\\S]*?' : escaped(line).replaceAll('<seconds>', '[0-9.]+')))
    .join('\\n');
  return new RegExp(`^${pattern}$`).test(printed.trimEnd());
}

/** The words of a command line as a shell splits them; quotes group. */
const wordsOf = (command: string): string[] =>
  [...command.matchAll(/"([^"]*)"|(\S+)/g)].map((found) => found[1] ?? found[2]!);

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

  for (const block of blocks.filter((b) => b.language === 'console')) {
    for (const { command, expected } of sessionsOf(block).filter((s) => s.command.startsWith('muball '))) {
      test(`line ${block.line}: ${command}`, () => {
        const [, ...args] = wordsOf(command);
        const done = spawnSync(process.execPath, [cli, ...args], {
          cwd: folder,
          encoding: 'utf8',
          env: { ...process.env, NO_COLOR: '1' },
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
      else throw new Error(`${value.format}: no reader is known here`);
    });
  }

  for (const block of blocks.filter((b) => b.language === 'ts')) {
    test(`line ${block.line}: the example compiles, runs and prints what it says`, () => {
      mkdirSync(scripts, { recursive: true });
      const source = join(scripts, `${file.replace(/\W/g, '-')}-${block.line}.ts`);
      writeFileSync(source, block.text);
      const program = ts.createProgram([source], {
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
      const script = source.replace(/\.ts$/, '.js');
      writeFileSync(
        script,
        ts.transpileModule(block.text, {
          compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
        }).outputText,
      );
      const printed = execFileSync(process.execPath, [script], {
        encoding: 'utf8',
        cwd: folder,
        env: { ...process.env, NO_COLOR: '1' },
      });
      // What console.log is said to print, up to a comma that begins a remark.
      const said = [...block.text.matchAll(/^console\.log\(.*\); \/\/ ((?:\{[^}]*\}|\[[^\]]*\]|[^,\n])*)/gm)].map(
        (found) => found[1]!.trim(),
      );
      expect(printed.trim().split('\n').slice(0, said.length)).toEqual(said.length === 0 ? [''].slice(0, 0) : said);
    });
  }
});
