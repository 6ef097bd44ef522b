/** `muball prove --certificates` and `muball check`: from a question to checked certificates, and back to the question. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  buildNetwork,
  checkProgram,
  filesIn,
  folderWith,
  irisFile,
  muball,
  readJson,
  runProgram,
  tinyCsv,
} from './run-muball.js';

interface Certificate {
  readonly proofs: readonly { readonly rule: string }[];
}

const verdictLine = (stdout: string): string =>
  (stdout.split('\n').find((line) => /^[✓✗?] \d/.test(line)) ?? '').replace(/ in [0-9.]+ s$/, '');

describe('Iris in ℓ∞ at ρ = 0.99', () => {
  test('150 certificates are written and checked, by muball check and by muball-check', async () => {
    const cwd = folderWith();
    const question = ['--data', irisFile, '--norm', 'linf', '--ratio', '0.99'];
    const proved = await muball(['prove', ...question, '--certificates', 'c'], { cwd });
    expect({ code: proved.code, stderr: proved.stderr }).toEqual({ code: 0, stderr: '' });
    expect(proved.stdout).toMatch(/^ {2}150 certificates in c$/m);
    expect(filesIn(join(cwd, 'c'))).toHaveLength(3 + 2 * 150);

    const { code, stdout, stderr } = await muball(['check', 'c', ...question], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^iris · 150 samples · ℓ∞ · closed balls, μ = 99\/1000 · outputs read as exact · network /);
    expect(stdout).toContain('\n  compared with the dataset, norm, radius given\n');
    expect(verdictLine(stdout)).toBe('✓ 150 of 150 balls proved (certificate) — 150 valid, 0 invalid, 0 holey');

    const files = ['network.json', 'balls/070.query.json', 'balls/070.certificate.json'];
    expect(await runProgram(checkProgram, files, { cwd: join(cwd, 'c') })).toEqual({
      code: 0,
      stdout: 'valid\n',
      stderr: '',
    });

    const other = await muball(['check', 'c', ...question.slice(0, -1), '0.98', '--json', '--samples', '0-4'], { cwd });
    expect(other.code).toBe(1);
    const report = JSON.parse(other.stdout) as Record<string, unknown>;
    expect(report).toMatchObject({
      samples: 5,
      valid: 0,
      invalid: 5,
      whole: false,
      compared: ['dataset', 'norm', 'radius'],
    });
    expect(report).not.toHaveProperty('level');
  });
});

describe('a small dataset', () => {
  const question = ['--data', 'd.csv', '--ratio', '0.9'];
  const proved = async () => {
    const cwd = folderWith({ 'd.csv': tinyCsv });
    await buildNetwork(cwd, ...question);
    const { code } = await muball(['prove', ...question, '--certificates', 'c', '--json'], { cwd });
    expect(code).toBe(0);
    return cwd;
  };

  test('another network is noticed; a cut file costs its ball; JSON has the level only when all is well', async () => {
    const cwd = await proved();
    const same = await muball(['check', 'c', '--network', 'net.json', '--json'], { cwd });
    expect(same.code).toBe(0);
    expect(JSON.parse(same.stdout)).toMatchObject({
      level: 'certificate',
      valid: 3,
      whole: true,
      compared: ['network'],
    });

    const path = join(cwd, 'c', 'balls', '1.certificate.json');
    writeFileSync(path, readFileSync(path).subarray(0, 50));
    const cut = await muball(['check', 'c'], { cwd });
    expect(cut.code).toBe(1);
    expect(cut.stdout).toContain('\n  compared with nothing but the folder itself\n');
    expect(verdictLine(cut.stdout)).toBe('✗ 2 of 3 balls proved (certificate) — 2 valid, 1 invalid, 0 holey');
    expect(cut.stdout).toMatch(
      /^ {2}sample 1: invalid: balls\/1\.certificate\.json: expected JSON, got something else$/m,
    );

    const text = readFileSync(join(cwd, 'net.json'), 'utf8');
    writeFileSync(join(cwd, 'net.json'), text.replace(/"bias":"-?\d+(\/\d+)?"/, '"bias":"1/4096"'));
    const other = await muball(['check', 'c', '--network', 'net.json'], { cwd });
    expect(other.code).toBe(1);
    expect(verdictLine(other.stdout)).toBe('✗ 0 of 3 balls proved — 0 valid, 3 invalid, 0 holey');
    expect(other.stdout).toMatch(/^ {2}invalid: manifest\.network: expected [0-9a-f]{64}, got [0-9a-f]{64}$/m);
  });

  test('proofs of the search are trees; with a hole in one of them the folder is holey: 3', async () => {
    const cwd = folderWith({ 'd.csv': tinyCsv });
    const search = [...question, '--norm', 'l1', '--construction', 'ygz-l1', '--engine', 'search'];
    const ran = await muball(['prove', ...search, '--certificates', 'c', '--jobs', '1'], { cwd });
    expect({ code: ran.code, stderr: ran.stderr }).toEqual({ code: 0, stderr: '' });
    const { code, stdout } = await muball(['check', 'c'], { cwd });
    expect(code).toBe(0);
    expect(verdictLine(stdout)).toBe('✓ 3 of 3 balls proved (certificate) — 3 valid, 0 invalid, 0 holey');

    const trees = filesIn(join(cwd, 'c', 'balls'))
      .filter((file) => file.endsWith('certificate.json'))
      .map((file) => ({ path: join(cwd, 'c', 'balls', file), file: readJson<Certificate>(cwd, 'c', 'balls', file) }))
      .filter(({ file }) => file.proofs.some(({ rule }) => rule !== 'interval'));
    expect(trees.length).toBeGreaterThan(0);
    const { path, file } = trees[0]!;
    writeFileSync(path, JSON.stringify({ ...file, proofs: file.proofs.map(() => ({ rule: 'hole' })) }));
    const holey = await muball(['check', 'c'], { cwd });
    expect(holey.code).toBe(3);
    expect(verdictLine(holey.stdout)).toBe('? 2 of 3 balls proved (certificate) — 2 valid, 0 invalid, 1 holey');
    expect(holey.stdout).toMatch(/^ {2}sample \d: holey: balls\/\d\.certificate\.json: certificate\.proofs\[0\]: /m);
  });

  test('balls without a certificate are counted: 3', async () => {
    const cwd = await proved();
    // Beyond δ/2 most balls have counterexamples.
    const large = ['--data', 'd.csv', '--network', 'net.json', '--radius', '2*delta/3', '--certificates', 'c'];
    const ran = await muball(['prove', ...large, '--jobs', '1'], { cwd });
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/^ {2}0 certificates in c$/m);
    const { code, stdout } = await muball(['check', 'c'], { cwd });
    expect(code).toBe(3);
    expect(verdictLine(stdout)).toBe('? 0 of 3 balls proved — 0 valid, 0 invalid, 0 holey, 3 without certificate');
  });

  test('bad input: 2, one sentence', async () => {
    const cwd = await proved();
    const box = ['--network', 'net.json', '--unsafe', 'y0 > 1', '--lower', '0', '--upper', '1'];
    for (const [args, message] of [
      [['elsewhere'], /^muball: elsewhere\/manifest\.json: expected a manifest, got none/],
      [['c', '--samples', '0-3'], /^muball: --samples: expected samples below 3, got 3$/m],
      [['c', ...box], /^muball: --unsafe: c has certificates of balls$/m],
      [['c', '--unsafe', 'y0 > 1'], /--unsafe needs --network/],
      [['c', '--lower', '0'], /--lower and --upper need --unsafe/],
    ] as const) {
      const { code, stdout, stderr } = await muball(['check', ...args], { cwd });
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(message);
    }
  });
});

describe('a box', () => {
  const nnet = '1,1,1,1,\n1,1,\n0,\n-1,\n1,\n0,0,\n1,1,\n1,\n0,\n';
  const prove = ['prove', '--network', 'f.nnet', '--unsafe', 'y0 > 1', '--certificates', 'c'];

  test('its certificate is written and checked, against the question too', async () => {
    const cwd = folderWith({ 'f.nnet': nnet });
    expect((await muball(prove, { cwd })).code).toBe(0);
    expect(filesIn(join(cwd, 'c'))).toEqual([
      'balls/0.certificate.json',
      'balls/0.query.json',
      'manifest.json',
      'network.json',
    ]);
    const { code, stdout } = await muball(['check', 'c', '--network', 'f.nnet', '--unsafe', 'y0 > 1'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('\n  compared with the network, box and unsafe outputs given\n');
    expect(verdictLine(stdout)).toBe('✓ 1 of 1 box proved (certificate) — 1 valid, 0 invalid, 0 holey');
    const other = await muball(['check', 'c', '--network', 'f.nnet', '--unsafe', 'y0 > 1/2'], { cwd });
    expect(other.code).toBe(1);
    expect(other.stdout).toMatch(/^ {2}invalid: manifest\.asked\.query: expected /m);
    const balls = await muball(['check', 'c', '--radius', '1'], { cwd });
    expect(balls.stderr).toBe('muball: --radius: c has the certificate of a box\n');
    rmSync(join(cwd, 'c', 'balls', '0.certificate.json'));
    expect((await muball(['check', 'c'], { cwd })).code).toBe(1);
  });
});
