/**
 * The checker computes the exact interval bound: on random small networks it accepts a claim iff it follows from the
 * bound of a naive implementation, asked exactly at the bound and a little beside it.
 */
import { expect, test } from 'vitest';
import {
  ball,
  box,
  type ConstraintJson,
  constraint,
  type DenseLayer,
  type NetworkJson,
  network,
  randomNumbers,
  ratio,
  verdict,
} from './example.js';
import { supremum } from './reference.js';

test.each([1, 2, 3, 4, 5, 6])('bounds of random networks, seed %i', (seed) => {
  const random = randomNumbers(seed);
  const below = (n: number) => Math.floor(random() * n);
  const number = () => ratio(BigInt(below(13) - 6), BigInt(1 + below(seed % 2 ? 4 : 9)));
  const list = <T>(n: number, value: () => T) => Array.from({ length: n }, value);
  const layer = (inputs: number, activation: DenseLayer[0]): DenseLayer => [
    activation,
    list(1 + below(3), () => [list(inputs, () => (below(4) ? number() : '0')), number()] as const),
  ];

  let closedAt = 0;
  for (let round = 0; round < 60; round++) {
    const inputs = 1 + below(3);
    const layers: DenseLayer[] = [];
    for (let depth = 1 + below(4); depth > 0; depth--) {
      const before = layers.at(-1)?.[1].length ?? inputs;
      layers.push(layer(before, (['relu', 'relu', 'step', 'identity'] as const)[below(4)]!));
    }
    const net: NetworkJson = network(...layers);
    const radius = ratio(BigInt(below(4)), BigInt(1 + below(5)));
    const centre = list(inputs, number);
    const isOpen = below(3) === 0 && radius !== '0';
    const upper = centre.map((c, j) => (j === 0 ? '6' : c));
    const region = below(5) ? ball(['l1', 'l2', 'linf'][below(3)]!, centre, radius, isOpen) : box(centre, upper);
    const weights = list(net.layers.at(-1)!.rows.length, number);

    const [[n, d], isReached] = supremum(net, region, constraint(weights, 0));
    closedAt += isReached ? 1 : 0;
    const ask = (shift: bigint, strict: boolean) => {
      // a·y - bound + shift/10^40
      const bias = ratio(-n * 10n ** 40n + shift * d, d * 10n ** 40n);
      const unsafe: ConstraintJson[][] = [[constraint(weights, bias, strict)]];
      return verdict(net, region, unsafe).outcome;
    };
    const got = [ask(-1n, false), ask(0n, true), ask(0n, false), ask(1n, true)];
    expect(got, JSON.stringify({ net, region, weights })).toEqual([
      'valid',
      'valid',
      isReached ? 'invalid' : 'valid',
      'invalid',
    ]);
  }
  expect(closedAt).toBeGreaterThan(10);
  expect(closedAt).toBeLessThan(60);
});
