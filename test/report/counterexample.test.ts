import { describe, expect, it } from 'vitest';
import { one, type Rational, rational, zero } from '../../src/exact/index.js';
import type { Norm, OutputReading } from '../../src/format/index.js';
import { ball } from '../../src/geometry/index.js';
import { layerOf, type Network } from '../../src/network/index.js';
import {
  type CounterexampleExtras,
  counterexampleReport,
  counterexampleText,
  tupleText,
} from '../../src/report/counterexample.js';
import { checkedQuery, unsafeFor } from '../../src/verify/query.js';
import { values } from './tiny.js';

/** f(x) = Σ weights·x + bias, read as a sign: 0 negative, 1 positive. */
const linear = (weights: readonly Rational[], bias: Rational): Network => ({
  layers: [layerOf(weights.length, 'identity', [{ columns: weights.map((_, c) => c), weights, bias }])],
});
const reading: OutputReading = { notion: 'sign', negative: 0, positive: 1 };

function printed(
  network: Network,
  norm: Norm,
  centre: readonly Rational[],
  radius: Rational,
  x: readonly Rational[],
  extras: CounterexampleExtras & { open?: boolean; reading?: OutputReading } = {},
): string {
  const used = extras.reading ?? reading;
  const query = checkedQuery({
    network,
    region: ball(norm, centre, radius, extras.open ?? false),
    unsafe: unsafeFor(used, extras.label ?? 1),
  });
  return counterexampleText(counterexampleReport(query, x, used, 'sample 3', { label: 1, ...extras }));
}

// f(x, y) = 7/12 − 5/6·x − 1/9·y: 1/12 at (1/2, 3/4), −1/48 at (5/8, 3/4).
const example = linear(values('-5/6', '-1/9'), values('7/12')[0]!);

