import { describe, expect, it } from 'vitest';
import { compare, rational, toNumber } from '../../../src/exact/index.js';
import { norms } from '../../../src/format/index.js';
import { ball } from '../../../src/geometry/index.js';
import { heNetwork } from '../../../src/network/index.js';
import { exactLipschitz, gradientAt, sampledGradients, witnessGradient } from '../../../src/verify/lipschitz/index.js';
import { layer, net, values } from './instances.js';

describe('witnessGradient', () => {
  it('finds gradients that are there, and at most the constant', async () => {
    const parts: number[] = [];
    for (let seed = 1; seed <= 6; seed++) {
      const network = heNetwork({ inputs: 3, width: 6, layers: 1 + (seed % 2), seed });
      for (const norm of norms) {
        const { magnitude, point } = witnessGradient(network, norm);
        const { lower } = await exactLipschitz(network, norm);
        expect(compare(magnitude, lower)).toBeLessThanOrEqual(0);
        expect(magnitude.n > 0n).toBe(true);
        const gradient = gradientAt(network.layers, point!)![0]!;
        const sizes = gradient.map((g) => Math.abs(toNumber(g)));
        const size = norm === 'l1' ? Math.max(...sizes) : sizes.reduce((s, g) => s + (norm === 'l2' ? g * g : g), 0);
        expect(toNumber(magnitude)).toBeCloseTo(size, 9);
        parts.push(toNumber(magnitude) / toNumber(lower));
      }
    }
    // The search is not blind: half of the constant, in the mean, and more of some.
    expect(parts.reduce((sum, part) => sum + part, 0) / parts.length).toBeGreaterThan(1 / 2);
    expect(Math.max(...parts)).toBeGreaterThan(4 / 5);
  });

  it('in ℓ1, sees far more than random points in many dimensions', () => {
    const network = heNetwork({ inputs: 64, width: 256, seed: 3 });
    const aligned = toNumber(witnessGradient(network, 'l1', { starts: 3 }).magnitude);
    const random = toNumber(sampledGradients(network, 'l1', { points: 30 }).magnitude!);
    expect(aligned).toBeGreaterThan(1.2 * random);
    expect(aligned).toBeGreaterThan(0.8 * Math.sqrt(64 / Math.PI));
  });

  it('refuses several outputs, and knows constants', () => {
    const two = net(layer('relu', [1, 0]), layer('identity', [1, 0], [2, 0]));
    expect(() => witnessGradient(two, 'linf')).toThrow(
      'outputs: expected one output or one functional of them, got several',
    );
    const functional = { columns: [1], weights: values(1) };
    expect(witnessGradient(two, 'linf', { functional }).magnitude).toEqual(rational(2));
    expect(witnessGradient(net(layer('identity', [0, 0, 3])), 'l1').magnitude).toEqual(rational(0));
  });
});

describe('sampledGradients', () => {
  const corner = net(layer('relu', [1, 0, 0], [0, 1, 0]), layer('identity', [1, 1, 0]));
  it('looks only at points inside the region', () => {
    const left = ball('linf', values(-60, -60), rational(59));
    const { magnitude, points } = sampledGradients(corner, 'linf', { region: left });
    expect(magnitude).toEqual(rational(0));
    expect(points).toBeGreaterThan(5);
    expect(sampledGradients(corner, 'linf').magnitude).toEqual(rational(2));
    expect(sampledGradients(corner, 'linf', { points: 0 })).toEqual({ magnitude: undefined, points: 0 });
  });
  it('looks at kinks of neurons that are 0 around a point as at any point', () => {
    // relu(relu(x) − relu(x)) is 0 everywhere, also as a form.
    const flat = net(
      layer('relu', [1, 0], [1, 0], [-1, 0]),
      layer('relu', [1, -1, 0, 0], [0, 1, 1, 0]),
      layer('identity', [9, 1, 0]),
    );
    expect(sampledGradients(flat, 'linf', { points: 20 })).toMatchObject({ magnitude: rational(1), points: 20 });
  });
});
