import { describe, expect, it } from 'vitest';
import { formatRational, parseRational, rational } from '../../src/exact/index.js';
import { InputError, type Norm } from '../../src/format/index.js';
import {
  constantRadius,
  datasetOf,
  parseRadius,
  radiusForm,
  ratioRadius,
  resolveRadius,
  separation,
} from '../../src/geometry/index.js';

const vectors = (...rows: string[]) => rows.map((row) => row.split(' ').map((t) => parseRational(t)));
// δ is 3/10 in ℓ∞, 1/2 in ℓ1 and √(13/100) in ℓ2.
const data = datasetOf(vectors('0 0', '0.3 0.2', '5 5'), [0, 1, 1]);
const rationalRoot = datasetOf(vectors('0 0', '3 4'), [0, 1]);
const oneClass = datasetOf(vectors('0', '1'), [0, 0]);

describe('radiusForm', () => {
  it.each([
    ['1/4', '0', '1/4'],
    ['delta/2', '1/2', '0'],
    ['δ/2', '1/2', '0'],
    ['0.99*delta/2', '99/200', '0'],
    ['delta', '1', '0'],
    ['-delta', '-1', '0'],
    ['-(delta + 1)', '-1', '-1'],
    ['2*(delta - 1/3)*3 + d', '6', '0'],
    ['delta/d - delta/N + 1', '1/6', '1'],
    ['1e-3 - (delta/4 - 1)', '-1/4', '1001/1000'],
    ['(1/2)^d*delta', '1/4', '0'],
    ['(delta + 1)^1', '1', '1'],
    ['(delta - delta + 2)^N', '0', '8'],
    ['N*d', '0', '6'],
  ])('%s is %s·δ + %s', async (text, a, b) => {
    expect(radiusForm(await parseRadius(text), data)).toEqual({ a: parseRational(a), b: parseRational(b) });
  });

  it.each([
    ['delta^2', '--radius: expected a radius of the form a*delta + b, got delta^2'],
    ['delta*delta', '--radius: expected a radius of the form a*delta + b, got delta*delta'],
    ['1/delta', '--radius: expected a radius of the form a*delta + b, got 1/delta'],
    ['2^delta', '--radius: expected a radius of the form a*delta + b, got 2^delta'],
    ['delta/(N - 3)', '--radius: expected a divisor other than 0, got 1/0'],
    ['1/(d - 2)', '--radius: expected a divisor other than 0, got 1/0'],
    ['delta*2^60000', '--radius: expected an exponent of at most 50000, got 60000'],
    ['(delta*2^40000)*2^40000', '--radius: expected a value of at most 50000 binary digits, got one of 80002'],
  ])('%s is not', async (text, message) => {
    const asked = await parseRadius(text);
    expect(() => radiusForm(asked, data)).toThrow(new InputError(message));
  });
});

describe('parseRadius', () => {
  it('keeps the text and the place', async () => {
    expect(await parseRadius(' 1/4 ', '--mu')).toMatchObject({ text: '1/4', where: '--mu' });
  });

  it.each([
    ['lambda/2', '--radius: expected delta, d or N as a variable, got lambda'],
    ['pi', '--radius: expected delta, d or N as a variable, got pi'],
    [
      'max(delta, 1)',
      '--radius: expected a radius made of numbers, delta, d, N, + - * / ^ and parentheses, got a call of max',
    ],
    [
      'delta/ceil(3/2)',
      '--radius: expected a radius made of numbers, delta, d, N, + - * / ^ and parentheses, got a call of ceil',
    ],
    ['1/0', '--radius: expected a denominator other than 0, got "1/0"'],
    ['', '--radius: expected a formula, got nothing'],
  ])('refuses %j', async (text, message) => {
    await expect(parseRadius(text)).rejects.toThrow(new InputError(message));
  });
});

