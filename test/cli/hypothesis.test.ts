/** A radius that a theorem does not serve: exit code 4 and one sentence, and nothing is written. */
import { describe, expect, test } from 'vitest';
import { filesIn, folderWith, irisFile, muball } from './run-muball.js';

const between = 'between samples 70 and 138 (lines 72 and 140)';

describe('2μ < δ', () => {
  test.each([
    ['linf', 'delta/2 (= 1/10) with δ = 1/5 in ℓ∞ between samples 70 and 127 (lines 72 and 129)'],
    ['l1', `delta/2 (= 3/20) with δ = 3/10 in ℓ1 ${between}`],
    ['l2', `delta/2 (≈ 0.1118033988) with δ = √(1/20) ≈ 0.2236067977 in ℓ2 ${between}`],
  ])('%s: δ/2 is refused, with hypothesis, values and samples', async (norm, rest) => {
    const cwd = folderWith();
    const flags = ['--data', irisFile, '--norm', norm, '--radius', 'delta/2'];
    const refused = { code: 4, stdout: '', stderr: `muball: needs 2μ < δ: got μ = ${rest}\n` };
    expect(await muball(['prove', ...flags, '--out', 'out'], { cwd })).toEqual(refused);
    if (norm === 'l2') expect(await muball(['construct', ...flags, '--out', 'net.json'], { cwd })).toEqual(refused);
    expect(filesIn(cwd)).toEqual([]);
  });

  test('is decided before ℓ2 rounding: 1e-40 below δ/2 is served, a ratio of 1 is not', async () => {
    const cwd = folderWith();
    const flags = ['export', '--format', 'query', '--data', 'xor', '--norm', 'l2'];
    expect((await muball([...flags, '--radius', 'delta/2 - 1e-40'], { cwd })).code).toBe(0);
    expect((await muball([...flags, '--ratio', '1'], { cwd })).code).toBe(4);
  });

  test('open balls of radius δ/2 are served by the theorem for open balls, and by no other', async () => {
    const cwd = folderWith();
    const flags = ['prove', '--data', 'xor', '--open', '--radius'];
    const box = await muball([...flags, '1/2', '--construction', 'finke-box'], { cwd });
    expect(box.stdout).toMatch(/^✓ 4 of 4 balls proved \(certificate\)/m);
    expect(box.code).toBe(0);
    const beyond = await muball([...flags, '51/100', '--construction', 'finke-box'], { cwd });
    expect(beyond).toMatchObject({ code: 4, stderr: expect.stringMatching(/^muball: needs 2μ ≤ δ: got μ = 51\/100 /) });
    expect((await muball([...flags, '1/2'], { cwd })).code).toBe(4);
  });
});
