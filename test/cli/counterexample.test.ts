/** A network changed by hand is answered with a point, which is kept and replays; a kept file that was changed does not. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CounterexampleFile, NetworkFile } from '../../src/format/index.js';
import { buildNetwork, filesIn, folderWith, irisFile, muball, outcomeOf, readJson } from './run-muball.js';

/** Samples 0 and 1 differ in one coordinate only, so that its weights matter; δ = 1 in every norm. */
const pointsCsv = '0,0,0\n1,0,1\n3,3,0\n';

/** The file with one value replaced. */
function withChange(file: string, change: (value: never) => void): string {
  const value = readJson<never>(file);
  change(value);
  return JSON.stringify(value);
}

type Row = { bias: string; weights: string[] };
const rowOf = (network: NetworkFile, layer: number, row: number): Row => network.layers[layer]!.rows[row]! as never;

/** relu(11/20 − x₀), the row that is changed. */
const changedRow = (network: NetworkFile): Row =>
  network.layers[0]!.rows.find((row) => row.bias === '11/20' && row.columns[0] === 0) as never;

/** A folder with `points.csv`, `net.json` for μ = 9/20 in ℓ∞, and `changed.json`, in which one weight is another. */
async function changedNetwork(): Promise<string> {
  const cwd = folderWith({ 'points.csv': pointsCsv });
  await buildNetwork(cwd, '--data', 'points.csv', '--ratio', '0.9');
  const text = withChange(join(cwd, 'net.json'), (network) => {
    // It tells how far x₀ is below the ball of sample 1; at three times the pace it is 0 too early.
    const row = (network as NetworkFile).layers[0]!.rows.find(
      (r) => r.bias === '11/20' && r.columns[0] === 0,
    ) as unknown as Row;
    expect(row.weights).toEqual(['-1']);
    row.weights[0] = '-3';
  });
  writeFileSync(join(cwd, 'changed.json'), text);
  return cwd;
}

const prove = ['prove', '--data', 'points.csv', '--radius', '9/20', '--network'];

describe('one weight changed by hand', () => {
  test('the network as it was is proved', async () => {
    const cwd = await changedNetwork();
    const { code, stdout } = await muball([...prove, 'net.json'], { cwd });
    expect(outcomeOf(stdout)).toBe('✓ 3 of 3 balls proved (certificate)');
    expect(code).toBe(0);
    expect(filesIn(cwd)).not.toContain(expect.stringMatching(/^counterexamples/));
  });

  test('the point is kept where MUBALL_COUNTEREXAMPLES says, unless the flag says otherwise', async () => {
    const cwd = await changedNetwork();
    const env = { MUBALL_COUNTEREXAMPLES: 'elsewhere' };
    const { code, stdout } = await muball([...prove, 'changed.json'], { cwd, env });
    expect(code).toBe(1);
    const [kept, ...more] = filesIn(cwd).filter((file) => !['points.csv', 'net.json', 'changed.json'].includes(file));
    expect(more).toEqual([]);
    expect(kept).toMatch(/^elsewhere\/[0-9a-f]{12}\.json$/);
    expect(stdout).toContain(`  replay   muball replay ${kept}\n`);
    await muball([...prove, 'changed.json', '--counterexamples', 'here'], { cwd, env });
    expect(filesIn(cwd)).toContain(kept!.replace('elsewhere', 'here'));
  });

  test('exit code 1, the point in its form, a file that replays', async () => {
    const cwd = await changedNetwork();
    const { code, stdout, stderr } = await muball([...prove, 'changed.json'], { cwd });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const number = '-?[0-9/]+';
    const point = String.raw`\(${number}, ${number}\) +`;
    expect(stdout).toMatch(
      new RegExp(
        [
          String.raw`^✗ sample \d \(line \d\): not robust — a point at ℓ∞ distance [0-9/]+ ≤ μ = 9/20 changes class`,
          String.raw` {2}x {3}= ${point}f\(x\) {2}= ${number} +class \d`,
          String.raw` {2}x′ {2}= ${point}f\(x′\) = ${number} +class \d {5}replayed exactly: yes`,
          String.raw` {2}replay {3}muball replay (counterexamples\/[0-9a-f]{12}\.json)$`,
        ].join('\n'),
        'm',
      ),
    );
    const kept = [...stdout.matchAll(/muball replay (\S+)/g)].map((found) => found[1]!);
    expect(filesIn(cwd).filter((file) => file.startsWith('counterexamples'))).toEqual([...kept].sort());
    for (const file of kept) {
      const replayed = await muball(['replay', file], { cwd });
      expect(replayed).toMatchObject({ code: 0, stderr: '' });
      expect(replayed.stdout).toMatch(/^reproduced: yes, in exact arithmetic\n/);
    }
  });

  test('a kept file stands for itself: it replays elsewhere, without network and data', async () => {
    const cwd = await changedNetwork();
    await muball([...prove, 'changed.json', '--counterexamples', 'kept/here'], { cwd });
    const file = filesIn(cwd).find((path) => path.startsWith('kept/here/'))!;
    const { code, stdout } = await muball(['replay', join(cwd, file), '--json'], { cwd: folderWith() });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ reproduced: true, inside: true, unsafe: true });
  });

  test('a kept file that was tampered with exits with 1, or with 2 when it is none', async () => {
    const cwd = await changedNetwork();
    await muball([...prove, 'changed.json'], { cwd });
    const file = join(cwd, filesIn(cwd).find((path) => path.startsWith('counterexamples/'))!);
    type Open = { -readonly [K in keyof CounterexampleFile]: CounterexampleFile[K] } & {
      point: string[];
      outputs: string[];
    };
    const cases: [string, (kept: Open) => void, number, RegExp][] = [
      ['point', (kept) => (kept.point[0] = '17'), 1, /^reproduced: no\n {2}inside the region {2}no\n/],
      ['outputs', (kept) => (kept.outputs[0] = '17'), 1, /^reproduced: no\n.*yes\n.*kept as 17\n/],
      [
        'the unsafe set',
        (kept) => ((kept.query as { unsafe: unknown }).unsafe = []),
        1,
        /^reproduced: no\n(.*\n){2} {2}unsafe output {6}no/,
      ],
      ['a weight', (kept) => (changedRow(kept.query.network as NetworkFile).weights[0] = '-1'), 1, /^reproduced: no\n/],
      [
        'the radius',
        (kept) => Object.assign(kept.query.region, { radius: '1/1000' }),
        1,
        /^reproduced: no\n {2}inside the region {2}no\n/,
      ],
      ['the version', (kept) => Object.assign(kept, { version: 9 }), 2, /version: expected 1, got 9\n$/],
      ['a coordinate too many', (kept) => kept.point.push('0'), 2, /expected 2 coordinates, got 3\n$/],
      [
        'another norm',
        (kept) => Object.assign(kept.query.region, { norm: 'l3' }),
        2,
        /norm: expected l1, l2 or linf, got "l3"\n$/,
      ],
    ];
    for (const [name, change, code, message] of cases) {
      writeFileSync(join(cwd, 'tampered.json'), withChange(file, change as never));
      const ran = await muball(['replay', 'tampered.json'], { cwd });
      expect(ran.code, name).toBe(code);
      expect(code === 1 ? ran.stdout : ran.stderr, name).toMatch(message);
    }
  });
});

