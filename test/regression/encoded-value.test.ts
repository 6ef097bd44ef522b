import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dataset, network } from '../../src/arbitrary/index.js';
import { rational } from '../../src/exact/index.js';
import { datasetOf } from '../../src/geometry/index.js';
import { decodeValue, encodeValue, shownValue } from '../../src/regression/encoded-value.js';

describe('values as text', () => {
  test('encoding gives equal values back, through JSON', () => {
    const values = [
      ...fc.sample(dataset(), { seed: 1, numRuns: 50 }),
      ...fc.sample(network({ extremes: true }), { seed: 1, numRuns: 50 }),
      [undefined, null, true, 'text', -0, Number.NaN, Number.POSITIVE_INFINITY, 12n, { a: [Float64Array.of(-0, 1)] }],
    ];
    for (const value of values) expect(decodeValue(JSON.parse(JSON.stringify(encodeValue(value))))).toEqual(value);
    expect(() => encodeValue([() => 1])).toThrow(TypeError);
    expect(() => encodeValue(new Map())).toThrow(TypeError);
  });

  test('shown as people read them', () => {
    const data = datasetOf(
      [
        [rational(1, 2), rational(3)],
        [rational(0), rational(-1)],
      ],
      [0, 4],
    );
    expect(shownValue(data)).toBe('dataset of 2 in dimension 2: (1/2, 3) ↦ 0, (0, -1) ↦ 4');
    expect(shownValue({ data, radius: rational(1, 8), norm: 'l1' })).toBe(
      `{ data: ${shownValue(data)}, radius: 1/8, norm: "l1" }`,
    );
    expect(shownValue([[rational(1)], []])).toBe('[(1), []]');
    const [net] = fc.sample(network({ layers: { max: 0 } }), { seed: 1, numRuns: 1 });
    expect(shownValue(net)).toMatch(/^network \{"format":"muball-network"/);
  });
});
