/** The structural bound: exact where networks are made of its gadgets, true where they are not. */
import { describe, expect, it } from 'vitest';
import { theoremNamed } from '../../../../src/construction/index.js';
import {
  formatRational,
  mul,
  one,
  parseRational,
  type Rational,
  randomSource,
  rational,
  zero,
} from '../../../../src/exact/index.js';
import { type Norm, norms } from '../../../../src/format/index.js';
import { ball, datasetOf, type Region, separation } from '../../../../src/geometry/index.js';
import { layerOf, type Network, rowCount, rowOf } from '../../../../src/network/index.js';
import { structuralBound } from '../../../../src/verify/lipschitz/structure/structural-bound.js';
import { networkOf, vector } from '../../fixtures/networks.js';

const first = { columns: [0], weights: [one] };
const bound = (network: Network, norm: Norm = 'linf', region?: Region): string => {
  const found = structuralBound(network, norm, first, region === undefined ? {} : { region });
  return found === undefined ? 'none' : formatRational(found);
};

/** Samples with coordinates in thousandths, of two classes in turn. */
function samples(count: number, d: number) {
  const random = randomSource(7);
  const points = Array.from({ length: count }, () =>
    Array.from({ length: d }, () => rational(random.between(0, 1000), 1000)),
  );
  return datasetOf(
    points,
    points.map((_, i) => i % 2),
  );
}

describe('[YGZ, Thm 5.2]: 2/δ, in every norm', () => {
  it.each([
    ['ygz-lipschitz', 2, 1],
    ['ygz-lipschitz', 5, 1],
    ['ygz-lipschitz', 3, 2],
    ['ygz-lipschitz', 12, 3],
    ['ygz-lipschitz-narrow', 2, 1],
    ['ygz-lipschitz-narrow', 5, 2],
    ['ygz-lipschitz-narrow', 9, 5],
  ])('%s, %i samples in %i dimensions', (name, count, d) => {
    const data = samples(count, d);
    const { network } = theoremNamed(name).construct(data, { norm: 'linf', radius: zero });
    const delta = separation(data, 'linf')!.magnitude;
    for (const norm of norms)
      expect(formatRational(mul(delta, structuralBound(network, norm, first)!)), norm).toBe('2');
  });

  it.each([
    ['ygz-lipschitz', 64],
    ['ygz-lipschitz-narrow', 16],
  ])('%s, 40 samples in %i dimensions', (name, d) => {
    const data = samples(40, d);
    const { network } = theoremNamed(name).construct(data, { norm: 'linf', radius: zero });
    const delta = separation(data, 'linf')!.magnitude;
    expect(formatRational(mul(delta, structuralBound(network, 'linf', first)!))).toBe('2');
  });

  it('differences of the outputs of the argmax form: 2', () => {
    const data = datasetOf(['0 0', '2 1', '1 4', '5 2'].map(vector), [0, 1, 2, 1]);
    const { network } = theoremNamed('ygz-lipschitz-argmax').construct(data, { norm: 'linf', radius: zero });
    const difference = { columns: [0, 2], weights: [one, rational(-1)] };
    expect(formatRational(structuralBound(network, 'linf', difference)!)).toBe('2');
    expect(bound(network)).toBe('1');
  });

  const data = samples(6, 2);
  const { network } = theoremNamed('ygz-lipschitz').construct(data, { norm: 'linf', radius: zero });
  const scaled = (by: (l: number, r: number, k: number) => Rational): Network => ({
    layers: network.layers.map((layer, l) =>
      layerOf(
        layer.inputs,
        layer.activation,
        Array.from({ length: rowCount(layer) }, (_, r) => {
          const row = rowOf(layer, r);
          return { ...row, weights: row.weights.map((w, k) => mul(w, by(l, r, k))) };
        }),
      ),
    ),
  });
  const twoOverDelta = structuralBound(network, 'linf', first)!;

  it('a perturbed weight is noticed at every layer that it can steepen', () => {
    for (const l of network.layers.keys()) {
      const steeper = scaled((m, r, k) => (m === l && r === 0 && k === 0 ? rational(3, 2) : one));
      const found = structuralBound(steeper, 'linf', first)!;
      expect(found.n * twoOverDelta.d > twoOverDelta.n * found.d, `layer ${l}`).toBe(true);
    }
  });
  it('a sum in place of a maximum has a larger constant', () => {
    // relu(a) + relu(b − a) becomes relu(a) + relu(b).
    const layers = network.layers.map((layer, l) =>
      l !== 1
        ? layer
        : layerOf(
            layer.inputs,
            layer.activation,
            Array.from({ length: rowCount(layer) }, (_, r) => {
              const row = rowOf(layer, r);
              const kept = [...row.weights.keys()].filter((k) => row.weights[k]!.n > 0n);
              return { ...row, columns: kept.map((k) => row.columns[k]!), weights: kept.map((k) => row.weights[k]!) };
            }),
          ),
    );
    expect(structuralBound({ layers }, 'linf', first)).toEqual(mul(rational(2), twoOverDelta));
  });
});

