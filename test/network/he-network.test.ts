import { describe, expect, it } from 'vitest';
import { heNetwork } from '../../src/network/he-network.js';
import { networkFromFile, networkHash, networkToFile, rowCount } from '../../src/network/index.js';

describe('heNetwork', () => {
  it('has the sizes asked for, and is the same for the same seed', () => {
    const made = heNetwork({ inputs: 3, width: 7, layers: 2, outputs: 2, seed: 5 });
    expect(made.layers.map((layer) => [layer.inputs, rowCount(layer), layer.activation])).toEqual([
      [3, 7, 'relu'],
      [7, 7, 'relu'],
      [7, 2, 'identity'],
    ]);
    expect(made).toEqual(heNetwork({ inputs: 3, width: 7, layers: 2, outputs: 2, seed: 5 }));
    expect(networkHash(made)).not.toBe(networkHash(heNetwork({ inputs: 3, width: 7, layers: 2, outputs: 2, seed: 6 })));
    expect(heNetwork({ inputs: 2, width: 4, layers: 0 }).layers).toHaveLength(1);
  });

  it('stores no zeros, and goes to its file and back', () => {
    const coarse = heNetwork({ inputs: 5, width: 40, digits: 1 });
    expect(coarse.layers[0]!.columns.length).toBeLessThan(200);
    for (const layer of coarse.layers) expect(Array.from<number | bigint>(layer.weights).includes(0)).toBe(false);
    expect(networkHash(networkFromFile(networkToFile(coarse)))).toBe(networkHash(coarse));
  });

  it('weights have the variances 2/N and 1, biases 1 and 0', () => {
    const [hidden, output] = heNetwork({ inputs: 50, width: 100, digits: 12 }).layers;
    const variance = (values: Iterable<number | bigint>, unit: number): number => {
      const all = Array.from<number | bigint, number>(values, (v) => Number(v) / unit);
      return all.reduce((sum, v) => sum + v * v, 0) / all.length;
    };
    const unit = 2 ** 12;
    // 5000 weights, so the deviation of the quotient is 0.02; 100 of them 0.14.
    expect(variance(hidden!.weights, unit) / (2 / 100)).toBeGreaterThan(0.9);
    expect(variance(hidden!.weights, unit) / (2 / 100)).toBeLessThan(1.1);
    expect(variance(hidden!.biases, unit)).toBeGreaterThan(0.5);
    expect(variance(hidden!.biases, unit)).toBeLessThan(1.6);
    expect(variance(output!.weights, unit)).toBeGreaterThan(0.5);
    expect(variance(output!.weights, unit)).toBeLessThan(1.6);
    expect(Array.from<number | bigint>(output!.biases)).toEqual([0]);
  });

  it.each([
    { inputs: 0, width: 1 },
    { inputs: 1, width: 1.5 },
    { inputs: 1, width: 1, layers: -1 },
    { inputs: 1, width: 1, digits: 41 },
  ])('refuses %o', (options) => {
    expect(() => heNetwork(options)).toThrow(/^heNetwork\.(inputs|width|layers|digits): expected a whole number/);
  });
});
