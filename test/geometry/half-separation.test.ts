import { describe, expect, it } from 'vitest';
import { parseRational, powerOfTwo, rational, rootAbove, rootBelow, scaleVector, sub } from '../../src/exact/index.js';
import { AssumptionError, InputError, type Norm, norms } from '../../src/format/index.js';
import {
  datasetOf,
  parseRadius,
  ratioRadius,
  requireBelowHalf,
  requireRadiusBelowHalf,
  separation,
  separationText,
} from '../../src/geometry/index.js';

const vectors = (...rows: string[]) => rows.map((row) => row.split(' ').map((t) => parseRational(t)));
const data = datasetOf(vectors('0 0', '0.3 0.2', '5 5'), [0, 1, 1], { lines: [2, 3, 5] });
const rationalRoot = datasetOf(vectors('0 0', '3 4'), [0, 1]);
const oneClass = datasetOf(vectors('0', '1'), [0, 0]);
const demand = async (text: string, norm: Norm, of = data) =>
  requireBelowHalf(await parseRadius(text), separation(of, norm), of);

describe('requireBelowHalf', () => {
  it.each<[string, Norm]>([
    ['0', 'l2'],
    ['0.15 - 1e-30', 'linf'],
    ['delta/2 - 1e-30', 'linf'],
    ['delta/2 - 1e-30', 'l1'],
    ['delta/2 - 1e-30', 'l2'],
    ['0.4999999999999999999999999*delta', 'l2'],
    // √(13/100)/2 = 0.18027756377319946…
    ['0.18027756377319946', 'l2'],
    ['delta - 0.18027756377319947', 'l2'],
  ])('lets %s in %s pass', async (text, norm) => expect(await demand(text, norm)).toBeUndefined());

  it.each<[string, Norm, string]>([
    [
      'delta/2',
      'linf',
      'needs 2μ < δ: got μ = delta/2 (= 3/20) with δ = 3/10 in ℓ∞ between samples 0 and 1 (lines 2 and 3)',
    ],
    [
      'delta/2',
      'l1',
      'needs 2μ < δ: got μ = delta/2 (= 1/4) with δ = 1/2 in ℓ1 between samples 0 and 1 (lines 2 and 3)',
    ],
    [
      'delta/2',
      'l2',
      'needs 2μ < δ: got μ = delta/2 (≈ 0.1802775637) with δ = √(13/100) ≈ 0.3605551275 in ℓ2 between samples 0 and 1 (lines 2 and 3)',
    ],
    ['3/20', 'linf', 'needs 2μ < δ: got μ = 3/20 with δ = 3/10 in ℓ∞ between samples 0 and 1 (lines 2 and 3)'],
    ['0.15', 'linf', 'needs 2μ < δ: got μ = 0.15 (= 3/20) with δ = 3/10 in ℓ∞ between samples 0 and 1 (lines 2 and 3)'],
    [
      '0.18027756377319947',
      'l2',
      'needs 2μ < δ: got μ = 0.18027756377319947 (= 18027756377319947/100000000000000000) with δ = √(13/100) ≈ 0.3605551275 in ℓ2 between samples 0 and 1 (lines 2 and 3)',
    ],
    [
      'delta - 0.18027756377319946',
      'l2',
      'needs 2μ < δ: got μ = delta - 0.18027756377319946 (≈ 0.1802775637) with δ = √(13/100) ≈ 0.3605551275 in ℓ2 between samples 0 and 1 (lines 2 and 3)',
    ],
    [
      'delta + 1e-99',
      'linf',
      'needs 2μ < δ: got μ = delta + 1e-99 (≈ 0.3) with δ = 3/10 in ℓ∞ between samples 0 and 1 (lines 2 and 3)',
    ],
  ])('refuses %s in %s', async (text, norm, message) => {
    await expect(demand(text, norm)).rejects.toThrow(new AssumptionError(message));
  });

  it('refuses δ/2 in every norm, and nothing below it', async () => {
    for (const norm of norms) {
      for (const of of [data, rationalRoot]) {
        const delta = separation(of, norm);
        expect(() => requireBelowHalf(ratioRadius('1'), delta, of)).toThrow(AssumptionError);
        expect(requireBelowHalf(ratioRadius(`0.${'9'.repeat(200)}`), delta, of)).toBeUndefined();
        expect(() => requireBelowHalf(ratioRadius(`1.${'0'.repeat(200)}1`), delta, of)).toThrow(AssumptionError);
      }
    }
  });

  it('needs no hypothesis for one class, but no δ either', async () => {
    expect(await demand('1000', 'l2', oneClass)).toBeUndefined();
    await expect(demand('delta/3', 'l2', oneClass)).rejects.toThrow(InputError);
  });

  it('refuses every radius when one point has two labels', async () => {
    const conflict = datasetOf(vectors('1', '1'), [0, 1]);
    await expect(demand('0', 'l2', conflict)).rejects.toThrow(
      new AssumptionError('needs 2μ < δ: got μ = 0 with δ = 0 in ℓ2 between samples 0 and 1'),
    );
  });
});

describe('requireRadiusBelowHalf', () => {
  it('turns over at the root of δ²/4, to 400 bits', () => {
    const delta = separation(data, 'l2');
    const quarter = rational(13, 400);
    expect(requireRadiusBelowHalf(rootBelow(quarter, 400).value, delta, data)).toBeUndefined();
    expect(() => requireRadiusBelowHalf(rootAbove(quarter, 400).value, delta, data)).toThrow(AssumptionError);
  });

  it('turns over exactly at rational δ/2', () => {
    for (const [norm, half] of [
      ['linf', '2'],
      ['l1', '7/2'],
      ['l2', '5/2'],
    ] as const) {
      const delta = separation(rationalRoot, norm);
      const [value] = scaleVector([parseRational(half)], rational(1));
      expect(() => requireRadiusBelowHalf(value!, delta, rationalRoot)).toThrow(AssumptionError);
      expect(requireRadiusBelowHalf(sub(value!, powerOfTwo(-500)), delta, rationalRoot)).toBeUndefined();
    }
  });

  it('refuses negative radii', () => {
    const message = 'radius: expected a radius ≥ 0, got -1/4';
    expect(() => requireRadiusBelowHalf(rational(-1, 4), separation(data, 'l1'), data)).toThrow(
      new InputError(message),
    );
    expect(() => requireRadiusBelowHalf(rational(-1, 4), undefined, oneClass)).toThrow(new InputError(message));
  });

  it('says what was given', () => {
    expect(() => requireRadiusBelowHalf(rational(3, 8), separation(data, 'linf'), data)).toThrow(
      new AssumptionError('needs 2μ < δ: got μ = 3/8 with δ = 3/10 in ℓ∞ between samples 0 and 1 (lines 2 and 3)'),
    );
  });
});

describe('separationText', () => {
  it.each<[string[], Norm, string]>([
    [['0 0', '3 4'], 'l2', '5'],
    [['0 0', '1 1'], 'l2', '√2 ≈ 1.414213562'],
    [['0 0', '1/2 1/3'], 'l2', '√(13/36) ≈ 0.6009252125'],
    [['0 0', '1/2 1/3'], 'l1', '5/6'],
    [['0 0', '1e-80 1e-80'], 'l1', 'about 2e-80'],
  ])('of %s in %s is %s', (rows, norm, text) => {
    expect(separationText(separation(datasetOf(vectors(...rows), [0, 1]), norm)!)).toBe(text);
  });
});
