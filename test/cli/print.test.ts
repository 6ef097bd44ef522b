import { afterEach, describe, expect, test, vi } from 'vitest';
import { plainTable, wantsColor } from '../../src/cli/print.js';
import { folderWith, muball } from './run-muball.js';

const terminal = process.stdout.isTTY;

afterEach(() => {
  vi.unstubAllEnvs();
  process.stdout.isTTY = terminal;
});

describe('colours', () => {
  test.each([
    [true, undefined, true],
    [true, '', true],
    [true, '1', false],
    [true, '0', false],
    [false, undefined, false],
  ])('terminal %s with NO_COLOR %j: %s', (isTTY, noColor, wanted) => {
    vi.stubEnv('NO_COLOR', noColor);
    process.stdout.isTTY = isTTY;
    expect(wantsColor()).toBe(wanted);
  });

  test('there are none, and no progress, where output is not a terminal', async () => {
    const cwd = folderWith();
    for (const env of [{}, { NO_COLOR: '1' }, { FORCE_COLOR: '1' }]) {
      const { stdout, stderr } = await muball(['prove', '--data', 'xor', '--ratio', '0.5'], { cwd, env });
      expect(stdout).toMatch(/^ℓ∞ /);
      expect(stdout).not.toContain('\u001b');
      expect(stderr).toBe('');
    }
  });
});

test('a plain table has its columns below each other, two blanks apart', () => {
  const rows = [
    ['ℓ∞', '1/2', 'x'],
    ['ℓ1', '1', ''],
  ];
  expect(plainTable(['norm', 'δ', ''], rows)).toBe('norm  δ\nℓ∞    1/2  x\nℓ1    1');
});
