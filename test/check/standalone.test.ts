/**
 * The checker stands alone: it imports its own files, the types of the formats, and in `bin.ts` modules of node; it
 * stays within its size; and the command works with nothing else beside it.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ball, certificate, differsFrom, golden, query, samples } from './example.js';

const folder = fileURLToPath(new URL('../../src/check/', import.meta.url));
const sources = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

describe('imports', () => {
  test.each(sources.map(({ name, text }) => [name, text]))('%s', (name, text) => {
    const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest);
    const visit = (node: ts.Node): void => {
      const isDynamic = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
      expect(isDynamic || ts.isImportEqualsDeclaration(node) || ts.isImportTypeNode(node), 'a hidden import').toBe(
        false,
      );
      if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
        const from = (node.moduleSpecifier as ts.StringLiteral).text;
        const isType = ts.isImportDeclaration(node) && node.importClause?.isTypeOnly === true;
        const isAllowed =
          /^\.\/[a-z-]+\.js$/.test(from) ||
          (isType && /^\.\.\/format\/[a-z-]+\.js$/.test(from)) ||
          (name === 'bin.ts' && from.startsWith('node:'));
        expect(isAllowed, `${name} imports ${from}`).toBe(true);
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
    expect(text).not.toMatch(/\b(require|eval|globalThis|Math\.random|Date)\b/);
  });
});

test('at most 740 lines of code', () => {
  const code = sources.flatMap(({ text }) => text.split('\n')).filter((line) => !/^\s*(\/\/|\/?\*|$)/.test(line));
  expect(code.length).toBeLessThanOrEqual(740);
});

describe('muball-check', () => {
  const home = mkdtempSync(join(tmpdir(), 'muball-check-'));
  const path = (name: string) => join(home, name);
  const about = query(golden, ball('linf', samples[2]!.centre, '3/4'), differsFrom(2));
  const wrong = query(golden, ball('linf', samples[2]!.centre, '3/4'), differsFrom(1));

  beforeAll(() => {
    mkdirSync(path('check'));
    const options = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true };
    for (const { name, text } of sources) {
      const { outputText } = ts.transpileModule(text, { compilerOptions: options });
      writeFileSync(path(`check/${name.replace(/ts$/, 'js')}`), outputText);
    }
    const files = {
      network: golden,
      query: about,
      certificate: certificate(about),
      wrong,
      wrongProof: certificate(wrong),
    };
    for (const [name, file] of Object.entries(files)) writeFileSync(path(`${name}.json`), JSON.stringify(file));
    writeFileSync(path('package.json'), '{"type":"module"}');
    writeFileSync(path('text.json'), 'not JSON');
    writeFileSync(path('escape.json'), '{"\\u001b[31m\\n":1}');
  });
  afterAll(() => rmSync(home, { recursive: true }));

  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [path('check/bin.js'), ...args], {
      encoding: 'utf8',
      cwd: home,
    });
    return { status, stdout, stderr };
  };

  test.each([
    ['a good certificate', ['network.json', 'query.json', 'certificate.json'], 0, 'valid\n'],
    [
      'a false claim',
      ['network.json', 'wrong.json', 'wrongProof.json'],
      1,
      'invalid: certificate.proofs[0]: exact intervals refute none of the 1 constraints\n',
    ],
    [
      'files in the wrong order',
      ['query.json', 'network.json', 'certificate.json'],
      1,
      /^invalid: network: unknown field .*\n$/,
    ],
    [
      'a field with control characters',
      ['escape.json', 'query.json', 'certificate.json'],
      1,
      /^invalid: network: unknown field "\\u001b\[31m\\n", .*\n$/,
    ],
  ] as const)('%s', (_, args, status, stdout) => {
    expect(run(...args)).toEqual({
      status,
      stdout: typeof stdout === 'string' ? stdout : expect.stringMatching(stdout),
      stderr: '',
    });
  });

  test.each([
    [
      'a missing file',
      ['network.json', 'nowhere.json', 'certificate.json'],
      /^muball-check: nowhere\.json: not readable \(ENOENT\)\n$/,
    ],
    ['a folder', ['check', 'query.json', 'certificate.json'], /^muball-check: check: not readable \(EISDIR\)\n$/],
    ['a file that is not JSON', ['network.json', 'query.json', 'text.json'], /^muball-check: text\.json: not JSON\n$/],
    ['too few files', ['network.json', 'query.json'], /^Usage: muball-check <network\.json>/],
    ['too many files', ['a', 'b', 'c', 'd'], /^Usage: muball-check <network\.json>/],
    ['no files', [], /^Usage: muball-check <network\.json>/],
  ] as const)('%s', (_, args, stderr) => {
    expect(run(...args)).toEqual({ status: 2, stdout: '', stderr: expect.stringMatching(stderr) });
  });

  test('--help', () => {
    expect(run('--help')).toEqual({ status: 0, stdout: expect.stringMatching(/^Usage: muball-check/), stderr: '' });
  });
});