type Layers = Parameters<typeof networkOf>[1];

describe('gadgets by hand', () => {
  const size = ['1 0 | 0', '-1 0 | 0', '0 1 | 0', '0 -1 | 0'];
  it.each<[string, Norm, string, Layers]>([
    ['affine', 'linf', '5', [['identity', ['2 -3 | 1']]]],
    ['affine, ℓ1', 'l1', '3', [['identity', ['2 -3 | 1']]]],
    ['affine, ℓ2', 'l2', '5', [['identity', ['3 -4 | 1']]]],
    ['constant', 'linf', '0', [['identity', ['0 0 | 7']]]],
    [
      '|x| + |y| is a sum',
      'linf',
      '2',
      [
        ['relu', size],
        ['identity', ['1 1 1 1 | 0']],
      ],
    ],
    [
      '|x| + |y| in ℓ1',
      'l1',
      '1',
      [
        ['relu', size],
        ['identity', ['1 1 1 1 | 0']],
      ],
    ],
    [
      '|x| - |y|',
      'linf',
      '2',
      [
        ['relu', size],
        ['identity', ['1 1 -1 -1 | 0']],
      ],
    ],
    [
      'max(|x|, |y|)',
      'linf',
      '1',
      [
        ['relu', size],
        ['relu', ['1 1 0 0 | 0', '-1 -1 1 1 | 0']],
        ['identity', ['1 1 | 0']],
      ],
    ],
    [
      'min(|x|, |y|)',
      'linf',
      '1',
      [
        ['relu', size],
        ['relu', ['1 1 0 0 | 0', '1 1 -1 -1 | 0']],
        ['identity', ['1 -1 | 0']],
      ],
    ],
    [
      'min plus max is a sum',
      'linf',
      '2',
      [
        ['relu', size],
        ['relu', ['1 1 0 0 | 0', '1 1 -1 -1 | 0', '-1 -1 1 1 | 0']],
        ['identity', ['2 -1 1 | 0']],
      ],
    ],
    [
      'relu(x) + relu(y - x) is no maximum: (-1, 1) occurs',
      'linf',
      '2',
      [
        ['relu', ['1 0 | 0', '-1 1 | 0']],
        ['identity', ['1 1 | 0']],
      ],
    ],
    [
      'relu(x) - relu(x) is 0',
      'linf',
      '0',
      [
        ['relu', ['1 0 | 0', '1 0 | 0']],
        ['identity', ['1 -1 | 0']],
      ],
    ],
    [
      'relu(2x) - 2relu(x) is 0',
      'linf',
      '0',
      [
        ['relu', ['2 0 | 0', '1 0 | 0']],
        ['identity', ['1 -2 | 0']],
      ],
    ],
    [
      'a clip',
      'linf',
      '3',
      [
        ['relu', ['1 2 | 1', '1 2 | -1']],
        ['identity', ['1 -1 | 0']],
      ],
    ],
    [
      'a dead relu',
      'linf',
      '0',
      [
        ['relu', ['1 0 | 0', '-1 0 | 0']],
        ['relu', ['-1 -1 | -1']],
        ['identity', ['9 | 0']],
      ],
    ],
    [
      'a clamp of a distance',
      'linf',
      '1',
      [
        ['relu', ['1 0 | 0', '-1 0 | 0']],
        ['relu', ['-1 -1 | 1']],
        ['identity', ['1 | 0']],
      ],
    ],
    [
      'a step',
      'linf',
      'none',
      [
        ['step', ['1 0 | 0']],
        ['identity', ['1 | 0']],
      ],
    ],
    [
      'a step of a constant',
      'linf',
      '0',
      [
        ['step', ['0 0 | 1']],
        ['identity', ['4 | 0']],
      ],
    ],
    [
      'a step without weight',
      'linf',
      '0',
      [
        ['step', ['1 0 | 0', '0 0 | 1']],
        ['identity', ['0 1 | 0']],
      ],
    ],
  ])('%s in %s: %s', (_, norm, expected, layers) => {
    expect(bound(networkOf(2, layers), norm)).toBe(expected);
  });
});

