/** Slopes agree with finite differences where the network is smooth, and say something where it is flat. */
import { describe, expect, it } from 'vitest';
import { slope } from '../../src/verify/slope.js';
import { networkOf } from './fixtures/networks.js';

const network = networkOf(2, [
  ['relu', ['1 1/2 | 0', '-1 1 | 1', '1 1 | -100']],
  ['identity', ['2 -3 1 | 0', '0 1 0 | 0']],
]);

describe('slope', () => {
  it('is the gradient, with a 64th of it through neurons that are off', () => {
    // Both first neurons on, the third off: 2·(1, 1/2) − 3·(−1, 1) + (1, 1)/64.
    expect([...slope(network, [1, 1], [0], [1])]).toEqual([5 + 1 / 64, -2 + 1 / 64]);
    expect([...slope(network, [1, 1], [0, 1], [1, 2])]).toEqual([3 + 1 / 64, 1 / 64]);
    expect([...slope(network, [-9, 1], [1], [-1])]).toEqual([1, -1]);
  });

  it('passes steps as if they were identities', () => {
    const steps = networkOf(1, [
      ['step', ['4 | -1']],
      ['identity', ['3 | 0']],
    ]);
    expect([...slope(steps, [0], [0], [1])]).toEqual([12]);
  });

  it('reads weights beyond doubles', () => {
    const huge = 3n ** 700n;
    const large = networkOf(1, [['identity', [`${huge}/${huge + 1n} | 0`]]]);
    expect(slope(large, [0], [0], [1])[0]).toBeCloseTo(1, 12);
  });
});
