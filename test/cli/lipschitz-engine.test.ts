/** The engine `lipschitz` from the command line: every report names it, and it counts as one engine's word. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, irisFile, muball, outcomeOf, readJson } from './run-muball.js';

const iris = ['prove', '--data', irisFile, '--classes', 'versicolor,virginica', '--norm', 'linf', '--jobs', '1'];

describe('two classes of Iris, the network of [YGZ, Thm 5.2]', () => {
  test.each([
    ['--ratio', '0.98'],
    ['--radius', '1/20', '--open'],
  ])('%s %s %s', async (...radius) => {
    const flags = [...iris, ...radius.filter((flag) => flag !== undefined), '--construction', 'ygz-lipschitz'];
    const { code, stdout, stderr } = await muball([...flags, '--by', 'lipschitz'], { cwd: folderWith() });
    expect({ code, stderr, outcome: outcomeOf(stdout) }).toEqual({
      code: 0,
      stderr: '',
      outcome: '? 100 of 100 balls unsat (lipschitz)',
    });
    expect(stdout).toMatch(/ · engine lipschitz$/m);
  });
});

const xor = ['--data', 'xor', '--norm', 'linf'];

describe('xor', () => {
  const build = [...xor, '--construction', 'ygz-lipschitz', '--ratio', '0.98'];
  test('one engine is not two, and not a certificate', async () => {
    const flags = ['prove', ...build, '--engine', 'lipschitz', '--require', 'two'];
    const { code, stdout } = await muball(flags, { cwd: folderWith() });
    expect([code, outcomeOf(stdout)]).toEqual([3, '? 4 of 4 balls unsat (lipschitz)']);
  });
  test('--by and --engine are one option', async () => {
    const last = await muball(['prove', ...build, '--engine', 'lipschitz', '--by', 'interval'], { cwd: folderWith() });
    expect(last.stdout).toContain('unknown — interval propagation does not decide this ball');
    const wrong = await muball(['prove', ...build, '--by', 'luck'], { cwd: folderWith() });
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringMatching(/^(muball: )?--by: expected auto, .*lipschitz.*, got "luck"/),
    ]);
  });
  test('reports in files: json, csv, markdown', async () => {
    const cwd = folderWith();
    await muball(['prove', ...build, '--engine', 'lipschitz', '--out', 'out'], { cwd });
    const report = readJson<readonly { engines: string[]; balls: { evidence: unknown }[] }[]>(
      cwd,
      'out',
      'report.json',
    );
    expect(JSON.stringify(report)).toContain('{"level":"engine","engines":["lipschitz"]}');
    const text = (name: string) => readFileSync(join(cwd, 'out', name), 'utf8');
    expect(text('balls.csv').match(/lipschitz/g)).toHaveLength(8); // the engine, and its evidence
    expect(text('report.md')).toContain('unsat (lipschitz)');
  });
  test('a lock that it proved, guarded by junit and github', async () => {
    const instances = {
      format: 'muball-instances',
      version: 1,
      instances: [
        { name: 'own', data: 'xor', norm: 'linf', ratio: '1/2', construction: 'ygz-lipschitz', engine: 'lipschitz' },
      ],
    };
    const cwd = folderWith({ 'muball.instances.json': JSON.stringify(instances) });
    const locked = await muball(['lock'], { cwd });
    expect(locked.code).toBe(0);
    expect(readFileSync(join(cwd, 'muball.lock.json'), 'utf8')).toContain('lipschitz');
    for (const reporter of ['junit', 'github']) {
      const { code } = await muball(['regress', '--reporter', reporter], { cwd });
      expect([reporter, code]).toEqual([reporter, 0]);
    }
  });
});
