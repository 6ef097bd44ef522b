/** Which engine says what, and which evidence counts. */
import { describe, expect, test } from 'vitest';
import { folderWith, irisFile, muball, outcomeOf, tinyCsv } from './run-muball.js';

describe('Iris at ρ = 0.99 by intervals', () => {
  test.each(['linf', 'l1', 'l2'])('%s: 150 of 150', async (norm) => {
    const args = ['prove', '--data', irisFile, '--norm', norm, '--ratio', '0.99', '--engine', 'interval'];
    const { code, stdout, stderr } = await muball(args, { cwd: folderWith() });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^\S+ · \S+ · 150 \(149 distinct\) samples, d = 4 · δ = /);
    expect(outcomeOf(stdout)).toBe('✓ 150 of 150 balls proved (certificate)');
  });
});

/** Three balls, by default of ratio 0.9 in ℓ∞. */
const prove = (...flags: string[]) =>
  muball(['prove', '--data', '-', '--ratio', '0.9', '--jobs', '1', ...flags], { cwd: folderWith(), input: tinyCsv });

describe('a small dataset', () => {
  test.each<[string, string[], number, string]>([
    ['z3', [], 0, '✓ 3 of 3 balls proved (certificate)'],
    ['z3', ['--no-check'], 0, '? 3 of 3 balls unsat (z3)'],
    ['search', ['--require', 'certificate'], 0, '✓ 3 of 3 balls proved (certificate)'],
    ['z3', ['--norm', 'l2', '--no-tighten', '--no-check', '--require', 'two'], 3, '? 3 of 3 balls unsat (z3)'],
    ['both', ['--require', 'certificate'], 0, '✓ 3 of 3 balls proved (certificate) · z3 agrees on 3, untightened'],
    ['both', ['--norm', 'l1'], 0, '✓ 3 of 3 balls proved (certificate) · z3 agrees on 3, untightened'],
    ['both', ['--norm', 'l2'], 0, '✓ 3 of 3 balls proved (certificate) · z3 agrees on 3, untightened'],
    ['both', ['--no-check', '--require', 'two'], 0, '✓ 3 of 3 balls proved (search + z3)'],
    ['interval', ['--require', 'certificate'], 0, '✓ 3 of 3 balls proved (certificate)'],
    ['interval', ['--no-check', '--require', 'two'], 3, '? 3 of 3 balls unsat (interval)'],
  ])('--engine %s %j: exit code %i', async (engine, flags, code, outcome) => {
    const ran = await prove('--engine', engine, ...flags);
    expect({ code: ran.code, outcome: outcomeOf(ran.stdout), stderr: ran.stderr }).toEqual({
      code,
      outcome,
      stderr: '',
    });
  });

  test('where intervals do not suffice they say so, and ridges are asked by default', async () => {
    const flags = ['--norm', 'l1', '--construction', 'ygz-l1'];
    const intervals = await prove(...flags, '--engine', 'interval');
    expect(intervals.code).toBe(3);
    expect(intervals.stdout).toMatch(
      /^ {2}\? sample \d \(line \d\), class \d: unknown — interval propagation does not decide this ball$/m,
    );
    const auto = await prove(...flags);
    expect(auto.code).toBe(0);
    expect(outcomeOf(auto.stdout)).toBe('✓ 3 of 3 balls proved (certificate)');
    expect(auto.stdout).toMatch(/ · engines? (interval, )?ridge$/m);
    const unchecked = await prove(...flags, '--engine', 'search', '--no-check', '--require', 'two');
    expect(unchecked.code).toBe(3);
    expect(outcomeOf(unchecked.stdout)).toMatch(/^\? .*unsat \((interval, )?search\)/);
  });

  test('z3 that is given no memory decides nothing: undecided, also beside a certificate', async () => {
    const alone = await prove('--engine', 'z3', '--memory', '64');
    expect({ code: alone.code, outcome: outcomeOf(alone.stdout) }).toEqual({
      code: 3,
      outcome: '? 0 of 3 balls proved — 3 unknown',
    });
    expect(alone.stdout).toMatch(/unknown — z3 process used more than 64 MB$/m);
    const both = await prove('--engine', 'both', '--memory', '64');
    expect({ code: both.code, outcome: outcomeOf(both.stdout) }).toEqual({
      code: 3,
      outcome: '✓ 3 of 3 balls proved (certificate)',
    });
    expect(both.stderr).toBe('muball: z3 gave no verdict on 3 of 3 balls, muball alone decided them\n');
  });
});
