import { describe, expect, test } from 'vitest';
import { rational } from '../../../src/exact/index.js';
import {
  advanceLayer,
  type BitExtraction,
  bitReader,
  carrier,
  complexity,
  evaluate,
  type Network,
  readerLayers,
  sequentialBuilder,
  sumForms,
} from '../../../src/network/index.js';

/** All digits of U, highest first, as outputs. */
function network(kind: BitExtraction, length: number): Network {
  const builder = sequentialBuilder(1);
  const reader = bitReader(kind, builder.inputs[0]!, length);
  let digits = carrier([]);
  while (reader.pending()) {
    advanceLayer(builder, [digits, reader]);
    const bit = reader.bit();
    digits = carrier([...digits.values(), ...(bit === undefined ? [] : [bit])]);
  }
  return builder.network(digits.values());
}

describe.each(['peeling', 'triangle'] as const)('%s', (kind) => {
  test.each([1, 3, 6])('every number of %d digits', (length) => {
    const net = network(kind, length);
    for (let u = 0; u < 2 ** length; u++) {
      const digits = [...u.toString(2).padStart(length, '0')].map((digit) => rational(Number(digit)));
      expect(evaluate(net, [rational(u)]), String(u)).toEqual(digits);
    }
  });

  test('one layer a digit', () => {
    expect(complexity(network(kind, 6)).depth).toBe(readerLayers(kind, 6) + 1);
  });

  test('between integers, digits are still ≥ 0', () => {
    const net = network(kind, 4);
    for (let u = 0; u < 15 * 8; u++) {
      for (const digit of evaluate(net, [rational(u, 8)])) expect(digit.n >= 0n).toBe(true);
    }
  });
});

test('digits of a form over several neurons', () => {
  const builder = sequentialBuilder(2);
  const reader = bitReader('peeling', sumForms([builder.inputs[0]!, builder.inputs[1]!]), 2);
  advanceLayer(builder, [reader]);
  expect(evaluate(builder.network([reader.bit()!]), [rational(1), rational(1)])).toEqual([rational(1)]);
});
