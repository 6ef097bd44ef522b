/**
 * The package as it is installed: packed from the built project and unpacked in an empty one, with the dependencies of
 * this repository in place of the network.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { afterAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const project = mkdtempSync(join(tmpdir(), 'muball-package-'));
afterAll(() => rmSync(project, { recursive: true, force: true }));

interface Manifest {
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly sideEffects: readonly string[];
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}
interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

// Scripts would build anew, under the feet of the tests that run beside this one.
const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', project];
const [packed] = JSON.parse(execFileSync('npm', pack, { cwd: root, encoding: 'utf8', stdio: 'pipe' })) as [Packed];
const home = join(project, 'node_modules', 'muball');
mkdirSync(home, { recursive: true });
execFileSync('tar', ['-xzf', join(project, packed.filename), '-C', home, '--strip-components=1']);
const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as Manifest;

for (const name of [...Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }), '@types/node']) {
  mkdirSync(dirname(join(project, 'node_modules', name)), { recursive: true });
  symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name), 'junction');
}
writeFileSync(join(project, 'package.json'), '{ "type": "module" }\n');

const inProject = (file: string, ...args: string[]): string =>
  execFileSync(process.execPath, [file, ...args], { cwd: project, encoding: 'utf8', stdio: 'pipe' });

describe('the tarball', () => {
  const paths = packed.files.map(({ path }) => path);

  test('holds what is built, data and documents, and nothing else', () => {
    expect(paths).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'package.json', 'examples/data/iris.csv']));
    const built = /^dist\/(?!docs-check)[\w/-]+(?:\.d\.ts|\.js)$/;
    const beside =
      /^(?:package\.json|action\.yml|README\.md|LICENSE|CHANGELOG\.md|docs\/[\w-]+\.(?:md|svg|bib)|examples\/data\/\w+\.csv)$/;
    expect(paths.filter((path) => !built.test(path) && !beside.test(path))).toEqual([]);
    expect(paths.filter((path) => /(?:^|\/)(?:test|properties|proofs)\/|\.test\./.test(path))).toEqual([]);
  });

  test('holds every file that the manifest names', () => {
    const named = Object.values(manifest.exports).flatMap((e) => (typeof e === 'string' ? e : [e.types, e.default]));
    expect(named.length).toBeGreaterThanOrEqual(7);
    for (const file of [...named, ...Object.values(manifest.bin)])
      expect(existsSync(join(home, file)), file).toBe(true);
  });

  test('is small: no file above 150 kB, less than 900 kB packed', () => {
    expect(packed.files.filter(({ size }) => size > 150_000)).toEqual([]);
    expect(packed.size).toBeLessThan(900_000);
  });
});

describe('the modules', () => {
  const specifiers = Object.keys(manifest.exports)
    .filter((key) => key !== './package.json')
    .map((key) => `muball${key.slice(1)}`);

  test('every sub-path imports, and what is not exported does not', () => {
    const lines = specifiers.map(
      (name, k) => `import * as m${k} from '${name}';\nnames.push(Object.keys(m${k}).length);`,
    );
    writeFileSync(
      join(project, 'imports.js'),
      `const names = [];\n${lines.join('\n')}
import manifest from 'muball/package.json' with { type: 'json' };
const refused = await import('muball/dist/cli/main.js').catch((error) => error.code);
console.log(JSON.stringify({ names, version: manifest.version, refused }));\n`,
    );
    const said = JSON.parse(inProject('imports.js')) as { names: number[]; version: string; refused: string };
    expect(said).toMatchObject({ version: manifest.version, refused: 'ERR_PACKAGE_PATH_NOT_EXPORTED' });
    expect(said.names).toHaveLength(specifiers.length);
    // What is imported for its effect has no names.
    expect(specifiers.filter((_, k) => said.names[k] === 0)).toEqual(['muball/laws/vitest']);
    expect(manifest.sideEffects).toEqual(['./dist/laws/vitest.js']);
  });

  const program = `import { bundled, proveBalls, rational, robustnessQuery, theoremNamed, type Verdict } from 'muball';
import { dataset } from 'muball/arbitrary';
import { checker, type Outcome } from 'muball/check';
import { type Law, robustMemorizationLaws, runLaw } from 'muball/laws';

const laws: Law[] = robustMemorizationLaws(theoremNamed('ygz-wide'), { norms: ['linf'], runs: 5 });
const { failure, runs } = await runLaw(laws[0]!);
if (failure !== undefined) throw failure;
const data = await bundled('xor');
const { network } = theoremNamed('ygz-wide').construct(data, { norm: 'linf', radius: rational(1, 4) });
const balls = await proveBalls(network, data.size, (i) =>
  robustnessQuery(network, data, i, { norm: 'linf', radius: rational(1, 4), reading: network.output! }),
);
const verdicts: Verdict[] = balls.map(({ verdict }) => verdict);
const outcome: Outcome = checker({}) as Outcome;
console.log(verdicts.map(({ verdict }) => verdict).join(' '), outcome.outcome, typeof dataset, runs);
`;
  const resolutions: [string, ts.CompilerOptions][] = [
    ['nodenext', { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext }],
    ['bundler', { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }],
  ];
  /** Parsed once for all programs: most of them is the standard library. */
  const parsed = new Map<string, ts.SourceFile | undefined>();
  const complaintsOf = (text: string, options: ts.CompilerOptions, skipLibCheck: boolean): string[] => {
    const file = join(project, `program-${parsed.size}.ts`);
    writeFileSync(file, text);
    const all: ts.CompilerOptions = {
      ...options,
      target: ts.ScriptTarget.ES2023,
      strict: true,
      skipLibCheck,
      types: ['node'],
      typeRoots: [join(project, 'node_modules', '@types')],
      noEmit: true,
    };
    const host = ts.createCompilerHost(all);
    const { getSourceFile } = host;
    host.getSourceFile = (name, languageVersion) => {
      const key = JSON.stringify([name, languageVersion]);
      if (!parsed.has(key)) parsed.set(key, getSourceFile(name, languageVersion));
      return parsed.get(key);
    };
    return ts
      .getPreEmitDiagnostics(ts.createProgram([file], all, host))
      .map((d) => `${d.file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(d.messageText, '\n')}`);
  };

  test.each(resolutions)('types resolve with %s, and are checked', (name, options) => {
    // Declarations are checked once, those of muball among them.
    expect(complaintsOf(program, options, name !== 'nodenext')).toEqual([]);
    const wrong = program.replace("norm: 'linf', radius", "norm: 'l3', radius");
    expect(complaintsOf(wrong, options, true).join()).toMatch(/"l3"/);
  });

  test('the matchers have types', () => {
    const matching = `import 'muball/laws/vitest';
import { datasetOf, type Network } from 'muball';
import { expect } from 'vitest';
declare const network: Network;
await expect(network).toMemorizeRobustly(datasetOf([[{ n: 1n, d: 2n }]], [0]), { norm: 'l2', radius: '1/4' });
await expect(network).toBeRobustAt(['1/2'], { label: 0, norm: 'l1', radius: 0.25 });
`;
    const [, options] = resolutions[0]!;
    expect(complaintsOf(matching, options, true)).toEqual([]);
    expect(complaintsOf(matching.replace('label: 0, ', ''), options, true).join()).toMatch(/'label' is missing/);
  });

  test('the program does what it says', () => {
    const text = ts.transpileModule(program, {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
    }).outputText;
    writeFileSync(join(project, 'program.js'), text);
    expect(inProject('program.js')).toBe('unsat unsat unsat unsat invalid function 5\n');
  });
});

