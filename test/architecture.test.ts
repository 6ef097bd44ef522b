/**
 * What may import what in `src/`. The rules stand here and nowhere else.
 *
 * Imports point down the floors; folders of one floor do not know each other but for the pairs listed; no cycles; the
 * checker stands alone; each package has its place; what starts fast does not load what starts slowly.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', 'src');

/** Folders by floor; the files directly in `src/` are the roof, which may use all. */
const floors: Readonly<Record<string, number>> = {
  format: 0,
  exact: 1,
  check: 1,
  geometry: 2,
  data: 3,
  network: 4,
  construction: 5,
  theory: 5,
  arbitrary: 5,
  verify: 6,
  interop: 6,
  experiment: 7,
  regression: 7,
  report: 8,
  laws: 9,
  cli: 9,
};

/** Pairs of one floor in which the first folder may import the second, because data flows that way. */
const besideEachOther: readonly string[] = [
  // random instances of theorems; bounds of constructions; SMT-LIB text is the encoder's; `muball test` runs laws
  'arbitrary → construction',
  'theory → construction',
  'interop → verify',
  'cli → laws',
];

/** Files that may import the roof: what hands the whole public API to a user's module. */
const mayImportRoof: readonly string[] = ['cli/load-constructions.ts'];

/** Files (or folders, ending in /) of `src/` that may import each package. */
const places: Readonly<Record<string, readonly string[]>> = {
  mathjs: ['exact/expression.ts'],
  highs: ['verify/search/'],
  'z3-solver': ['verify/smt/z3-child.ts'],
  'fast-check': ['arbitrary/', 'laws/'],
  vitest: ['laws/'],
  commander: ['cli/'],
  'cli-progress': ['cli/'],
  'cli-table3': ['cli/', 'report/'],
  jiti: ['cli/', 'laws/'],
  vega: ['report/experiment-chart.ts'],
  'vega-lite': ['report/experiment-chart.ts'],
  'node:': [
    'data/',
    'network/network-store.ts',
    'network/codec.ts',
    'verify/query.ts',
    'verify/smt/',
    // worker threads, and certificates handed to the checker
    'verify/parallel/',
    'verify/built-program.ts',
    'verify/checked-certificate.ts',
    'check/bin.ts',
    'cli/',
    'regression/',
    'experiment/',
  ],
};

/** From the first file, the packages listed must not be loaded at start. */
const notAtStart: Readonly<Record<string, readonly string[]>> = {
  'index.ts': ['mathjs', 'z3-solver', 'fast-check', 'vitest', 'commander', 'cli-progress', 'cli-table3', 'jiti'],
  'cli/main.ts': ['mathjs', 'z3-solver', 'fast-check', 'vitest', 'jiti'],
  'arbitrary/index.ts': ['mathjs', 'z3-solver', 'vitest', 'commander'],
  'check/bin.ts': ['mathjs', 'z3-solver', 'fast-check', 'vitest', 'commander'],
};

const mostLines = 400;
const emptyNames = /(^|[-/])(utils?|helpers?|common|misc|shared)([-/.]|$)/;

interface Import {
  /** The file, from `src/`. */
  readonly from: string;
  /** A file from `src/`, or the name of a package; Node's modules begin with `node:`. */
  readonly to: string;
  readonly internal: boolean;
  readonly typeOnly: boolean;
  readonly dynamic: boolean;
}

interface Source {
  readonly file: string;
  readonly text: string;
}

