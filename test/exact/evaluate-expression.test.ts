import { describe, expect, it } from 'vitest';
import {
  type Expression,
  evaluateExpression,
  formatRational,
  largestValueBits,
  parseExpression,
  rational,
} from '../../src/exact/index.js';
import { InputError } from '../../src/format/index.js';

const integer = (e: Expression, N: bigint): bigint => evaluateExpression(e, { N: rational(N) }).n;

describe('logarithms', () => {
  it('turn over at powers of two', async () => {
    const up = await parseExpression('ceil(log2(N))');
    const down = await parseExpression('floor(log2(N))');
    expect([integer(up, 1n), integer(down, 1n)]).toEqual([0n, 0n]);
    for (let k = 2n; k < 200n; k++) {
      const p = 1n << k;
      expect([p - 1n, p, p + 1n].map((n) => integer(up, n))).toEqual([k, k, k + 1n]);
      expect([p - 1n, p, p + 1n].map((n) => integer(down, n))).toEqual([k - 1n, k, k]);
    }
  });

  it('of fractions are negative below 1', async () => {
    const at = async (text: string) => formatRational(evaluateExpression(await parseExpression(text), {}));
    expect(await at('floor(log2(1/3))')).toBe('-2');
    expect(await at('ceil(log2(1/3))')).toBe('-1');
    expect(await at('floor(log2(1/4))')).toBe('-2');
    expect(await at('ceil(-log2(1/4) + 1/2)')).toBe('3');
  });

  it('in sums of multiples are those of integer inequalities', async () => {
    const halfUp = await parseExpression('ceil(log2(N)/2)');
    const tripleDown = await parseExpression('floor(3*log2(N) - 1/2)');
    const mixed = await parseExpression('floor(log2(N) - log2(3)/2 + 1/3)');
    const nested = await parseExpression('ceil(2*(1 - log2(N))*3)');
    for (let n = 1n; n < 300n; n++) {
      // ⌈log₂(n)/2⌉ = m is 4^(m−1) < n ≤ 4^m.
      const m = integer(halfUp, n);
      expect(n <= 4n ** m && (m === 0n || 4n ** (m - 1n) < n)).toBe(true);
      // ⌊3 log₂ n − 1/2⌋ = t is 2^(2t+1) ≤ n⁶ < 2^(2t+3).
      const t = integer(tripleDown, n);
      const power = (k: bigint): bigint => (k < 0n ? 0n : 1n << k);
      expect(power(2n * t + 1n) <= n ** 6n && n ** 6n < power(2n * t + 3n)).toBe(true);
      // ⌊log₂ n − log₂(3)/2 + 1/3⌋ = s is 27·64^s ≤ 4n⁶ < 27·64^(s+1), for s ≥ 0.
      const s = integer(mixed, n);
      if (s >= 0n) expect(27n * 64n ** s <= 4n * n ** 6n && 4n * n ** 6n < 27n * 64n ** (s + 1n)).toBe(true);
      else expect(4n * n ** 6n < 27n).toBe(true);
      // ⌈6 − 6 log₂ n⌉ = r is 2^(5−r) < n⁶ … 2^(6−r): n⁶ ≥ 2^(6−r) fails for r − 1.
      const r = integer(nested, n);
      expect(n ** 6n >= power(6n - r) && n ** 6n < power(7n - r)).toBe(true);
    }
  });
});

describe('refusals', () => {
  it.each([
    ['K + 1', 'expected N as a variable, got K'],
    ['constructor', 'expected N as a variable, got constructor'],
    ['1/(N - 150)', 'expected a divisor other than 0, got 1/0'],
    ['(N - 150)^-2', 'expected a divisor other than 0, got 0 to a negative power'],
    ['2^(1/2)', 'expected a whole exponent, got 1/2'],
    ['ceil(log2(N - 150))', 'expected log2 of a value above 0, got 0'],
    ['ceil(log2(1)*log2(N))', 'expected log2 times a number, got a product of two logarithms'],
    ['ceil(log2(N)/0)', 'expected a divisor other than 0, got 1/0'],
    ['2^50001', 'expected an exponent of at most 50000, got 50001'],
    ['9^9^9^9', 'expected an exponent of at most 50000, got 387420489'],
    ['N^20000', 'expected a power of at most 50000 binary digits, got one of about 180000'],
    ['floor(2^40000*2^40000)', 'expected a value of at most 50000 binary digits, got one of 80002'],
    ['2^40000*2^40000', 'expected a value of at most 50000 binary digits, got one of 80002'],
    ['floor(9999*log2(N^10))', 'expected a power of at most 50000 binary digits, got one of about 739926'],
  ])('%s', async (text, message) => {
    const e = await parseExpression(text);
    expect(() => evaluateExpression(e, { N: rational(150) }, 'claim')).toThrow(new InputError(`claim: ${message}`));
  });

  it('with no variables at all', async () => {
    const e = await parseExpression('N');
    expect(() => evaluateExpression(e, {})).toThrow(new InputError('formula: expected no variable, got N'));
  });

  it('of a tree that no text gives: log2 alone', () => {
    const e: Expression = { kind: 'log2', of: { kind: 'constant', value: rational(2) } };
    expect(() => evaluateExpression(e, {})).toThrow(new InputError('formula: expected log2 inside ceil or floor only'));
  });

  it('stop values at the stated size', async () => {
    expect(largestValueBits).toBe(50_000);
    const e = await parseExpression('2^49000');
    expect(evaluateExpression(e, {}).n).toBe(1n << 49000n);
  });
});

describe('isqrt', () => {
  it.each([
    ['isqrt(0)', '0'],
    ['isqrt(15)', '3'],
    ['isqrt(16)', '4'],
    ['isqrt(63/4)', '3'],
    ['1 + isqrt(4/(2*(1 - 99/100)))', '15'],
  ])('%s = %s', async (text, value) => {
    expect(formatRational(evaluateExpression(await parseExpression(text), {}))).toBe(value);
  });

  it('of a value below 0 is refused', async () => {
    const e = await parseExpression('isqrt(N - 2)');
    expect(() => evaluateExpression(e, { N: rational(1) })).toThrow('formula: expected isqrt of a value ≥ 0, got -1');
  });
});
