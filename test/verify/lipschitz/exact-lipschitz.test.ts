import { describe, expect, it } from 'vitest';
import { formatRational, mul } from '../../../src/exact/index.js';
import { type Norm, norms } from '../../../src/format/index.js';
import { ball, type Region } from '../../../src/geometry/index.js';
import type { Network } from '../../../src/network/index.js';
import { exactLipschitz, gradientAt } from '../../../src/verify/lipschitz/index.js';
import { layer, net, values } from './instances.js';

const rational = (text: string | number) => values(text)[0]!;

async function constants(network: Network, region?: Region): Promise<string[]> {
  const found = await Promise.all(norms.map((norm) => exactLipschitz(network, norm, { ...(region && { region }) })));
  expect(found.every(({ isComplete, bound }) => isComplete && bound.exact)).toBe(true);
  return found.map(({ lower }) => formatRational(lower));
}
const cells = async (network: Network, region?: Region): Promise<number> =>
  (await exactLipschitz(network, 'linf', { everyCell: true, ...(region && { region }) })).cells;

// In the order ℓ∞, ℓ1, ℓ2 squared.
describe('exactLipschitz', () => {
  it.each<[string, Network, string[]]>([
    ['an affine map', net(layer('identity', [3, -4, 7])), ['7', '4', '25']],
    ['|x|', net(layer('relu', [1, 0], [-1, 0]), layer('identity', [1, 1, 0])), ['1', '1', '1']],
    // relu(x + y) + relu(x − y): gradients 0, (1, 1), (1, −1), (2, 0).
    ['two rows', net(layer('relu', [1, 1, 0], [1, -1, 0]), layer('identity', [1, 1, 0])), ['2', '2', '4']],
    // relu(x + y) − relu(x − y): gradients 0, (1, 1), (−1, 1), (0, 2).
    ['a difference', net(layer('relu', [1, 1, 0], [1, -1, 0]), layer('identity', [1, -1, 0])), ['2', '2', '4']],
    // On at x > 0 and at x < −1/2: never both, so 3 and not 5.
    [
      'patterns that do not occur',
      net(layer('relu', [3, 0], [-2, -1]), layer('identity', [1, -1, 0])),
      ['3', '3', '9'],
    ],
    // relu(x) − relu(2x) + relu(x) is 0 for x < 0 and for x > 0.
    ['all that cancels', net(layer('relu', [1, 0], [2, 0], [1, 0]), layer('identity', [1, -1, 1, 0])), ['0', '0', '0']],
    // 5·relu(relu(x) + relu(−x) − |x|): a neuron that is 0 everywhere, and a kink at each x with slope "1" by convention.
    [
      'a neuron that is 0 everywhere',
      net(
        layer('relu', [1, 0], [-1, 0], [1, 0], [-1, 0]),
        layer('relu', [1, 1, -1, -1, 0], [1, 0, 0, 0, 0]),
        layer('identity', [5, 1, 0]),
      ),
      ['1', '1', '1'],
    ],
    // 7·relu(−|x|): positive nowhere, 0 at x = 0 alone.
    [
      'an off neuron that touches 0',
      net(layer('relu', [1, 0], [-1, 0]), layer('relu', [-1, -1, 0], [1, 0, 0]), layer('identity', [7, 1, 0])),
      ['1', '1', '1'],
    ],
    ['a constant', net(layer('relu', [0, 2], [0, -2]), layer('identity', [1, 1, 0])), ['0', '0', '0']],
    ['an output behind a relu', net(layer('relu', [3, -4, 1])), ['7', '4', '25']],
    [
      'an identity layer',
      net(layer('identity', [1, 1, 0], [1, -1, 0]), layer('relu', [1, 1, 0]), layer('identity', [-3, 0])),
      ['6', '6', '36'],
    ],
  ])('%s', async (_, network, expected) => {
    expect(await constants(network)).toEqual(expected);
  });

  it('several outputs: operator norms, and one functional of them', async () => {
    // On x > 0, y > 0: (1, −1; 2, 1).
    const network = net(layer('relu', [1, 0, 0], [0, 1, 0]), layer('identity', [1, -1, 0], [2, 1, 3]));
    expect(formatRational((await exactLipschitz(network, 'linf')).lower)).toBe('3');
    expect(formatRational((await exactLipschitz(network, 'l1')).lower)).toBe('3');
    await expect(exactLipschitz(network, 'l2')).rejects.toThrow(
      'outputs: expected one output or one functional of them for the exact constant in ℓ2, got several',
    );
    const functional = { columns: [0, 1], weights: values(-1, 1) };
    expect(formatRational((await exactLipschitz(network, 'l2', { functional })).lower)).toBe('5');
  });

  it('says where it is attained: a gradient that is there, and two points that show it', async () => {
    const network = net(layer('relu', [1, 1, -3], [1, -1, 0]), layer('identity', [1, 1, 0]));
    for (const norm of norms) {
      const { attained, lower } = await exactLipschitz(network, norm);
      expect(gradientAt(network.layers, attained!.point)).toEqual(attained!.gradient);
      expect(attained!.gradient).toEqual([values(2, 0)]);
      expect(formatRational(lower)).toBe(norm === 'l2' ? '4' : '2');
      expect(attained!.difference).not.toEqual(values(0));
    }
  });

  // y = relu(x) + relu(y) − 2·relu(x + y − 3): gradients by quadrants and beyond the line.
  const corner = net(layer('relu', [1, 0, 0], [0, 1, 0], [1, 1, -3]), layer('identity', [1, 1, -2, 0]));
  it.each<[string, Region, string[]]>([
    ['inside one cell', ball('linf', values(1, 1), rational('1/2')), ['2', '1', '2']],
    ['a box that reaches a cell only at its edge', ball('linf', values(-1, -1), rational(1)), ['0', '0', '0']],
    ['and a little beyond', ball('linf', values(-1, -1), rational('9/8')), ['2', '1', '2']],
    ['an ℓ1 ball that touches the line x + y = 3', ball('l1', values(1, 1), rational(1)), ['2', '1', '2']],
    [
      'an ℓ1 ball in the quadrant x, y < 0, and beside it',
      ball('l1', values(-1, -1), rational('3/2')),
      ['1', '1', '1'],
    ],
    ['the ℓ∞ ball of that radius', ball('linf', values(-1, -1), rational('3/2')), ['2', '1', '2']],
    // √2 < 3/2: the corner (0, 0) is inside the ℓ2 ball of radius 3/2, but not of 7/5; the axes are nearer.
    ['an ℓ2 ball that reaches the corner', ball('l2', values(-1, -1), rational('3/2')), ['2', '1', '2']],
    ['one that does not', ball('l2', values(-1, -1), rational('7/5')), ['1', '1', '1']],
    ['one that touches an axis', ball('l2', values(-1, -5), rational(1)), ['0', '0', '0']],
    // The corner is at distance exactly 5, where no inner point of the quadrant is within the ball.
    ['one that touches the corner', ball('l2', values(-3, -4), rational(5)), ['1', '1', '1']],
    ['an open ball, as the closed one', ball('l2', values(-3, -4), rational('51/10'), true), ['2', '1', '2']],
    ['a box', { kind: 'box', lower: values(-4, -4), upper: values(-1, '1/8') }, ['1', '1', '1']],
  ])('local: %s', async (_, region, expected) => {
    expect(await constants(corner, region)).toEqual(expected);
  });

  it('refuses regions without inner points, and too many dimensions', async () => {
    const wide = net(layer('relu', [...new Array(15).fill(1), 0]));
    for (const [network, region, message] of [
      [corner, ball('linf', values(0, 0), rational(0)), 'expected a radius above 0, got 0'],
      [corner, { kind: 'box', lower: values(0, 0), upper: values(1, 0) }, 'expected a box with inner points'],
      [wide, ball('linf', values(...new Array(15).fill(0)), rational(1)), 'expected at most 14 inputs'],
    ] as [Network, Region, string][]) {
      await expect(exactLipschitz(network, 'linf', { region })).rejects.toThrow(`region: ${message}`);
    }
    // Everywhere there is no such limit.
    expect(await constants(wide)).toEqual(['15', '1', '15']);
  });

  it('counts each cell once: of the line, the quadrants, a grid, and of layers', async () => {
    expect(await cells(net(layer('relu', [1, 0], [1, -1], [1, 0]), layer('identity', [1, 1, 1, 0])))).toBe(3);
    expect(await cells(corner)).toBe(7);
    expect(await cells(corner, ball('linf', values(1, 1), rational('1/2')))).toBe(1);
    expect(await cells(corner, ball('linf', values(1, 1), rational('3/4')))).toBe(2);
    // |x| − 1 is positive in two of four pieces.
    const hat = net(layer('relu', [1, 0], [-1, 0]), layer('relu', [1, 1, -1]), layer('identity', [1, 0]));
    expect(await cells(hat)).toBe(4);
    // A neuron that nothing reads cuts nothing.
    expect(await cells(net(layer('relu', [1, 0, 0], [0, 1, 0]), layer('identity', [1, 0, 0])))).toBe(2);
  });

  it('is not misled by weights beyond the doubles', async () => {
    const rows = Array.from({ length: 6 }, (_, i) => [i + 1, (i + 1) ** 2 - 20, 5 * i - 11]);
    const plain = net(layer('relu', ...rows), layer('identity', [3, -5, 2, 7, -1, -8, 0]));
    for (const size of [2n ** 600n, 2n ** 1100n]) {
      for (const [inner, outer] of [
        [`1/${size}`, '1'],
        [`${size}`, '1'],
        [`1/${size}`, `1/${size}`],
      ]) {
        const times = (row: (string | number)[], by: string): string[] =>
          row.map((w) => formatRational(mul(rational(w), rational(by))));
        const scaled = net(
          layer('relu', ...rows.map((row) => times(row, inner!))),
          layer('identity', times([3, -5, 2, 7, -1, -8, 0], outer!)),
        );
        for (const norm of norms) {
          const [whole, other] = [await exactLipschitz(plain, norm), await exactLipschitz(scaled, norm)];
          const factor = mul(rational(inner!), rational(outer!));
          expect(other.lower).toEqual(mul(whole.lower, norm === 'l2' ? mul(factor, factor) : factor));
        }
      }
    }
  });

  it('gives bounds from both sides when it is stopped', async () => {
    const rows = Array.from({ length: 9 }, (_, i) => [i + 1, (i + 1) ** 2 - 20, 5 * i - 20]);
    const network = net(layer('relu', ...rows), layer('identity', [3, -5, 2, 7, -1, -8, 4, -2, 6, 0]));
    const whole = await exactLipschitz(network, 'linf');
    let before = '';
    for (const mostCells of [1, 3, 8]) {
      const {
        bound,
        lower,
        isComplete,
        cells: seen,
        leftOut,
        attained,
      } = await exactLipschitz(network, 'linf', { mostCells });
      expect(isComplete).toBe(false);
      expect(bound.exact).toBe(false);
      expect(seen + leftOut).toBe(mostCells);
      const [low, exact, high] = [lower, whole.lower, bound.magnitude!].map((q) => Number(q.n) / Number(q.d));
      expect(low).toBeLessThanOrEqual(exact!);
      expect(exact).toBeLessThan(high!);
      expect(attained === undefined).toBe(low === 0);
      before += `${low} ${high};`;
    }
    expect(before.split(';')).toHaveLength(4);
    const stopped = await exactLipschitz(network, 'linf', { signal: AbortSignal.abort() });
    expect(stopped).toMatchObject({ isComplete: false, cells: 0 });
    expect(stopped.bound.magnitude).toBeDefined();
  });

  it('a step that changes has no constant; one that does not, or that nothing reads, is constant', async () => {
    const stepping = net(layer('step', [1, 0], [1, -5]), layer('relu', [1, 2, 0]), layer('identity', [1, 0]));
    const found = await exactLipschitz(stepping, 'linf');
    expect(found.bound.magnitude).toBeUndefined();
    expect(found).toMatchObject({ isComplete: false, jump: { layer: 0, neuron: 0 } });
    expect(await constants(stepping, ball('linf', values(2), rational(2)))).toEqual(['0', '0', '0']);
    const unread = net(layer('step', [1, 0]), layer('identity', [0, 3]));
    expect(await constants(unread)).toEqual(['0', '0', '0']);
  });

  it('reports progress', async () => {
    const seen: number[] = [];
    const { cells: count } = await exactLipschitz(corner, 'linf', { everyCell: true, onProgress: (n) => seen.push(n) });
    expect(seen.at(-1)).toBe(count);
  });

  it('finds the same with and without leaving branches out', async () => {
    for (const norm of norms as readonly Norm[]) {
      const [some, all] = [await exactLipschitz(corner, norm), await exactLipschitz(corner, norm, { everyCell: true })];
      expect(some.lower).toEqual(all.lower);
      expect(some.cells).toBeLessThanOrEqual(all.cells);
      expect(all.leftOut).toBe(0);
    }
  });
});

describe('gradientAt', () => {
  const network = net(
    layer('relu', [1, 0, 0], [0, 0, 0]),
    layer('relu', [1, 1, 0], [-1, 0, 0]),
    layer('identity', [2, 1, 0]),
  );
  it('is the gradient off the kinks, also where a neuron is 0 around the point', () => {
    expect(gradientAt(network.layers, values(3, 1))).toEqual([values(2, 0)]);
    expect(gradientAt(network.layers, values(-3, 1))).toEqual([values(0, 0)]);
  });
  it('is undefined at a kink, unless nothing reads it', () => {
    expect(gradientAt(network.layers, values(0, 1))).toBeUndefined();
    const unread = net(layer('relu', [1, 0, 0], [0, 1, 1]), layer('identity', [0, 3, 0]));
    expect(gradientAt(unread.layers, values(0, 1))).toEqual([values(0, 3)]);
  });
});