/** All imports and re-exports of a file, static, dynamic and of types. */
function importsOf({ file, text }: Source): Import[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean, dynamic: boolean): void => {
    if (specifier === undefined) return;
    if (!ts.isStringLiteralLike(specifier)) {
      throw new Error(`${file}: imports ${specifier.getText()}, which no test can follow: write the name as text`);
    }
    const name = specifier.text;
    const internal = name.startsWith('.');
    const to = internal ? posix.join(posix.dirname(file), name).replace(/\.js$/, '.ts') : packageOf(name);
    found.push({ from: file, to, internal, typeOnly, dynamic });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const clause = node.importClause;
      const named = clause?.namedBindings;
      const allTypes =
        clause !== undefined &&
        clause.name === undefined &&
        named !== undefined &&
        ts.isNamedImports(named) &&
        named.elements.length > 0 &&
        named.elements.every((element) => element.isTypeOnly);
      add(node.moduleSpecifier, clause?.phaseModifier === ts.SyntaxKind.TypeKeyword || allTypes, false);
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly, false);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, true, false);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false, true);
    } else if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'require') {
      add(node.arguments[0], false, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function packageOf(name: string): string {
  if (name.startsWith('node:')) return name;
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}

const folderOf = (file: string): string => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '');
const floorOf = (file: string): number | undefined => (folderOf(file) === '' ? 10 : floors[folderOf(file)]);
const isIn = (file: string, list: readonly string[]): boolean =>
  list.some((place) => (place.endsWith('/') ? file.startsWith(place) : file === place));

/** Why an import is refused, or undefined. */
function refusal(at: Import): string | undefined {
  const { from, to } = at;
  const text = `${from} imports ${to}`;
  if (folderOf(from) === 'check') {
    if (at.internal) {
      if (folderOf(to) === 'check') return undefined;
      if (folderOf(to) === 'format' && at.typeOnly) return undefined;
    } else if (from === 'check/bin.ts' && to.startsWith('node:')) return undefined;
    return `${text}: the checker imports its own files, \`import type\` from format, and in bin.ts node: modules`;
  }
  if (!at.internal) {
    const key = to.startsWith('node:') ? 'node:' : to;
    const allowed = places[key];
    if (allowed === undefined) return `${text}: a package that no file of src may import`;
    if (!isIn(from, allowed)) return `${text}: allowed only in ${allowed.join(', ')}`;
    return undefined;
  }
  const [upper, lower] = [floorOf(from), floorOf(to)];
  if (upper === undefined) return `${from}: ${folderOf(from)} is on no floor`;
  if (lower === undefined) return `${text}: ${to.startsWith('..') ? 'outside src' : `${folderOf(to)} is on no floor`}`;
  if (folderOf(from) === folderOf(to)) return undefined;
  if (to === 'index.ts' && isIn(from, mayImportRoof)) return undefined;
  if (lower > upper) return `${text}: floor ${upper} imports floor ${lower}, imports point down`;
  if (lower === upper && !besideEachOther.includes(`${folderOf(from)} → ${folderOf(to)}`)) {
    return `${text}: folders of one floor do not import each other`;
  }
  return undefined;
}

/** A cycle of files, first file repeated at the end, or undefined. Types count: files that need each other are one file. */
function cycle(imports: readonly Import[]): string[] | undefined {
  const next = new Map<string, string[]>();
  for (const { from, to, internal } of imports) if (internal) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const path: string[] = [];
  const search = (file: string): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    path.push(file);
    for (const other of next.get(file) ?? []) {
      const found = search(other);
      if (found !== undefined) return found;
    }
    path.pop();
    done.add(file);
    return undefined;
  };
  for (const file of next.keys()) {
    const found = search(file);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A chain of static imports of values from a file to a package, or undefined. */
function chainTo(name: string, start: string, imports: readonly Import[]): string[] | undefined {
  const used = imports.filter((at) => !at.typeOnly && !at.dynamic);
  const cameFrom = new Map<string, string | undefined>([[start, undefined]]);
  const queue = [start];
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    for (const at of used.filter((other) => other.from === file)) {
      if (cameFrom.has(at.to)) continue;
      cameFrom.set(at.to, file);
      if (!at.internal && at.to === name) {
        const chain = [at.to];
        for (let back = cameFrom.get(at.to); back !== undefined; back = cameFrom.get(back)) chain.unshift(back);
        return chain;
      }
      if (at.internal) queue.push(at.to);
    }
  }
  return undefined;
}

const hasDefaultExport = ({ file, text }: Source): boolean =>
  ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true).statements.some((node) => {
    if (ts.isExportAssignment(node)) return true;
    if (ts.isExportDeclaration(node) && node.exportClause !== undefined && ts.isNamedExports(node.exportClause)) {
      return node.exportClause.elements.some((element) => element.name.text === 'default');
    }
    const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
    return modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword) ?? false;
  });

const sources: readonly Source[] = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ file: relative(root, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }));
const imports = sources.flatMap(importsOf);

