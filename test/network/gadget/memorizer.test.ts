import { describe, expect, test } from 'vitest';
import { type Rational, randomSource, rational } from '../../../src/exact/index.js';
import {
  advanceLayer,
  complexity,
  evaluate,
  hatLookup,
  type MemorizerOptions,
  type MemorizerRecord,
  memorizer,
  memorizerShape,
  type Network,
  sequentialBuilder,
  shorterArrangement,
} from '../../../src/network/index.js';

function network(records: readonly MemorizerRecord[], options: MemorizerOptions = {}): Network {
  const builder = sequentialBuilder(1);
  const part = memorizer(builder.inputs[0]!, records, options);
  while (part.pending()) advanceLayer(builder, [part]);
  return builder.network([part.value()]);
}

function hats(records: readonly MemorizerRecord[]): Network {
  const builder = sequentialBuilder(1);
  const part = hatLookup(builder.inputs[0]!, records);
  while (part.pending()) advanceLayer(builder, [part]);
  return builder.network([part.value()]);
}

/** Different random keys below a bound, with values from 1 to most. */
function random(seed: number, count: number, below: number, most: number): MemorizerRecord[] {
  const source = randomSource(seed);
  const keys = new Set<number>();
  while (keys.size < count) keys.add(source.below(below));
  return [...keys].map((key) => ({ key: BigInt(key), value: source.between(1, most) }));
}

const at = (net: Network, k: number | bigint): Rational => evaluate(net, [rational(k)])[0]!;

const cases: readonly [string, readonly MemorizerRecord[]][] = [
  ['one record, key 0', [{ key: 0n, value: 1 }]],
  ['one record', [{ key: 13n, value: 5 }]],
  ['neighbours', [3n, 4n, 5n, 6n].map((key, k) => ({ key, value: k + 1 }))],
  ['every key', Array.from({ length: 32 }, (_, k) => ({ key: BigInt(k), value: 1 + (k % 3) }))],
  ['random', random(1, 20, 40, 7)],
];

describe.each(cases)('%s', (_, records) => {
  const value = new Map(records.map((record) => [record.key, record.value]));
  const every = Array.from({ length: 44 }, (_, k) => BigInt(k));
  const choices: MemorizerOptions[] = [
    {},
    ...[1, 2, 3, records.length].map((perGroup) => ({ perGroup })),
    { extraction: 'triangle' },
    { extraction: 'triangle', perGroup: 3 },
  ];

  test.each(choices)('%o: every key has its value, and every other integer 0', (options) => {
    const net = network(records, options);
    for (const k of every) expect(at(net, k), `key ${k}`).toEqual(rational(value.get(k) ?? 0));
    expect(at(net, 2n ** 70n)).toEqual(rational(0));
  });

  test('by hats as well', () => {
    const net = hats(records);
    for (const k of every) expect(at(net, k), `key ${k}`).toEqual(rational(value.get(k) ?? 0));
    expect(complexity(net).depth).toBe(Math.ceil(records.length / 2) + 1);
    expect(complexity(net).width).toBeLessThanOrEqual(8);
  });

  test('between integers the answer is ≥ 0', () => {
    for (const net of [network(records), network(records, { perGroup: 2 }), hats(records)]) {
      for (let k = 0; k < 40 * 4; k++) expect(evaluate(net, [rational(k, 4)])[0]!.n >= 0n, `${k}/4`).toBe(true);
    }
  });

  test('depth as its shape says, width 8, weights of nB bits', () => {
    for (const options of choices) {
      const net = network(records, options);
      const { layers, perGroup, keyBits, valueBits } = memorizerShape(records, options);
      const size = complexity(net);
      expect(size.depth).toBe(layers + 1);
      if (options.extraction === 'triangle') expect(size.width).toBeLessThanOrEqual(11);
      else {
        expect(size.width).toBeLessThanOrEqual(8);
        expect(size.bits).toBeLessThanOrEqual(Math.max(perGroup * (keyBits + valueBits), keyBits + 1, valueBits + 2));
      }
    }
  });
});

test('what cannot be memorized is refused', () => {
  expect(() => memorizerShape([])).toThrow('at least one record');
  const twice = [
    { key: 1n, value: 1 },
    { key: 1n, value: 2 },
  ];
  expect(() => memorizerShape(twice)).toThrow('different keys');
  for (const record of [
    { key: -1n, value: 1 },
    { key: 1n, value: 0 },
    { key: 1n, value: 1.5 },
  ]) {
    expect(() => memorizerShape([record])).toThrow('keys ≥ 0 and whole values ≥ 1');
  }
});

describe('keys of 36 bits, values of 3', () => {
  // Theory A, table 4e: layers, parameters, nonzero weights, bits.
  const table = [
    [64, 105, 2456, 1103, 39],
    [256, 208, 5420, 2255, 78],
    [1024, 414, 11366, 4559, 156],
    [4096, 809, 23831, 9359, 351],
  ] as const;

  test.each(table)('N = %d: no larger than the reference', (n, depth, parameters, nonzero, bits) => {
    const source = randomSource(n);
    const keys = new Set<bigint>([2n ** 36n - 1n]);
    while (keys.size < n) keys.add((BigInt(source.below(2 ** 18)) << 18n) | BigInt(source.below(2 ** 18)));
    const records = [...keys].map((key, k) => ({ key, value: 1 + (k % 7) }));
    const net = network(records);
    const size = complexity(net);
    expect(size.width).toBeLessThanOrEqual(8);
    expect(size.depth).toBeLessThanOrEqual(depth);
    expect(Number(size.parameters)).toBeLessThanOrEqual(parameters);
    expect(size.nonzero).toBeLessThanOrEqual(nonzero);
    expect(size.bits).toBeLessThanOrEqual(bits);
    for (const { key, value } of records.slice(0, 5)) {
      expect(at(net, key)).toEqual(rational(value));
      expect(at(net, key + 1n)).toEqual(rational(records.find((r) => r.key === key + 1n)?.value ?? 0));
    }
  });
});

test('hats are shorter for few records, packing for many', () => {
  const key = (k: number): MemorizerRecord => ({ key: BigInt(3 * k + 1), value: 1 });
  const few = Array.from({ length: 64 }, (_, k) => key(k));
  expect(shorterArrangement(few)).toEqual({ arrangement: 'hats', layers: 32 });
  const many = Array.from({ length: 1024 }, (_, k) => key(k));
  expect(shorterArrangement(many)).toEqual({ arrangement: 'packed', layers: memorizerShape(many).layers });
});
