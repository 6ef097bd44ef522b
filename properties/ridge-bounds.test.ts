/** Ridge propagation: every neuron of every random network stays in its interval, at every drawn point of the ball. */
import { expect } from 'vitest';
import { query } from '../src/arbitrary/index.js';
import { compare, formatRational, type Vector } from '../src/exact/index.js';
import { pointsOf } from '../src/laws/region-attack.js';
import { evaluate } from '../src/network/index.js';
import { stateOn } from '../src/verify/ridge/expression.js';
import { propagate } from '../src/verify/ridge/propagate.js';
import { scalarsOn } from '../src/verify/ridge/scalars.js';
import { property } from './property.js';

property(
  'neurons lie in the intervals of ridge propagation',
  [query({ boxes: false })],
  ({ network, region, unsafe }) => {
    if (region.kind !== 'ball') throw new Error('expected a ball');
    const points: Vector[] = [region.centre, ...pointsOf({ network, region, unsafe }, 7)];
    network.layers.forEach((_, i) => {
      const layers = network.layers.slice(0, i + 1);
      const found = propagate(layers, stateOn(scalarsOn(region)));
      for (const x of points) {
        for (const [r, y] of evaluate({ layers }, x).entries()) {
          const { low, high } = found[r]!;
          const text = `layer ${i}, row ${r}: ${formatRational(y)} in [${formatRational(low)}, ${formatRational(high)}]`;
          expect(compare(low, y) <= 0 && compare(y, high) <= 0, text).toBe(true);
        }
      }
    });
  },
  { runs: 600 },
);