describe('src', () => {
  test('there is something to check', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(imports.length).toBeGreaterThan(sources.length);
  });

  test('every import points down, and every package is in its place', () => {
    expect(imports.map(refusal).filter((text) => text !== undefined)).toEqual([]);
  });

  test('imported files exist', () => {
    const files = new Set(sources.map(({ file }) => file));
    expect(imports.filter(({ internal, to }) => internal && !files.has(to))).toEqual([]);
  });

  test('no cycles between files', () => {
    expect(cycle(imports)).toBeUndefined();
  });

  test('what starts fast does not load what starts slowly', () => {
    for (const [start, packages] of Object.entries(notAtStart)) {
      for (const name of packages) expect(chainTo(name, start, imports), `${start} loads ${name}`).toBeUndefined();
    }
  });

  test(`no file above ${mostLines} lines, the median at most 120`, () => {
    const lengths = sources.map(({ file, text }) => ({ file, lines: text.split('\n').length - 1 }));
    expect(lengths.filter(({ lines }) => lines > mostLines)).toEqual([]);
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[sorted.length >> 1]).toBeLessThanOrEqual(120);
  });

  test('no names that say nothing', () => {
    expect(sources.map(({ file }) => file).filter((file) => emptyNames.test(file))).toEqual([]);
  });

  test('no default exports', () => {
    expect(sources.filter(hasDefaultExport).map(({ file }) => file)).toEqual([]);
  });
});