describe('the commands', () => {
  const bin = (name: string): string => join(home, manifest.bin[name]!);

  test('have a first line that says what runs them', () => {
    expect(Object.keys(manifest.bin)).toEqual(['muball', 'muball-check']);
    for (const name of Object.keys(manifest.bin))
      expect(readFileSync(bin(name), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  test('muball proves bundled data by both engines, and muball-check accepts what it exports', () => {
    expect(inProject(bin('muball'), '--version')).toBe(`${manifest.version}\n`);
    const iris = ['--data', 'iris', '--ratio', '0.99'];
    expect(inProject(bin('muball'), 'prove', ...iris)).toMatch(/^✓ 150 of 150 balls proved \(certificate\)/m);
    const both = ['prove', '--data', 'xor', '--ratio', '0.5', '--engine', 'both', '--jobs', '1'];
    expect(inProject(bin('muball'), ...both)).toMatch(/^✓ 4 of 4 balls proved \(certificate\) · z3 agrees on 4/m);
    for (const format of ['network', 'query', 'certificate']) {
      inProject(bin('muball'), 'export', ...iris, '--sample', '70', '--format', format, '--out', `${format}.json`);
    }
    expect(inProject(bin('muball-check'), 'network.json', 'query.json', 'certificate.json')).toBe('valid\n');
  });

  test('muball test takes a module of the project, and says that it needs fast-check where there is none', () => {
    const module = `import { type ConstructionOptions, type Dataset, theoremNamed } from 'muball';
export const construction = (data: Dataset, options: ConstructionOptions) =>
  theoremNamed('ygz-wide').construct(data, options);\n`;
    writeFileSync(join(project, 'mine.ts'), module);
    const tested = inProject(bin('muball'), 'test', 'mine.ts', '--norm', 'linf', '--runs', '4');
    expect(tested).toMatch(/^construction: 12 of 12 laws hold on all data tried, 27 runs · tested, not proved$/m);
    const link = join(project, 'node_modules', 'fast-check');
    renameSync(link, `${link}-away`);
    try {
      const without = spawnSync(process.execPath, [bin('muball'), 'test', 'mine.ts'], {
        cwd: project,
        encoding: 'utf8',
      });
      expect(without).toMatchObject({
        status: 2,
        stdout: '',
        stderr: 'muball: test: expected fast-check beside muball, got none: npm install --save-dev fast-check\n',
      });
      expect(inProject(bin('muball'), 'list')).toMatch(/ygz-wide/);
    } finally {
      renameSync(`${link}-away`, link);
    }
  });

  test('the checker needs no other package', () => {
    const alone = mkdtempSync(join(project, 'alone-'));
    cpSync(join(home, 'dist', 'check'), join(alone, 'check'), { recursive: true });
    writeFileSync(join(alone, 'package.json'), '{ "type": "module" }\n');
    expect(inProject(join(alone, 'check', 'bin.js'), '--help')).toMatch(/^Usage: muball-check/);
  });
});
