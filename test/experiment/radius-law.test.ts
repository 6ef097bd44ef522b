import { expect, test } from 'vitest';
import { fittedExponent } from '../../src/experiment/power-law.js';
import { radiusLaw } from '../../src/experiment/radius-law.js';

test('X2: exponents within 25 % of −2/k for k = 2 to 8, between guarantee and worst-case bounds', async () => {
  const { tables, findings } = await radiusLaw.run({ quick: true });
  const [radii, slopes, overlay, hard] = ['radii', 'slopes', 'overlay', 'hard'].map(
    (name) => tables.find((one) => one.name === name)!.rows as number[][],
  ) as [number[][], number[][], number[][], number[][]];
  expect(slopes.map(([k]) => k)).toEqual([2, 3, 4, 5, 6, 7, 8]);
  for (const [k, exponent] of slopes as [number, number][]) {
    expect(Math.abs(exponent / (-2 / k) - 1), `k = ${k}: ${exponent}`).toBeLessThan(0.25);
    // The exponent is that of the rows.
    const own = radii.filter((row) => row[0] === k).map(([, N, ratio]) => [N!, ratio!] as const);
    expect(fittedExponent(own)).toBeCloseTo(exponent, 12);
  }
  for (const [k, N, ratio, , guaranteed] of radii) expect(ratio, `k = ${k}, N = ${N}`).toBeGreaterThan(guaranteed!);
  for (const [k, q, N, found, bound] of hard) {
    expect(found, `k = ${k}, q = ${q}, N = ${N}`).toBeLessThan(bound!);
    expect(found).toBeGreaterThan(0);
  }
  expect(overlay).toHaveLength(3 * radii.filter(([k]) => k === 4).length);
  expect(findings).toHaveLength(3);
});

test('the exponent of a power law is found, and an exponent of 0', () => {
  expect(fittedExponent([1, 2, 5, 9].map((x) => [x, 3 * x ** -0.7]))).toBeCloseTo(-0.7, 12);
  expect(
    fittedExponent([
      [1, 4],
      [10, 4],
    ]),
  ).toBeCloseTo(0, 12);
});
