/** `muball construct` for every theorem of the registry, in every norm: on Iris and on 64 samples in 16 dimensions, and what it refuses. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addConstruct } from '../../src/cli/command/construct.js';
import { type Theorem, theorems } from '../../src/construction/index.js';
import { bundled } from '../../src/data/index.js';
import { compare, formatRational, mul, one, rational } from '../../src/exact/index.js';
import type { Norm } from '../../src/format/index.js';
import {
  type Dataset,
  datasetOf,
  ratioRadius,
  resolveRadius,
  selectClasses,
  separation,
} from '../../src/geometry/index.js';
import { runCommand } from './run-command.js';
import { folderWith, type Ran } from './run-muball.js';

const construct = (args: readonly string[]): Promise<Ran> => runCommand(addConstruct, ['construct', ...args]);
const cases = theorems.flatMap((theorem) =>
  theorem.norms.map((norm) => ({ theorem, norm, name: `${theorem.name} ${norm}` })),
);

/** Samples of two classes, which every theorem can tell apart. `npm run bench:constructions` takes all classes, and more radii. */
const datasets = [
  { name: 'iris', classes: ['setosa', 'versicolor'], ratio: '0.9' },
  { name: 'cloud', classes: ['0', '1'], ratio: '0.2' },
] as const;
const whole = { iris: await bundled('iris'), cloud: await bundled('cloud') };

/** ρ as a part of the range of the theorem, as a radius. */
function radiusOf(data: Dataset, norm: Norm, { range }: Theorem, ratio: string): string {
  const { radius } = resolveRadius(ratioRadius(ratio), separation(data, norm), data);
  return formatRational(range === undefined ? radius : mul(radius, range.end(data, norm)));
}

interface Row {
  readonly quantity: string;
  readonly measured: string;
  readonly count?: string;
  readonly promised: string;
}

describe.each(cases)('$name', ({ theorem, norm }) => {
  const flags = ['--construction', theorem.name, '--norm', norm];

  // One after the other gets the one and the other dataset.
  const { name, classes, ratio } = datasets[cases.findIndex((c) => c.theorem === theorem && c.norm === norm) % 2]!;

  test(`${name} at ${ratio} of its range: built, as small as promised`, async () => {
    const data = selectClasses(whole[name], classes);
    const radius = radiusOf(data, norm, theorem, ratio);
    const ran = await construct([...flags, '--data', name, '--radius', radius, '--classes', classes.join(), '--json']);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    const { sizes, network, ...rest } = JSON.parse(ran.stdout);
    expect(rest).toMatchObject({ construction: theorem.name, norm, radius });
    expect(network.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(sizes.map((row: Row) => row.quantity)).toEqual(['width', 'depth', 'nonzero', 'parameters']);
    for (const { quantity, measured, count, promised } of sizes as Row[]) {
      expect(BigInt(measured), quantity).toBeGreaterThan(0n);
      expect(BigInt(measured), quantity).toBeLessThanOrEqual(BigInt(promised));
      expect(count ?? measured, quantity).toBe(measured);
    }
  });
});

/** Ten samples in space, δ∞ = 5, δ₂² = 34, δ₁ = 8: too irregular for one line, and for lattices near half the separation. */
const irregular = [
  ...['-2,9,8,0', '-5,2,6,1', '9,-7,-9,0', '6,-1,8,1', '-2,-3,6,0'],
  ...['8,8,6,1', '3,-5,-2,0', '-5,7,3,1', '-9,-7,-4,0', '9,-8,0,1'],
].join('\n');

/** A radius of `δ`'s half that is too large, in the words of the refusal: what was needed, what was given, and which samples say so. */
const beyondHalf = (needed: string, given: string): RegExp =>
  new RegExp(`^muball: needs ${needed}: got μ = ${given}.* with δ = .* in ℓ.* between samples \\d+ and \\d+\\n$`);

const projecting = ['eys-projected-ball', 'eys-projected-pair', 'kmy-small', 'kmy-moderate', 'kmy-large'];

describe.each(cases)('$name refuses', ({ theorem, norm }) => {
  const flags = ['--construction', theorem.name, '--norm', norm];
  const refused = (args: readonly string[]): Promise<Ran> => construct([...flags, ...args]);

  test('2μ ≥ δ, and 2μ > δ of open balls, with both samples', async () => {
    for (const [radius, given] of [
      ['delta/2', 'delta/2 '],
      ['2*delta/3', '2\\*delta/3 '],
      ['delta/2 + 1e-30', 'delta/2 \\+ 1e-30'],
    ] as const) {
      const ran = await refused(['--data', 'xor', '--radius', radius]);
      expect(ran, radius).toEqual({ code: 4, stdout: '', stderr: expect.stringMatching(beyondHalf('2μ < δ', given)) });
    }
    const open = theorem.balls === 'open';
    const ran = await refused(['--data', 'xor', '--open', '--radius', open ? 'delta/2 + 1e-30' : 'delta/2']);
    const message = beyondHalf(open ? '2μ ≤ δ' : '2μ < δ', 'delta/2');
    expect(ran).toEqual({ code: 4, stdout: '', stderr: expect.stringMatching(message) });
  });

  test('bad input, with another code: a radius below 0, two labels at one point', async () => {
    expect(await refused(['--data', 'xor', '--radius', '-1/4'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'muball: --radius: expected a radius ≥ 0, got -1/4\n',
    });
    const cwd = folderWith({ 'twice.csv': '0,0,a\n1,1,b\n0,0,b\n' });
    expect(await refused(['--data', join(cwd, 'twice.csv'), '--radius', '0'])).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /expected one label per point, got labels a and b on the same point, samples 0 and 2/,
      ),
    });
  });

  test('nothing of one class, whatever the radius', async () => {
    const cwd = folderWith({ 'one.csv': '0,0,a\n1,1,a\n' });
    const ran = await refused(['--data', join(cwd, 'one.csv'), '--radius', '1000', '--json']);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(ran.stdout).sizes[1]).toMatchObject({ quantity: 'depth', measured: '1' });
  });

  if (theorem.notion === 'sign') {
    test('three classes, naming them', async () => {
      expect(await refused(['--data', 'iris', '--ratio', '0.5'])).toEqual({
        code: 4,
        stdout: '',
        stderr: 'muball: needs two classes, told apart by a sign: got 3 (setosa, versicolor, virginica)\n',
      });
    });
  }

  if (projecting.includes(theorem.name)) {
    test('too few dimensions for the radius; numbers of dimensions that are none', async () => {
      const cwd = folderWith({ 'points.csv': irregular });
      const asked = (ratio: string, k: string): Promise<Ran> =>
        refused(['--data', join(cwd, 'points.csv'), '--ratio', ratio, '--projected', k]);
      expect(await asked('0.99', '1')).toEqual({
        code: 4,
        stdout: '',
        stderr: expect.stringMatching(/^muball: needs .* got .*\d.*\n$/),
      });
      for (const k of ['0', '4']) {
        const message = /^muball: --projected: expected a whole number (≥ 1|from 1 to 3), got "?[04]"?\n$/;
        expect(await asked('0.01', k)).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
      }
    });
  }
});