describe('counterexampleText', () => {
  it('prints the documented form', () => {
    const text = printed(example, 'linf', values('1/2', '3/4'), rational(1, 4), values('5/8', '3/4'), {
      replay: 'muball replay counterexamples/9f3ac1.json',
      hint: 'the theorem guarantees μ ≤ 1/16 here (δ = 1/4, [EYS, Thm 4.2]); you asked for 1/4',
    });
    expect(text).toBe(
      [
        '✗ sample 3: not robust — a point at ℓ∞ distance 1/8 ≤ μ = 1/4 changes class',
        '  x   = (1/2, 3/4)      f(x)  = 1/12   class 1',
        '  x′  = (5/8, 3/4)      f(x′) = -1/48  class 0     replayed exactly: yes',
        '  replay   muball replay counterexamples/9f3ac1.json',
        '  hint     the theorem guarantees μ ≤ 1/16 here (δ = 1/4, [EYS, Thm 4.2]); you asked for 1/4',
      ].join('\n'),
    );
  });

  it('writes ℓ2 distances as roots, and open balls with <', () => {
    const text = printed(example, 'l2', values('1/2', '3/4'), rational(1), values('3/4', '7/8'));
    expect(text.split('\n')[0]).toBe(
      '✗ sample 3: not robust — a point at ℓ2 distance √(5/64) ≈ 0.2795084971 ≤ μ = 1 changes class',
    );
    const rationalDistance = printed(example, 'l2', values('1/2', '3/4'), rational(1), values('4/5', '7/20'), {
      open: true,
    });
    expect(rationalDistance).toContain('ℓ2 distance 1/2 < μ = 1 changes class');
  });

  it('names classes, and none', () => {
    const exact: OutputReading = { notion: 'exact', labels: ['0', '1'] };
    const text = printed(linear([one], zero), 'l1', values('1'), rational(1, 2), values('3/4'), {
      reading: exact,
      labelNames: ['low', 'hi\u001b[2Jgh'],
    });
    expect(text.split('\n')).toEqual([
      '✗ sample 3: not robust — a point at ℓ1 distance 1/4 ≤ μ = 1/2 has no class',
      '  x   = (1)        f(x)  = 1    class 1 (hi\ufffd[2Jgh)',
      '  x′  = (3/4)      f(x′) = 3/4  class none             replayed exactly: yes',
    ]);
  });

  it('prints several outputs as a point', () => {
    const two: Network = {
      layers: [
        layerOf(1, 'identity', [
          { columns: [0], weights: [one], bias: zero },
          { columns: [], weights: [], bias: one },
        ]),
      ],
    };
    const argmax: OutputReading = { notion: 'argmax', classes: 2 };
    const text = printed(two, 'linf', values('0'), rational(2), values('2'), { reading: argmax });
    expect(text).toContain('f(x)  = (0, 1)  class 1\n');
    expect(text).toContain('f(x′) = (2, 1)  class 0');
  });

  it('does not blame the ball when the sample itself is wrong', () => {
    const text = printed(example, 'linf', values('5/8', '3/4'), rational(1, 4), values('5/8', '3/4'));
    expect(text.split('\n')[0]).toBe('✗ sample 3: not memorized — the sample itself has class 0, its label is class 1');
    expect(text).toContain('replayed exactly: yes');
  });

  it.each([
    [
      values('3/2', '3/4'),
      '✗ sample 3: not a counterexample — the point lies at ℓ∞ distance 1 > μ = 1/4, outside the ball',
    ],
    [
      values('1/2', '5/8'),
      '✗ sample 3: not a counterexample — the point at ℓ∞ distance 1/8 ≤ μ = 1/4 has a safe output',
    ],
  ])('says so when the replay fails (%#)', (x, line) => {
    const text = printed(example, 'linf', values('1/2', '3/4'), rational(1, 4), x);
    expect(text.split('\n')[0]).toBe(line);
    expect(text).toContain('replayed exactly: no');
  });

  it('takes the sphere of an open ball as outside', () => {
    const text = printed(example, 'linf', values('1/2', '3/4'), rational(1, 8), values('5/8', '3/4'), { open: true });
    expect(text).toContain('at ℓ∞ distance 1/8 = μ = 1/8, outside the ball');
  });

  it('shortens long points and tells where they differ', () => {
    const d = 20;
    const centre = Array.from({ length: d }, (_, j) => rational(j));
    const x = centre.map((v, j) => (j === 9 || j === 12 ? rational(2 * j + 1, 2) : v));
    const weights = centre.map((_, j) => (j === 9 ? rational(-1) : zero));
    const network: Network = {
      layers: [layerOf(d, 'identity', [{ columns: [9], weights: [weights[9]!], bias: rational(37, 4) }])],
    };
    const text = printed(network, 'linf', centre, rational(1), x);
    expect(text.split('\n').slice(1)).toEqual([
      '  x   = (0, 1, 2, 3, 4, … 13 more …, 18, 19)      f(x)  = 1/4   class 1',
      '  x′  = (0, 1, 2, 3, 4, … 13 more …, 18, 19)      f(x′) = -1/4  class 0     replayed exactly: yes',
      '  differ   in 2 of 20 coordinates, first in coordinate 9 (counted from 0): 9 → 19/2',
    ]);
  });

  it('marks long numbers as near', () => {
    expect(tupleText(['1/2', `1/${7n ** 30n}`])).toMatch(/^\(1\/2, ≈ 4\.4\d+e-26\)$/);
  });

  it('speaks of boxes without a centre', () => {
    const query = checkedQuery({
      network: example,
      region: { kind: 'box', lower: values('0', '0'), upper: values('1', '1') },
      unsafe: unsafeFor(reading, 1),
    });
    const report = counterexampleReport(query, values('1', '1'), reading, 'query');
    expect(counterexampleText(report).split('\n')).toEqual([
      '✗ query: not safe — a point of the box has an unsafe output',
      '  x′  = (1, 1)      f(x′) = -13/36  class 0     replayed exactly: yes',
    ]);
  });
});
