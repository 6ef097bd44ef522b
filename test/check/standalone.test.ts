/**
 * The checker stands alone: it imports its own files, the types of the formats, and in `bin.ts` modules of node; it
 * stays within its size; and the command works with nothing else beside it.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ball,
  box,
  certificate,
  constraint,
  differsFrom,
  golden,
  hole,
  leaf,
  network,
  query,
  samples,
  split,
} from './example.js';

const folder = fileURLToPath(new URL('../../src/check/', import.meta.url));
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const sources = names.map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

/** Whether a file of the checker imports another one. */
const isOwn = (name: string, from: string): boolean =>
  names.includes(join(dirname(name), from).replace(/\.js$/, '.ts'));

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
          isOwn(name, from) ||
          (isType && /^(\.\.\/)+format\/[a-z-]+\.js$/.test(from)) ||
          (name === 'bin.ts' && from.startsWith('node:'));
        expect(isAllowed, `${name} imports ${from}`).toBe(true);
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
    expect(text).not.toMatch(/\b(require|eval|globalThis|Math\.random|Date)\b/);
  });
});

/** Lines that are neither blank nor comment. */
const codeLines = (name: string): number =>
  sources
    .filter((source) => new RegExp(name).test(source.name))
    .flatMap(({ text }) => text.split('\n'))
    .filter((line) => !/^\s*(\/\/|\/?\*|$)/.test(line)).length;

test('at most 600 lines of code, and the command around them', () => {
  expect(codeLines('^(?!bin|ridge)')).toBeLessThanOrEqual(600);
  expect(codeLines('^bin')).toBeLessThanOrEqual(60);
  const trust = readFileSync(fileURLToPath(new URL('../../docs/trust.md', import.meta.url)), 'utf8');
  expect(trust).toContain(
    `${codeLines('^(?!bin|ridge)')} lines of code, ${codeLines('^ridge')} of the rule \`ridge\`, and ${codeLines('^bin')} of the command`,
  );
});

describe('muball-check', () => {
  const home = mkdtempSync(join(tmpdir(), 'muball-check-'));
  const path = (name: string) => join(home, name);
  const about = query(golden, ball('linf', samples[2]!.centre, '3/4'), differsFrom(2));
  const wrong = query(golden, ball('linf', samples[2]!.centre, '3/4'), differsFrom(1));

  // relu(|x| - 1) is 0 on [-1, 1], by a lemma with a split.
  const abs = network(
    [
      'relu',
      [
        [[1], 0],
        [[-1], 0],
      ],
    ],
    ['relu', [[[1, 1], -1]]],
  );
  const positive = query(abs, box([-1], [1]), [[constraint([1], 0, true)]]);
  const proofWithLemmas = {
    ...certificate(positive),
    lemmas: [{ neuron: [1, 0], side: 'upper', bound: '0', proof: split(0, 0, leaf(), split(0, 1, leaf(), leaf())) }],
    proofs: [leaf()],
  };

  beforeAll(() => {
    mkdirSync(path('check/ridge'), { recursive: true });
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
      whole: { ...about, network: golden },
      lemmas: proofWithLemmas,
      edited: { ...proofWithLemmas, lemmas: proofWithLemmas.lemmas.map((lemma) => ({ ...lemma, bound: '-1/1000' })) },
      unfinished: { ...proofWithLemmas, proofs: [hole] },
      abs,
      positive,
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
      'options in any order',
      ['--proof', 'certificate.json', '--network=network.json', '--query', 'query.json'],
      0,
      'valid\n',
    ],
    ['a query with its network', ['--query', 'whole.json', '--proof', 'certificate.json'], 0, 'valid\n'],
    ['lemmas, splits and leaves', ['abs.json', 'positive.json', 'lemmas.json'], 0, 'valid\n'],
    [
      'a lemma edited',
      ['abs.json', 'positive.json', 'edited.json'],
      1,
      'invalid: certificate.lemmas[0].proof.below: the bound of this leaf does not refute the conjunction\n',
    ],
    [
      'a hole',
      ['--network', 'abs.json', '--query', 'positive.json', '--proof', 'unfinished.json'],
      3,
      'holey: certificate.proofs[0]: no proof here\n',
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
    [
      'a query without its network',
      ['--query', 'query.json', '--proof', 'certificate.json'],
      /^muball-check: query\.json: holds no network, give --network\n$/,
    ],
    ['no proof', ['--query', 'whole.json'], /^Usage: muball-check <network\.json>/],
    [
      'files and options',
      ['network.json', 'query.json', 'certificate.json', '--query', 'query.json'],
      /^Usage: muball-check <network\.json>/,
    ],
    ['an unknown option', ['--trust'], /^muball-check: Unknown option '--trust'/],
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