describe('ρ beyond the range of a theorem is refused where nothing is found, with what was needed and given', () => {
  const beyond: readonly (readonly [string, Norm, RegExp])[] = [
    ['kmy-small', 'linf', /^needs a lattice .* 2μ < δ∞\/N = 1\/2 makes sure: got 2μ = 99\/20, and none found$/],
    ['kmy-small', 'l1', /^needs a lattice .* 2μ < δ∞\/N = 1\/2 makes sure: got 2μ = 198\/25, and none found$/],
    ['kmy-small', 'l2', /^needs a lattice .* 2μ < δ∞\/N = 1\/2 makes sure: got 2μ = \d+\/\d+, and none found$/],
    ['kmy-moderate', 'l1', /^needs a lattice .* 2μ < δ∞ = 5 makes sure: got 2μ = 198\/25, and none found$/],
    ['kmy-moderate', 'l2', /^needs a lattice .* 2μ < δ∞ = 5 makes sure: got 2μ = \d+\/\d+, and none found$/],
    ['kmy-large', 'l1', /^needs ℓ2 balls .*, 4μ₂² < δ₂² = 34: got 4μ₂² = 39204\/625$/],
    ['kmy-large', 'linf', /^needs ℓ2 balls .*, 4μ₂² < δ₂² = 34: got 4μ₂² = \d+\/\d+$/],
  ];

  test.each(beyond)('%s %s', async (name, norm, message) => {
    const cwd = folderWith({ 'points.csv': irregular });
    const data = join(cwd, 'points.csv');
    const ran = await construct(['--construction', name, '--norm', norm, '--data', data, '--ratio', '0.99']);
    expect({ code: ran.code, stdout: ran.stdout }).toEqual({ code: 4, stdout: '' });
    expect(ran.stderr.slice('muball: '.length, -1)).toMatch(message);
  });

  test('of every theorem with a range, in every norm in which it ends below 1', () => {
    const grid = datasetOf(
      [
        [0, 0],
        [1, 1],
        [3, 1],
      ].map((x) => x.map((v) => rational(v))),
      [0, 1, 0],
    );
    const ending = cases
      .filter(({ theorem, norm }) => theorem.range !== undefined && compare(theorem.range.end(grid, norm), one) < 0)
      .map(({ name }) => name);
    expect(beyond.map(([name, norm]) => `${name} ${norm}`).sort()).toEqual(ending.sort());
  });
});
