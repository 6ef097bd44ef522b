import { describe, expect, test } from 'vitest';
import { parseRational, type Rational, rational } from '../../../src/exact/index.js';
import {
  advanceLayer,
  complexity,
  evaluate,
  integerPartLayers,
  integerParts,
  type Network,
  sequentialBuilder,
} from '../../../src/network/index.js';

interface Coordinate {
  readonly bits: number;
  readonly gamma: string;
  readonly scale: bigint;
}

/** Σ scale·⌊V⌋ as a network of the coordinates V. */
function network(coordinates: readonly Coordinate[]): Network {
  const builder = sequentialBuilder(coordinates.length);
  const parts = integerParts(
    coordinates.map(({ bits, gamma, scale }, r) => ({
      form: builder.inputs[r]!,
      bits,
      gamma: parseRational(gamma),
      scale,
    })),
  );
  while (parts.pending()) advanceLayer(builder, [parts]);
  return builder.network([parts.key()]);
}

const at = (net: Network, ...x: Rational[]): Rational => evaluate(net, x)[0]!;

describe.each([1, 2, 3, 5])('one coordinate of %d bits', (bits) => {
  // Built inside tests, so that what throws is seen by one.
  let built: Network | undefined;
  const net = (): Network => {
    built ??= network([{ bits, gamma: '1/4', scale: 3n }]);
    return built;
  };

  test('every value with a fractional part of at most 1 − γ', () => {
    for (let v = 0; v < 2 ** bits; v++) {
      for (const fraction of ['0', '1/7', '1/2', '3/4']) {
        const f = parseRational(fraction);
        expect(at(net(), rational(BigInt(v) * f.d + f.n, f.d)), `${v} + ${fraction}`).toEqual(rational(3 * v));
      }
    }
  });

  test('in the strip it stays between 0 and the largest key, and is wrong somewhere', () => {
    const strip = Array.from({ length: 2 ** bits }, (_, v) => at(net(), rational(8 * v + 7, 8)));
    for (const key of strip) {
      expect(key.n >= 0n && key.n <= 3n * BigInt(2 ** bits - 1) * key.d).toBe(true);
    }
    // Just below the middle of the range the highest bit is on its ramp.
    expect(at(net(), rational(2 ** bits * 8 - 1, 8))).toEqual(rational(3 * (2 ** bits - 1)));
    if (bits > 1) expect(strip.some((key) => key.d !== 1n)).toBe(true);
  });

  test('two layers a bit, of three neurons with the key', () => {
    expect(complexity(net())).toMatchObject({ depth: 2 * bits + 1, width: Math.min(bits, 3) });
    expect(integerPartLayers([bits])).toBe(2 * bits);
  });
});

test('several coordinates of different lengths and margins', () => {
  const net = network([
    { bits: 3, gamma: '1/2', scale: 1n },
    { bits: 1, gamma: '1/16', scale: 8n },
    { bits: 0, gamma: '1', scale: 999n },
    { bits: 2, gamma: '1', scale: 16n },
  ]);
  expect(complexity(net)).toMatchObject({ depth: 7, width: 5 });
  const half = parseRational('13/2');
  expect(at(net, half, parseRational('31/16'), parseRational('1/3'), rational(3))).toEqual(rational(6 + 8 + 48));
  expect(at(net, rational(0), rational(0), rational(0), rational(0))).toEqual(rational(0));
});
