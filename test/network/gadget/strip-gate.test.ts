import { describe, expect, test } from 'vitest';
import { compare, parseRational, type Rational, rational } from '../../../src/exact/index.js';
import {
  advanceLayer,
  complexity,
  evaluate,
  type Network,
  sequentialBuilder,
  stripGate,
  stripGateLayers,
} from '../../../src/network/index.js';

function network(coordinates: readonly { bits: number; gamma: string }[], height: Rational): Network {
  const builder = sequentialBuilder(coordinates.length);
  const gate = stripGate(
    coordinates.map(({ bits, gamma }, r) => ({ form: builder.inputs[r]!, bits, gamma: parseRational(gamma) })),
    height,
  );
  while (gate.pending()) advanceLayer(builder, [gate]);
  return builder.network([gate.value()]);
}

const height = rational(5);

describe.each([
  [0, '1/4'],
  [1, '1/8'],
  [3, '1/16'],
  [4, '1/5'],
])('%d bits, γ = %s', (bits, gamma) => {
  // Built inside tests, so that what throws is seen by one.
  const net = (): Network => network([{ bits, gamma }], height);
  const g = parseRational(gamma);
  let built: Network | undefined;
  const at = (v: Rational): Rational => {
    built ??= net();
    return evaluate(built, [v])[0]!;
  };
  /** k + t·γ. */
  const near = (k: number, t: string): Rational => {
    const s = parseRational(t);
    return rational(BigInt(k) * s.d * g.d + s.n * g.n, s.d * g.d);
  };
  const whole = Array.from({ length: 2 ** bits + 1 }, (_, k) => k);
  const last = 2 ** bits;

  test('at least the height on every strip', () => {
    for (const k of whole) {
      for (const t of ['-1', '-2/3', '-1/2', '-1/3', '0']) {
        if ((k === 0 && t !== '0') || (k === last && compare(parseRational(t), parseRational('-1/2')) > 0)) continue;
        expect(compare(at(near(k, t)), height), `${k} + ${t}γ`).toBeGreaterThanOrEqual(0);
      }
    }
    // At the middle of the strip it is one and a half times the height.
    if (bits > 0) expect(at(near(1, '-1/2'))).toEqual(rational(15, 2));
  });

  test('nothing outside (k − 2γ, k + γ), something inside', () => {
    for (const k of whole.slice(0, -1)) {
      for (const t of ['1', '3/2', '2']) expect(at(near(k, t)), `${k} + ${t}γ`).toEqual(rational(0));
      expect(at(near(k + 1, '-2'))).toEqual(rational(0));
      expect(at(near(k, '99/100')).n > 0n && at(near(k + 1, '-199/100')).n > 0n).toBe(true);
    }
  });

  test('n + 2 layers', () => {
    expect(complexity(net())).toMatchObject({ depth: bits + 3, width: 2 });
    expect(stripGateLayers([bits])).toBe(bits + 2);
  });
});

test('one coordinate in its strip is enough, and coordinates of different lengths add up', () => {
  const net = network(
    [
      { bits: 3, gamma: '1/8' },
      { bits: 1, gamma: '1/4' },
    ],
    height,
  );
  const at = (a: string, b: string): Rational => evaluate(net, [parseRational(a), parseRational(b)])[0]!;
  expect(at('13/2', '1/2')).toEqual(rational(0));
  expect(compare(at('95/16', '1/2'), height)).toBeGreaterThanOrEqual(0);
  expect(compare(at('13/2', '7/8'), height)).toBeGreaterThanOrEqual(0);
  expect(at('95/16', '7/8')).toEqual(rational(15));
});