test('Iris with one weight of the first layer changed: five samples lost, each with its point', async () => {
  const cwd = folderWith();
  const iris = ['--data', irisFile, '--norm', 'linf'];
  await buildNetwork(cwd, ...iris, '--ratio', '0.99');
  const text = withChange(join(cwd, 'net.json'), (network) => {
    rowOf(network, 0, 7).weights[0] = '3';
  });
  writeFileSync(join(cwd, 'changed.json'), text);
  const { code, stdout } = await muball(['prove', ...iris, '--network', 'changed.json', '--radius', '99/1000'], {
    cwd,
  });
  expect(code).toBe(1);
  expect(outcomeOf(stdout)).toBe('✗ 145 of 150 balls proved — 145 proved (certificate) · 5 with a counterexample');
  expect(stdout.match(/^✗ sample \d+ \(line \d+\): not memorized — /gm)).toHaveLength(5);
  expect(filesIn(join(cwd, 'counterexamples'))).toHaveLength(5);
});

test('beyond δ/2 every network fails, and the hint says why', async () => {
  const cwd = folderWith({ 'points.csv': pointsCsv });
  await buildNetwork(cwd, '--data', 'points.csv', '--ratio', '0.9');
  const { code, stdout } = await muball(['prove', '--data', 'points.csv', '--network', 'net.json', '--ratio', '1'], {
    cwd,
  });
  expect(code).toBe(1);
  expect(stdout).toContain(
    'hint     no network is right on these closed balls: 2μ ≥ δ, and those of samples 0 and 1 meet',
  );
});

test('a counterexample that cannot be kept does not cost the run', async () => {
  const cwd = await changedNetwork();
  writeFileSync(join(cwd, 'counterexamples'), 'no folder');
  const { code, stdout, stderr } = await muball([...prove, 'changed.json'], { cwd });
  expect(code).toBe(1);
  expect(stdout).toMatch(/replayed exactly: yes/);
  expect(stdout).not.toMatch(/muball replay/);
  expect(stderr).toMatch(/^muball: counterexamples\/[0-9a-f]{12}\.json: cannot be written \(\w+\)\n$/);
  expect((await muball([...prove, 'changed.json', '--counterexamples', 'counterexamples'], { cwd })).code).toBe(2);
});
