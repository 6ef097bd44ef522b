/**
 * The laws find bugs: each one below is planted in a copy of the library, the laws of that very copy are run as often as
 * they are by default, and must end in a counterexample of at most 3 samples in at most 2 dimensions.
 *
 * A copy is the library's own source with one text replaced, which has to occur exactly once.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Dataset } from '../src/geometry/index.js';
import type { Law, PropertyRun } from '../src/laws/index.js';
import type { Network } from '../src/network/index.js';
import { intervalLaws, type Library } from './interval-laws.js';

interface Bug {
  readonly name: string;
  /** File of `src/`. */
  readonly file: string;
  readonly text: string;
  readonly planted: string;
  readonly laws: (library: Library) => Law[];
}

const lawsOf =
  (theorem: string) =>
  ({ laws, construction }: Library): Law[] =>
    laws.robustMemorizationLaws(construction.theoremNamed(theorem));

const lawsOfIntervals = (library: Library): Law[] => [
  ...intervalLaws(library),
  ...library.laws.verifierLaws(library.laws.intervalVerifier),
];

const bugs: readonly Bug[] = [
  {
    name: 'the sum instead of the maximum of indicators',
    file: 'network/gadget/running-maximum.ts',
    text: ', ...carry.map((a) => scaleForm(a, neg(one)))',
    planted: '',
    laws: lawsOf('eys-ball'),
  },
  {
    name: 'μ instead of δ − μ as the reach of the interpolated squares',
    file: 'construction/ygz/square-l2.ts',
    text: 'const h = div(reach, rational(k));',
    planted: 'const h = div(mu, rational(k));',
    laws: lawsOf('ygz-l2'),
  },
  {
    name: 'separation one pair short',
    file: 'geometry/separation.ts',
    text: 'let pair: [number, number] | undefined;\n  for (let i = 0; i < n; i++) {',
    planted: 'let pair: [number, number] | undefined;\n  for (let i = 0; i < n - 2; i++) {',
    laws: lawsOf('ygz-wide'),
  },
  {
    name: 'the last label dropped',
    file: 'construction/prepare.ts',
    text: 'classes: classes(data),',
    planted: 'classes: classes(data).slice(0, Math.max(1, classes(data).length - 1)),',
    laws: lawsOf('ygz-l1'),
  },
  {
    name: 'step(0) = 1',
    file: 'network/affine.ts',
    text: "z > 0 ? (layer.activation === 'step' ? one : z) : 0",
    planted: "z >= 0 ? (layer.activation === 'step' ? one : z) : 0",
    laws: lawsOfIntervals,
  },
  {
    name: 'a point outside the ball accepted by replay',
    file: 'verify/verdict.ts',
    text: 'inside: contains(query.region, x)',
    planted: 'inside: true',
    laws: lawsOfIntervals,
  },
  {
    name: 'the norm instead of the dual norm in the bounds of the first layer',
    file: 'verify/bounds/first-layer.ts',
    text: "if (norm === 'l1') size = w > size ? w : size;\n      else size += norm === 'linf' ? w : w * w;",
    planted: "if (norm === 'linf') size = w > size ? w : size;\n      else size += norm === 'l1' ? w : w * w;",
    laws: lawsOfIntervals,
  },
];

const root = join(import.meta.dirname, '..');
const source = join(root, 'src');
/** Seeds of their own, so that what is found does not depend on MUBALL_SEED. */
const seeds = [1, 2, 3];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'muball-planted-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
    const file = join(entry.parentPath, entry.name);
    writeBuilt(join(folder, 'sound'), relative(source, file), readFileSync(file, 'utf8'));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function writeBuilt(library: string, file: string, text: string): void {
  const target = join(library, file.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(target), { recursive: true });
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023, verbatimModuleSyntax: true };
  writeFileSync(target, ts.transpileModule(text, { compilerOptions }).outputText);
}

/** A copy of the library, with the bug. */
async function libraryWith({ file, text, planted }: Bug, number: number): Promise<Library> {
  const original = readFileSync(join(source, file), 'utf8');
  expect(original.split(text), `${file} holds the text once`).toHaveLength(2);
  const copy = join(folder, `copy${number}`);
  cpSync(join(folder, 'sound'), copy, { recursive: true });
  writeBuilt(
    copy,
    file,
    original.replace(text, () => planted),
  );
  const parts = ['arbitrary', 'check', 'construction', 'laws', 'network', 'verify'].map(async (part) => [
    part,
    await import(pathToFileURL(join(copy, part, 'index.js')).href),
  ]);
  return Object.fromEntries(await Promise.all(parts)) as Library;
}

test.each(bugs.map((bug, number) => ({ ...bug, number })))('found: $name', async ({ number, ...bug }) => {
  const library = await libraryWith(bug, number);
  for (const seed of seeds) {
    const found = await firstFailure(library, bug.laws(library), seed);
    expect(found, `some law fails with seed ${seed}`).toBeDefined();
    const { law, run } = found!;
    const [value] = run.counterexample as [{ data?: Dataset; network?: Network }];
    const samples = value.data?.size ?? 1;
    const dimension = value.data?.dimension ?? value.network!.layers[0]!.inputs;
    console.log(
      `${bug.name} (seed ${seed}): "${law.name}" after ${run.runs} of ${run.asked} runs, ` +
        `${value.data === undefined ? '' : `${samples} samples, `}d = ${dimension}`,
    );
    expect(samples).toBeLessThanOrEqual(3);
    expect(dimension).toBeLessThanOrEqual(2);
  }
});

/** The first of the laws that fails, run as often as it says. */
async function firstFailure(
  { laws: { runLaw } }: Library,
  laws: readonly Law[],
  seed: number,
): Promise<{ law: Law; run: PropertyRun } | undefined> {
  for (const law of laws) {
    const run = await runLaw(law, { seed, folder: join(folder, 'counterexamples', String(seed), law.name) });
    if (run.counterexample !== undefined) return { law, run };
  }
  return undefined;
}
