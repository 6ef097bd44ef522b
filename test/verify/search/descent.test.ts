/** Descent towards the unsafe set, on networks whose least points are known by hand. */
import { describe, expect, it } from 'vitest';
import { rational } from '../../../src/exact/index.js';
import type { Norm } from '../../../src/format/index.js';
import { ball } from '../../../src/geometry/index.js';
import { type Query, replay } from '../../../src/verify/index.js';
import { descent } from '../../../src/verify/search/descent.js';
import { searchState } from '../../../src/verify/search/search-state.js';
import { networkOf, vector } from '../fixtures/networks.js';

/** y0 = relu(x0 − 1/2) + relu(x1 − 1/2), flat around 0, and y1 = x0. */
const corner = networkOf(2, [
  ['relu', ['1 0 | -1/2', '0 1 | -1/2', '1 0 | 0', '-1 0 | 0']],
  ['identity', ['1 1 0 0 | 0', '0 0 1 -1 | 0']],
]);

const reaching = (
  norm: Norm,
  ...bounds: readonly (readonly [column: number, sign: number, least: number])[]
): Query => ({
  network: corner,
  region: ball(norm, vector('0 0'), rational(1)),
  unsafe: [
    bounds.map(([column, sign, least]) => ({
      columns: [column],
      weights: [rational(sign)],
      bias: rational(-least, 100),
      strict: false,
    })),
  ],
});

const found = (query: Query) => {
  const state = searchState(query, false, { stop: () => undefined, breathe: () => undefined });
  return descent(state, query.unsafe[0]!);
};

describe('descent', () => {
  it.each([
    ['linf', 100, 101],
    ['l1', 50, 51],
    // 2(1/√2 − 1/2) on the diagonal, which ascends from the middle, and 1/2 on an axis.
    ['l2', 41, 51],
  ] as const)('leaves the flat middle of an %s ball', (norm, least, beyond) => {
    const query = reaching(norm, [0, 1, least]);
    const point = found(query);
    expect(replay(query, point!)).toMatchObject({ inside: true, unsafe: true });
    // Not beyond what the network reaches there.
    expect(found(reaching(norm, [0, 1, beyond]))).toBeUndefined();
  });

  it('meets all constraints of a conjunction', () => {
    const query = reaching('linf', [0, 1, 45], [1, -1, 90]);
    expect(replay(query, found(query)!)).toMatchObject({ inside: true, unsafe: true });
    expect(found(reaching('linf', [0, 1, 60], [1, -1, 90]))).toBeUndefined();
  });

  it('finds the same point each time', () => {
    const query = reaching('linf', [0, 1, 90]);
    expect(found(query)).toEqual(found(query));
  });
});
