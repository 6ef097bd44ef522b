import { describe, expect, it } from 'vitest';
import { formatRational } from '../../../src/exact/index.js';
import { type Norm, norms } from '../../../src/format/index.js';
import { ball } from '../../../src/geometry/index.js';
import type { Network } from '../../../src/network/index.js';
import {
  constantAbove,
  intervalGradient,
  type LipschitzQuestion,
  lipschitzBound,
  lipschitzBounds,
} from '../../../src/verify/lipschitz/index.js';
import { layer, net, values } from './instances.js';

const chain = (network: Network, norm: Norm, question: LipschitzQuestion = {}): Record<string, string> =>
  Object.fromEntries(
    lipschitzBounds(network, norm, question).map(({ method, magnitude }) => [
      method,
      magnitude === undefined ? '∞' : formatRational(magnitude),
    ]),
  );

/** y = relu(x₀ + 2x₁) − 3·relu(x₀ − x₁ + 1) + relu(−x₀/2). */
const shallow = net(layer('relu', [1, 2, 0], [1, -1, 1], ['-1/2', 0, 0]), layer('identity', [1, -3, 1, 5]));
/** Two outputs, two hidden layers. */
const deep = net(
  layer('relu', [1, -1, 0], [2, 1, -1]),
  layer('relu', [1, 1, 0], [-1, 3, 2]),
  layer('identity', [1, -1, 0], [0, 2, 1]),
);

describe('lipschitzBounds', () => {
  // By hand. Terms a·w of the first: (1, 2), (−3, 3), (−1/2, 0).
  it.each<[Norm, Record<string, string>]>([
    // Rows of the first layer sum to 3, the last row to 5; paths (9/2, 5); intervals [−7/2, 1] × [0, 5].
    ['linf', { normprod: '15', path: '19/2', interval: '17/2', allpatterns: '15/2' }],
    // Columns of the first layer sum to 5/2 and 3, the largest of the last is 3.
    ['l1', { normprod: '9', path: '5', interval: '5', allpatterns: '5' }],
    // Squares 1 + 4 + 1 + 1 + 1/4 = 29/4 against 3·3, and 1 + 9 + 1 = 11 against 5·3; patterns: (−7/2, 3), (−2, 5), (−5/2, 5) …
    ['l2', { normprod: '319/4', path: '181/4', interval: '149/4', allpatterns: '125/4' }],
  ])('of one hidden layer in %s', (norm, expected) => {
    expect(chain(shallow, norm)).toEqual(expected);
  });

  // |W₂||W₁| = (3 2; 7 4), |W₃||W₂||W₁| = (10 6; 14 8). The rows in intervals: [−6, 4] [−5, 1], then [−2, 12] [0, 8].
  it.each<[Norm, Record<string, string>]>([
    ['linf', { normprod: '24', path: '22', interval: '20' }],
    ['l1', { normprod: '36', path: '24', interval: '18' }],
  ])('of two outputs and two hidden layers in %s', (norm, expected) => {
    expect(chain(deep, norm)).toEqual(expected);
  });

  it('of a functional of the outputs: composed before it is bounded', () => {
    // y₀ + y₁/2 is the first neuron of the second layer: [0, 1]·(1, −1) + [0, 1]·(2, 1) = [0, 3] [−1, 1].
    const functional = { columns: [0, 1], weights: values(1, '1/2') };
    expect(chain(deep, 'linf', { functional })).toEqual({ normprod: '12', path: '5', interval: '4' });
    expect(() => chain(deep, 'linf', { functional: { columns: [2], weights: values(1) } })).toThrow(
      'outputs: expected outputs below 2, got 2',
    );
  });

  it('in a region: neurons that are stable there are off or on', () => {
    // Around (4, 0) with radius 1 the first two are on, the third is off: the gradient is (−2, 5).
    const region = ball('linf', values(4, 0), values(1)[0]!);
    expect(chain(shallow, 'linf', { region })).toEqual({
      normprod: '15',
      path: '19/2',
      interval: '7',
      allpatterns: '7',
    });
    expect(intervalGradient(shallow, 'linf', { region }).exact).toBe(true);
    expect(intervalGradient(shallow, 'linf').exact).toBe(false);
    // Around (1, 1) with radius 1 the second may be off; without it (1, 2).
    const wide = ball('linf', values(1, 1), values(1)[0]!);
    expect(chain(shallow, 'linf', { region: wide })).toMatchObject({ interval: '7', allpatterns: '7' });
    expect(chain(shallow, 'l1', { region: wide })).toMatchObject({ interval: '5', allpatterns: '5' });
  });

  it('steps have no finite constant, unless they cannot change in the region or nothing depends on them', () => {
    const stepping = net(layer('step', [1, -1, 0], [0, 1, 0]), layer('identity', [1, 2, 0]));
    for (const norm of norms) {
      expect(chain(stepping, norm)).toEqual({ normprod: '∞', path: '∞', interval: '∞' });
      expect(lipschitzBound(stepping, norm).magnitude).toBeUndefined();
    }
    const functional = { columns: [0], weights: values(0) };
    expect(chain(stepping, 'linf', { functional })).toMatchObject({ interval: '0' });
    const region = ball('linf', values(3, 1), values('1/2')[0]!);
    expect(chain(stepping, 'linf', { region })).toMatchObject({ interval: '0' });
    // At the closed ball's edge the second step is still 0 or 1.
    const touching = ball('linf', values(3, 1), values(1)[0]!);
    expect(chain(stepping, 'linf', { region: touching })).toMatchObject({ interval: '∞' });
  });

  it('outputs behind an activation', () => {
    const clipped = net(layer('relu', [3, -4, 1]));
    expect(chain(clipped, 'linf')).toEqual({ normprod: '7', path: '7', interval: '7', allpatterns: '7' });
    expect(chain(clipped, 'l2')).toEqual({ normprod: '25', path: '25', interval: '25', allpatterns: '25' });
  });

  it('too many patterns are left out', () => {
    const d = 30;
    const rows = [1, 2].map((w) => [...new Array(d).fill(w), 0]);
    const wide = net(layer('relu', ...rows), layer('identity', [1, -1, 0]));
    expect(chain(wide, 'linf')).toEqual({ normprod: '120', path: '90', interval: '60' });
    expect(chain(wide, 'l1')).toMatchObject({ allpatterns: '2' });
  });
});

describe('constantAbove', () => {
  it('takes the root of a square, upwards', () => {
    const bound = { method: 'path', norm: 'l2', exact: false } as const;
    expect(constantAbove({ ...bound, magnitude: values('9/4')[0]! })).toEqual(values('3/2')[0]);
    const root = constantAbove({ ...bound, magnitude: values(2)[0]! })!;
    expect(root.n * root.n > 2n * root.d * root.d).toBe(true);
    expect(constantAbove({ ...bound, norm: 'l1', magnitude: values(2)[0]! })).toEqual(values(2)[0]);
    expect(constantAbove({ ...bound, magnitude: undefined })).toBeUndefined();
  });
});