describe('the rules themselves', () => {
  const only = (file: string, text: string): Import => {
    const found = importsOf({ file, text });
    expect(found).toHaveLength(1);
    return found[0]!;
  };

  test.each([
    ['exact/a.ts', "import { x } from '../network/index.js';", 'floor 1 imports floor 4'],
    ['exact/a.ts', "import type { X } from '../network/index.js';", 'floor 1 imports floor 4'],
    ['network/a.ts', "export * from '../verify/index.js';", 'floor 4 imports floor 6'],
    ['network/a.ts', "const a = await import('../cli/main.js');", 'floor 4 imports floor 9'],
    ['geometry/a.ts', "let a: import('../data/index.js').X;", 'floor 2 imports floor 3'],
    ['construction/ygz/a.ts', "import { x } from '../../arbitrary/index.js';", 'one floor do not import each other'],
    ['verify/a.ts', "import { x } from '../interop/index.js';", 'one floor do not import each other'],
    ['format/a.ts', "import { x } from '../index.js';", 'floor 0 imports floor 10'],
    ['cli/a.ts', "import * as muball from '../index.js';", 'floor 9 imports floor 10'],
    ['exact/a.ts', "import { x } from '../nowhere/a.js';", 'nowhere is on no floor'],
    ['nowhere/a.ts', "import { x } from '../exact/a.js';", 'nowhere is on no floor'],
    ['exact/a.ts', "import { x } from '../../test/a.js';", 'outside src'],
    ['check/a.ts', "import { x } from '../exact/index.js';", 'the checker imports'],
    ['check/a.ts', "import type { X } from '../exact/index.js';", 'the checker imports'],
    ['check/a.ts', "import { x } from '../format/index.js';", 'the checker imports'],
    ['check/a.ts', "import { type X, y } from '../format/index.js';", 'the checker imports'],
    ['check/a.ts', "import '../format/index.js';", 'the checker imports'],
    ['check/a.ts', "import { createHash } from 'node:crypto';", 'the checker imports'],
    ['check/bin.ts', "import { program } from 'commander';", 'the checker imports'],
    ['cli/a.ts', "import { all } from 'mathjs';", 'allowed only in exact/expression.ts'],
    ['exact/a.ts', "const m = await import('mathjs');", 'allowed only in exact/expression.ts'],
    ['exact/a.ts', "const m = require('mathjs');", 'allowed only in exact/expression.ts'],
    ['verify/smt/z3.ts', "import { init } from 'z3-solver';", 'allowed only in verify/smt/z3-child.ts'],
    ['verify/a.ts', "import fc from 'fast-check';", 'allowed only in arbitrary/, laws/'],
    ['arbitrary/a.ts', "import { test } from 'vitest';", 'allowed only in laws/'],
    ['report/a.ts', "import { Command } from 'commander';", 'allowed only in cli/'],
    ['report/a.ts', "import { readFileSync } from 'node:fs';", 'allowed only in data/'],
    ['exact/a.ts', "import { createHash } from 'node:crypto/sub';", 'allowed only in data/'],
    ['cli/a.ts', "import x from 'left-pad';", 'a package that no file of src may import'],
    ['cli/a.ts', "import x from '@scope/name/sub';", 'cli/a.ts imports @scope/name: a package'],
    ['cli/a.ts', "import fs from 'fs';", 'a package that no file of src may import'],
  ])('%s: %s is refused', (file, text, why) => {
    expect(refusal(only(file, text))).toContain(why);
  });

  test.each([
    ['network/a.ts', "import { x } from '../exact/index.js';"],
    ['network/a.ts', "import { x } from './b.js';"],
    ['network/gadget/a.ts', "import { x } from '../network.js';"],
    ['arbitrary/a.ts', "import { x } from '../construction/registry.js';"],
    ['check/a.ts', "import type { X } from '../format/index.js';"],
    ['check/a.ts', "import { type X, type Y } from '../format/index.js';"],
    ['check/a.ts', "import { x } from './b.js';"],
    ['check/bin.ts', "import { createHash } from 'node:crypto';"],
    ['exact/expression.ts', "const m = await import('mathjs');"],
    ['index.ts', "export * from './exact/index.js';"],
    ['report/a.ts', "import Table from 'cli-table3';"],
    ['cli/load-constructions.ts', "import * as muball from '../index.js';"],
  ])('%s: %s is allowed', (file, text) => {
    expect(refusal(only(file, text))).toBeUndefined();
  });

  test('an import whose name is computed is refused', () => {
    expect(() => importsOf({ file: 'cli/a.ts', text: 'await import(name);' })).toThrow('write the name as text');
  });

  const files = (texts: Record<string, string>): Import[] =>
    Object.entries(texts).flatMap(([file, text]) => importsOf({ file, text }));

  test('cycles are found, through types too', () => {
    const chain = { 'exact/a.ts': "import './b.js';", 'exact/b.ts': "import type { X } from './c.js';" };
    expect(cycle(files(chain))).toBeUndefined();
    const closed = cycle(files({ ...chain, 'exact/c.ts': "export { y } from './a.js';" }));
    expect(closed).toEqual(['exact/a.ts', 'exact/b.ts', 'exact/c.ts', 'exact/a.ts']);
    expect(cycle(files({ 'exact/a.ts': "import './a.js';" }))).toEqual(['exact/a.ts', 'exact/a.ts']);
  });

  test('chains of static imports are found; types and dynamic imports end them', () => {
    const made = (link: string): Import[] =>
      files({ 'index.ts': "export * from './exact/a.js';", 'exact/a.ts': link, 'exact/b.ts': "import 'mathjs';" });
    expect(chainTo('mathjs', 'index.ts', made("import { x } from './b.js';"))).toEqual([
      'index.ts',
      'exact/a.ts',
      'exact/b.ts',
      'mathjs',
    ]);
    expect(chainTo('mathjs', 'index.ts', made("import type { X } from './b.js';"))).toBeUndefined();
    expect(chainTo('mathjs', 'index.ts', made("await import('./b.js');"))).toBeUndefined();
  });

  test('names and default exports', () => {
    for (const name of ['exact/utils.ts', 'exact/string-helpers.ts', 'common/a.ts', 'cli/command/shared.ts']) {
      expect(name).toMatch(emptyNames);
    }
    for (const name of ['exact/commonest.ts', 'exact/a.ts']) {
      expect(name).not.toMatch(emptyNames);
    }
    const texts = ['export default 1;', 'export default function f() {}', 'const a = 1; export { a as default };'];
    for (const text of texts) expect(hasDefaultExport({ file: 'a.ts', text })).toBe(true);
    expect(hasDefaultExport({ file: 'a.ts', text: 'export const a = 1; export { b } from "./b.js";' })).toBe(false);
  });
});

test('every folder of src is on a floor', () => {
  const folders = new Set(sources.map(({ file }) => folderOf(file)).filter((name) => name !== ''));
  expect([...folders].filter((name) => floors[name] === undefined)).toEqual([]);
});
