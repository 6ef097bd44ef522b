/** Signals on the command line: shapes, windows, and a shift that has another label. */
import { expect, test } from 'vitest';
import { folderWith, muball } from './run-muball.js';

const folder = (): string => folderWith({ 'images.csv': '1,1,0,0,row\n0,0,1,1,row\n1,0,1,0,column\n0,1,0,1,column\n' });
const flags = ['--data', 'images.csv', '--construction', 'finke-conv', '--hyperplanes', '8', '--seed', '2'];

test('columns and rows of a 2 × 2 image are proved, and what the construction is and promises is said', async () => {
  const cwd = folder();
  const proved = await muball(['prove', ...flags, '--shape', '2x2', '--radius', '1/4'], { cwd });
  expect(proved.stdout).toMatch(/^✓ 4 of 4 balls proved \(certificate\)/m);
  expect(proved.code).toBe(0);
  const made = await muball(['construct', ...flags, '--shape', '2x2', '--window', '2x2', '--radius', '0'], { cwd });
  expect(made.stdout).toMatch(/^why: .*; \d+ parameters on windows of 4 places, shared by 4 shifts$/m);
  expect(made.stdout).toMatch(/^from \d+ hyperplanes on, with probability 999\/1000: one round covers every class/m);
});

test('a window that cannot tell a shift of another class leaves with exit code 4 and both samples', async () => {
  const cwd = folder();
  const refused = await muball(['prove', ...flags, '--shape', '2x2', '--window', '1x1', '--radius', '0'], { cwd });
  expect(refused).toEqual({
    code: 4,
    stdout: '',
    stderr:
      'muball: needs 2μ < δ over all shifts: got μ = 0 with δ = 0 in ℓ∞ between samples 2 and 0 (lines 3 and 1)\n',
  });
});

test.each([
  ['--shape', '3x2', 'expected sizes whose product is the dimension 4, got 3x2'],
  ['--shape', '2×2', 'expected sizes ≥ 1 joined by x, such as 4x4, got "2×2"'],
  ['--window', '5', 'expected sizes from 1 up to those of 4, got 5'],
])('%s %s is refused', async (flag, value, message) => {
  const refused = await muball(['construct', ...flags, '--radius', '0', flag, value], { cwd: folder() });
  expect(refused).toEqual({ code: 2, stdout: '', stderr: `muball: ${flag}: ${message}\n` });
});
