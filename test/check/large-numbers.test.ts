/**
 * Numbers up to the limits of the checker are exact; beyond them it refuses before they cost much.
 */
import { describe, expect, test } from 'vitest';
import { checker } from '../../src/check/index.js';
import { ball, certificate, constraint, differsFrom, network, outcomeOf, query, verdict } from './example.js';

describe('large numbers', () => {
  const row = (weights: readonly string[]) => network(['relu', [[weights, '0']]]);
  test('exponents at the limit are exact', () => {
    const net = network(['identity', [[[`1${'0'.repeat(9999)}`], 0]]], ['identity', [[[`1/1${'0'.repeat(9999)}`], 0]]]);
    expect(verdict(net, ball('linf', [0], 1), differsFrom(5)).outcome).toBe('invalid');
    expect(verdict(net, ball('linf', [5], 0), differsFrom(5)).outcome).toBe('valid');
  });
  test('many long exponents are refused before they cost much', () => {
    // Each counts 7 + 9999²/100 characters, of 2^28.
    const exponents = (count: number) => row(Array.from({ length: count }, () => '1e-9999'));
    expect(checker(exponents(268))).toHaveProperty('check');
    expect(checker(exponents(269))).toEqual({
      outcome: 'invalid',
      where: 'network.layers[0].rows[0].weights[268]',
      why: 'too large: over 268435456 characters of numbers',
    });
  });
  test('and in the other two files, each of which counts by itself', () => {
    const net = row(['1']);
    const about = query(net, ball('linf', [0], 1), [[constraint([1], -4)]]);
    const why = 'too large: over 268435456 characters of numbers';
    for (const sign of ['', '-']) {
      const weights = Array.from({ length: 269 }, () => `1e${sign}9999`);
      const asked = { ...about, unsafe: [[{ ...constraint([1], -4), weights }]] };
      const where = 'query.unsafe[0][0].weights[268]';
      expect(outcomeOf(net, asked, certificate(about))).toEqual({ outcome: 'invalid', where, why });
      expect(outcomeOf(net, about, { ...certificate(about), proofs: [{ rule: 'leaf', weights }] })).toEqual({
        outcome: 'invalid',
        where: 'certificate.proofs[0].weights[268]',
        why,
      });
    }
  });
  test('a common denominator that is too long is refused', () => {
    const odd = Array.from({ length: 60 }, (_, i) => `1/${2n ** 30_000n + 2n * BigInt(i) + 1n}`);
    expect(checker(row(odd))).toMatchObject({
      outcome: 'invalid',
      where: 'network.layers[0].rows',
      why: expect.stringMatching(/^too large: 61 integers/),
    });
  });
  test('numerators that are too long are refused', () => {
    const weights = Array.from({ length: 34 }, (_, i) => `1/${2n ** 30_000n + 2n * BigInt(i) + 1n}`);
    expect(checker(row(weights))).toHaveProperty('check');
    expect(checker(row([...weights, '1e9999']))).toMatchObject({ outcome: 'invalid', where: 'network.layers[0].rows' });
  });
  test('numbers that outgrow the limit layer by layer are refused', () => {
    const net = network(...Array.from({ length: 200 }, () => ['relu', [[[`1${'0'.repeat(2500)}`], 0]]] as const));
    const got = verdict(net, ball('linf', [1], 0), differsFrom(0));
    expect(got).toMatchObject({
      outcome: 'invalid',
      where: expect.stringMatching(/^network\.layers\[\d+\]$/),
      why: expect.stringMatching(/^too large/),
    });
  });
  test('roots of very large and very small weights', () => {
    for (const weights of [
      ['1e9999', '1e9998'],
      ['1e-9999', '1e-9998'],
      ['1e2000', '1e-2000'],
    ]) {
      expect(checker(row(weights))).toHaveProperty('check');
      const canonical = row(
        weights.map((text) =>
          text.startsWith('1e-') ? `1/1${'0'.repeat(Number(text.slice(3)))}` : `1${'0'.repeat(Number(text.slice(2)))}`,
        ),
      );
      expect(verdict(canonical, ball('l2', [1, 1], '1/2'), [differsFrom(0)[1]!]).outcome).toBe('valid');
    }
  });
});