describe('ratioRadius', () => {
  it('is short for ratio*delta/2', async () => {
    const short = ratioRadius(' 0.99 ');
    const long = await parseRadius('0.99*delta/2');
    expect(short).toEqual({ ...long, where: '--ratio' });
    expect(radiusForm(short, data)).toEqual({ a: rational(99, 200), b: rational(0) });
  });

  it.each([
    ['-1/2', '--ratio: expected a ratio ≥ 0, got -1/2'],
    ['x', '--ratio: expected rational text such as "3/8", got "x"'],
    ['1/0', '--ratio: expected a denominator other than 0, got "1/0"'],
  ])('refuses %s', (text, message) => expect(() => ratioRadius(text)).toThrow(new InputError(message)));
});

describe('resolveRadius', () => {
  const resolve = async (text: string, norm: Norm, of = data) =>
    resolveRadius(await parseRadius(text), separation(of, norm), of);

  it.each<[string, Norm, string]>([
    ['delta/2', 'linf', '3/20'],
    ['0.99*delta/2', 'l1', '99/400'],
    ['1/7', 'l2', '1/7'],
    ['1/N', 'l2', '1/3'],
    ['0', 'l2', '0'],
    ['delta - 3/10', 'linf', '0'],
  ])('%s in %s is %s exactly', async (text, norm, radius) => {
    expect(await resolve(text, norm)).toEqual({ radius: parseRational(radius), exact: true, text });
  });

  it('is exact in ℓ2 when δ is rational', async () => {
    expect(await resolve('delta/3', 'l2', rationalRoot)).toEqual({
      radius: rational(5, 3),
      exact: true,
      text: 'delta/3',
    });
  });

  it.each([
    ['delta', 3605551275n, 10],
    ['0.99*delta/2', 1784747881n, 10],
    ['delta*1e6', 3605551275n, 4],
    ['delta*1e12', 3605551275n, -2],
    ['delta - 0.36', 5551275463n, 13],
    ['1 - delta', 6394448724n, 10],
  ])('%s in ℓ2 is rounded down to ten digits', async (text, digits, places) => {
    const { radius, exact, note } = await resolve(text, 'l2');
    expect(formatRational(radius)).toBe(
      formatRational(places >= 0 ? rational(digits, 10n ** BigInt(places)) : rational(digits * 10n ** BigInt(-places))),
    );
    expect([exact, note]).toEqual([false, `rounded down to a multiple of 1e${-places}`]);
  });

  it.each<[string, Norm, string]>([
    ['-1/4', 'linf', '--radius: expected a radius ≥ 0, got -1/4'],
    ['delta - 1', 'linf', '--radius: expected a radius ≥ 0, got -7/10'],
    ['delta - 1', 'l2', '--radius: expected a radius ≥ 0, got delta - 1'],
    ['-delta', 'l2', '--radius: expected a radius ≥ 0, got -delta'],
  ])('refuses the negative radius %s in %s', async (text, norm, message) => {
    await expect(resolve(text, norm)).rejects.toThrow(new InputError(message));
  });

  it('takes no δ from a dataset of one class', async () => {
    expect(await resolve('N/4', 'l2', oneClass)).toEqual({ radius: rational(1, 2), exact: true, text: 'N/4' });
    expect(await resolve('delta - delta + 1', 'l2', oneClass)).toMatchObject({ radius: rational(1) });
    await expect(resolve('delta/2', 'l2', oneClass)).rejects.toThrow(
      new InputError(
        '--radius: expected a radius without delta, got delta/2: the dataset has one class only, so δ = ∞',
      ),
    );
    expect(() => resolveRadius(ratioRadius('0.99'), undefined, oneClass)).toThrow(/^--ratio: .* δ = ∞$/);
  });

  it('of a value given in code', () => {
    expect(resolveRadius(constantRadius(rational(1, 3)), undefined, oneClass)).toEqual({
      radius: rational(1, 3),
      exact: true,
      text: '1/3',
    });
  });
});
