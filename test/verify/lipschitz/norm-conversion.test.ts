import { expect, it } from 'vitest';
import { formatRational, less, rational, square } from '../../../src/exact/index.js';
import { type Norm, norms } from '../../../src/format/index.js';
import { ball } from '../../../src/geometry/index.js';
import { convertedConstant } from '../../../src/verify/lipschitz/norm-conversion.js';
import { structuralBound } from '../../../src/verify/lipschitz/structure/structural-bound.js';
import { networkOf } from '../fixtures/networks.js';

it.each<[Norm, Norm, string]>([
  ['linf', 'linf', '3'],
  ['linf', 'l2', '3'],
  ['linf', 'l1', '3'],
  ['l2', 'l1', '3'],
  ['l2', 'linf', '6'],
  ['l1', 'l2', '6'],
  ['l1', 'linf', '12'],
])('3 in %s is %s at most %s for four inputs', (from, to, expected) => {
  expect(formatRational(convertedConstant(rational(3), from, to, 4))).toBe(expected);
});

it('√d is rounded up', () => {
  const root = convertedConstant(rational(1), 'l1', 'l2', 3);
  expect(less(rational(3), square(root))).toBe(true);
  expect(less(square(root), rational(300001, 100000))).toBe(true);
});

it('is never below the constant of an affine function, and equal for some', () => {
  const attained = new Set<string>();
  for (const weights of ['1 1 1', '1 0 0', '3 -4 0', '-2 1 2']) {
    const network = networkOf(3, [['identity', [`${weights} | 1`]]]);
    const functional = { columns: [0], weights: [rational(1)] };
    const own = (norm: Norm) =>
      structuralBound(network, norm, functional, {
        region: ball(norm, [rational(0), rational(0), rational(0)], rational(1)),
      })!;
    for (const from of norms)
      for (const to of norms) {
        const converted = convertedConstant(own(from), from, to, 3);
        expect(less(converted, own(to)), `${weights} ${from} ${to}`).toBe(false);
        if (formatRational(converted) === formatRational(own(to))) attained.add(`${from} ${to}`);
      }
  }
  for (const pair of ['linf l1', 'l1 linf', 'linf l2', 'l2 l1']) expect(attained).toContain(pair);
});