describe('on a ball', () => {
  const distance = networkOf(2, [
    ['relu', ['1 0 | 0', '-1 0 | 0', '0 1 | 0', '0 -1 | 0']],
    ['relu', ['-1 -1 -1 -1 | 1']],
    ['identity', ['1 | 0']],
  ]);
  const around = (centre: string, radius: string, norm: Norm = 'linf'): Region =>
    ball(norm, vector(centre), parseRational(radius));

  it('relu(1 - |x| - |y|): 2 at its top, 2 on its side, 0 beyond', () => {
    expect(bound(distance, 'linf', around('0 0', '1/4'))).toBe('2');
    expect(bound(distance, 'linf', around('1/4 1/4', '1/8'))).toBe('2');
    expect(bound(distance, 'linf', around('1 1', '1/2'))).toBe('0');
    expect(bound(distance, 'l2', around('1 1', '3/4', 'l2'))).not.toBe('0');
    expect(bound(distance, 'l2', around('1 1', '7/10', 'l2'))).toBe('0');
  });
  it('a step inside one of its sides is constant, on both it has no constant', () => {
    const step = networkOf(2, [
      ['step', ['1 1 | -1']],
      ['identity', ['3 | 0']],
    ]);
    expect(bound(step, 'linf', around('0 0', '1/2'))).toBe('0');
    expect(bound(step, 'linf', around('0 0', '5/8'))).toBe('none');
    expect(bound(step, 'linf', around('2 0', '1/4'))).toBe('0');
    expect(bound(step, 'l1', around('0 0', '5/8', 'l1'))).toBe('0');
  });
  it('a box', () => {
    const box: Region = { kind: 'box', lower: vector('1 -5'), upper: vector('2 5') };
    const size = networkOf(2, [
      ['relu', ['1 0 | 0', '-1 0 | 0', '0 1 | -5', '0 -1 | -5']],
      ['identity', ['1 1 7 7 | 0']],
    ]);
    expect(bound(size, 'linf', box)).toBe('1');
    expect(bound(size)).toBe('8');
  });
});

it('without effort left the bound is larger, not missing', () => {
  const data = samples(6, 4);
  const { network } = theoremNamed('ygz-lipschitz').construct(data, { norm: 'linf', radius: zero });
  const quick = structuralBound(network, 'linf', first, { effort: 0 })!;
  const full = structuralBound(network, 'linf', first)!;
  expect(quick.n * full.d > full.n * quick.d).toBe(true);
});
